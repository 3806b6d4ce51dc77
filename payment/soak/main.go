// Command soak has ten thousand payers pay at a company that loses, delays and doubles its answers, while the court's program is killed
// again and again, and then holds the books of both against each other, to the cent.
//
//	$ go run ./payment/soak -attempts 10000 -seed 1
//
// Three programs run, on this machine only. The company is examples/simpay with its journal. The court's program is a
// payment.Cashier with a payment/reconcile.Reconciler on a SQLite file; it ends by kill -9 at random moments and is started anew on
// the same file. The command itself is everybody else: payers, the clerks of the court, and the clock, which it moves ahead for both sides
// whenever everybody waits, so that sessions run out, authorisations lapse, refunds come back and days are settled.
//
// When all payers are done nobody is killed any more and the clock runs on until nothing is left to do. Clerks give back the money that is
// nobody's, every day's settlement is read, and then everything has to agree: see [audit]. What does not is printed. The exit status is 0 when
// nothing was left unexplained, 1 when something was, 2 when the soak could not run.
//
// With -steady nobody is killed, and the memory of the court's program is measured after every tenth part: it must not grow.
//
// It is a command of its own beside the packages that it proves, and no example: it has no use but to find out whether they hold.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// The exit statuses.
const (
	explained   = 0
	unexplained = 1
	failed      = 2
)

// The roles in which the command runs itself as another process.
const (
	roleCourt  = "court"
	roleKeeper = "keeper"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the program in the role that its first argument names. It gives the exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	role := ""
	if len(args) > 0 {
		role = args[0]
	}
	var err error
	status := explained
	switch role {
	case roleCourt:
		err = serveCourt(ctx, args[1:], stdin, stdout, stderr)
	case roleKeeper:
		err = keep(args[1:], stdin, stdout, stderr)
	default:
		status, err = soakAll(ctx, args, stdout, stderr)
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		return explained
	case err != nil:
		fmt.Fprintf(stderr, "soak: %v\n", err)
		return failed
	}
	return status
}
