// Command auditverify verifies the audit trail in a database of the service: every chain of it, of each court and year, of the deposit
// accounts and of the register of members.
//
//	auditverify [-heads FILE] [-save FILE] DATABASE
//
// It holds each link against the one before it, and the records that were written against what the links say was written, and prints a
// line for each chain. Any record that was changed, taken out, put in or reordered shows in one of these ways:
//
//	a chain is broken at a link          a link, or a record that its change wrote, is not as it was
//	a head is not there any more         with -heads: the end of a chain was cut off, or it was written anew from some link on
//	records that no chain covers         something was written past the service, or the counters tell of a change that is gone
//	the books are wrong                  the sums of the accounts are not those of the journal
//	the database is damaged              its tables and indexes do not agree
//
// What was cut off at the end of a chain leaves no trace in the chain itself: that the counters disagree is seen, unless they were set
// back too, or the whole chain was written anew with all its hashes, which need no secret. So save the heads now and then, with -save, and
// keep the file where whoever could change the database can't; a later run with -heads asks for each of them again, and finds either.
//
// Not part of the trail, and not verified: what still waits to be done (events and work), the sequences' own counters, the names of indexes,
// and the bytes of documents, whose digests are in the records and are held against them whenever they are read.
//
// The database may be in use meanwhile: what is written after the beginning is verified as far as the run comes to it; the books need a moment
// in which no money moves. Nothing is changed in it. The exit status is 0 when all is in order, 1 when something is not, 2 when that could
// not be found out: the file is no database, is too damaged to be read, is of another version, or a file of heads can't be read or saved.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

// The exit statuses.
const (
	inOrder = 0
	faulty  = 1
	failed  = 2
)

const usage = `usage: auditverify [-heads FILE] [-save FILE] DATABASE

  -heads FILE   ask for every head in FILE again, which an earlier run saved
  -save FILE    save the heads of the chains that are in order; FILE must not exist

The exit status is 0 when all is in order, 1 when something is not, 2 when that could not be found out.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program: it gives the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("auditverify", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // what is wrong is said below
	heads := flags.String("heads", "", "")
	save := flags.String("save", "", "")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, usage)
		return inOrder
	}
	if err == nil && flags.NArg() != 1 {
		err = errors.New("name one database")
	}
	if err != nil {
		fmt.Fprintf(stderr, "auditverify: %v\n%s", err, usage)
		return failed
	}
	faults, err := verify(ctx, flags.Arg(0), *heads, *save, stdout)
	switch {
	case err != nil:
		fmt.Fprintf(stderr, "auditverify: %v\n", err)
		return failed
	case faults > 0:
		fmt.Fprintf(stdout, "NOT IN ORDER: %d faults\n", faults)
		return faulty
	}
	fmt.Fprintln(stdout, "in order")
	return inOrder
}
