package icms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/fees"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// assessment is the work of looking at a batch: rules and price of every claim, as of the instants of one deeming.
type assessment struct {
	court  *Court
	result Result
	// price is the pricer that counts, other that of the reading that was not chosen; nil when both price alike.
	price, other *fees.Pricer
	unpriced     error // why price is nil
	free         bool  // some claim has no price, which must have refused the batch
	tally, rival fees.Tally
	samples      []fees.Line       // one of each band, for the reason
	lines        *lineWriter       // nil when nothing is to be kept
	papers       map[string]string // hash by name of the documents of accepted claims
}

// assess checks and prices a batch as received at an instant. It is the same code for Preflight, which keeps nothing, and File,
// which has the checked lines written to lines.
func (s *Service) assess(ctx context.Context, d *desk, in *Batch, who identity, at time.Time, lines *lineWriter) (*assessment, error) {
	open, err := s.offices(ctx, d)
	if err != nil {
		return new(assessment), err
	}
	receipt, err := d.court.deem(open, at, at, time.Time{})
	if err != nil {
		return new(assessment), fmt.Errorf("icms: receipt of batch %s: %w", who.reference, err)
	}
	a := &assessment{court: d.court, lines: lines, papers: map[string]string{}}
	a.result = Result{
		Court: d.court.Code, Claimant: who.claimant, Reference: who.reference, Content: who.content, ID: who.id,
		Pending: receipt.Pending, Receipt: receipt,
	}
	a.openPricers()
	if err := s.checkClaims(ctx, a, in, who); err != nil {
		return a, err
	}
	if a.free && a.result.State != Refused {
		return a, errors.Join(fmt.Errorf("icms: the rules of %s let a claim pass that has no price", d.court.Code), a.unpriced)
	}
	a.close()
	return a, nil
}

// openPricers finds the fee of a claim as of the instant that decides and, where another reading would price differently, of that.
func (a *assessment) openPricers() {
	c, r := a.court, a.result.Receipt
	var err error
	a.price, err = c.Fees.Pricer(c.FilingFee, fees.Electronic, r.PriceAt)
	if err != nil {
		// The rules refuse a filing at such an instant, with a finding; a batch that they let pass meets this error.
		a.price, a.unpriced = nil, fmt.Errorf("icms: filing fee at %s: %w", c.Code, err)
	}
	if at := c.otherReading(r); !at.Equal(r.PriceAt) {
		// Where the other reading has no price there is nothing to show.
		a.other, _ = c.Fees.Pricer(c.FilingFee, fees.Electronic, at)
	}
}

// claim prices one checked claim and writes its line.
func (a *assessment) claim(row *filing.Checked) error {
	l := line{Line: row.Line, Refused: row.Refused}
	if !row.Refused {
		var err error
		if l.Fee, err = a.priceClaim(row.Claim.Amount); err != nil {
			return fmt.Errorf("icms: line %d: %w", row.Line, err)
		}
	}
	a.result.Findings = append(a.result.Findings, row.Findings...)
	if a.lines == nil {
		return nil
	}
	if !row.Refused {
		for _, d := range row.Documents {
			a.papers[d.Name] = d.SHA256
		}
	}
	l.Keys, l.Papers, l.Names = [2]string{row.Keys.Reference, row.Keys.Substance}, row.Documents, partyNames(row.Claim.Defendants)
	if len(row.Findings) > 0 {
		var err error
		if l.Findings, err = json.Marshal(row.Findings); err != nil {
			return fmt.Errorf("icms: line %d: %w", row.Line, err)
		}
	}
	return a.lines.write(&l, &row.Claim)
}

// unpricedClaim says why nobody knows the fee of a claim, nil when it is known.
func (a *assessment) unpricedClaim(c *filing.Claim) law.Text {
	if a.price == nil || c.Amount == (money.Amount{}) {
		return nil // said of the whole batch, of its headings or of the row
	}
	l, err := a.price.Line(c.Amount)
	switch {
	case err != nil:
		return law.T("the schedule has no fee for this amount ("+err.Error()+")", "收費表沒有適用於此款額的費用（"+err.Error()+"）")
	case l.Unknown:
		return law.Text{law.English: l.Reason().Line(law.English), law.TraditionalChinese: l.Reason().Line(law.TraditionalChinese)}
	}
	return nil
}

// priceClaim adds a claim to the order and gives what it costs.
func (a *assessment) priceClaim(amount money.Amount) (money.Amount, error) {
	if a.price == nil || amount == (money.Amount{}) {
		a.free = true
		return money.Amount{}, nil
	}
	l, err := a.price.Line(amount)
	if err != nil {
		return money.Amount{}, err
	}
	if err := a.tally.Add(l); err != nil {
		return money.Amount{}, err
	}
	if !slices.ContainsFunc(a.samples, func(s fees.Line) bool { return s.Band() == l.Band() }) {
		a.samples = append(a.samples, l)
	}
	if a.other != nil {
		if o, err := a.other.Line(amount); err == nil {
			if err := a.rival.Add(o); err != nil {
				return money.Amount{}, err
			}
		}
	}
	return l.Payable, nil
}

// close sums up the price.
func (a *assessment) close() {
	r, total := &a.result, a.tally.Total()
	r.Quote = Quote{At: r.Receipt.PriceAt.In(a.court.Zone()), Total: total, Groups: a.tally.Groups()}
	r.Quote.Reason = fees.Quote{Lines: a.samples}.Reason()
	if other := a.rival.Total(); a.other != nil && other.Payable != total.Payable {
		r.Quote.Other, r.Quote.OtherAt = other.Payable, a.court.otherReading(r.Receipt).In(a.court.Zone())
	}
}

// orderLines writes the groups of a quote as the lines of an order.
func orderLines(q Quote) []payment.Line {
	lines := make([]payment.Line, 0, len(q.Groups))
	for _, g := range q.Groups {
		lines = append(lines, payment.Line{Item: g.Item, Description: describe(g), Count: g.Count, Each: g.EachPayable, Amount: g.Payable})
	}
	return lines
}

func describe(g fees.Group) law.Text {
	if g.Band == "" {
		return g.Title
	}
	out := make(law.Text, len(g.Title))
	for tag, words := range g.Title {
		out[tag] = words + " (" + g.Band + ")"
	}
	return out
}
