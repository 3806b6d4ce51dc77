package reconcile_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/reconcile"
)

func TestAgreement(t *testing.T) {
	d := newDesk(t)
	for _, id := range []string{"a1", "a2"} {
		d.start(id)
	}
	d.took(t, "a1", "p1", cents(1000), monday)
	d.took(t, "a2", "p2", cents(500), monday)
	d.gaveBack(t, "r1", "p1", cents(200))
	d.lost(t, "d1", "p2", cents(500))
	d.imports(
		paid("l1", "p1", "a1", 1000, "b1"), paid("l2", "p2", "a2", 500, "b1"),
		row("l3", "refund", "p1", "r1", -200, 0, "2026-03-02", "b1"),
		row("l4", "dispute", "p2", "a2", -500, 0, "2026-03-02", "b1"),
		row("l5", "payout", "", "", 780, 0, "2026-03-03", "b1"),
	)
	require.Equal(t, reconcile.Matched{Lines: 4, Agreed: 4, Breaks: map[reconcile.Class]int{}}, d.matches())
	require.Zero(t, d.matches().Lines)
	require.Empty(t, d.breaks(""))
	require.Zero(t, d.asked)
	e := d.explains()
	require.True(t, e.OK())
	require.Empty(t, e.Items)
	require.Equal(t, cents(0), e.Currencies[0].ToCome)
	require.Equal(t, cents(0), e.Currencies[0].Owes)
}

// TestDifferences has one payment of HKD 10.00 on record, and lines that don't agree with it.
func TestDifferences(t *testing.T) {
	for name, tt := range map[string]struct {
		lines []string
		class reconcile.Class
		open  []money.Amount
		state reconcile.BreakState
	}{
		"amount":    {[]string{paid("l1", "p1", "a1", 900, "")}, reconcile.AmountDiffers, []money.Amount{cents(100)}, reconcile.BreakOpen},
		"more":      {[]string{paid("l1", "p1", "a1", 1100, "")}, reconcile.AmountDiffers, []money.Amount{cents(-100)}, reconcile.BreakOpen},
		"duplicate": {[]string{paid("l1", "p1", "a1", 1000, ""), paid("l2", "p1", "a1", 1000, "")}, reconcile.Duplicate, []money.Amount{cents(-1000)}, reconcile.BreakOpen},
		"twice by reference": {
			[]string{paid("l1", "", "a1", 1000, ""), paid("l2", "", "a1", 1000, "")}, reconcile.Duplicate, []money.Amount{cents(-1000)}, reconcile.BreakOpen,
		},
		"once by reference": {[]string{paid("l1", "", "a1", 1000, ""), paid("l2", "p1", "", 1000, "")}, reconcile.Duplicate, []money.Amount{cents(-1000)}, reconcile.BreakOpen},
		"currency": {
			[]string{"l1,payment,p1,a1,USD,10.00,0.00,10.00,2026-03-02,"}, reconcile.CurrencyDiffers,
			[]money.Amount{cents(1000), money.New(-1000, usd)}, reconcile.BreakOpen,
		},
		"fee":  {[]string{row("l1", "payment", "p1", "a1", 1000, 11, "2026-03-02", "")}, reconcile.FeeDiffers, nil, reconcile.BreakOpen},
		"late": {[]string{row("l1", "payment", "p1", "a1", 1000, 10, "2026-03-05", "")}, reconcile.Late, nil, reconcile.BreakOpen},
		"refund without request": {
			[]string{paid("l1", "p1", "a1", 1000, ""), row("l2", "refund", "p1", "r9", -300, 0, "2026-03-02", "")},
			reconcile.RefundWithoutRequest, []money.Amount{cents(300)}, reconcile.BreakOpen,
		},
		"nobody's":  {[]string{paid("l1", "p1", "a1", 1000, ""), paid("l2", "p9", "", 70, "")}, reconcile.MissingHere, nil, reconcile.BreakResolved},
		"elsewhere": {[]string{paid("l1", "p1", "a1", 1000, ""), paid("l2", "p9", "a9", 70, "")}, reconcile.MissingHere, nil, reconcile.BreakResolved},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, func(o *reconcile.Options) {
				o.Gateways[0].Fee = func(t payment.Taken) (money.Amount, bool) {
					return cents(10), t.Amount.Currency() == hkd && name == "fee"
				}
				o.Owner = func(b reconcile.Break) string { return "clerk of " + b.Gateway }
			})
			d.start("a1")
			d.took(t, "a1", "p1", cents(1000), monday)
			d.imports(tt.lines...)
			m := d.matches()
			require.Equal(t, map[reconcile.Class]int{tt.class: 1}, m.Breaks)
			require.Equal(t, len(tt.lines)-1, m.Agreed)
			b := d.one(tt.state, tt.class)
			require.Equal(t, tt.open, b.Open)
			require.Equal(t, "clerk of gate", b.Owner)
			require.NotEmpty(t, b.Detail)
			e := d.explains()
			require.True(t, e.OK(), "%+v", e)
			require.Zero(t, d.matches().Lines)
			require.Len(t, d.breaks(""), 1)
		})
	}
}

