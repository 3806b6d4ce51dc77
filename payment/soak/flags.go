package main

import (
	"flag"
	"fmt"
	"io"
)

const usage = `Usage: soak [flags]

Payers pay at a simulated company while the court's program is killed; then the books of both must agree.

  -attempts N    how many payers there are; some need several attempts (default 10000)
  -seed N        the seed of all lots that are drawn here and at the company (default 1)
  -faults RATE   the share of requests to the company that each kind of fault befalls (default 0.01)
  -kills N       how often the court's program is killed, about; 0 for never (default: once for 50 payers)
  -at-once N     how many payers there are at a time (default: a 25th of them)
  -steady        kill nobody; measure the memory of the court's program, which must not grow
  -canary TEXT   have the company slip this text, such as the number of a test card, into all that it says; it must not be kept
  -simpay FILE   the program examples/simpay, built (default: built now, by the go command, in this module)
  -dir FOLDER    keep the database, the journal and the logs in this new folder (default: a folder for the time of the run)
`

// options are what the command line asks for.
type options struct {
	attempts, kills, atOnce int
	seed                    uint64
	faults                  float64
	steady                  bool
	canary, simpay, dir     string
}

// How many payers there are for one kill, and for one at a time, unless the command line says.
const (
	payersAKill = 50
	payersATime = 25
)

// parse reads the command line. Its error is flag.ErrHelp when help was asked for.
func parse(args []string, stdout io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("soak", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.IntVar(&o.attempts, "attempts", 10_000, "")
	f.Uint64Var(&o.seed, "seed", 1, "")
	f.Float64Var(&o.faults, "faults", 0.01, "")
	f.IntVar(&o.kills, "kills", -1, "")
	f.IntVar(&o.atOnce, "at-once", 0, "")
	f.BoolVar(&o.steady, "steady", false, "")
	f.StringVar(&o.canary, "canary", "", "")
	f.StringVar(&o.simpay, "simpay", "", "")
	f.StringVar(&o.dir, "dir", "", "")
	if err := f.Parse(args); err != nil {
		if err == flag.ErrHelp {
			fmt.Fprint(stdout, usage)
		}
		return o, err
	}
	switch {
	case f.NArg() > 0:
		return o, fmt.Errorf("%.40q is not a flag", f.Arg(0))
	case o.attempts < 1 || o.atOnce < 0:
		return o, fmt.Errorf("-attempts is at least 1, -at-once not negative")
	case o.faults < 0 || o.faults > 0.05:
		return o, fmt.Errorf("-faults is from 0 to 0.05: there are many kinds, and somebody has to get through")
	case o.steady && o.kills > 0:
		return o, fmt.Errorf("-steady measures the memory of one process, which -kills would end")
	}
	if o.atOnce == 0 {
		o.atOnce = (o.attempts + payersATime - 1) / payersATime
	}
	if o.kills < 0 {
		o.kills = (o.attempts + payersAKill - 1) / payersAKill
	}
	if o.steady {
		o.kills = 0
	}
	return o, nil
}
