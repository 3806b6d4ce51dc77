package reconcile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/internal/key"
)

// Matched says what a comparison has come to.
type Matched struct {
	// Lines counts the lines that were compared, Agreed those on which both sides agree, Waiting those that wait for a gateway to answer
	// about an attempt or a refund.
	Lines, Agreed, Waiting int
	// Failed counts the lines that could not be compared: they stay new, and the others go on.
	Failed int
	// Breaks counts the breaks that were opened, by class, and Resolved those that came to an end by what was learnt.
	Breaks   map[Class]int
	Resolved int
	first    error
}

// Match compares the imported lines of a gateway that were not compared yet with what is on record here: by the gateway's payment, then
// by our reference. What is missing here is handed to the Cashier, who asks the gateway about the attempt, or takes the line's word: so the
// money becomes its order's, late, or unallocated. What disagrees becomes a break. It may be run at any time, by several nodes at once;
// what another node has done meanwhile is left as that node did it. A line that fails keeps no other back: the error tells of the first, after
// all were compared.
func (r *Reconciler) Match(ctx context.Context, gateway string) (Matched, error) {
	m := Matched{Breaks: make(map[Class]int)}
	g, err := r.gateway(gateway)
	if err != nil {
		return m, err
	}
	q := store.Query{Index: indexLineNew, Prefix: key.Join(gateway, ""), Limit: matchPage}
	for {
		page, err := r.Store.List(ctx, q)
		if err == nil {
			err = r.matchPage(ctx, g, page.Records, &m)
		}
		if err != nil {
			return m, fmt.Errorf("reconcile: lines of %s: %w", gateway, err)
		}
		if q.After = page.Next; page.Next == "" {
			break
		}
	}
	if m.Failed > 0 {
		return m, fmt.Errorf("reconcile: %d lines of %s failed, the first: %w", m.Failed, gateway, m.first)
	}
	return m, nil
}

// matchPage is how many lines are compared, and committed, at a time.
const matchPage = 200

// verdict is what a comparison of one line has come to.
type verdict struct {
	line Line
	// wait says that the line stays as it is.
	wait bool
	// order and attempt are those of the line's payment.
	order, attempt string
	// breaks are those to be written: new ones, and those that are resolved.
	breaks []Break
}

// find opens a break about the line.
func (v *verdict) find(c Class, ours, theirs money.Amount, detail string) {
	v.line.State = LineBroken
	b := Break{
		Gateway: v.line.Gateway, Class: c, Kind: v.line.Kind, Item: v.line.Item, Line: v.line.ID, File: v.line.File,
		Order: v.order, Attempt: v.attempt, Ours: ours, Theirs: theirs, Open: c.open(ours, theirs), Detail: detail,
	}
	b.name(v.line.ID)
	v.breaks = append(v.breaks, b)
}

// resolve ends the break that was found last: by now both sides agree.
func (v *verdict) resolve(evidence string) {
	b := &v.breaks[len(v.breaks)-1]
	b.Open, b.Evidence = nil, evidence
}

// none is nothing in the currency of an amount.
func none(a money.Amount) money.Amount { return money.New(0, a.Currency()) }

// matchPage compares some lines and commits what it has come to. A line that doesn't say what it is about is compared once all before it
// are committed: they may be about the same.
func (r *Reconciler) matchPage(ctx context.Context, g Gateway, records []store.Record, m *Matched) error {
	var done []verdict
	for _, rec := range records {
		l, err := decodeLine(rec)
		if err != nil {
			return err
		}
		if l.provisional() {
			if err := r.writeAll(ctx, m, done); err != nil {
				return err
			}
			done = nil
		}
		v, err := r.judge(ctx, g, l)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			if m.Failed++; m.Failed == 1 {
				m.first = fmt.Errorf("line %q: %w", l.ID, err)
			}
			continue
		case v.wait:
			m.Waiting++
			continue
		}
		if done = append(done, v); l.provisional() {
			if err := r.writeAll(ctx, m, done); err != nil {
				return err
			}
			done = nil
		}
	}
	return r.writeAll(ctx, m, done)
}

