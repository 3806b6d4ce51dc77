// Command rulebook asks one rule of the library at a time, for a table of cases: CSV in on standard input, CSV out on standard
// output, one line for each.
//
//	rulebook receipt  [-reading announced|statutory] [-closures FILE]   when something that came in counts as received
//	rulebook limit    [-closures FILE] [-warnings FILE]                 on which day a period of days ends
//	rulebook fee                                                        what an item costs as of an instant
//	rulebook claim                                                      whether a claimant may file a claim in bulk
//	rulebook holidays -year Y [-lenient]                                the general holidays of a year; reads nothing
//
// For example
//
//	$ printf 'court,item,amount,mode,at\nsct,filing,5000.01,electronic,2026-03-02T10:00\n' | go run ./examples/rulebook fee
//	court,item,amount,mode,at,fee,base,status,why
//	sct,filing,5000.01,electronic,2026-03-02T10:00,32,40,inferred,"Filing a claim: the edition in force since 2018-12-03 ..."
//
// The first line of the input names the columns, in any order; columns that the rule does not need are ignored. Each line of output
// has the needed columns as they were given, then the answer, then why: the steps to the answer with the provisions they rest on and how
// certain these are. A line that can't be answered keeps its answers empty, and its why begins with "error:"; the others are answered
// all the same. Answers come as the lines come in, so that another program can ask one question at a time.
//
// Times are those of Hong Kong, 2006-01-02T15:04:05, with or without the seconds; a time with an offset (RFC 3339) is converted.
//
// The exit status is 0 when every line has its line of output, answered or not, and 2 when the input, a file or the command line
// could not be read.
//
// As an example of the library's use, read receipt.go, limit.go, fee.go and claim.go: each asks one package one thing.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

// The exit statuses.
const (
	done   = 0
	failed = 2
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the program: it gives the exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(stderr, usage)
		return failed
	}
	if isHelp(args[0]) {
		fmt.Fprint(stdout, usage)
		return done
	}
	c, ok := find(args[0])
	if !ok {
		fmt.Fprintf(stderr, "rulebook: there is no rule %.40q; rulebook -h lists them\n", args[0])
		return failed
	}
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard) // what is wrong, and where help is, is said below
	err := c.run(flags, args[1:], stdin, stdout, stderr)
	switch {
	case err == nil:
		return done
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, c.usage)
		return done
	}
	fmt.Fprintf(stderr, "rulebook %s: %v\n", c.name, err)
	return failed
}

// parseFlags reads the flags of a rule and refuses anything beside them: the lines come on standard input.
func parseFlags(flags *flag.FlagSet, args []string) error {
	err := flags.Parse(args)
	if err == nil && flags.NArg() > 0 {
		err = fmt.Errorf("%.40q is not a flag: hand the table over on standard input", flags.Arg(0))
	}
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return err
	}
	return fmt.Errorf("%w\nrulebook %s -h lists the flags", err, flags.Name())
}

func isHelp(arg string) bool {
	return arg == "-h" || arg == "-help" || arg == "--help" || arg == "help"
}
