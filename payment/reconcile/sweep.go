package reconcile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// Swept says what a sweep has come to.
type Swept struct {
	// Payments and Refunds count what was looked at.
	Payments, Refunds int
	// Opened counts the breaks that were opened, by class; Resolved those in which both sides have come to agree.
	Opened   map[Class]int
	Resolved int
}

// Sweep looks for what did not come: payments and refunds that are in no settlement though the days agreed are over. And it looks at the
// breaks that are not over: those in which both sides have come to agree are resolved. It reads all payments of the gateway; run it once a
// day, after Match. Several nodes may run it at once.
func (r *Reconciler) Sweep(ctx context.Context, gateway string) (Swept, error) {
	s := Swept{Opened: make(map[Class]int)}
	g, err := r.gateway(gateway)
	if err != nil {
		return s, err
	}
	for _, look := range []func(context.Context, Gateway, *Swept) error{r.sweepPayments, r.sweepRefunds, r.sweepBreaks} {
		if err := look(ctx, g, &s); err != nil {
			return s, fmt.Errorf("reconcile: sweep of %s: %w", gateway, err)
		}
	}
	return s, nil
}

// sweepPayments looks for payments that are in no settlement.
func (r *Reconciler) sweepPayments(ctx context.Context, g Gateway, s *Swept) error {
	now := r.now()
	q := payment.TakingsQuery{Gateway: g.ID, Until: now, Limit: store.MaxPage}
	for {
		takings, next, err := r.Cashier.Takings(ctx, q)
		if err != nil {
			return err
		}
		s.Payments += len(takings)
		var absent []Break
		for _, t := range takings {
			if t.Use == payment.UseHeld || now.Before(g.due(t.PaidAt)) {
				continue
			}
			absent = append(absent, Break{
				Gateway: g.ID, Class: MissingThere, Kind: payment.SettledPayment, Item: t.ID, Order: t.Order, Attempt: t.Attempt, Ours: t.Amount,
				Detail: fmt.Sprintf("paid at %s and in no settlement after %d days", t.PaidAt.UTC().Format(time.RFC3339), g.Days),
			})
		}
		if err := r.open(ctx, absent, s); err != nil {
			return err
		}
		if q.After = next; next == "" {
			return nil
		}
	}
}

// sweepRefunds looks for refunds that are in no settlement.
func (r *Reconciler) sweepRefunds(ctx context.Context, g Gateway, s *Swept) error {
	now := r.now()
	q := payment.RefundQuery{Stage: string(payment.OperationSucceeded), Limit: store.MaxPage}
	for {
		refunds, next, err := r.Cashier.Refunds(ctx, q)
		if err != nil {
			return err
		}
		var absent []Break
		for _, f := range refunds {
			if f.Gateway != g.ID || !moved(f) {
				continue
			}
			if s.Refunds++; now.Before(g.due(f.DoneAt)) {
				continue
			}
			absent = append(absent, Break{
				Gateway: g.ID, Class: RefundNotSettled, Kind: payment.SettledRefund, Item: f.ID, Order: f.Order, Attempt: f.Attempt,
				Ours:   negative(f.Amount),
				Detail: fmt.Sprintf("done at %s and in no settlement after %d days", f.DoneAt.UTC().Format(time.RFC3339), g.Days),
			})
		}
		if err := r.open(ctx, absent, s); err != nil {
			return err
		}
		if q.After = next; next == "" {
			return nil
		}
	}
}

// open opens the breaks about items of which no line has come.
func (r *Reconciler) open(ctx context.Context, absent []Break, s *Swept) error {
	keys := make([]string, len(absent))
	for i, b := range absent {
		keys[i] = itemKey(b.Gateway, b.Kind, b.Item)
	}
	hits, err := r.Store.Match(ctx, indexLineItem, keys)
	if err != nil {
		return err
	}
	came := make(map[string]bool, len(hits))
	for _, h := range hits {
		came[h.Key] = true
	}
	var fresh []Break
	for i, b := range absent {
		if came[keys[i]] {
			continue
		}
		b.Open = b.Class.open(b.Ours, none(b.Ours))
		b.name("")
		b, isNew, err := r.opened(ctx, b, r.now())
		if err != nil {
			return err
		}
		if isNew {
			fresh = append(fresh, b)
		}
	}
	saved, err := r.save(ctx, fresh...)
	for i := 0; saved && i < len(fresh); i++ {
		s.Opened[fresh[i].Class]++
	}
	return err
}

// save writes breaks in one change. What rests on something that another node wrote meanwhile is left to the next sweep.
func (r *Reconciler) save(ctx context.Context, breaks ...Break) (saved bool, err error) {
	if len(breaks) == 0 {
		return false, nil
	}
	c := store.Change{At: r.now()}
	hash := sha256.New()
	for _, b := range breaks {
		put, err := b.put()
		if err != nil {
			return false, err
		}
		c.Puts = append(c.Puts, put)
		fmt.Fprintf(hash, "%s|%d\n", put.ID, put.Expect)
	}
	c.ID = "reconcile/sweep/" + hex.EncodeToString(hash.Sum(nil))
	applied, err := r.apply(ctx, c, "sweep", r.by())
	if errors.Is(err, ErrChanged) {
		return false, nil
	}
	return err == nil && !applied.Replayed, err
}

// sweepBreaks resolves the breaks in which both sides have come to agree.
func (r *Reconciler) sweepBreaks(ctx context.Context, g Gateway, s *Swept) error {
	for _, state := range BreakStates() {
		if state.Over() {
			continue
		}
		q := BreaksQuery{Gateway: g.ID, State: state, Limit: matchPage}
		for {
			breaks, next, err := r.Breaks(ctx, q)
			if err != nil {
				return err
			}
			for _, b := range breaks {
				if err := r.sweepBreak(ctx, b, s); err != nil {
					return err
				}
			}
			if q.After = next; next == "" {
				break
			}
		}
	}
	return nil
}

func (r *Reconciler) sweepBreak(ctx context.Context, b Break, s *Swept) error {
	if len(b.Open) == 0 || b.Class == LineChanged {
		return nil
	}
	open, err := r.balance(ctx, item{b.Gateway, b.Kind, b.Item})
	if err != nil || len(open) > 0 {
		return err
	}
	saved, err := r.save(ctx, b.resolved("both sides agree", r.now()))
	if saved {
		s.Resolved++
	}
	return err
}
