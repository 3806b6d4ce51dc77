package payment_test

import (
	"bytes"
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/simpay"
)

const simSecret = simpay.Secret("a secret of the tests")

// desk is an office with a cashier and a simulated company, where a test pays orders and gives the money back.
type desk struct {
	office
	*payment.Cashier
	sim   *simpay.Sim
	clock *clock
	log   *bytes.Buffer
	// path is the file of the store.
	path string
	// options are what another cashier of the same office is made of.
	options payment.CashierOptions
}

// newDesk makes a desk; change may alter what the company and the cashier are made of.
func newDesk(t testing.TB, change func(*simpay.Options, *payment.CashierOptions)) *desk {
	t.Helper()
	path := filepath.Join(t.TempDir(), "office.db")
	d := &desk{office: officeAt(t, path), path: path, clock: &clock{at: monday}, log: &bytes.Buffer{}}
	_, err := d.books.Do(d.ctx, ledger.OpenAccount{Account: acme, Currency: hkd, At: monday})
	require.NoError(t, err)
	company := simpay.Options{
		Secrets: []simpay.Secret{simSecret}, Clock: d.clock.now, Seed: 1,
		Terms: simpay.Terms{Currencies: []string{"HKD"}},
	}
	d.options = payment.CashierOptions{
		Store: d.store, Orders: d.Orders, Ledger: d.books, Clock: d.clock.now, Name: "test", Secret: []byte(strings.Repeat("s", 32)),
		ReturnURL: func(token string) string { return "https://court.example/return/" + token },
		CancelURL: func(token string) string { return "https://court.example/cancel/" + token },
		NotifyURL: func(gateway string) string { return "https://court.example/notify/" + gateway },
		Series:    func(string, time.Time) string { return series },
		Log:       slog.New(slog.NewTextHandler(&guarded{w: d.log}, nil)),
	}
	if change != nil {
		change(&company, &d.options)
	}
	d.sim, err = simpay.NewSim(company)
	require.NoError(t, err)
	client, err := simpay.NewClient(simpay.ClientOptions{
		URL: "http://simpay.test", HTTP: d.sim.RoundTripper(), Secrets: company.Secrets, Terms: company.Terms, Clock: d.clock.now,
	})
	require.NoError(t, err)
	if d.options.Gateways == nil {
		d.options.Gateways = []payment.Gateway{client}
	}
	d.Cashier, err = payment.NewCashier(d.options)
	require.NoError(t, err)
	return d
}

// guarded lets many write to one buffer.
type guarded struct {
	mu sync.Mutex
	w  *bytes.Buffer
}

func (g *guarded) Write(b []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.w.Write(b)
}

// on gives a cashier of the same office that works through another store, as a process of its own does.
func (d *desk) process(s store.Store) *payment.Cashier {
	d.t.Helper()
	o := d.options
	at := d.on(s)
	o.Store, o.Orders, o.Ledger = s, at.Orders, at.books
	c, err := payment.NewCashier(o)
	require.NoError(d.t, err)
	return c
}

// attempt opens an order of HKD 42.00 and an attempt to pay it.
func (d *desk) attempt(order string) payment.Attempt {
	d.t.Helper()
	d.applied(d.Open(newOrder(d.t, func(o *payment.Order) { o.ID, o.For.ID = order, "for-"+order })))
	a, err := d.Start(d.ctx, payment.StartRequest{Order: order, Gateway: "simpay", Means: "card", Locale: "en", By: "acme"})
	require.NoError(d.t, err)
	require.Equal(d.t, payment.AttemptPending, a.State)
	return a
}

// paid has an order of HKD 42.00 paid, and gives the payment as it is on record.
func (d *desk) paid(order string) payment.Taken {
	d.t.Helper()
	a := d.attempt(order)
	id, err := d.sim.Pay(a.ID)
	require.NoError(d.t, err)
	a, err = d.Check(d.ctx, a.ID)
	require.NoError(d.t, err)
	require.Equal(d.t, payment.AttemptSucceeded, a.State)
	t, err := d.Taking(d.ctx, "simpay", id)
	require.NoError(d.t, err)
	require.Equal(d.t, payment.UseOrder, t.Use)
	return t
}

