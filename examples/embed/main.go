// Command embed shows an embedder and an operator at work with plugins: a service whose records are kept by a store plugin, whose fees are paid through
// a gateway plugin, and which serves two courts at once, one in this process and one from a court plugin.
//
//	go run ./examples/embed                 # builds the three shipped plugins and does a whole day's work with them
//	go run ./examples/embed -plugins DIR    # takes the programs simpay, sqlite and districtcourt from DIR
//	go run ./examples/embed -dir kept       # keeps the manifest, the configurations and the records in ./kept
//
// The operator pins what may run (operator.go) and the embedder sets the service up (counter.go): these two are the files to copy from. Then a batch of
// claims is filed, one plugin is killed while its payment waits, a payer pays at the company's page (payer.go), a single claim goes to the other
// court, and what was kept is proven (proof.go). Everything ends with the program; nothing is left behind without -dir.
//
// The people, the claims, the company and the tariff of the second court are invented. No money moves.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
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

// options are what the command line asks for.
type options struct {
	dir, plugins string
	claims       int
	// build says that there are no programs in plugins yet.
	build bool
	// sockets is for what runs only as long as the program.
	sockets string
}

// run is the program: it gives the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	f := flag.NewFlagSet("embed", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&o.dir, "dir", "", "keep everything in this `folder` (default: a temporary one, removed at the end)")
	f.StringVar(&o.plugins, "plugins", "", "take simpay, sqlite and districtcourt from this `folder` (default: build them)")
	f.IntVar(&o.claims, "claims", 120, "`how many` claims the batch has")
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return done
		}
		return failed
	}
	if err := perform(ctx, o, stdout, stderr); err != nil {
		fmt.Fprintf(stderr, "embed: %v\n", err)
		return failed
	}
	return done
}

// perform makes the folder and does the day's work in it.
func perform(ctx context.Context, o options, stdout, stderr io.Writer) (err error) {
	if o.claims < 1 {
		return fmt.Errorf("-claims %d: at least one", o.claims)
	}
	temporary, err := os.MkdirTemp("", "embed")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temporary)) }()
	o.sockets = filepath.Join(temporary, "run")
	if o.dir == "" {
		o.dir = temporary
	} else if err := makeNew(o.dir); err != nil {
		return err
	}
	if o.dir, err = filepath.Abs(o.dir); err != nil {
		return err
	}
	if o.plugins == "" {
		o.plugins, o.build = filepath.Join(o.dir, "plugins"), true
	}
	c, err := openCounter(ctx, o, say{stdout}, stderr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	return c.day(ctx, o.claims)
}

// makeNew makes the folder that is kept. The company forgets everything when the program ends, so that no second run can go on in it.
func makeNew(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("-dir: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("-dir %s: there is something in it: name a new folder", dir)
	}
	return err
}

// say prints a line about somebody.
type say struct{ io.Writer }

func (s say) line(who, format string, args ...any) {
	fmt.Fprintf(s, "%-15s "+format+"\n", append([]any{who}, args...)...)
}
