// Package icms is the counter of a court: it takes bulk batches of claims, checks and prices them, takes the money, receives and
// registers them, and keeps all of it where nothing is lost and nothing is done twice.
//
// A [Court] is data: offices with their hours, a fee schedule, filing rules and named policies, put together from the engines in
// calendar, fees and filing. A [Service] serves any number of courts over one store.Store and one blob.Store:
//
//	svc, err := icms.New(icms.Options{Store: db, Blobs: blobs, Courts: []icms.Court{sct}})
//	result, err := svc.Registry().Preflight(ctx, batch) // reads only
//	result, err = svc.Registry().File(ctx, batch)       // the same checks, then files
//
// # How a batch travels
//
// Preflight and File run the same code: the bytes become claims, the claims are checked and priced as of the instant at which they
// would count as received if paid at once. File then takes the batch through four states, one durable change each:
//
//	accepted    the batch, its order of payment and the keys of its claims are kept; from here the same bytes get the same answer
//	paid        the order was paid from the deposit account, in the same change
//	received    the instant at which it counts is fixed: the later of documents and money
//	registered  case numbers, cases, cause book, message, acknowledgement and events
//
// A process may die between any two instructions. What was not accepted left nothing; what was accepted goes on from its last
// state when the same bytes are filed again, when [Service.Resume] is called, or in [Service.Run]. Two processes may file the
// same batch at once: one wins, both answer with its acknowledgement.
//
// A refused batch stores nothing and its reference stays free. The same reference with other bytes is a [*ConflictError] that names
// the first. While the reopening of a closed office is not announced a batch is pending: accepted, paid, acknowledged as pending,
// and completed when [Registry.Announce] learns of the reopening.
//
// Where an officer accepts each filing (AcceptancePolicy) there is a state between: held, with the money held or taken, until
// [Registry.Decide]. A refusal gives the money back and lets the claims be filed again.
//
// # How it is paid
//
// An order is paid from a deposit account, at the counter ([AccountsOffice.Collect]) or at a gateway ([AccountsOffice.Start], with the
// [Payments] of the Options). Whatever moves an order moves its filing in the same change. [AccountsOffice.Charge] makes orders that no filing
// makes: fines, costs, deposits.
//
// # What happens in a case
//
// A registered claim is a case. Parties send papers ([Registry.Submit]), which have their own receipt, acknowledgement and time limit;
// the court issues orders and notices ([Registry.Issue]), fixes hearings and sittings, records service, links registered users to parties,
// and seals or concludes. Each is one change, with its messages: that the message is kept is the proof of its delivery.
//
// # What is open to the public
//
// [Inspection.Search] searches the register by number, party, period and type for a fee, which anybody may pay; while it is open it shows what
// it finds: cases, their papers and the bytes of these. The cause book is read by day, by number and by name ([CauseBook.Find]). Both cover
// what the roll-out list of the court says ([Court].Coverage). A sealed case is in neither, nor is a restricted one, which its parties
// inspect by its number.
//
// # Who may do what
//
// The groups of the Service ([Registry], [AccountsOffice] and the others) are for the host's own code: they check states and rules and ask
// nobody who calls. A [Session] is the same as one person may use it: each of its methods asks the table of icms/access first.
//
// # Errors and findings
//
// What a user got wrong is a filing.Finding in the [Result]; all of them come at once. An error means that the question could not
// be answered or that the work could not go on: test it with errors.Is and errors.As. A cause book that is empty is an answer, a
// store that can't be read is an error.
//
// # Concurrency and time
//
// A Service is safe for any number of goroutines. It starts none before Run and reads the clock only through Options.Clock.
// Order and numbers come from the store, not from the clock: when the clock jumps back they still only grow.
package icms