// propose proposes that an amount goes back of an order; 0 is all that is left.
func (d *desk) propose(order string, minor int64) payment.Refund {
	d.t.Helper()
	p := payment.Proposal{Order: order, Reason: "paid in error", By: "clerk-1"}
	if minor > 0 {
		p.Amount = cents(minor)
	}
	r, err := d.Propose(d.ctx, p)
	require.NoError(d.t, err)
	return r
}

// refund gives an amount back and expects the refund in a state.
func (d *desk) refund(order string, minor int64, want payment.OperationState) payment.Refund {
	d.t.Helper()
	r, err := d.Approve(d.ctx, d.propose(order, minor).ID, "clerk-2")
	require.NoError(d.t, err)
	require.Equal(d.t, want, r.State)
	return r
}

// reads expects a refund in a state.
func (d *desk) reads(id string, want payment.OperationState) payment.Refund {
	d.t.Helper()
	r, err := d.Refund(d.ctx, id)
	require.NoError(d.t, err)
	require.Equal(d.t, want, r.State)
	return r
}

// deliver hands the company's messages to the cashier, and has the cashier look at them.
func (d *desk) deliver() (taken int) {
	d.t.Helper()
	messages, err := d.sim.Messages()
	require.NoError(d.t, err)
	for _, m := range messages {
		ack, err := d.Notify(d.ctx, "simpay", m)
		require.NoError(d.t, err)
		require.Equal(d.t, 200, ack.Status)
	}
	d.work()
	return len(messages)
}

// work does all that is due.
func (d *desk) work() {
	d.t.Helper()
	for {
		n, err := d.Work(d.ctx)
		require.NoError(d.t, err)
		if n == 0 {
			return
		}
	}
}

// later moves the clock and does what is due then.
func (d *desk) later(by time.Duration) {
	d.t.Helper()
	d.clock.move(by)
	d.work()
}

// stands expects an account's balance.
func (d *desk) stands(account ledger.AccountID, minor int64) {
	d.t.Helper()
	posted, err := d.books.Posted(d.ctx, account, hkd)
	require.NoError(d.t, err)
	require.Equal(d.t, cents(minor), posted, string(account))
}

// explained expects that the clearing account owes what the company has, and that ledger, orders and numbers agree.
func (d *desk) explained() {
	d.t.Helper()
	totals, err := d.sim.Totals(hkd)
	require.NoError(d.t, err)
	d.stands(ledger.Clearing("simpay"), -totals.Taken.Minor()+totals.GivenBack.Minor()+totals.Lost.Minor())
	d.sound()
}

// sound expects that ledger, orders and numbers agree.
func (d *desk) sound() {
	d.t.Helper()
	proofs, err := d.books.Prove(d.ctx)
	require.NoError(d.t, err)
	for _, p := range proofs {
		require.Empty(d.t, p.Faults)
	}
	p, err := d.Prove(d.ctx)
	require.NoError(d.t, err)
	require.Empty(d.t, p.Faults)
	refunds, next, err := d.Refunds(d.ctx, payment.RefundQuery{Series: "refund/" + series, Limit: 1000})
	require.NoError(d.t, err)
	require.Empty(d.t, next)
	for i, r := range refunds {
		require.Equal(d.t, int64(i+1), r.Note.N, "the numbers of refund notes have no gaps")
	}
}

// mortal is a store whose process dies at its n-th Apply, counted from 1: before it, or after it was committed. A dead process does nothing
// more.
type mortal struct {
	store.Store
	mu     sync.Mutex
	dieAt  int
	late   bool
	counts int
	dead   bool
}

func (m *mortal) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dead {
		return store.Applied{}, errDead
	}
	if m.counts++; m.counts == m.dieAt {
		m.dead = true
		if m.late {
			if _, err := m.Store.Apply(ctx, c); err != nil {
				return store.Applied{}, err
			}
		}
		return store.Applied{}, errDead
	}
	return m.Store.Apply(ctx, c)
}

func (m *mortal) Get(ctx context.Context, kind, id string) (store.Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dead {
		return store.Record{}, errDead
	}
	return m.Store.Get(ctx, kind, id)
}
