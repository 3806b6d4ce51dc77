// Package filing reads, checks and describes the claims that a claimant files with a court, one by one or by the ten thousand.
//
// A court is a [Policy]: tables of its limits, claimants, categories, notices and bounds, each row with the provision that it
// rests on, and a list of [Rule] values. The package itself knows no court; [LoadPolicy] reads the tables from JSON, and the
// folder hk beside this package holds a court's. What a user got wrong is a [Finding], never an error: checking goes on and gives all
// findings in one pass, each with a code of the published catalogue (CODES.md), its place in the file, the provision and a
// sentence in every language.
//
// # A batch
//
// A [Format] reads a file row by row; a [Check] takes the rows and gives them on, in their order, with their findings:
//
//	check, err := policy.NewCheck(filing.Batch{Claimant: "Harbour Power", At: deemed})
//	rows := filing.CSV{}.Read(ctx, file, filing.ReadOptions{Currency: "CAD", Header: check.Header})
//	for row, err := range check.Rows(ctx, rows) {
//		// row.Claim, row.Findings, row.Refused
//	}
//	result := check.Result() // findings about the batch, counts, the sum claimed
//
// Memory stays bounded however long the file is: a million claims are checked against each other in some 40 MB. Claims filed
// before are looked up through [Filed], about a thousand keys at a time. [Policy.Assess] answers for a single claim without a
// file whether it may be filed, and why.
//
// # A court's own rules
//
// A rule is a name, the codes that it may report, and a function. A court appends its rules to Policy.Rules and the texts of its own
// codes to Policy.Codes; it drops or replaces a standard rule by name with [Policy.ReplaceRule]. A rule that must remember
// the claims before, as the one that finds repeated claims does, has Start instead of Check. See the example of Policy.
//
// # Documents
//
// [Inspect] tells what an attached file is by its content, never by its name, and digests it. It reads in small
// pieces and counts the pages of a PDF within bounds, so the cost of a hostile file stays in proportion to its bytes. A PDF that is encrypted
// or whose pages can't be found is refused; one that only goes beyond the bounds is taken with a warning, uncounted.
//
// # Names
//
// Names and references are compared by [Fold]: case, width, spacing and invisible characters tell nothing apart. What a user
// wrote is shown in messages through [Show], which keeps it from harming a terminal.
//
// A Policy and all values here are safe for concurrent reading; a Check is for one goroutine.
package filing
