package reconcile_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/reconcile"
)

// refunding is a desk with a payment of HKD 10.00 that is settled.
func refunding(t *testing.T) *desk {
	d := newDesk(t)
	d.start("a1")
	d.took(t, "a1", "p1", cents(1000), monday)
	d.imports(paid("l1", "p1", "a1", 1000, ""))
	require.Equal(t, 1, d.matches().Agreed)
	return d
}

func back(line, payment, reference string, minor int64) string {
	return row(line, "refund", payment, reference, minor, 0, "2026-03-02", "")
}

func TestARefundThatIsLearntByAsking(t *testing.T) {
	d := refunding(t)
	d.asksBack("r1", "p1", cents(300), payment.OperationUnknown)
	d.learns["r1"] = func() { d.done(t, "r1") }
	d.imports(back("l2", "p1", "r1", -300))
	require.Equal(t, 1, d.matches().Agreed)
	require.True(t, d.explains().OK())
}

func TestARefundThatIsDoneThereOnly(t *testing.T) {
	d := refunding(t)
	d.asksBack("r1", "p1", cents(300), payment.OperationPending)
	d.imports(back("l2", "p1", "r1", -300))
	require.Equal(t, 1, d.matches().Waiting)
	d.at = d.at.Add(24 * time.Hour)
	d.matches()
	b := d.one(reconcile.BreakOpen, reconcile.MissingHere)
	require.Equal(t, []money.Amount{cents(300)}, b.Open)
	require.Equal(t, "the refund is pending here", b.Detail)
	require.True(t, d.explains().OK())

	d.sweeps()
	d.one(reconcile.BreakOpen, reconcile.MissingHere)
	d.done(t, "r1")
	require.Equal(t, 1, d.sweeps().Resolved)
	require.Equal(t, "both sides agree", d.one(reconcile.BreakResolved, reconcile.MissingHere).Evidence)
	require.True(t, d.explains().OK())
}

func TestRefundsThatDiffer(t *testing.T) {
	for name, tt := range map[string]struct {
		lines []string
		class reconcile.Class
		open  []money.Amount
	}{
		"amount":    {[]string{back("l2", "p1", "r1", -250)}, reconcile.AmountDiffers, []money.Amount{cents(-50)}},
		"duplicate": {[]string{back("l2", "p1", "r1", -300), back("l3", "p1", "r1", -300)}, reconcile.Duplicate, []money.Amount{cents(300)}},
		"currency": {
			[]string{"l2,refund,p1,r1,USD,-3.00,0.00,-3.00,2026-03-02,"}, reconcile.CurrencyDiffers,
			[]money.Amount{cents(-300), money.New(300, usd)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := refunding(t)
			d.gaveBack(t, "r1", "p1", cents(300))
			d.imports(tt.lines...)
			d.matches()
			b := d.one(reconcile.BreakOpen, tt.class)
			require.Equal(t, tt.open, b.Open)
			require.True(t, d.explains().OK())
		})
	}
}

func TestARefundByItsPaymentOrItsGatewaysName(t *testing.T) {
	d := refunding(t)
	d.gaveBack(t, "r1", "p1", cents(300))
	d.gaveBack(t, "r2", "p1", cents(300))
	f := d.refunds["r2"]
	f.GatewayRef, f.Flags = "re_77", []payment.Flag{payment.FlagUnrequested}
	d.refunds["r2"] = f
	d.imports(back("l2", "p1", "re_77", -300), back("l3", "p1", "", -300))
	require.Equal(t, map[reconcile.Class]int{reconcile.RefundWithoutRequest: 1}, d.matches().Breaks)
	b := d.one(reconcile.BreakOpen, reconcile.RefundWithoutRequest)
	require.Equal(t, "r2", b.Item)
	require.Empty(t, b.Open, "the money is on record")
	require.True(t, d.explains().OK())
}

func TestAnUnrequestedRefundIsLearntByAsking(t *testing.T) {
	d := refunding(t)
	d.learns["a1"] = func() {
		d.gaveBack(t, "u1", "p1", cents(300))
		f := d.refunds["u1"]
		f.GatewayRef, f.Flags = "re_1", []payment.Flag{payment.FlagUnrequested}
		d.refunds["u1"] = f
	}
	d.imports(back("l2", "p1", "re_1", -300))
	d.matches()
	require.Empty(t, d.one(reconcile.BreakOpen, reconcile.RefundWithoutRequest).Open)
	require.True(t, d.explains().OK())
}

func TestARefundThatComesBack(t *testing.T) {
	d := refunding(t)
	d.gaveBack(t, "r1", "p1", cents(300))
	d.imports(back("l2", "p1", "r1", -300), back("l3", "p1", "r1", 300))
	m := d.matches()
	require.Equal(t, 1, m.Agreed)
	require.Equal(t, 1, m.Waiting)
	d.cameBack(t, "r1")
	require.Equal(t, 1, d.matches().Agreed)
	e := d.explains()
	require.True(t, e.OK())
	require.Empty(t, e.Items[1:])
}

func TestDisputes(t *testing.T) {
	dispute := func(line string, minor int64) string {
		return row(line, "dispute", "p1", "a1", minor, 0, "2026-03-02", "")
	}
	d := refunding(t)
	d.imports(dispute("l2", -1000)) // the gateway takes the money when the dispute is opened, we when it is lost
	require.Equal(t, 1, d.matches().Waiting)
	d.at = d.at.Add(24 * time.Hour)
	d.matches()
	b := d.one(reconcile.BreakOpen, reconcile.MissingHere)
	require.Equal(t, []money.Amount{cents(1000)}, b.Open)
	d.lost(t, "d1", "p1", cents(1000))
	d.sweeps()
	d.one(reconcile.BreakResolved, reconcile.MissingHere)
	require.True(t, d.explains().OK())

	d.imports(dispute("l3", 400)) // part of it comes back
	d.at = d.at.Add(24 * time.Hour)
	d.matches()
	b = d.one(reconcile.BreakOpen, reconcile.AmountDiffers)
	require.Equal(t, []money.Amount{cents(-400)}, b.Open)
	require.True(t, d.explains().OK())

	d.imports(row("l4", "dispute", "p7", "", -5, 0, "2026-03-02", ""))
	d.at = d.at.Add(24 * time.Hour)
	d.matches()
	require.Len(t, d.breaks(reconcile.BreakOpen), 2)
	require.True(t, d.explains().OK())
}

func TestADisputeThatIsLearntByAsking(t *testing.T) {
	d := refunding(t)
	d.learns["a1"] = func() { d.lost(t, "d1", "p1", cents(1000)) }
	d.imports(row("l2", "dispute", "", "a1", -1000, 0, "2026-03-02", ""))
	require.Equal(t, 1, d.matches().Agreed)
	require.True(t, d.explains().OK())
}
