// Package tables reads a court from one JSON document, which somebody who knows the court writes with a text editor: its offices and hours, holidays, fees,
// rules for claims, case numbers, policies, means of payment, kinds of paper, time limits, hearings, searches, and what the electronic service covers.
//
//	read, err := tables.Load(data)   // read and proven
//	court, err := read.Court()       // an icms.Court as any other
//
// # The document
//
// It is one object in UTF-8. A member that the format does not know, that stands twice, or whose value is of another type is refused. [Schema]
// is its JSON Schema with the meaning of every member; point the member "$schema" to it, and an editor helps. The members are
//
//	format       "court/1"
//	code         what references and records call the court
//	name         words by language: {"en": "...", "fr": "..."}
//	version      the version of this document; tables without one of their own take it
//	zone         an IANA name such as "Europe/Dublin", or an offset such as "+08:00"
//	provisions   the sources by names of your choice, each with instrument, section, title, url, from, until, and its status: confirmed,
//	             secondary, inferred or assumed
//	holidays     dated rows of the years covered and, for later years, rows and rules
//	offices      registry, and accounts and hearings where they differ: readings of the hours, special days, closures, grounds
//	fees         a whole schedule as package fees reads it
//	filingFee    the item of it that a claim of a batch costs
//	filing       the rules for batches, as filing.LoadPolicy reads them
//	single       those for single claims, or noSingle, why none are taken
//	numbers      the form of case numbers
//	policies     what the court does where the law is silent
//	means        how it can be paid, as payment.LoadMeans reads the rules
//	papers       what parties may send in a case, with time limits
//	limits       how time limits are counted
//	hearings     when a first hearing may be
//	inspection   what it takes to search and inspect
//	coverage     a whole roll-out list as package icms/rollout reads it
//	maintenance  when the system is announced to be out of service
//	hooks        what the court's program is asked beside: "assess", "restrictions", "agents"
//	codes        the findings that the hook "assess" may report
//
// Wherever a provision is wanted stands the name of one of the provisions, or one in braces; only fees and coverage, which are documents of
// their own, have tables of their own. A time is a date, which is its first instant in the court's zone, or an instant with its offset; from belongs
// to a period and until does not. What is not known is left out, or is unknown where the format has that word: no default stands for it.
//
// # What is proven
//
// [Load] reads every member, has every row proven by the package that it is for, and then the whole by icms.Court itself, so that a
// document that loads gives a court that works. All mistakes come at once, each with its JSON pointer and line.
//
// # Hooks
//
// What a table can't say a program does, which is asked many items at a time: see [Hooks]. A document that declares hooks gives no court without
// them. Package plugins/sdk serves a document with its hooks as a plugin.
package tables
