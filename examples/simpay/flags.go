package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"strings"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

const usage = `Usage: simpay -secrets FILE [flags]

A simulated company that takes money. Prints its address and serves until SIGTERM.

  -listen ADDR       where to listen, on this machine only (default 127.0.0.1:0: any free port)
  -secrets FILE      the secrets shared with the merchant, one a line of 16 bytes or more; required
  -control FILE      the secret that opens the control API, on the first line (default: there is no control API)
  -journal FILE      keep what it knows in this file (default: only in memory)

What is agreed with the merchant
  -currencies LIST   what is taken (default HKD)
  -means LIST        the means of payment offered (default card,wallet)
  -window DURATION   how long idempotency keys are remembered (default 24h)
  -in-flight DURATION  how late a request may take effect (default 1m)
  -late DURATION     how long after its end a payment can still be paid (default 0: not at all)
  -pay-twice         a QR code can be paid by a second payer
  -fee RATE          what the company keeps of each payment, such as 0.019 (default 0)
  -zone NAME         the time zone of its days (default UTC)
  -cut-off DURATION  the time of day from which money counts on the next day, such as 19h (default 24h)
  -seed N            makes the rates of faults repeatable (default 1)
  -canary TEXT       a text, such as the number of a test card, that is slipped into codes, details and names, to find out where the
                     merchant lets it through
`

// options are what the command line asks for.
type options struct {
	listen, journal string
	sim             simpay.Options
}

// parse reads the command line and the files of secrets. Its error is flag.ErrHelp when help was asked for.
func parse(args []string) (options, error) {
	var o options
	var secrets, control, currencies, means, fee, zone string
	f := flag.NewFlagSet("simpay", flag.ContinueOnError)
	f.SetOutput(io.Discard) // the caller says what was wrong, and where help is
	f.StringVar(&o.listen, "listen", "127.0.0.1:0", "")
	f.StringVar(&o.journal, "journal", "", "")
	f.StringVar(&secrets, "secrets", "", "")
	f.StringVar(&control, "control", "", "")
	f.StringVar(&currencies, "currencies", "HKD", "")
	f.StringVar(&means, "means", "card,wallet", "")
	f.DurationVar(&o.sim.Terms.Window, "window", 0, "")
	f.DurationVar(&o.sim.Terms.InFlight, "in-flight", 0, "")
	f.DurationVar(&o.sim.Terms.Late, "late", 0, "")
	f.BoolVar(&o.sim.Terms.PayTwice, "pay-twice", false, "")
	f.StringVar(&fee, "fee", "0", "")
	f.StringVar(&zone, "zone", "UTC", "")
	f.DurationVar(&o.sim.Days.CutOff, "cut-off", 0, "")
	f.Uint64Var(&o.sim.Seed, "seed", 1, "")
	f.StringVar(&o.sim.Canary, "canary", "", "")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if f.NArg() > 0 {
		return o, fmt.Errorf("%.40q is not a flag", f.Arg(0))
	}
	if err := checkLoopback(o.listen); err != nil {
		return o, err
	}
	o.sim.Clock = time.Now
	o.sim.Terms.Currencies = list(currencies)
	for _, m := range list(means) {
		o.sim.Terms.Means = append(o.sim.Terms.Means, payment.Means(m))
	}
	var err error
	if o.sim.Fees.Rate, err = money.ParseRate(fee); err != nil {
		return o, fmt.Errorf("-fee: %w", err)
	}
	if o.sim.Days.Zone, err = time.LoadLocation(zone); err != nil {
		return o, fmt.Errorf("-zone: %w", err)
	}
	return o, o.readSecrets(secrets, control)
}

// list parts a list at its commas.
func list(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
}

// checkLoopback refuses addresses that other machines could reach.
func checkLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("-listen: %w", err)
	}
	if ip, err := netip.ParseAddr(host); err != nil || !ip.IsLoopback() {
		return fmt.Errorf("-listen %s: only addresses of this machine itself, such as 127.0.0.1:0 or [::1]:0", address)
	}
	return nil
}

// readSecrets reads the files of secrets: they are in files because a command line and an environment can be seen by others.
func (o *options) readSecrets(secrets, control string) error {
	if secrets == "" {
		return errors.New("-secrets is missing: name a file with the secrets shared with the merchant, one a line")
	}
	lines, err := readLines(secrets)
	if err != nil {
		return fmt.Errorf("-secrets: %w", err)
	}
	if len(lines) == 0 {
		return fmt.Errorf("-secrets: %s holds no secret", secrets)
	}
	for _, s := range lines {
		o.sim.Secrets = append(o.sim.Secrets, simpay.Secret(s))
	}
	if control == "" {
		return nil
	}
	lines, err = readLines(control)
	if err != nil {
		return fmt.Errorf("-control: %w", err)
	}
	if len(lines) != 1 {
		return fmt.Errorf("-control: %s holds %d secrets, it must be one", control, len(lines))
	}
	o.sim.Control = simpay.Secret(lines[0])
	return nil
}

// readLines reads the lines of a file that are not empty.
func readLines(path string) ([]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines, nil
}
