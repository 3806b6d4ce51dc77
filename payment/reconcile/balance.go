package reconcile

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// item is one thing that is settled: a payment at a gateway, a refund of ours, or the disputes about a payment.
type item struct {
	gateway string
	kind    payment.SettlementKind
	id      string
}

func (i item) key() string { return itemKey(i.gateway, i.kind, i.id) }

// amounts are amounts in several currencies.
type amounts map[money.Currency]int64

// add adds an amount; of what the store keeps, the sums stay within an int64.
func (a amounts) add(m money.Amount) {
	if a[m.Currency()] += m.Minor(); a[m.Currency()] == 0 {
		delete(a, m.Currency())
	}
}

func (a amounts) take(m money.Amount) { a.add(negative(m)) }

// list gives the amounts that are not zero in the order of their currencies.
func (a amounts) list() []money.Amount {
	var all []money.Amount
	for c, minor := range a {
		all = append(all, money.New(minor, c))
	}
	slices.SortFunc(all, func(a, b money.Amount) int { return strings.Compare(a.Currency().Code(), b.Currency().Code()) })
	return all
}

// balance is what is open of an item: what our records have moved through the clearing account for it, less what settlements say and
// what closed breaks took out. Nothing is open of an item on which both sides agree.
func (r *Reconciler) balance(ctx context.Context, i item) (amounts, error) {
	open, err := r.expected(ctx, i)
	if err != nil {
		return nil, err
	}
	lines, err := r.linesOf(ctx, i)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		open.take(l.Gross)
	}
	breaks, err := r.breaksOf(ctx, i)
	if err != nil {
		return nil, err
	}
	for _, b := range breaks {
		if b.State == BreakClosed && b.Class != LineChanged {
			for _, a := range b.Closing.Amounts {
				open.take(a)
			}
		}
	}
	return open, nil
}

// unbroken is what is open of an item and of no break about it that is not over: nothing, once all lines about it were compared and the days
// agreed are over.
func (r *Reconciler) unbroken(ctx context.Context, i item) (amounts, error) {
	open, err := r.balance(ctx, i)
	if err != nil {
		return nil, err
	}
	breaks, err := r.breaksOf(ctx, i)
	for _, b := range breaks {
		if !b.State.Over() && b.Class != LineChanged {
			for _, a := range b.Open {
				open.take(a)
			}
		}
	}
	return open, err
}

// expected is what our records have moved through the clearing account for an item: a payment once it is on record, a refund once it
// is done, a dispute once it is lost.
func (r *Reconciler) expected(ctx context.Context, i item) (amounts, error) {
	all := make(amounts)
	switch i.kind {
	case payment.SettledPayment:
		t, err := r.Cashier.Taking(ctx, i.gateway, i.id)
		switch {
		case errors.Is(err, payment.ErrNoTaken):
			return all, nil
		case err == nil && t.Use != payment.UseHeld: // held money is booked with its order, in a moment
			all.add(t.Amount)
		}
		return all, err
	case payment.SettledRefund:
		f, err := r.refund(ctx, i)
		if err == nil && moved(f) {
			all.take(f.Amount)
		}
		return all, err
	}
	disputes, err := r.disputesOf(ctx, i)
	for _, d := range disputes {
		if lost(d) {
			all.take(d.Amount)
		}
	}
	return all, err
}

// lost reports whether a dispute has taken money: one in another currency than its payment's is on record and not booked, and bears on nobody.
func lost(d payment.Dispute) bool { return d.State == payment.DisputeLost && len(d.From) > 0 }

// disputesOf reads the disputes about a payment.
func (r *Reconciler) disputesOf(ctx context.Context, i item) ([]payment.Dispute, error) {
	q := payment.DisputeQuery{Gateway: i.gateway, Payment: i.id, Limit: store.MaxPage}
	return pages(func() (some []payment.Dispute, next string, err error) {
		some, next, err = r.Cashier.Disputes(ctx, q)
		q.After = next
		return some, next, err
	})
}

// pages reads all pages of a list.
func pages[T any](page func() (some []T, next string, err error)) ([]T, error) {
	var all []T
	for {
		some, next, err := page()
		if err != nil {
			return nil, err
		}
		if all = append(all, some...); next == "" {
			return all, nil
		}
	}
}

// moved reports whether a refund has left by its gateway.
func moved(f payment.Refund) bool { return f.State == payment.OperationSucceeded && f.Gateway != "" }

// refund reads the refund that an item names; the zero Refund when there is none at its gateway.
func (r *Reconciler) refund(ctx context.Context, i item) (payment.Refund, error) {
	f, err := r.Cashier.Refund(ctx, i.id)
	switch {
	case errors.Is(err, payment.ErrNoRefund):
		return payment.Refund{}, nil
	case err == nil && f.Gateway != i.gateway:
		return payment.Refund{}, nil
	}
	return f, err
}

// linesOf reads the lines about an item in the order in which they came.
func (r *Reconciler) linesOf(ctx context.Context, i item) ([]Line, error) {
	hits, err := r.Store.Match(ctx, indexLineItem, []string{i.key()})
	if err != nil {
		return nil, fmt.Errorf("reconcile: lines of %s %.80q: %w", i.kind, i.id, err)
	}
	return decodeAll(hits, decodeLine)
}

// breaksOf reads the breaks about an item in the order in which they were opened.
func (r *Reconciler) breaksOf(ctx context.Context, i item) ([]Break, error) {
	hits, err := r.Store.Match(ctx, indexBreakItem, []string{i.key()})
	if err != nil {
		return nil, fmt.Errorf("reconcile: breaks of %s %.80q: %w", i.kind, i.id, err)
	}
	return decodeAll(hits, decodeBreak)
}

func decodeAll[T any](hits []store.Hit, decode func(store.Record) (T, error)) ([]T, error) {
	all := make([]T, 0, len(hits))
	for _, h := range hits {
		v, err := decode(h.Record)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}
