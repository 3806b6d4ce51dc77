package filing

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// Check checks one batch: the rows go through Rows once, and Result then holds what is to be said of the batch. It is for one
// goroutine.
type Check struct {
	policy  *Policy
	batch   Batch
	context Context
	rules   []boundRule

	started     bool
	control     Control
	total       money.Amount // of all amounts in the court's currency
	uncountable bool         // the total is past what can be counted
	tooMany     int          // the line of the first claim over the largest batch

	library *library
	pending []Checked // rows not given yet: those whose look-up is due, else one
	weight  int       // bytes of the pending rows

	result Result
}

// NewCheck makes the check of a batch. Its error is about the program's own doing: a policy that Validate refuses, or a batch
// without an instant.
func (p *Policy) NewCheck(b Batch) (*Check, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if b.At.IsZero() {
		return nil, errors.New("filing: Batch.At is zero; give the instant at which the batch counts as received")
	}
	if b.Type == "" {
		b.Type = p.Type
	}
	c := &Check{policy: p, batch: b, rules: bind(p.Rules), library: newLibrary(b.Documents, p.Documents)}
	c.result.Counts = make(map[Code]int)
	c.context = p.newContext(b.At)
	c.batchFindings(c.context.proceedings(b.Type, b.Venue), c.context.register(b.Claimant))
	return c, nil
}

func (c *Check) batchFindings(lists ...[]Finding) {
	for _, list := range lists {
		c.count(list)
		c.result.Findings = append(c.result.Findings, list...)
	}
}

func (c *Check) count(findings []Finding) {
	for i := range findings {
		c.result.Counts[findings[i].Code]++
	}
}

// Header takes the control totals and the findings about the file's header. It is made to be the Header of ReadOptions.
func (c *Check) Header(control Control, findings []Finding) {
	c.control = control
	c.batchFindings(findings)
}

// Rows gives the rows in their order with all their findings. Rows are held back, some hundreds at most, until what was filed
// before is looked up, so the rows given in must stay as they are. The claims after the largest number that the court takes are
// counted and not given. An error ends it: of the rows themselves, of a look-up, of the documents, of a rule at odds with
// itself; or that Rows was called before.
func (c *Check) Rows(ctx context.Context, rows iter.Seq2[Row, error]) iter.Seq2[Checked, error] {
	return func(yield func(Checked, error) bool) {
		if c.started {
			yield(Checked{}, errors.New("filing: a Check checks one batch; make another with NewCheck"))
			return
		}
		c.started = true
		for row, err := range rows {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				if c.flush(ctx, yield) {
					yield(Checked{}, err)
				}
				return
			}
			if !c.row(ctx, row, yield) {
				return
			}
		}
		if c.flush(ctx, yield) {
			c.finish()
		}
	}
}

// row checks one row and gives on what is due; false ends the stream.
func (c *Check) row(ctx context.Context, row Row, yield func(Checked, error) bool) bool {
	c.result.Claims++
	c.sum(&row.Claim)
	if c.result.Claims > c.policy.Batches.Claims {
		if c.tooMany == 0 {
			c.tooMany = row.Line
		}
		return true
	}
	c.pending = append(c.pending, Checked{Row: row})
	last := &c.pending[len(c.pending)-1]
	if err := c.one(ctx, last); err != nil {
		c.pending = c.pending[:len(c.pending)-1]
		if c.flush(ctx, yield) {
			yield(Checked{}, err)
		}
		return false
	}
	c.weight += weigh(&last.Claim)
	if c.looksUp() && len(c.pending) < chunkRows && c.weight < chunkBytes {
		return true
	}
	return c.flush(ctx, yield)
}

// one runs the rules and inspects the documents of one row.
func (c *Check) one(ctx context.Context, checked *Checked) error {
	row := &checked.Row
	c.append(checked, c.context.run(c.rules, row))
	if c.context.err != nil {
		return c.context.err
	}
	if c.batch.Unpriced != nil && !Refuses(checked.Findings) {
		if reason := c.batch.Unpriced(&row.Claim); reason != nil {
			c.append(checked, []Finding{c.found(checked, codeFeeUnknown, "/amount", law.Provision{}, law.V("reason", reason))})
		}
	}
	if len(row.Claim.Documents) == 0 {
		return nil
	}
	documents, findings, err := c.library.inspect(ctx, &c.context, &row.Claim)
	if err != nil {
		return fmt.Errorf("filing: line %d: %w", row.Line, err)
	}
	checked.Documents = documents
	c.append(checked, findings)
	return nil
}

// append adds findings to a row without touching the reader's own list.
func (c *Check) append(checked *Checked, findings []Finding) {
	if len(findings) > 0 {
		checked.Findings = append(checked.Findings[:len(checked.Findings):len(checked.Findings)], findings...)
	}
}

// give counts a row and hands it out.
func (c *Check) give(checked *Checked, yield func(Checked, error) bool) bool {
	checked.Refused = Refuses(checked.Findings)
	c.count(checked.Findings)
	if checked.Refused {
		c.result.Refused++
	} else {
		c.result.Accepted++
		if claimed, err := c.result.Claimed.Add(checked.Claim.Amount); err == nil {
			c.result.Claimed = claimed
		} else {
			c.uncountable = true
		}
	}
	return yield(*checked, nil)
}

// sum adds the amount of a claim to the total that the file's header may state.
func (c *Check) sum(claim *Claim) {
	if claim.Amount.Currency() != c.policy.Currency {
		return
	}
	total, err := c.total.Add(claim.Amount)
	if err != nil {
		c.uncountable = true
		return
	}
	c.total = total
}

// Result gives the answer about the batch. It is whole once Rows has been read to its end without an error; before that it covers
// the rows given so far and lacks what only the end can tell.
func (c *Check) Result() Result { return c.result }

// finish says what only the end of the batch can tell.
func (c *Check) finish() {
	claims, limits := c.result.Claims, &c.policy.Batches
	if claims == 0 {
		c.batchFindings([]Finding{c.context.about(codeBatchEmpty, law.Provision{})})
	}
	if c.tooMany > 0 {
		c.batchFindings([]Finding{c.context.about(codeBatchTooLarge, limits.Provision,
			law.V("claims", claims), law.V("limit", limits.Claims), law.V("line", c.tooMany))})
	}
	if c.control.HasClaims && c.control.Claims != claims {
		c.batchFindings([]Finding{c.context.about(codeControlCount, law.Provision{},
			law.V("stated", c.control.Claims), law.V("counted", claims))})
	}
	switch {
	case c.uncountable:
		c.batchFindings([]Finding{c.context.about(codeControlUncounted, law.Provision{})})
	case c.control.HasTotal && c.control.Total != c.total && !(c.control.Total.IsZero() && c.total.IsZero()):
		c.batchFindings([]Finding{c.context.about(codeControlTotal, law.Provision{},
			law.V("stated", c.control.Total), law.V("counted", c.total))})
	}
}
