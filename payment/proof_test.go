package payment_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// scene has an open order, a reserved one, a paid one and a cancelled one.
func scene(t *testing.T) (o office, reserved payment.Order) {
	o = newOffice(t, 50000)
	order := func(id string) payment.Order {
		return newOrder(t, func(o *payment.Order) { o.ID, o.For.ID = id, id })
	}
	o.applied(o.Open(order("open")))
	reserved, _ = o.reserve(order("reserved"))
	paid, n := o.reserve(order("paid"))
	o.applied(o.Capture(o.ctx, paid, n, monday))
	open := o.applied(o.Open(order("cancelled")))
	o.applied(o.Cancel(open, "", monday))
	p, err := o.Prove(o.ctx)
	require.NoError(t, err)
	require.Equal(t, payment.Proof{Orders: 4, Holds: 1}, p)
	return o, reserved
}

func TestProofFindsEveryFault(t *testing.T) {
	for name, tt := range map[string]struct {
		harm func(o office, reserved payment.Order) store.Change
		want string
	}{
		"receipt gone": {
			func(office, payment.Order) store.Change {
				return store.Change{Deletes: []store.Key{{Kind: "payment.receipt", ID: "court/2026/000002", Expect: 1}}}
			}, "order.receipt: paid: want court/2026/000002, have none",
		},
		"receipt of another content": {
			func(o office, _ payment.Order) store.Change {
				return rewritten(o, "payment.receipt", "court/2026/000002", `"payer":"acme"`, `"payer":"other"`, "payment.receipt.order", "paid")
			}, "order.receipt: paid: want court/2026/000002 as the order says, have another content",
		},
		"receipt of an open order": {
			func(o office, _ payment.Order) store.Change {
				_, r, err := newOrder(o.t, func(o *payment.Order) { o.ID = "open" }).Pay(payment.Payment{Means: "cheque", Reference: "slip 9", At: monday, Number: number(9)})
				require.NoError(o.t, err)
				put, err := payment.ReceiptPut(r)
				require.NoError(o.t, err)
				return store.Change{Puts: []store.Put{put}}
			}, "order.receipt: open: want no receipt of an order that is open, have court/2026/000009",
		},
		"hold released alone": {
			func(o office, reserved payment.Order) store.Change {
				c, err := o.books.Change(o.ctx, ledger.Release{Hold: reserved.Hold, At: monday})
				require.NoError(o.t, err)
				return c
			}, "order.hold: reserved: want reserved/0, have no open hold",
		},
		"hold of another amount": {
			func(o office, reserved payment.Order) store.Change {
				return rewritten(o, "ledger.hold", reserved.Hold, "HKD 42.00", "HKD 41.00", "ledger.held", "HKD|x|")
			}, "order.hold: reserved: want HKD 42.00 on deposit:acme/main, have HKD 41.00 on deposit:acme/main",
		},
		"hold without an order": {
			func(o office, _ payment.Order) store.Change {
				c, err := o.books.Change(o.ctx, ledger.Place{ID: "stray", Account: acme, Amount: cents(1), Ref: "order nobody", At: monday})
				require.NoError(o.t, err)
				return c
			}, `hold.order: stray: want an order reserved by it, have order "nobody" `,
		},
		"second hold of an order": {
			func(o office, _ payment.Order) store.Change {
				c, err := o.books.Change(o.ctx, ledger.Place{ID: "stray", Account: acme, Amount: cents(1), Ref: "order paid", At: monday})
				require.NoError(o.t, err)
				return c
			}, `hold.order: stray: want an order reserved by it, have order "paid" paid`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			o, reserved := scene(t)
			harm := tt.harm(o, reserved)
			harm.ID, harm.At = "harm", monday
			_, err := o.store.Apply(o.ctx, harm)
			require.NoError(t, err)
			p, err := o.Prove(o.ctx)
			require.NoError(t, err)
			require.False(t, p.OK())
			require.Len(t, p.Faults, 1)
			require.Equal(t, tt.want, p.Faults[0].String())
		})
	}
}

// rewritten is a change of a record's text behind the library's back, under one index entry.
func rewritten(o office, kind, id, from, to, index, key string) store.Change {
	r, err := o.store.Get(o.ctx, kind, id)
	require.NoError(o.t, err)
	body := bytes.Replace(r.Body, []byte(from), []byte(to), 1)
	require.NotEqual(o.t, string(r.Body), string(body))
	return store.Change{Puts: []store.Put{{
		Kind: kind, ID: id, Body: body, Expect: r.Version, Unique: []store.Entry{{Index: index, Key: key}},
	}}}
}

func TestProofBoundsItsFaults(t *testing.T) {
	o := newOffice(t, 50000)
	for i := range 102 {
		_, err := o.books.Do(o.ctx, ledger.Place{ID: fmt.Sprint(i), Account: acme, Amount: cents(1), Ref: "order nobody", At: monday})
		require.NoError(t, err)
	}
	p, err := o.Prove(o.ctx)
	require.NoError(t, err)
	require.Len(t, p.Faults, 100)
	require.Equal(t, 2, p.More)
}

func TestBrokenOrderIsCorruption(t *testing.T) {
	o, _ := scene(t)
	harm := rewritten(o, "payment.order", "open", "HKD 42.00", "HKD 43.00", "payment.order.payer", "acme|")
	harm.ID, harm.At = "harm", monday
	_, err := o.store.Apply(o.ctx, harm)
	require.NoError(t, err)
	_, err = o.Get(o.ctx, "open")
	require.ErrorIs(t, err, store.ErrCorrupt)
	require.ErrorContains(t, err, "its lines sum to HKD 42.00")
	_, err = o.Prove(o.ctx)
	require.ErrorIs(t, err, store.ErrCorrupt)
}

// TestProofBesideWork proves while orders are reserved, captured, released and cancelled.
func TestProofBesideWork(t *testing.T) {
	o := newOffice(t, 100_000_000)
	ctx, stop := context.WithCancel(o.ctx)
	ended := make(chan error, 1)
	go func() {
		var err error
		for i := 0; ctx.Err() == nil && err == nil; i++ {
			err = o.live(fmt.Sprint("o", i), int64(i+1), i%2 == 0)
		}
		ended <- err
	}()
	for range 20 {
		p, err := o.Prove(o.ctx)
		require.NoError(t, err)
		require.Empty(t, p.Faults)
	}
	stop()
	require.NoError(t, <-ended)
}

// live takes one order through its life.
func (o office) live(id string, n int64, pay bool) error {
	order := batchOrder()
	order.ID, order.For.ID = id, id
	order, err := payment.NewOrder(order)
	if err != nil {
		return err
	}
	step, err := o.Reserve(o.ctx, order, acme, monday)
	if err != nil {
		return err
	}
	if _, err = o.Apply(o.ctx, step.Change); err != nil {
		return err
	}
	if pay {
		step, err = o.Capture(o.ctx, step.Order, number(n), monday)
	} else {
		step, err = o.Release(o.ctx, step.Order, "", monday)
	}
	if err != nil {
		return err
	}
	_, err = o.Apply(o.ctx, step.Change)
	return err
}
