package reconcile_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/reconcile"
)

// fate is what becomes of a payment in the settlements.
type fate string

// fates are all of them, with the breaks that each makes.
var fates = map[fate][]reconcile.Class{
	"agrees":      nil,
	"refunded":    nil,
	"came back":   nil,
	"lost":        nil,
	"differs":     {reconcile.AmountDiffers},
	"twice":       {reconcile.Duplicate},
	"absent":      {reconcile.MissingThere},
	"asked":       {reconcile.MissingHere},
	"believed":    {reconcile.MissingHere},
	"unrequested": {reconcile.RefundWithoutRequest},
	"not back":    {reconcile.RefundNotSettled},
	"late":        {reconcile.Late},
}

var fateNames = []fate{
	"agrees", "refunded", "came back", "lost", "differs", "twice", "absent", "asked", "believed", "unrequested", "not back", "late",
}

// world is payments with their fates, and the lines that settle them.
type world struct {
	d     *desk
	rows  []row4
	wants map[reconcile.Class]int
	owed  int64
}

// row4 is a row of a settlement without its batch.
type row4 struct {
	id, kind, payment, reference string
	gross, fee                   int64
	date                         string
}

func (w *world) line(kind, payment, reference string, gross, fee int64, date string) {
	w.rows = append(w.rows, row4{fmt.Sprintf("l%03d", len(w.rows)), kind, payment, reference, gross, fee, date})
	w.owed += gross - fee
}

// pay makes the n-th payment meet its fate.
func (w *world) pay(t *rapid.T, n int) {
	d, f := w.d, rapid.SampledFrom(fateNames).Draw(t, "fate")
	a, p, r := fmt.Sprintf("a%03d", n), fmt.Sprintf("p%03d", n), fmt.Sprintf("r%03d", n)
	minor := rapid.Int64Range(2, 1_000_000).Draw(t, "amount")
	part := rapid.Int64Range(1, minor-1).Draw(t, "part")
	fee := rapid.Int64Range(0, minor).Draw(t, "fee")
	for _, c := range fates[f] {
		w.wants[c]++
	}
	d.start(a)
	switch f {
	case "asked":
		d.known[a] = []payment.GatewayPayment{{ID: p, Amount: cents(minor), PaidAt: monday}}
	case "believed":
		d.attempts[a] = payment.Attempt{ID: a, Order: "o" + a, Gateway: gate, Final: true}
	default:
		d.took(d.t, a, p, cents(minor), monday)
	}
	date, settled := "2026-03-02", minor
	switch f {
	case "absent":
		return
	case "late":
		date = "2026-03-05"
	case "differs":
		settled = minor - part
	}
	w.line("payment", p, a, settled, fee, date)
	switch f {
	case "twice":
		w.line("payment", p, a, settled, fee, date)
	case "refunded", "came back", "not back":
		d.gaveBack(d.t, r, p, cents(part))
		if f == "not back" {
			return
		}
		w.line("refund", p, r, -part, 0, date)
		if f == "came back" {
			d.cameBack(d.t, r)
			w.line("refund", p, r, part, 0, date)
		}
	case "unrequested":
		w.line("refund", p, "elsewhere"+r, -part, 0, date)
	case "lost":
		d.lost(d.t, "d"+p, p, cents(part))
		w.line("dispute", p, a, -part, 0, date)
	}
}

