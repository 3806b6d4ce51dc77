package reconcile_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/reconcile"
)

func TestWhatDoesNotCome(t *testing.T) {
	d := newDesk(t)
	for _, id := range []string{"a1", "a2", "a3", "a4", "a5"} {
		d.start(id)
		d.took(t, id, "p"+id[1:], cents(1000), monday)
	}
	d.imports(paid("l1", "p1", "a1", 1000, ""))
	d.gaveBack(t, "r1", "p1", cents(300))
	d.asksBack("r2", "p1", cents(300), payment.OperationPending)
	d.later(2) // the last day is not over
	s := d.sweeps()
	require.Equal(t, reconcile.Swept{Payments: 5, Refunds: 1, Opened: map[reconcile.Class]int{}}, s)
	e := d.explains()
	require.True(t, e.OK())
	require.Len(t, e.Items, 6)

	d.later(1)
	require.False(t, d.explains().OK(), "nobody has looked yet")
	s = d.sweeps()
	require.Equal(t, map[reconcile.Class]int{reconcile.MissingThere: 4, reconcile.RefundNotSettled: 1}, s.Opened)
	require.Empty(t, d.sweeps().Opened)
	require.True(t, d.explains().OK())
	for _, b := range d.breaks(reconcile.BreakOpen) {
		if b.Class == reconcile.RefundNotSettled {
			require.Equal(t, []money.Amount{cents(-300)}, b.Open)
		} else {
			require.Equal(t, []money.Amount{cents(1000)}, b.Open)
		}
		require.Empty(t, b.Line)
	}

	d.imports(row("l2", "payment", "p2", "a2", 1000, 10, "2026-03-06", ""), row("l3", "refund", "p1", "r1", -300, 0, "2026-03-06", ""))
	m := d.matches()
	require.Equal(t, 2, m.Resolved)
	require.Equal(t, map[reconcile.Class]int{reconcile.Late: 1}, m.Breaks)
	require.True(t, d.explains().OK())
}

// TestMoneyThatNobodyCanExplain posts what belongs to nothing.
func TestMoneyThatNobodyCanExplain(t *testing.T) {
	d := newDesk(t)
	_, err := d.books.Do(d.ctx, ledger.Post{ID: "by hand", At: monday, Postings: []ledger.Posting{
		{Account: ledger.Clearing(gate), Amount: cents(-70)}, {Account: bank, Amount: cents(70)},
	}})
	require.NoError(t, err)
	e, err := d.Explain(d.ctx, gate)
	require.NoError(t, err)
	require.False(t, e.OK())
	require.Equal(t, cents(70), e.Currencies[0].Unexplained)
	require.Equal(t, "by hand", e.Strange[0].Entry)
	tables := e.Tables()
	require.Equal(t, []string{"HKD", "0.70", "0.00", "0.00", "0.00", "0.00", "0.00", "0.70"}, tables[0].Rows[0])
	require.Empty(t, tables[1].Rows)
	require.Equal(t, []string{"by hand", "HKD", "-0.70", "2026-03-02T02:00:00Z", "2026-03-02T02:00:00Z", "", ""}, tables[2].Rows[0])

	_, err = d.books.Do(d.ctx, ledger.Reverse{ID: "undone", Entry: "by hand", At: monday})
	require.NoError(t, err)
	e = d.explains()
	require.Len(t, e.Strange, 2, "two wrongs that come to nothing are still strange")
	require.False(t, e.OK())
}

// TestMoneyThatIsNotBooked has a record of a payment whose entry is missing.
func TestMoneyThatIsNotBooked(t *testing.T) {
	d := newDesk(t)
	d.takings["p1"] = payment.Taken{
		Gateway: gate, GatewayPayment: payment.GatewayPayment{ID: "p1", Amount: cents(100), PaidAt: monday}, Use: payment.UseExcess,
	}
	e, err := d.Explain(d.ctx, gate)
	require.NoError(t, err)
	require.False(t, e.OK())
	require.Equal(t, cents(-100), e.Currencies[0].Unexplained)
	require.Equal(t, reconcile.WhyUnbooked, e.Items[1].Why)

	held := d.takings["p1"] // its booking is on the way
	held.Use = payment.UseHeld
	d.takings["p1"] = held
	require.True(t, d.explains().OK())
	d.later(9)
	require.Empty(t, d.sweeps().Opened)
}

// TestAnEntryWithoutItsPayment has an entry that says it is a payment's, and is none's.
func TestAnEntryWithoutItsPayment(t *testing.T) {
	d := newDesk(t)
	d.start("a1")
	d.took(t, "a1", "p1", cents(1000), monday)
	d.posts("gateway/gate/p2", ledger.Clearing(gate), ledger.Unallocated, 70, monday)
	e, err := d.Explain(d.ctx, gate)
	require.NoError(t, err)
	require.Equal(t, cents(70), e.Currencies[0].Unexplained)
	require.Len(t, e.Strange, 1)
	require.Equal(t, "gateway/gate/p2", e.Strange[0].Entry)
}

// TestExplanationsWantQuiet takes a payment whenever the takings are read.
func TestExplanationsWantQuiet(t *testing.T) {
	d := newDesk(t)
	n := 0
	d.till.onTakings = func() {
		n++
		d.took(t, "", fmt.Sprint("p", n), cents(1), monday)
	}
	_, err := d.Explain(d.ctx, gate)
	require.ErrorIs(t, err, reconcile.ErrMoving)
	d.till.onTakings = nil
	require.True(t, d.explains().OK())
}
