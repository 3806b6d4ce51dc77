// Package rollout answers from a court's roll-out list: which electronic service covers which type of case since when, who must use it, and
// what the court tells its users about itself. The list is data; the package knows no court.
//
//	table, err := rollout.Load(file)
//	answer, err := table.Covers("HARBOUR", "cargo", rollout.Filing, date)   // yes, no or unknown, with its reason
//	duty, err := table.Mandate(rollout.Question{Court: "HARBOUR", Type: "cargo", Date: date, Represented: rollout.Yes})
//
// Three answers are possible. Where nobody has published a first day, or a plan is all there is, the answer is [Unknown], with what bounds
// it; it never becomes a guess. In a [Question] the same holds of what the asker leaves out. A court or a type that the list does not
// have is an error, a [*NotListedError], and not a No.
//
// # The file of a roll-out list
//
// It is one JSON object in UTF-8, read strictly: an unknown member, a member that stands twice, a value of another type, and a provision
// that nothing cites are refused. Dates are written 2026-03-02. The example of the package reads testdata/harbour.json.
//
//	format      "rollout/1"
//	name        what reasons call the list, with the version: letters, digits, underscores, hyphens, points
//	version     the version of the data
//	title       words by language tag: {"en": "...", "fr": "..."}
//	provisions  the sources by names of your choice, each with instrument, status (confirmed, secondary, inferred, assumed), and where there
//	            are any section, title, url; everything below cites them by name
//	courts      each with code, name, voluntary (the provision why use is voluntary where no mandate binds), types, and if known
//	            concession and search
//	mandates    the rules that make use mandatory
//
// A concession has first and last, its days, both in; years, which must agree with them; and the provisions length (of the years), start and
// end. A search has item, the name of the item in the court's fees; unit, what is counted, in words; and provision.
//
// A type has code, name, named (the provision where they were read) and services, a list in which each of filing, payment,
// inspection and cause_book is named once. An element has of, the services it speaks of, provision, and one of
//
//	since       the first day
//	never       why the service is not offered, in words
//	unknown     why the first day is not known, in words; notBefore and by may bound it: {"day": "...", "provision": "..."}
//
// It may also have commenced, a bound: the service leaves out cases that were commenced before that day.
//
// A mandate has name, title, courts (their codes), when, and stages. When lists the conditions, of which all must be met:
// represented, commencing, firm_new, not_permitted (see [Condition]). A stage has state, since, provision, and as planned also earliest
// and if stated latest, as announced also from. A stage lasts until the next one.
//
// # The file of a directory
//
// [LoadDirectory] reads the public information of courts, likewise strictly: format "court-info/1", name, version, provisions,
// everywhere (optional) and courts. Everywhere and each element of courts, which also has court, its code, may have offices, contacts,
// helpCentres, requirements, hours and maintenance, each a list:
//
//	offices, helpCentres  name, provision, and if known address and hours, in words
//	contacts              name, provision, and telephone, email or both
//	requirements          kind (browser, setting, protocol), names, provision, and if it matters systems
//	hours                 first, opens, closes (08:00, 24:00), provision, and if they end last
//	maintenance           id, from (an instant as in RFC 3339), provision, and if known until and note
//
// What is not known is left out, and [Info.Missing] says so. [Directory.Serves] answers from hours and maintenance.
package rollout
