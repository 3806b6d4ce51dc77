package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"time"

	calendarhk "courts.example/eservices/calendar/hk"
)

// options are what the command line asks for.
type options struct {
	claims   string
	docs     string
	claimant string
	batch    string
	at       time.Time // zero: the machine's clock
	db       string
	out      string // "" until the reference of the batch is known
	pay      string // payAccount or paySimpay
	session  time.Duration
	partial  bool
	dryRun   bool
	generate int // 0: file a batch
	template bool
}

// The ways to pay.
const (
	payAccount = "account"
	paySimpay  = "simpay"
)

// home is where the example keeps what it writes when nobody says otherwise; .gitignore leaves it out.
var home = filepath.Join("var", "bulkclaims")

const usage = `Usage: bulkclaims [flags]

Files a bulk batch of small claims, as a claimant approved for bulk claims would. Without flags it files the bundled
sample of 1,000 invented claims; a second run shows that nothing is filed or charged twice.

What to file
  -claims FILE     the claims: a .csv, .xlsx or .jsonl file (default: the bundled sample)
  -docs DIR        the folder with the files named in the column "documents"
  -claimant NAME   the claimant, by published name in either language or by id (default: the example's own, invented)
  -batch NAME      your own reference of the batch (default: derived from the bytes, so the same file has the same one)
  -at INSTANT      file as if it were this instant: 2026-03-02T15:04:05 in Hong Kong, or RFC 3339 (default: now)
  -pay HOW         account: from a deposit account with invented money in it (default); simpay: on the page of an invented
                   payment company, which this program opens on this machine
  -session TIME    how long the page of -pay simpay may be paid, such as 2m (default: 30m)
  -partial         file the good claims of a batch with bad ones (default: nothing is filed)
  -dry-run         check and price only: nothing is filed, nothing is charged

Where to keep it
  -db FILE         the registry's database (default: %[1]s); documents lie beside it
  -out DIR         acknowledgement, receipt and result (default: a folder named after the batch in %[2]s)

Instead of filing
  -generate N      write N invented claims to the file of -claims, or as CSV to standard output
  -template        write an empty file with the column names to the file of -claims, or as CSV to standard output

Exit status: 0 filed, or nothing keeps it from being filed (-dry-run); 1 refused with findings, with -partial also when
any claim was refused; 2 could not run.
`

func writeUsage(w io.Writer) { fmt.Fprintf(w, usage, defaultDB(), home) }

func defaultDB() string { return filepath.Join(home, "registry.db") }

// parse reads the command line. Its error is flag.ErrHelp when help was asked for.
func parse(args []string) (options, error) {
	var o options
	var at string
	f := flag.NewFlagSet("bulkclaims", flag.ContinueOnError)
	f.SetOutput(io.Discard) // the caller says what was wrong, and where help is
	f.StringVar(&o.claims, "claims", "", "")
	f.StringVar(&o.docs, "docs", "", "")
	f.StringVar(&o.claimant, "claimant", exampleClaimant, "")
	f.StringVar(&o.batch, "batch", "", "")
	f.StringVar(&at, "at", "", "")
	f.StringVar(&o.db, "db", defaultDB(), "")
	f.StringVar(&o.out, "out", "", "")
	f.StringVar(&o.pay, "pay", payAccount, "")
	f.DurationVar(&o.session, "session", 0, "")
	f.BoolVar(&o.partial, "partial", false, "")
	f.BoolVar(&o.dryRun, "dry-run", false, "")
	f.IntVar(&o.generate, "generate", 0, "")
	f.BoolVar(&o.template, "template", false, "")
	if err := f.Parse(args); err != nil {
		return options{}, err
	}
	given := map[string]bool{}
	f.Visit(func(x *flag.Flag) { given[x.Name] = true })
	if f.NArg() > 0 {
		return options{}, fmt.Errorf("%q is not a flag: name the file with -claims", f.Arg(0))
	}
	if err := o.check(given); err != nil {
		return options{}, err
	}
	if at != "" {
		var err error
		if o.at, err = parseInstant(at); err != nil {
			return options{}, err
		}
	}
	return o, nil
}

// check refuses what contradicts itself.
func (o *options) check(given map[string]bool) error {
	switch {
	case given["generate"] && (o.generate < 1 || o.generate > mostClaims):
		return fmt.Errorf("-generate %d: give a number from 1 to %s", o.generate, count(mostClaims))
	case given["generate"] && o.template:
		return errors.New("-generate and -template: ask for one of them")
	case o.db == "":
		return errors.New("-db is empty: name a file, or leave the flag out")
	case given["out"] && o.out == "":
		return errors.New("-out is empty: name a folder, or leave the flag out")
	case o.pay != payAccount && o.pay != paySimpay:
		return fmt.Errorf("-pay %q: choose %s or %s", o.pay, payAccount, paySimpay)
	case given["session"] && (o.session < time.Minute || o.session > 24*time.Hour):
		return fmt.Errorf("-session %v: give a time from 1m to 24h", o.session)
	case given["session"] && o.pay != paySimpay:
		return errors.New("-session has no use without -pay simpay")
	case given["claims"] && o.claims == "":
		return errors.New("-claims is empty: name a file, or leave the flag out")
	}
	if !given["generate"] && !o.template {
		return nil
	}
	for name := range given {
		if name != "generate" && name != "template" && name != "claims" {
			return fmt.Errorf("-%s has no use with -generate or -template, which write a file and end", name)
		}
	}
	return nil
}

// parseInstant reads RFC 3339, or a local time of Hong Kong; the seconds may be missing.
func parseInstant(text string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, text, calendarhk.Zone()); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("-at %q: write it like 2026-03-02T15:04:05, Hong Kong time, or like 2026-03-02T15:04:05+08:00", text)
}
