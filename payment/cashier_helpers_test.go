package payment_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// clock is a clock that stands until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// counter is an office with a cashier and a company at which orders are paid.
type counter struct {
	office
	*payment.Cashier
	acquirer *acquirer
	clock    *clock
}

func newCounter(t testing.TB, change func(*payment.CashierOptions)) counter {
	return counterAt(newOffice(t, 0), newAcquirer(), &clock{at: monday}, change)
}

// counterAt makes a cashier of an office; several may share office, company and clock.
func counterAt(o office, q *acquirer, now *clock, change func(*payment.CashierOptions)) counter {
	o.t.Helper()
	options := payment.CashierOptions{
		Store: linked{o.store, o.t}, Orders: o.Orders, Ledger: o.books, Gateways: []payment.Gateway{q}, Clock: now.now, Name: "test",
		Secret:    []byte(strings.Repeat("s", 32)),
		ReturnURL: func(token string) string { return "https://court.example/return/" + token },
		CancelURL: func(token string) string { return "https://court.example/cancel/" + token },
		NotifyURL: func(gateway string) string { return "https://court.example/notify/" + gateway },
		Series:    func(court string, _ time.Time) string { return court + "/2026" },
		Chain:     func(court string, _ time.Time) string { return "audit/" + court },
	}
	if change != nil {
		change(&options)
	}
	c, err := payment.NewCashier(options)
	require.NoError(o.t, err)
	return counter{o, c, q, now}
}

// linked is the cashier's store, and holds it to its promise that every change which writes records has a link in a chain.
type linked struct {
	store.Store
	t testing.TB
}

func (l linked) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	if c.Chain == "" && len(c.Puts)+len(c.Deletes) > 0 {
		l.t.Errorf("change %s writes %d records and is in no chain", c.ID, len(c.Puts))
	}
	return l.Store.Apply(ctx, c)
}

// order opens an order of HKD 42.00.
func (c counter) order(id string) payment.Order {
	c.t.Helper()
	return c.applied(c.Open(newOrder(c.t, func(o *payment.Order) { o.ID, o.For.ID = id, "for-"+id })))
}

func request(order string) payment.StartRequest {
	return payment.StartRequest{Order: order, Gateway: "acme-pay", Means: "visa", Locale: "en", By: "acme"}
}

// start begins an attempt that is expected to be in a state then.
func (c counter) start(order string, want payment.AttemptState) payment.Attempt {
	c.t.Helper()
	a, err := c.Start(c.ctx, request(order))
	require.NoError(c.t, err)
	require.Equal(c.t, want, a.State)
	return a
}

// check checks an attempt and expects it in a state then, as it is stored.
func (c counter) check(id string, want payment.AttemptState) payment.Attempt {
	c.t.Helper()
	a, err := c.Check(c.ctx, id)
	require.NoError(c.t, err)
	require.Equal(c.t, want, a.State)
	stored, err := c.Attempt(c.ctx, id)
	require.NoError(c.t, err)
	require.Equal(c.t, stored, a)
	return a
}

// is expects an order in a state.
func (c counter) is(order string, want payment.State) payment.Order {
	c.t.Helper()
	o, err := c.Orders.Get(c.ctx, order)
	require.NoError(c.t, err)
	require.Equal(c.t, want, o.State)
	return o
}

// run moves the clock on and has the cashier work, until a time has passed.
func (c counter) run(d time.Duration) {
	c.t.Helper()
	for end := c.clock.now().Add(d); c.clock.now().Before(end); c.clock.move(d / 50) {
		for {
			n, err := c.Work(c.ctx)
			require.NoError(c.t, err)
			if n == 0 {
				break
			}
		}
	}
}

// books expects what stands in an account, and that the whole ledger and all orders agree.
func (c counter) stands(account ledger.AccountID, minor int64) {
	c.t.Helper()
	posted, err := c.books.Posted(c.ctx, account, hkd)
	require.NoError(c.t, err)
	require.Equal(c.t, cents(minor), posted, string(account))
}

// explained expects that every payment at the company is on record once and booked, and that ledger and orders agree.
func (c counter) explained() {
	c.t.Helper()
	total := int64(0)
	for ref, v := range c.acquirer.sessions {
		for _, p := range v.payments {
			if p.Authorised {
				continue
			}
			t, err := c.Taking(c.ctx, "acme-pay", p.ID)
			require.NoError(c.t, err, "payment %s of %s", p.ID, ref)
			require.NotEqual(c.t, payment.UseHeld, t.Use)
			if p.Amount.Currency() == hkd {
				total += p.Amount.Minor()
			}
		}
	}
	c.stands(ledger.Clearing("acme-pay"), -total)
	proofs, err := c.books.Prove(c.ctx)
	require.NoError(c.t, err)
	for _, p := range proofs {
		require.Empty(c.t, p.Faults)
	}
	p, err := c.Prove(c.ctx)
	require.NoError(c.t, err)
	require.Empty(c.t, p.Faults)
	missing, err := c.Missing(c.ctx, series)
	require.NoError(c.t, err)
	require.Empty(c.t, missing)
}

// refusal is a gateway's error of a class.
func refusal(class payment.ErrorClass) error { return &payment.GatewayError{Class: class} }

// dollars are in a currency that nobody asked for.
func dollars(n int64) money.Amount { return money.New(n, usd) }

// errDead is how a store or a gateway answers when the process has died.
var errDead = errors.New("the process died")
