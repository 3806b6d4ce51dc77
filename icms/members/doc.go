// Package members keeps who may use the service: persons and organisations that registered, with their accounts, and the staff of the
// courts.
//
// # Who is who
//
// A registered user is an individual or an organisation. An individual is one [Account]. An [Organisation] has branches and accounts:
// one primary administrator, always; secondary administrators; organisation users. Administrators keep the house and do nothing in a
// court: one who also files has an account of an organisation user beside the other. Staff have accounts too, with their posts and the
// courts where they hold them.
//
// Who someone is, the host knows: it logs people in and hands over a subject, a string of its own that never changes ([Identity]).
// An account belongs to one subject, and a subject has one account that is not closed. No password, and nothing that proves an identity,
// is ever kept here.
//
// # How one becomes a member
//
//	applied     asked for, with a statement and documents that prove eligibility, kept by their hash; free of charge
//	active      approved by an officer
//	refused     not approved; may apply again under the same name
//	suspended   for a time; nothing can be done but reading the own account
//	closed      the end; the subject may have another account
//
// An account counts for as much as its organisation does: when that is suspended, so are all its accounts.
//
// # Which user sees which case
//
// The parties of a case are registered users. Of an organisation, all its users see its cases unless an administrator links a case to
// some of them; [Rules] say otherwise where a court does. See [Members.Sees].
//
// # How it is kept
//
// Every request is a value: [Members.Change] makes the change that carries it out, to be merged into a larger one, and
// [Members.Do] carries it out at once. The same request again changes nothing and answers as it did. Everything leaves a link in the
// audit chain and an event. Nothing here asks whether somebody may make a request: that is the table of icms/access, which the service asks
// first with the roles of an [Actor].
//
// The kinds of people who may register are data of the jurisdiction. The words of every refusal, in its languages, stand in the
// catalogue of package filing under the code of the [RefusalError].
package members
