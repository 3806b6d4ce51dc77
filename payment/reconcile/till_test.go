package reconcile_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
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

// till is a Cashier of invented attempts: what it records it books as the real one does. What its gateway knows of an attempt it learns when
// it is asked.
type till struct {
	mu       sync.Mutex
	books    *ledger.Ledger
	now      func() time.Time
	attempts map[string]payment.Attempt
	takings  map[string]payment.Taken
	refunds  map[string]payment.Refund
	disputes map[string]payment.Dispute
	// known is what the gateway shows of an attempt when it is asked; nothing while it is silent.
	known  map[string][]payment.GatewayPayment
	learns map[string]func()
	silent bool
	// onTakings is called when the takings are read; broken names attempts about which questions fail.
	onTakings func()
	broken    map[string]bool
	asked     int
}

func newTill(books *ledger.Ledger, now func() time.Time) *till {
	return &till{
		books: books, now: now,
		attempts: map[string]payment.Attempt{}, takings: map[string]payment.Taken{}, refunds: map[string]payment.Refund{},
		disputes: map[string]payment.Dispute{}, known: map[string][]payment.GatewayPayment{}, learns: map[string]func(){},
	}
}

// start has an attempt at the gateway for an order of the same name.
func (c *till) start(id string) {
	c.attempts[id] = payment.Attempt{ID: id, Order: "order-" + id, Gateway: gate, Court: "court"}
}

// took records a payment of an attempt: the first pays its order, others are excess.
func (c *till) took(t testing.TB, attempt, id string, amount money.Amount, at time.Time) {
	t.Helper()
	_, err := c.record(context.Background(), attempt, payment.GatewayPayment{ID: id, Amount: amount, PaidAt: at}, payment.FromQuery)
	require.NoError(t, err)
}

func (c *till) record(ctx context.Context, attempt string, p payment.GatewayPayment, from payment.Source) (payment.Taken, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.takings[p.ID]; ok {
		return t, nil
	}
	a := c.attempts[attempt]
	t := payment.Taken{Gateway: gate, GatewayPayment: p, Attempt: a.ID, Order: a.Order, Use: payment.UseExcess, RecordedAt: c.now(), From: from, Version: 1}
	to := ledger.Unallocated
	if a.ID != "" && !slices.ContainsFunc(slices.Collect(maps.Values(c.takings)), func(o payment.Taken) bool { return o.Order == a.Order }) {
		t.Use, to = payment.UseOrder, ledger.Revenue("court", "filing")
	}
	err := c.move(ctx, "gateway/"+gate+"/"+p.ID, ledger.Clearing(gate), to, p.Amount)
	if err == nil {
		c.takings[p.ID] = t
	}
	return t, err
}

func (c *till) move(ctx context.Context, id string, from, to ledger.AccountID, amount money.Amount) error {
	_, err := c.books.Do(ctx, ledger.Post{ID: id, At: c.now(), Postings: []ledger.Posting{
		{Account: from, Amount: money.New(-amount.Minor(), amount.Currency())}, {Account: to, Amount: amount},
	}})
	return err
}

// gaveBack records a refund that was done.
func (c *till) gaveBack(t testing.TB, id, of string, amount money.Amount) {
	t.Helper()
	c.asksBack(id, of, amount, payment.OperationPending)
	c.done(t, id)
}

func (c *till) asksBack(id, of string, amount money.Amount, state payment.OperationState) {
	c.refunds[id] = payment.Refund{ID: id, Gateway: gate, Payment: of, Amount: amount, ApprovedBy: "x", State: state}
}

func (c *till) done(t testing.TB, id string) {
	t.Helper()
	f := c.refunds[id]
	f.State, f.DoneAt = payment.OperationSucceeded, c.now()
	require.NoError(t, c.move(context.Background(), "refund/"+id+"/done", ledger.Revenue("court", "filing"), ledger.Clearing(gate), f.Amount))
	c.refunds[id] = f
}

// cameBack has a refund that was done fail.
func (c *till) cameBack(t testing.TB, id string) {
	t.Helper()
	f := c.refunds[id]
	f.State, f.Returned = payment.OperationFailed, true
	require.NoError(t, c.move(context.Background(), "refund/"+id+"/back", ledger.Clearing(gate), ledger.Revenue("court", "filing"), f.Amount))
	c.refunds[id] = f
}

// lost records a dispute that was lost.
func (c *till) lost(t testing.TB, id, of string, amount money.Amount) {
	t.Helper()
	require.NoError(t, c.move(context.Background(), "dispute/"+id+"/1", ledger.Revenue("court", "filing"), ledger.Clearing(gate), amount))
	from := []ledger.Posting{{Account: ledger.Revenue("court", "filing"), Amount: amount}}
	c.disputes[id] = payment.Dispute{Gateway: gate, From: from, DoneAt: c.now(), GatewayDispute: payment.GatewayDispute{
		ID: id, PaymentID: of, Amount: amount, State: payment.DisputeLost,
	}}
}