// settle parts the lines into payouts, and hands them in, in files that overlap.
func (w *world) settle(t *rapid.T) {
	rows := rapid.Permutation(w.rows).Draw(t, "order")
	var files [][]string
	for n := 0; len(rows) > 0; n++ {
		k := rapid.IntRange(1, len(rows)).Draw(t, "batch")
		batch, sum := fmt.Sprintf("b%d", n), int64(0)
		var first, whole []string
		for _, r := range rows[:k] {
			first = append(first, row(r.id, r.kind, r.payment, r.reference, r.gross, r.fee, r.date, ""))
			whole = append(whole, row(r.id, r.kind, r.payment, r.reference, r.gross, r.fee, r.date, batch))
			sum += r.gross - r.fee
		}
		whole = append(whole, row("payout"+batch, "payout", "", "", sum, 0, "2026-03-03", batch))
		if rapid.Bool().Draw(t, "in time") {
			files = append(files, first)
		}
		files = append(files, whole)
		rows = rows[k:]
	}
	for i, f := range files {
		w.d.imports(f...)
		if rapid.Bool().Draw(t, "compare") || i == len(files)-1 {
			w.d.matches()
		}
		if rapid.Bool().Draw(t, "again") {
			require.True(w.d.t, w.d.imports(f...).Again)
		}
	}
}

// TestRandomSettlementsBalanceToTheCent has every payment meet a random fate, and every difference found, closed, and the money accounted for.
func TestRandomSettlementsBalanceToTheCent(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	rapid.Check(t, func(rt *rapid.T) {
		d := newDesk(t)
		w := world{d: d, wants: map[reconcile.Class]int{}}
		n := rapid.IntRange(1, 6).Draw(rt, "payments")
		for i := range n {
			w.pay(rt, i)
		}
		w.settle(rt)
		require.True(t, d.explains().OK())
		d.later(30)
		d.matches()
		d.sweeps()

		found := map[reconcile.Class]int{}
		for _, b := range d.breaks("") {
			found[b.Class]++
		}
		require.Equal(t, w.wants, found)
		e := d.explains()
		require.True(t, e.OK(), "%+v", e)
		require.Equal(t, cents(0), e.Currencies[0].Owes, "all is paid out")

		closeAll(d)
		e = d.explains()
		require.True(t, e.OK(), "%+v", e)
		require.Empty(t, e.Items)
		require.Zero(t, d.posted(ledger.Clearing(gate)), "the clearing account is empty")
		require.Equal(t, -w.owed, d.posted(bank), "the bank has what the lines come to")
		proofs, err := d.books.Prove(d.ctx)
		require.NoError(t, err)
		for _, p := range proofs {
			require.True(t, p.OK())
		}
	})
}

// closeAll has two persons close every break.
func closeAll(d *desk) {
	for _, b := range d.breaks(reconcile.BreakOpen) {
		account := fees
		if len(b.Open) == 0 {
			account = ""
		}
		_, err := d.Propose(d.ctx, b.ID, "x", "borne", account)
		require.NoError(d.t, err)
		_, err = d.Confirm(d.ctx, b.ID, "y")
		require.NoError(d.t, err)
	}
	require.Empty(d.t, d.breaks(reconcile.BreakOpen))
	require.Empty(d.t, d.breaks(reconcile.BreakProposed))
}

// TestSumsOfAmounts compares what a file totals with what its lines come to.
func TestSumsOfAmounts(t *testing.T) {
	d := newDesk(t)
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(rt, "lines")
		gross, kept := cents(0), cents(0)
		var rows []string
		for i := range n {
			g, f := rapid.Int64Range(1, 1e12).Draw(rt, "gross"), rapid.Int64Range(-1e9, 1e9).Draw(rt, "fee")
			id := fmt.Sprintf("%x-%d", rapid.Uint64().Draw(rt, "id"), i)
			rows = append(rows, row(id, "payment", "p"+id, "", g, f, "2026-03-02", ""))
			gross, kept = plus(t, gross, g), plus(t, kept, f)
		}
		f, err := d.try(file(rows...))
		require.NoError(t, err)
		if f.New == n && !f.Again {
			require.Equal(t, []reconcile.Total{{Gross: gross, Fees: kept, PaidOut: cents(0)}}, f.Totals)
		}
	})
}

func plus(t *testing.T, a money.Amount, minor int64) money.Amount {
	sum, err := a.Add(cents(minor))
	require.NoError(t, err)
	return sum
}
