package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"courts.example/eservices/payment/simpay"
)

// program is the company's.
const program = "courts.example/eservices/examples/simpay"

// The secrets protect invented money only.
const (
	sharedSecret  = "a secret of the soak and its company"
	controlSecret = "a control secret of the soak"
)

// company is the company's program in a process of its own, and its control API.
type company struct {
	*process
	*simpay.Remote
	transport *http.Transport
}

// build builds the company's program.
func build(ctx context.Context, folder string) (string, error) {
	file := filepath.Join(folder, "company")
	out, err := exec.CommandContext(ctx, "go", "build", "-o", file, program).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build %s: %w: %s; run it in the module, or name the built program with -simpay", program, err, out)
	}
	return file, nil
}

// startCompany starts the company in a folder.
func startCompany(ctx context.Context, o options, folder string, log *os.File) (*company, error) {
	file := o.simpay
	if file == "" {
		var err error
		if file, err = build(ctx, folder); err != nil {
			return nil, err
		}
	}
	secrets, control := filepath.Join(folder, secretFile), filepath.Join(folder, controlFile)
	for path, secret := range map[string]string{secrets: sharedSecret, control: controlSecret} {
		if err := os.WriteFile(path, []byte(secret+"\n"), 0o600); err != nil {
			return nil, err
		}
	}
	var offered []string
	for _, m := range means() {
		offered = append(offered, string(m))
	}
	args := []string{
		file, "-secrets", secrets, "-control", control, "-journal", filepath.Join(folder, companyJournal), "-seed", fmt.Sprint(o.seed),
		"-means", strings.Join(offered, ","), "-fee", feeRate, "-window", window.String(), "-in-flight", inFlight.String(),
		"-late", late.String(), "-pay-twice",
	}
	if o.canary != "" {
		args = append(args, "-canary", o.canary)
	}
	p, err := start(roleKeeper, args, log)
	if err != nil {
		return nil, err
	}
	c := &company{process: p, transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	if c.Remote, err = simpay.NewRemote(p.url, controlSecret, c.transport); err != nil {
		return nil, fmt.Errorf("%w (%v)", err, p.stop())
	}
	return c, nil
}

// misbehave has the company do all that companies do: every kind of fault at a rate, and notifications that are lost, doubled, late and
// out of order.
func (c *company) misbehave(ctx context.Context, rate float64) error {
	var faults []simpay.Fault
	for _, m := range simpay.Modes() {
		f := simpay.Fault{Mode: m, Rate: rate}
		if m == simpay.DeclineAtOnce {
			f.Op = simpay.OpCreate
		}
		faults = append(faults, f)
	}
	if err := c.FaultRates(ctx, faults...); err != nil {
		return err
	}
	return c.PlanNotifications(ctx, simpay.NotifyPlan{Drop: 0.1, Double: 0.1, Delay: maxDelay, Shuffle: true, Batch: 3})
}

// behave has it do none of that any more.
func (c *company) behave(ctx context.Context) error {
	if err := c.Heal(ctx); err != nil {
		return err
	}
	if err := c.PlanRefunds(ctx, simpay.RefundPlan{}); err != nil {
		return err
	}
	return c.PlanNotifications(ctx, simpay.NotifyPlan{})
}

// end ends the company.
func (c *company) end() error {
	c.transport.CloseIdleConnections()
	return c.stop()
}