func TestAnOrphanIsFoundByAsking(t *testing.T) {
	d := newDesk(t)
	d.start("a1")
	d.known["a1"] = []payment.GatewayPayment{{ID: "p1", Amount: cents(1000), PaidAt: monday.Add(-time.Minute)}}
	d.imports(paid("l1", "p1", "a1", 1000, ""))
	m := d.matches()
	require.Equal(t, 1, m.Resolved)
	b := d.one(reconcile.BreakResolved, reconcile.MissingHere)
	require.Equal(t, "on record now by query, as order", b.Evidence)
	require.Equal(t, "order-a1", b.Order)
	require.Equal(t, monday.Add(-time.Minute), d.takings["p1"].PaidAt)
	require.True(t, d.explains().OK())
}

func TestAnOrphanWaitsForASilentGatewayAndIsBelievedThen(t *testing.T) {
	d := newDesk(t)
	d.start("a1")
	d.silent = true
	d.imports(paid("l1", "p1", "a1", 1000, ""))
	m := d.matches()
	require.Equal(t, 1, m.Waiting)
	require.Empty(t, d.breaks(""))
	e := d.explains()
	require.True(t, e.OK())
	require.Equal(t, reconcile.WhyInTime, e.Items[0].Why)

	d.at = d.at.Add(24 * time.Hour)
	require.False(t, d.explains().OK(), "nobody knows what it is")
	m = d.matches()
	require.Zero(t, m.Waiting)
	b := d.one(reconcile.BreakResolved, reconcile.MissingHere)
	require.Equal(t, "on record now by settlement, as order", b.Evidence)
	require.Equal(t, time.Date(2026, 3, 2, 0, 0, 0, 0, east).UTC(), d.takings["p1"].PaidAt)
	require.True(t, d.explains().OK())
}

func TestAnAttemptThatIsFinalIsNotWaitedFor(t *testing.T) {
	d := newDesk(t)
	d.start("a1")
	d.attempts["a1"] = payment.Attempt{ID: "a1", Order: "o", Gateway: gate, Final: true}
	d.imports(paid("l1", "p1", "a1", 1000, ""))
	require.Zero(t, d.matches().Waiting)
	require.Equal(t, payment.FromSettlement, d.takings["p1"].From)
}

func TestAPaymentWithoutANameAtItsGateway(t *testing.T) {
	d := newDesk(t)
	d.imports(paid("l1", "", "elsewhere", 1000, ""))
	d.matches()
	require.Equal(t, cents(1000), d.takings["settlement-l1"].Amount)
	require.True(t, d.explains().OK())
}

func TestAPayerWhoPaidTwice(t *testing.T) {
	d := newDesk(t)
	d.start("a1")
	d.took(t, "a1", "p1", cents(1000), monday)
	d.known["a1"] = []payment.GatewayPayment{{ID: "p1", Amount: cents(1000), PaidAt: monday}, {ID: "p2", Amount: cents(1000), PaidAt: monday}}
	d.imports(paid("l2", "p2", "a1", 1000, ""), paid("l1", "p1", "a1", 1000, ""))
	m := d.matches()
	require.Equal(t, map[reconcile.Class]int{reconcile.MissingHere: 1}, m.Breaks)
	require.Equal(t, payment.UseExcess, d.takings["p2"].Use)
	require.True(t, d.explains().OK())
	require.Empty(t, d.explains().Items[0].Break)
}

func TestTwoPaymentsByReferenceAlone(t *testing.T) {
	d := newDesk(t)
	d.start("a1")
	d.took(t, "a1", "p1", cents(1000), monday)
	d.took(t, "a1", "p2", cents(700), monday)
	d.imports(paid("l1", "", "a1", 700, ""), paid("l2", "", "a1", 1000, ""))
	require.Equal(t, 2, d.matches().Agreed)
}

func TestALineThatFailsKeepsNoOtherBack(t *testing.T) {
	d := newDesk(t)
	for _, id := range []string{"a1", "a2", "a3"} {
		d.start(id)
	}
	d.took(t, "a3", "p3", cents(1000), monday)
	d.till.broken = map[string]bool{"a1": true, "a2": true}
	d.imports(paid("l1", "p1", "a1", 1000, ""), paid("l2", "p2", "a2", 1000, ""), paid("l3", "p3", "a3", 1000, ""))
	m, err := d.Match(d.ctx, gate)
	require.EqualError(t, err, `reconcile: 2 lines of gate failed, the first: line "l1": a wire is cut`)
	require.Equal(t, 1, m.Agreed)
	require.Equal(t, 2, m.Failed)
	d.till.broken = nil
	require.Equal(t, 2, func() int { d.at = d.at.Add(24 * time.Hour); return d.matches().Resolved }())

	ctx, cancel := context.WithCancel(d.ctx)
	cancel()
	_, err = d.Match(ctx, gate)
	require.ErrorIs(t, err, context.Canceled)
}