// writeAll commits verdicts in one change or, when another node was faster with one of them, one by one.
func (r *Reconciler) writeAll(ctx context.Context, m *Matched, done []verdict) error {
	err := r.write(ctx, m, done...)
	if !errors.Is(err, ErrChanged) {
		return err
	}
	for _, v := range done {
		if err := r.write(ctx, m, v); err != nil && !errors.Is(err, ErrChanged) {
			return err
		}
	}
	return nil
}

// judge compares one line.
func (r *Reconciler) judge(ctx context.Context, g Gateway, l Line) (verdict, error) {
	l.State, l.MatchedAt = LineMatched, r.now()
	v := verdict{line: l}
	var err error
	switch l.Kind {
	case payment.SettledPayment:
		err = r.judgePayment(ctx, g, &v)
	case payment.SettledRefund:
		err = r.judgeRefund(ctx, g, &v)
	default:
		err = r.judgeDispute(ctx, g, &v)
	}
	if err != nil || v.wait {
		return v, err
	}
	for i, b := range v.breaks {
		if b, _, err = r.opened(ctx, b, v.line.MatchedAt); err != nil {
			return v, err
		}
		if v.breaks[i].Evidence != "" {
			b = b.resolved(v.breaks[i].Evidence, v.line.MatchedAt)
		}
		v.breaks[i] = b
	}
	return v, r.settled(ctx, &v)
}

// settled resolves the breaks that waited for the line. What was written off because it did not come is open the other way round.
func (r *Reconciler) settled(ctx context.Context, v *verdict) error {
	breaks, err := r.breaksOf(ctx, item{v.line.Gateway, v.line.Kind, v.line.Item})
	if err != nil || !v.line.Settles {
		return err
	}
	for _, b := range breaks {
		switch {
		case b.Class != MissingThere && b.Class != RefundNotSettled:
		case !b.State.Over():
			v.breaks = append(v.breaks, b.resolved("settled by line "+v.line.ID, v.line.MatchedAt))
		case b.State == BreakClosed && len(b.Closing.Amounts) > 0:
			v.find(AfterClosing, b.Ours, v.line.Gross, "it was closed as break "+b.ID+" because it was in no settlement")
			late := &v.breaks[len(v.breaks)-1]
			late.Open = nil
			for _, a := range b.Closing.Amounts {
				late.Open = append(late.Open, negative(a))
			}
			if *late, _, err = r.opened(ctx, *late, v.line.MatchedAt); err != nil {
				return err
			}
		}
	}
	return nil
}

// write commits verdicts in one change. The id derives from what is written, so a retry after a lost reply is the same change.
func (r *Reconciler) write(ctx context.Context, m *Matched, verdicts ...verdict) error {
	if len(verdicts) == 0 {
		return nil
	}
	c := store.Change{At: verdicts[0].line.MatchedAt}
	hash := sha256.New()
	for _, v := range verdicts {
		put, err := v.line.put()
		if err != nil {
			return err
		}
		c.Puts = append(c.Puts, put)
		fmt.Fprintf(hash, "%s|%d\n", put.ID, put.Expect)
		for _, b := range v.breaks {
			if put, err = b.put(); err != nil {
				return err
			}
			c.Puts = append(c.Puts, put)
			fmt.Fprintf(hash, "%s|%d\n", put.ID, put.Expect)
		}
	}
	c.ID = "reconcile/match/" + hex.EncodeToString(hash.Sum(nil))
	if _, err := r.apply(ctx, c, "match", r.by()); err != nil {
		return err
	}
	for _, v := range verdicts {
		m.count(v)
	}
	return nil
}

// by is who does what nobody asked for in person.
func (r *Reconciler) by() string { return "reconciliation" }

func (m *Matched) count(v verdict) {
	m.Lines++
	if v.line.State == LineMatched {
		m.Agreed++
	}
	for _, b := range v.breaks {
		if b.Version == 0 {
			m.Breaks[b.Class]++
		}
		if b.State == BreakResolved {
			m.Resolved++
		}
	}
}

// first reports whether no other line settles the item: none that does so already, and none of the same sign that came earlier.
func (r *Reconciler) first(ctx context.Context, l Line) (bool, error) {
	lines, err := r.linesOf(ctx, item{l.Gateway, l.Kind, l.Item})
	other := slices.ContainsFunc(lines, func(o Line) bool {
		return o.ID != l.ID && o.Gross.Sign() == l.Gross.Sign() && (o.Settles || o.State == LineNew && o.place < l.place)
	})
	return !other, err
}
