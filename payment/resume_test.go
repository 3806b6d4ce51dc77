package payment_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

var errCut = errors.New("the wire was cut")

// faulty is a store that fails at one of its calls, counted from 1: before it does anything or, when late, after an Apply was committed.
type faulty struct {
	store.Store
	failAt, calls int
	late          bool
}

func (f *faulty) fails() bool {
	f.calls++
	return f.calls == f.failAt
}

func (f *faulty) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	if !f.fails() {
		return f.Store.Apply(ctx, c)
	}
	if f.late {
		if _, err := f.Store.Apply(ctx, c); err != nil {
			return store.Applied{}, err
		}
	}
	return store.Applied{}, errCut
}

func (f *faulty) Get(ctx context.Context, kind, id string) (store.Record, error) {
	if f.fails() {
		return store.Record{}, errCut
	}
	return f.Store.Get(ctx, kind, id)
}

func (f *faulty) Match(ctx context.Context, index string, keys []string) ([]store.Hit, error) {
	if f.fails() {
		return nil, errCut
	}
	return f.Store.Match(ctx, index, keys)
}

// on is the same office through another store.
func (o office) on(s store.Store) office {
	l, err := ledger.New(ledger.Options{Store: s})
	require.NoError(o.t, err)
	orders, err := payment.New(payment.Options{Store: s, Ledger: l})
	require.NoError(o.t, err)
	return office{orders, o.t, o.ctx, l, s}
}

// fileBatch is a program that files and pays a batch in two commits, and can be run again from anywhere.
func fileBatch(o office, order payment.Order) (payment.Receipt, error) {
	accept := store.Change{ID: "accept " + order.For.ID, At: monday}
	now, err := o.For(o.ctx, order.For)
	switch {
	case errors.Is(err, payment.ErrNoOrder): // the first time
		step, err := o.Reserve(o.ctx, order, acme, monday)
		if err != nil {
			return payment.Receipt{}, err
		}
		draw, err := payment.DrawReceipt(series)
		if err != nil {
			return payment.Receipt{}, err
		}
		now = step.Order
		accept.Merge(step.Change)
		accept.Draw = append(accept.Draw, draw)
		accept.Merge(store.Change{Puts: []store.Put{{Kind: "test.batch", ID: order.For.ID, Body: []byte(`{}`)}}})
	case err != nil:
		return payment.Receipt{}, err
	case now.State == payment.Paid:
		return o.ReceiptOf(o.ctx, now.ID)
	}
	accepted, err := o.Apply(o.ctx, accept) // again, when the order is there: for the number
	if err != nil {
		return payment.Receipt{}, err
	}
	step, err := o.Capture(o.ctx, now, number(accepted.First[0]), monday)
	if err != nil {
		return payment.Receipt{}, err
	}
	finish := store.Change{ID: "finish " + order.For.ID, At: monday}
	finish.Merge(step.Change)
	finish.Merge(store.Change{Puts: []store.Put{{Kind: "test.case", ID: order.For.ID, Body: []byte(`{}`)}}})
	if _, err := o.Apply(o.ctx, finish); err != nil {
		return payment.Receipt{}, err
	}
	return step.Receipt, nil
}

// TestResumeAfterAFaultAtEveryCall cuts the wire at each call of a filing, before or after the commit, runs the program again, and again
// after that: charged once, one receipt, number 1.
func TestResumeAfterAFaultAtEveryCall(t *testing.T) {
	calls := fileWithFault(t, 0, false)
	for _, late := range []bool{false, true} {
		for at := 1; at <= calls; at++ {
			t.Run(fmt.Sprint("call ", at, ", late ", late), func(t *testing.T) { fileWithFault(t, at, late) })
		}
	}
}

func fileWithFault(t *testing.T, at int, late bool) (calls int) {
	o := newOffice(t, 10000)
	f := &faulty{Store: o.store, failAt: at, late: late}
	hit := o.on(f)
	first, err := fileBatch(hit, newOrder(t, nil))
	calls = f.calls
	if at > 0 {
		require.ErrorIs(t, err, errCut)
		first, err = fileBatch(hit, newOrder(t, nil))
	}
	require.NoError(t, err)
	require.Equal(t, number(1), first.Number)
	again, err := fileBatch(hit, newOrder(t, nil))
	require.NoError(t, err)
	require.Equal(t, first, again)
	o.balance(5800, 5800)
	p, err := o.Prove(o.ctx)
	require.NoError(t, err)
	require.Equal(t, payment.Proof{Orders: 1}, p)
	missing, err := o.Missing(o.ctx, series)
	require.NoError(t, err)
	require.Empty(t, missing)
	return calls
}

// TestManyFileTheSameBatch runs the program many times at once. A run that meets another half-way is told so and runs again.
func TestManyFileTheSameBatch(t *testing.T) {
	o := newOffice(t, 10000)
	receipts := make([]payment.Receipt, 16)
	errs := make([]error, len(receipts))
	var wait sync.WaitGroup
	for i := range receipts {
		wait.Add(1)
		go func() {
			defer wait.Done()
			order := batchOrder()
			if order, errs[i] = payment.NewOrder(order); errs[i] != nil {
				return
			}
			for range 20 {
				receipts[i], errs[i] = fileBatch(o, order)
				if !errors.Is(errs[i], payment.ErrChanged) {
					return
				}
			}
		}()
	}
	wait.Wait()
	for i := range receipts {
		require.NoError(t, errs[i])
		require.Equal(t, receipts[0], receipts[i])
	}
	o.balance(5800, 5800)
	receiptsOfSeries, _, err := o.Receipts(o.ctx, series, "", 0)
	require.NoError(t, err)
	require.Len(t, receiptsOfSeries, 1)
}
