package reconcile_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/reconcile"
	"courts.example/eservices/payment/simpay"
)

// company is a court that has its orders paid at the simulated company, with all that goes wrong there, and reconciles by its files.
type company struct {
	*desk
	cashier *payment.Cashier
	sim     *simpay.Sim
	random  *rand.Rand
	n       int
	// again counts the days that did not add up at first.
	again int
}

func newCompany(t *testing.T, seed uint64) *company {
	d := newDesk(t)
	c := &company{desk: d, random: rand.New(rand.NewPCG(seed, 0))}
	secrets := []simpay.Secret{"a secret of the tests"}
	terms := simpay.Terms{Currencies: []string{"HKD"}, PayTwice: true, Late: time.Hour}
	fees := simpay.Fees{Rate: money.MustRate("0.017"), Fixed: 3}
	var err error
	c.sim, err = simpay.NewSim(simpay.Options{
		Secrets: secrets, Terms: terms, Clock: d.clock, Seed: seed, Fees: fees, Days: simpay.Days{Zone: east, CutOff: 20 * time.Hour},
	})
	require.NoError(t, err)
	client, err := simpay.NewClient(simpay.ClientOptions{
		URL: "http://simpay.test", HTTP: c.sim.RoundTripper(), Secrets: secrets, Terms: terms, Clock: d.clock,
	})
	require.NoError(t, err)
	page := func(string) string { return "https://court.example/page" }
	c.cashier, err = payment.NewCashier(payment.CashierOptions{
		Store: d.store, Orders: d.orders, Ledger: d.books, Gateways: []payment.Gateway{client}, Clock: d.clock, Name: "test",
		Secret: []byte(strings.Repeat("s", 32)), ReturnURL: page, CancelURL: page, NotifyURL: page,
		Series: func(court string, _ time.Time) string { return court },
	})
	require.NoError(t, err)
	c.Reconciler, err = reconcile.New(reconcile.Options{
		Store: d.store, Orders: d.orders, Ledger: d.books, Cashier: c.cashier, Clock: d.clock,
		Gateways: []reconcile.Gateway{{
			ID: "simpay", Bank: bank, Currencies: []money.Currency{hkd}, Zone: east, Days: 2, Settler: client,
			Fee: func(t payment.Taken) (money.Amount, bool) {
				fee, err := t.Amount.Rate(money.MustRate("0.017"), money.Rounding{Mode: money.HalfUp})
				return money.New(min(fee.Minor()+3, t.Amount.Minor()), hkd), err == nil
			},
		}},
	})
	require.NoError(t, err)
	return c
}

// order opens an order and an attempt to pay it.
func (c *company) order() payment.Attempt {
	c.t.Helper()
	c.n++
	id := fmt.Sprint("o", c.n)
	o, err := payment.NewOrder(payment.Order{
		ID: id, Court: "court", Payer: "payer", Purpose: "search", For: payment.Subject{Kind: "search", ID: id}, PricedAt: c.at, CreatedAt: c.at,
		Lines: []payment.Line{{Item: "search", Description: law.T("Search", ""), Count: 1, Amount: cents(c.random.Int64N(100_000) + 10)}},
	})
	require.NoError(c.t, err)
	step, err := c.orders.Open(o)
	require.NoError(c.t, err)
	_, err = c.orders.Apply(c.ctx, step.Change)
	require.NoError(c.t, err)
	a, err := c.cashier.Start(c.ctx, payment.StartRequest{Order: id, Gateway: "simpay", Means: "card", Flow: payment.QR, Locale: "en", By: "payer"})
	require.NoError(c.t, err)
	return a
}

// meets has an order meet something at random. What the company does is not always learnt.
func (c *company) meets() {
	c.t.Helper()
	a := c.order()
	learn := func() {
		_, err := c.cashier.Check(c.ctx, a.ID)
		require.NoError(c.t, err)
	}
	pay := func() string {
		id, err := c.sim.Pay(a.ID)
		require.NoError(c.t, err)
		return id
	}
	switch c.random.IntN(9) {
	case 0:
		require.NoError(c.t, c.sim.Decline(a.ID, payment.DeclineLimit))
	case 1: // abandoned
	case 2:
		pay()
		pay()
	case 3:
		_, err := c.sim.PayAmount(a.ID, cents(a.Amount.Minor()+1))
		require.NoError(c.t, err)
	case 4:
		id := pay()
		learn()
		dispute, err := c.sim.OpenDispute(id, cents(a.Amount.Minor()/2))
		require.NoError(c.t, err)
		learn()
		require.NoError(c.t, c.sim.EndDispute(dispute, c.random.IntN(2) == 0))
		learn()
	case 5, 6:
		pay()
		learn()
		c.giveBack(a, c.random.IntN(2) == 0)
	default:
		pay()
	}
	if c.random.IntN(2) == 0 {
		learn()
	}
}

