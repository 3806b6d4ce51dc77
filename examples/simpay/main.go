// Command simpay is a simulated company that takes money, as a program of its own: for trying out payments by hand in a browser, and for
// tests in which the merchant's program is killed, or the company's. No money moves.
//
//	$ printf 'a secret that both know\n' > secrets.txt
//	$ go run ./examples/simpay -secrets secrets.txt -listen 127.0.0.1:8081
//	http://127.0.0.1:8081
//
// The first line of output is its address: that of the API for merchants (payment/simpay.Client speaks it), of the page for payers, to
// which the API sends them, and with -control of the API that makes payers, faults and time do as a test wants (payment/simpay.Remote).
// It listens to this machine only, and delivers notifications to this machine only.
//
// With -journal FILE it writes down whatever it answers, before it answers, and after a restart, or a kill, knows it all again. It stops at
// SIGTERM or an interrupt with exit status 0; the status is 2 when it could not run.
//
// As an example of the library's use, read serve.go: it puts a payment/simpay.Sim behind an http.Server.
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
	done   = 0
	failed = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program: it gives the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, usage)
		return done
	}
	if err != nil {
		fmt.Fprintf(stderr, "simpay: %v\nsimpay -h lists the flags\n", err)
		return failed
	}
	if err := serve(ctx, o, stdout); err != nil {
		fmt.Fprintf(stderr, "simpay: %v\n", err)
		return failed
	}
	return done
}
