// Certify checks a plugin, in whatever language it is written, by the rules of its kind, and writes a report that its author publishes and an
// operator pins.
//
//	go run ./plugins/certify gateway ./their-plugin -config sandbox.json -report out.json
//
// The kind is gateway, store or court; see package conformance for the rules and for what stands in sandbox.json.
//
// The exit status is 0 when the plugin is certified, 1 when a rule failed, 2 when nothing could be checked: the command was used wrongly, the
// plugin is not there, or the run was interrupted.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"courts.example/eservices/plugins/conformance"
	"courts.example/eservices/plugins/host"
)

// The exit statuses.
const (
	exitCertified = 0
	exitFailed    = 1
	exitUsage     = 2
)

// helper is the word with which the command runs itself as a host that is killed.
const helper = "helper-host"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) == 2 && os.Args[1] == helper {
		if err := conformance.HelperHost(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(exitUsage)
		}
		return
	}
	os.Exit(certify(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// certify is the whole command; it gives the exit status.
func certify(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, report, quiet, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return exitUsage
	}
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitUsage
	}
	rules := map[string]string{}
	for _, r := range conformance.Rules(o.Kind) {
		rules[r.ID] = r.Text
	}
	if !quiet {
		o.Note = func(r conformance.Result) {
			r.Rule = rules[r.ID]
			fmt.Fprintln(stdout, r.Line())
		}
	}
	result, err := conformance.Certify(ctx, o, time.Now)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitUsage
	}
	fmt.Fprintf(stdout, "\n%s", result)
	if err := write(report, result); err != nil {
		fmt.Fprintln(stderr, err)
		return exitUsage
	}
	if !result.Certified {
		return exitFailed
	}
	return exitCertified
}

// parse reads the arguments. Flags may stand before and after the others.
func parse(args []string, stderr io.Writer) (o conformance.Options, report string, quiet bool, err error) {
	f := flag.NewFlagSet("certify", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Usage = func() {
		fmt.Fprintln(stderr, "usage: certify gateway|store|court <plugin> [-config file] [-report file] [flags]")
		f.PrintDefaults()
	}
	config := f.String("config", "", "the `file` with the plugin's configuration and its sandbox")
	f.StringVar(&report, "report", "", "the `file` to write the report to, as JSON")
	f.StringVar(&o.Entry, "entry", "", "the `file` of a folder that is run")
	f.StringVar(&o.Interpreter, "interpreter", "", "the `program` that runs a script")
	f.Uint64Var(&o.Seed, "seed", uint64(time.Now().Unix()), "gives the order of the cases, and is part of every reference")
	f.IntVar(&o.Parallel, "parallel", 0, "how many cases run beside each other (2)")
	f.BoolVar(&quiet, "q", false, "print the result only")
	var words []string
	for len(args) > 0 {
		if err := f.Parse(args); err != nil {
			return o, "", false, err
		}
		if args = f.Args(); len(args) > 0 {
			words, args = append(words, args[0]), args[1:]
		}
	}
	if len(words) != 2 {
		f.Usage()
		return o, "", false, fmt.Errorf("certify: give a kind and a plugin, not %q", words)
	}
	o.Kind, o.Path = host.Kind(words[0]), words[1]
	if *config != "" {
		if o.Settings, err = conformance.ReadSettings(*config); err != nil {
			return o, "", false, err
		}
	}
	self, err := os.Executable()
	o.Helper = []string{self, helper}
	return o, report, quiet, err
}

// write writes the report.
func write(file string, r conformance.Report) error {
	if file == "" {
		return nil
	}
	text, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o644)
}