// giveBack gives part of an order back; it may fail afterwards.
func (c *company) giveBack(a payment.Attempt, fails bool) {
	c.t.Helper()
	f, err := c.cashier.Propose(c.ctx, payment.Proposal{Order: a.Order, Amount: cents(a.Amount.Minor() / 3), Reason: "too much", By: "x"})
	require.NoError(c.t, err)
	_, err = c.cashier.Approve(c.ctx, f.ID, "y")
	require.NoError(c.t, err)
	f, err = c.cashier.CheckRefund(c.ctx, f.ID)
	require.NoError(c.t, err)
	require.Equal(c.t, payment.OperationSucceeded, f.State)
	if fails {
		require.NoError(c.t, c.sim.FinishRefund(f.ID, false))
	}
}

// settles imports the company's file of the last of some days. Where lines of the days before came late, its payout doesn't add up: then all
// days are fetched again.
func (c *company) settles(dates ...string) {
	c.t.Helper()
	last := dates[len(dates)-1]
	var b bytes.Buffer
	require.NoError(c.t, c.sim.WriteSettlement(&b, last))
	im := reconcile.Import{Gateway: "simpay", Name: last, By: "clerk"}
	_, err := c.ImportCSV(c.ctx, im, bytes.NewReader(b.Bytes()))
	if errors.Is(err, reconcile.ErrTotals) {
		c.again++
		_, err = c.Fetch(c.ctx, "simpay", "clerk", dates...)
		require.NoError(c.t, err)
		_, err = c.ImportCSV(c.ctx, im, bytes.NewReader(b.Bytes()))
	}
	require.NoError(c.t, err)
	again, err := c.ImportCSV(c.ctx, im, &b)
	require.NoError(c.t, err)
	require.True(c.t, again.Again)
	f, err := c.Fetch(c.ctx, "simpay", "clerk", last)
	require.NoError(c.t, err)
	require.Zero(c.t, f.New, "the file and the Settler say the same")
	_, err = c.Match(c.ctx, "simpay")
	require.NoError(c.t, err)
	_, err = c.Sweep(c.ctx, "simpay")
	require.NoError(c.t, err)
}

// TestACompanyThatIsReconciled has random orders paid at the simulated company for some days. Whatever our side did not learn in time it
// learns by the settlement; then the company's books and ours agree to the cent.
func TestACompanyThatIsReconciled(t *testing.T) {
	for seed := range uint64(3) {
		c := newCompany(t, seed)
		var dates []string
		for day := range 3 {
			dates = append(dates, c.at.In(east).Format(time.DateOnly))
			for range 6 {
				c.meets()
			}
			if day == 1 {
				require.NoError(t, c.sim.HoldLines(true)) // what comes now comes late
				_, err := c.sim.Pay(c.order().ID)
				require.NoError(t, err)
				require.NoError(t, c.sim.ChargeFee(cents(5000)))
			}
			e, err := c.Explain(c.ctx, "simpay")
			require.NoError(t, err)
			require.True(t, e.OK(), "seed %d: %+v", seed, e)
			c.later(1)
			c.settles(dates...)
			require.NoError(t, c.sim.HoldLines(false))
		}
		e, err := c.Explain(c.ctx, "simpay")
		require.NoError(t, err)
		require.True(t, e.OK(), "seed %d: %+v", seed, e)
		require.Empty(t, e.Items)
		theirs, err := c.sim.Totals(hkd)
		require.NoError(t, err)
		require.Equal(t, theirs.Owed, e.Currencies[0].ToCome)
		require.Equal(t, -theirs.PaidOut.Minor(), c.posted(bank))
		require.Equal(t, -theirs.Fees.Minor(), c.posted(ledger.Fees("simpay")))
		found, _, err := c.Breaks(c.ctx, reconcile.BreaksQuery{Gateway: "simpay", Limit: 1000})
		require.NoError(t, err)
		require.NotEmpty(t, found, "what we had not learnt")
		require.Equal(t, 1, c.again)
		for _, b := range found {
			require.Equal(t, reconcile.MissingHere, b.Class)
			require.Equal(t, reconcile.BreakResolved, b.State)
		}
		proofs, err := c.books.Prove(c.ctx)
		require.NoError(t, err)
		require.True(t, proofs[0].OK())
	}
}
