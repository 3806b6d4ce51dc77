package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/plugins/host"
)

// plugins prints how each plugin does.
func (c *counter) plugins(title string) {
	for _, p := range c.host.Status() {
		pid := p.PID
		if pid == "" {
			pid = "-"
		}
		c.line(title, "%-14s %-7s %-8s process %d, pid %s", p.Name, p.Kind, p.State, p.Process, pid)
		title = ""
	}
}

// status gives the status of one plugin.
func (c *counter) status(name string) host.Status {
	for _, p := range c.host.Status() {
		if p.Name == name {
			return p
		}
	}
	return host.Status{}
}

// kill kills a plugin's process as the machine's last resort would, and waits until the host knows.
func (c *counter) kill(ctx context.Context, name string) error {
	before := c.status(name)
	pid, err := strconv.Atoi(before.PID)
	if err != nil {
		return fmt.Errorf("plugin %s has no process: it is %s", name, before.State)
	}
	process, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	if err := process.Kill(); err != nil {
		return err
	}
	c.line("Mishap", "kill -9 on %s, process %d, pid %d", name, before.Process, pid)
	beat := time.NewTicker(time.Millisecond)
	defer beat.Stop()
	for c.status(name).PID == before.PID {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-beat.C:
		}
	}
	return nil
}

// prove holds what was kept against itself and against the company's books.
func (c *counter) prove(ctx context.Context, filings ...icms.Result) error {
	paid := money.New(0, money.MustCurrency("HKD"))
	for _, r := range filings {
		if err := c.Registry().Verify(ctx, *r.Acknowledgement); err != nil {
			return err
		}
		if err := c.Audit().Verify(ctx, r.Court, r.Acknowledgement.Received.In(calendarhk.Zone()).Year()); err != nil {
			return err
		}
		var err error
		if paid, err = paid.Add(r.Acknowledgement.Paid); err != nil {
			return err
		}
	}
	proofs, err := c.AccountsOffice().Ledger().Prove(ctx)
	if err != nil {
		return err
	}
	for _, p := range proofs {
		if !p.OK() {
			return fmt.Errorf("the ledger of %s: %v", p.Currency, p.Faults)
		}
	}
	effects, err := c.company.sim.Effects()
	if err != nil {
		return err
	}
	totals, err := c.company.sim.Totals(paid.Currency())
	if err != nil {
		return err
	}
	if effects.Payments != len(filings) || totals.Taken != paid {
		return fmt.Errorf("the company took %s in %d payments, the court has receipts for %s", totals.Taken, effects.Payments, paid)
	}
	c.line("Proof", "audit chains, acknowledgements and ledger hold; the company took %s in %d payments, as the court's receipts say", totals.Taken, effects.Payments)
	return nil
}