func (c *till) Attempt(_ context.Context, id string) (payment.Attempt, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a, ok := c.attempts[id]
	if !ok {
		return a, fmt.Errorf("%w: %s", payment.ErrNoAttempt, id)
	}
	return a, nil
}

func (c *till) Check(ctx context.Context, id string) (payment.Attempt, error) {
	a, err := c.Attempt(ctx, id)
	if err != nil {
		return a, err
	}
	c.mu.Lock()
	c.asked++
	c.mu.Unlock()
	if c.broken[id] {
		return a, errors.New("a wire is cut")
	}
	if c.silent {
		return a, nil
	}
	for _, p := range c.known[id] {
		if _, err := c.record(ctx, id, p, payment.FromQuery); err != nil {
			return a, err
		}
	}
	if learn := c.learns[id]; learn != nil {
		learn()
	}
	return a, nil
}

func (c *till) InState(_ context.Context, s payment.AttemptState, after string, _ int) ([]payment.Attempt, string, error) {
	return page(list(c, c.attempts, func(a payment.Attempt) bool { return a.State == s }), after)
}

func (c *till) Record(ctx context.Context, gateway, reference string, p payment.GatewayPayment, from payment.Source) (payment.Taken, error) {
	if gateway != gate || from != payment.FromSettlement {
		return payment.Taken{}, errors.New("the till records from settlements of its gateway")
	}
	return c.record(ctx, reference, p, from)
}

func (c *till) Taking(_ context.Context, _, id string) (payment.Taken, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t, ok := c.takings[id]
	if !ok {
		return t, payment.ErrNoTaken
	}
	return t, nil
}

func (c *till) TakingsOf(_ context.Context, order string) ([]payment.Taken, error) {
	return list(c, c.takings, func(t payment.Taken) bool { return t.Order == order }), nil
}

func (c *till) Takings(_ context.Context, q payment.TakingsQuery) ([]payment.Taken, string, error) {
	if c.onTakings != nil && q.After == "" {
		c.onTakings()
	}
	takings := list(c, c.takings, func(t payment.Taken) bool {
		return (q.Use == "" || t.Use == q.Use) && (q.Until.IsZero() || t.PaidAt.Before(q.Until))
	})
	return page(takings, q.After)
}

func (c *till) Refund(_ context.Context, id string) (payment.Refund, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f, ok := c.refunds[id]
	if !ok {
		return f, payment.ErrNoRefund
	}
	return f, nil
}

func (c *till) CheckRefund(ctx context.Context, id string) (payment.Refund, error) {
	if learn := c.learns[id]; learn != nil && !c.silent {
		learn()
	}
	return c.Refund(ctx, id)
}

func (c *till) Refunds(_ context.Context, q payment.RefundQuery) ([]payment.Refund, string, error) {
	refunds := list(c, c.refunds, func(f payment.Refund) bool {
		return (q.Payment == "" || f.Payment == q.Payment) && (q.Stage == "" || string(f.State) == q.Stage)
	})
	return page(refunds, q.After)
}

func (c *till) Disputes(_ context.Context, q payment.DisputeQuery) ([]payment.Dispute, string, error) {
	disputes := list(c, c.disputes, func(d payment.Dispute) bool {
		return (q.Payment == "" || d.PaymentID == q.Payment) && (q.State == "" || d.State == q.State)
	})
	return page(disputes, q.After)
}

func list[T any](c *till, all map[string]T, fits func(T) bool) []T {
	c.mu.Lock()
	defer c.mu.Unlock()
	var some []T
	for _, id := range slices.Sorted(maps.Keys(all)) {
		if fits(all[id]) {
			some = append(some, all[id])
		}
	}
	return some
}

// page gives pages of three, to have pages turned.
func page[T any](all []T, after string) ([]T, string, error) {
	from := len(after)
	until := min(from+3, len(all))
	if until == len(all) {
		return all[from:], "", nil
	}
	return all[from:until], strings.Repeat("x", until), nil
}

// dying is a store that dies at its n-th Apply: before it, or when late after it, so that the reply is lost.
type dying struct {
	store.Store
	at, applies int
	late        bool
}

var errDied = errors.New("the process died")

func (d *dying) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	d.applies++
	if d.applies != d.at {
		return d.Store.Apply(ctx, c)
	}
	if d.late {
		if _, err := d.Store.Apply(ctx, c); err != nil {
			return store.Applied{}, err
		}
	}
	return store.Applied{}, errDied
}
