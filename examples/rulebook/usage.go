package main

import (
	"flag"
	"io"
)

// command is one rule that can be asked.
type command struct {
	name, usage string
	// run adds the command's flags, reads them from args and answers. Its error is flag.ErrHelp when help was asked for.
	run func(flags *flag.FlagSet, args []string, in io.Reader, out, notes io.Writer) error
}

func find(name string) (command, bool) {
	for _, c := range []command{
		{"receipt", receiptUsage, receipt},
		{"limit", limitUsage, limit},
		{"fee", feeUsage, fee},
		{"claim", claimUsage, claim},
		{"holidays", holidaysUsage, holidays},
	} {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

const usage = `Usage: rulebook RULE [flags] < table.csv

Asks one rule for each line of a table: CSV in on standard input, the first line naming the columns; CSV out.

  receipt    when something that came in counts as received
  limit      on which day a period of days ends
  fee        what an item costs as of an instant
  claim      whether a claimant may file a claim in bulk
  holidays   the general holidays of a year; reads no table

Columns may come in any order, and others beside them. Times are those of Hong Kong, like 2026-03-02T17:31:00; the seconds may
be missing, and a time with an offset, like 2026-03-02T09:31:00Z, is converted. A line that can't be answered keeps its answers
empty, and its why begins with "error:".

rulebook RULE -h explains a rule, with an example. Exit status: 0 each line has its line of output; 2 could not read the input.
`

const receiptUsage = `Usage: rulebook receipt [-reading announced|statutory] [-closures FILE] < table.csv

When something that came in counts as received by the registry of the Small Claims Tribunal.

  -reading NAME    announced (default): open from 08:45 to 17:30, lunch hour and closing instant included;
                   statutory: closed in the lunch hour and from the closing instant on
  -closures FILE   when the registry was closed: CSV with the columns closed and reopened; an empty reopened is until
                   further notice

Reads received; writes received,deemed,status,why. While the reopening is not announced the status is pending and deemed is
empty; otherwise the status is received. An answer that rests on holidays found by rule has a why that begins with "projected:".

  $ printf 'received\n2026-03-06T20:00\n' | rulebook receipt
  received,deemed,status,why
  2026-03-06T20:00,2026-03-09T08:45:00,received,...
`

const limitUsage = `Usage: rulebook limit [-closures FILE] [-warnings FILE] < table.csv

On which day a period of days from an event ends, by Cap. 1 s. 71.

  -closures FILE   when the registry was closed: CSV with the columns closed and reopened; an empty reopened is until
                   further notice. A day counts as closed when the registry was closed through all its hours
  -warnings FILE   CSV with the columns kind, start and end; the kinds that count are gale_warning and black_rainstorm.
                   A row without a start or an end is skipped, and said so on standard error

Reads event,days,rule; writes event,days,rule,expires,why. The rule is ord, s. 71(1), or court, s. 71(1A), for acts at a court
office. An answer that rests on holidays found by rule has a why that begins with "projected:".

  $ printf 'event,days,rule\n2026-03-02,7,court\n' | rulebook limit
  event,days,rule,expires,why
  2026-03-02,7,court,2026-03-11,...
`

const feeUsage = `Usage: rulebook fee < table.csv

What an item costs as of an instant. The instant is the one that decides the fee: it is not moved to the hours of an office.

Reads court,item,amount,mode,at: sct; filing or search; the amount claimed in HKD, such as 5000.01, empty for search; paper or
electronic. Writes the same, then fee,base,status,why: the fee to pay and the fee before any concession as plain decimals
without needless zeros (16, 14.40), or unknown where nobody knows them; how certain the fee is (confirmed, secondary,
inferred or assumed).

  $ printf 'court,item,amount,mode,at\nsct,search,,electronic,2026-03-02T10:00\n' | rulebook fee
  court,item,amount,mode,at,fee,base,status,why
  sct,search,,electronic,2026-03-02T10:00,14,18,assumed,...
`

const claimUsage = `Usage: rulebook claim < table.csv

Whether a claimant may file a claim in bulk in the Small Claims Tribunal.

Reads claimant,category,amount,at: the published name in either language, or the id of the register; medical_charges, surcharge
or other; the amount claimed in HKD. Writes the same, then eligible,codes,why: true or false; the codes of what is against it,
and of what to know, joined by semicolons.

  $ printf 'claimant,category,amount,at\nHospital Authority,other,900,2026-03-02T10:00\n' | rulebook claim
  claimant,category,amount,at,eligible,codes,why
  Hospital Authority,other,900,2026-03-02T10:00,false,claim.category.not-approved,...
`

const holidaysUsage = `Usage: rulebook holidays -year Y [-lenient]

The general holidays of a year, ordinary Sundays left out. Reads nothing; writes date,name,gazetted.

  -year Y     the year
  -lenient    also a year whose holidays are not gazetted yet: they are found by rule, and their gazetted is false

  $ rulebook holidays -year 2026
  date,name,gazetted
  2026-01-01,The first day of January,true
  ...
`
