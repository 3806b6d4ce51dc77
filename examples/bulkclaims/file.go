package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment/ledger"
)

// job is one batch on its way.
type job struct {
	*counter
	o        options
	in       *input
	batch    icms.Batch
	claimant law.Text
	say      *report
	bar      *progress
}

// file does the main job: check, price, pay, file, and hand out the papers. It gives the exit status.
func file(ctx context.Context, o options, stdout, stderr io.Writer, d deps) (status int, err error) {
	in, err := openInput(o)
	if err != nil {
		return failed, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	c, err := openCounter(ctx, o, d)
	if err != nil {
		return failed, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()

	j := &job{counter: c, o: o, in: in, say: &report{w: stdout, zone: c.court.Zone()}, bar: newProgress(stderr)}
	j.prepare()
	if status, err = j.run(ctx); err == nil {
		err = j.say.err
	}
	return status, err
}

// prepare makes the batch that the flags ask for.
func (j *job) prepare() {
	organisation, account := j.o.claimant, ""
	j.claimant = law.T(j.o.claimant, "")
	if c, ok := j.court.Filing.Claimant(j.o.claimant); ok {
		organisation, j.claimant = c.ID, c.Name
		account = string(ledger.Deposit(organisation, ledger.Main))
	}
	if j.o.pay == paySimpay {
		account = ""
	}
	j.batch = icms.Batch{
		Court: j.court.Code, Claimant: j.o.claimant, By: icms.Filer{Organisation: organisation, User: "bulkclaims"},
		Reference: j.o.batch, Claims: j.in.claims, Format: j.in.format, Documents: j.in.docs, Partial: j.o.partial,
		Account: account, Progress: j.bar.show,
	}
}

// run takes the batch as far as it goes.
func (j *job) run(ctx context.Context) (int, error) {
	found, err := j.Registry().Preflight(ctx, j.batch)
	j.bar.clear()
	if err != nil {
		return failed, err
	}
	j.describe(found)
	if found.State == icms.Refused {
		return j.refuse(ctx, found)
	}
	j.say.received(found.Receipt)
	j.say.quote(found.Quote)
	if j.o.dryRun {
		return j.rehearse(ctx, found)
	}
	if _, err := j.folder(found); err != nil { // before anything is filed
		return failed, err
	}
	if found.Payment == nil && j.o.pay == payAccount {
		if err := j.seeToMoney(ctx); err != nil {
			return failed, err
		}
	}
	result, err := j.Registry().File(ctx, j.batch)
	j.bar.clear()
	if err == nil && result.State == icms.Accepted && j.o.pay == paySimpay {
		if err = j.payHosted(ctx, result); err == nil {
			replayed := result.Replayed
			result, err = j.Registry().File(ctx, j.batch)
			result.Replayed = replayed
			j.bar.clear()
		}
	}
	if err != nil {
		return failed, err
	}
	return j.settle(ctx, found, result)
}

// describe says what is to be filed and what is wrong with it.
func (j *job) describe(found icms.Result) {
	name := j.in.claims.Name
	if j.o.claims == "" {
		name = "the bundled sample"
	}
	j.say.batch(j.court.Name, j.claimant, j.batch.By.Organisation == exampleClaimant, name, found)
	if found.Replayed {
		if j.o.batch != "" && j.o.batch != found.Reference {
			j.say.line("Note", "these bytes were filed as %s, so -batch %s is not used", found.Reference, j.o.batch)
		}
		j.say.line("Findings", "given when it was filed; %s has them", resultFile)
		return
	}
	j.say.findings(found.Findings)
}

// seeToMoney opens the deposit account and pays the example's money in, if that was not done before.
func (j *job) seeToMoney(ctx context.Context) error {
	account, fresh, err := j.fund(ctx, j.batch.By.Organisation)
	if err == nil {
		j.say.funded(string(account), fresh)
	}
	return err
}

// refuse ends a batch of which nothing is filed.
func (j *job) refuse(ctx context.Context, found icms.Result) (int, error) {
	j.say.line("Refused", "nothing is filed, nothing is charged; the reference stays free")
	path, err := j.writeChecked(ctx, found)
	if err != nil {
		return failed, err
	}
	j.say.files([]string{path})
	return refused, nil
}

// rehearse ends a dry run.
func (j *job) rehearse(ctx context.Context, found icms.Result) (int, error) {
	if found.Replayed {
		j.say.acknowledged(found.Acknowledgement, true)
	}
	j.say.line("Dry run", "nothing is filed, nothing is charged")
	write := j.writeChecked
	if found.Replayed {
		write = j.writeKept
	}
	path, err := write(ctx, found)
	if err != nil {
		return failed, err
	}
	j.say.files([]string{path})
	return statusOf(found), nil
}

// settle hands out the papers of a filed batch.
func (j *job) settle(ctx context.Context, found, result icms.Result) (int, error) {
	switch {
	case result.State == icms.Refused: // somebody filed the same claims since they were checked
		j.say.findings(result.Findings)
		return j.refuse(ctx, result)
	case result.Quote.Total.Payable != found.Quote.Total.Payable: // the clock went on, past an instant that decides a fee
		j.say.line("Quote", "priced anew as of %s", local(result.Quote.At, j.court.Zone()))
		j.say.quote(result.Quote)
	}
	if result.Unpaid != nil {
		return failed, fmt.Errorf("batch %s is accepted but not paid: %w: top the account up and run the same command again",
			result.Reference, result.Unpaid)
	}
	if p := result.Payment; p != nil && p.Account == "" {
		j.say.line("Payment", "%s paid by %s, reference %s, receipt %s", show(p.Amount), p.Means, p.Reference, p.Number)
	} else if p != nil {
		balance, err := j.ledger.Balance(ctx, p.Account)
		if err != nil {
			return failed, err
		}
		j.say.paid(p, balance.Available)
	}
	j.say.acknowledged(result.Acknowledgement, result.Replayed)
	entries, err := j.firstCases(ctx, result)
	if err != nil {
		return failed, err
	}
	j.say.causeBook(entries, result.Accepted)
	paths, err := j.writePapers(ctx, result, entries)
	if err != nil {
		return failed, fmt.Errorf("the batch is filed, its papers are not written: %w: then run the same command again, which charges nothing", err)
	}
	j.say.files(paths)
	return statusOf(result), nil
}

// statusOf is the exit status of a batch that was not refused as a whole.
func statusOf(r icms.Result) int {
	if r.Refused > 0 {
		return refused
	}
	return filed
}
