package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// day is what happens: a batch for the court of this process, a claim for the court of a plugin, and a look at what was kept.
func (c *counter) day(ctx context.Context, claims int) error {
	c.plugins("Plugins")
	batch, err := c.bulk(ctx, claims)
	if err != nil {
		return err
	}
	claim, err := c.single(ctx)
	if err != nil {
		return err
	}
	c.plugins("Plugins")
	return c.prove(ctx, batch, claim)
}

// bulk files a batch with the Tribunal. While its payment waits the store plugin is killed, and nobody notices.
func (c *counter) bulk(ctx context.Context, claims int) (icms.Result, error) {
	csv := sampleClaims(claims)
	file := func() (icms.Result, error) {
		return c.Registry().File(ctx, icms.Batch{
			Court: "SCT", Claimant: "Sample Utilities Limited", By: icms.Filer{Organisation: "sample-utilities", User: "clerk-1"},
			Claims: filing.File{Name: "claims.csv", Bytes: strings.NewReader(csv), Size: int64(len(csv))}, Format: filing.CSV{},
		})
	}
	r, err := c.accepted(file())
	if err != nil {
		return r, err
	}
	attempt, err := c.begin(ctx, r)
	if err != nil {
		return r, err
	}
	if err := c.kill(ctx, storeName); err != nil {
		return r, err
	}
	if err := c.pay(ctx, attempt); err != nil {
		return r, err
	}
	if r, err = c.registered(file()); err != nil {
		return r, err
	}
	again, err := file()
	if err != nil {
		return r, err
	}
	if !bytes.Equal(r.Acknowledged, again.Acknowledged) {
		return r, fmt.Errorf("batch %s: asked again, the acknowledgement is another", r.Reference)
	}
	c.line("", "asked again: the same acknowledgement, byte for byte")
	return r, nil
}

// single files a claim with the District Court, whose tables came from a plugin and where an officer decides.
func (c *counter) single(ctx context.Context) (icms.Result, error) {
	clerk := icms.Filer{Organisation: "sample-solicitors", User: "clerk-1"}
	file := func() (icms.Result, error) {
		return c.Registry().FileClaim(ctx, icms.SingleClaim{
			Court: "DC", Type: "DCCJ", Claimant: law.T("Sample Limited", "範例有限公司"), By: clerk,
			Claim: filing.Claim{
				Reference: "A-1", Category: "claim", Amount: money.New(99_000_00, money.MustCurrency("HKD")),
				Defendants: []filing.Party{{Name: "Defendant 0001", Address: "Flat 1, Sample House, Example Road"}},
				Nature:     "services", Particulars: "Unpaid charges for services", Calculation: "Sum of invoices",
				AroseOn: calendar.DateOf(time.Now().AddDate(-1, 0, 0), time.UTC),
			},
		})
	}
	r, err := c.accepted(file())
	if err != nil {
		return r, err
	}
	attempt, err := c.begin(ctx, r)
	if err != nil {
		return r, err
	}
	if err := c.pay(ctx, attempt); err != nil {
		return r, err
	}
	if r, err = file(); err != nil {
		return r, err
	}
	c.line(r.Court, "paid, %s until an officer decides", r.State)
	return c.registered(c.Registry().Decide(ctx, r.ID, true, law.T("In order.", "符合規定。"), icms.Filer{Organisation: "registry", User: "officer-1"}))
}

// accepted tells of a filing that waits for its fee.
func (c *counter) accepted(r icms.Result, err error) (icms.Result, error) {
	if err != nil {
		return r, err
	}
	if r.State != icms.Accepted {
		return r, fmt.Errorf("%s: %s is %s: %v", r.Court, r.Reference, r.State, r.Findings)
	}
	c.line(r.Court, "%d claims accepted, %s to pay", r.Accepted, r.Quote.Total.Payable)
	return r, nil
}

// registered tells of a filing that is done.
func (c *counter) registered(r icms.Result, err error) (icms.Result, error) {
	if err != nil {
		return r, err
	}
	if r.State != icms.Registered {
		return r, fmt.Errorf("%s: %s is %s", r.Court, r.Reference, r.State)
	}
	a := r.Acknowledgement
	c.line(r.Court, "registered: %s to %s, receipt %s", a.FirstCase, a.LastCase, a.PaymentReceipt)
	c.line("", "acknowledgement %s", a.Number)
	return r, nil
}

// sampleClaims invents claims.
func sampleClaims(n int) string {
	var b strings.Builder
	b.WriteString("reference,category,amount,defendant_name,defendant_address,nature,particulars,calculation\n")
	for i := range n {
		fmt.Fprintf(&b, "SU-%05d,other,%d,Defendant %05d,\"Flat %d, Sample House, Example Road\",services,Unpaid charges for services,Sum of invoices\n",
			i+1, 1000*(1+i%60), i+1, i+1)
	}
	return b.String()
}
