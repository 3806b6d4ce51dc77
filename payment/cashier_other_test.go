package payment_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// TestRecordWhatASettlementShows: money that the gateway's answers never showed.
func TestRecordWhatASettlementShows(t *testing.T) {
	shown := payment.GatewayPayment{ID: "s-1", Amount: cents(4200), PaidAt: monday.Add(time.Hour)}
	t.Run("of an attempt", func(t *testing.T) {
		c := newCounter(t, nil)
		c.order("o1")
		c.acquirer.lose["create"] = 1
		a := c.start("o1", payment.AttemptUnknown)
		c.clock.move(2 * time.Hour)
		got, err := c.Record(c.ctx, "acme-pay", a.ID, shown, payment.FromSettlement)
		require.NoError(t, err)
		require.Equal(t, payment.UseOrder, got.Use)
		require.Equal(t, payment.FromSettlement, got.From)
		require.Equal(t, shown.PaidAt, c.is("o1", payment.Paid).PaidAt)
		again, err := c.Record(c.ctx, "acme-pay", a.ID, shown, payment.FromSettlement)
		require.NoError(t, err)
		require.Equal(t, got, again)
		c.stands(ledger.Clearing("acme-pay"), -4200)
	})
	t.Run("of nobody, and of an attempt later", func(t *testing.T) {
		c := newCounter(t, nil)
		c.order("o1")
		a := c.start("o1", payment.AttemptPending)
		id := c.acquirer.pay(a.ID, cents(4200), c.clock.now())
		shown := shown
		shown.ID = id
		got, err := c.Record(c.ctx, "acme-pay", "not ours", shown, payment.FromSettlement)
		require.NoError(t, err)
		require.Equal(t, payment.UseExcess, got.Use)
		c.stands(ledger.Unallocated, 4200)
		c.is("o1", payment.Paying)
		c.check(a.ID, payment.AttemptSucceeded)
		c.is("o1", payment.Paid)
		c.stands(ledger.Unallocated, 0)
		c.stands(ledger.Revenue("court", "filing"), 4200)
		c.explained()
	})
	t.Run("what makes no sense", func(t *testing.T) {
		c := newCounter(t, nil)
		for _, bad := range []payment.GatewayPayment{
			{ID: "", Amount: cents(1)}, {ID: "p", Amount: cents(0)}, {ID: "p", Amount: cents(-1)}, {ID: "p", Amount: cents(1), Authorised: true},
		} {
			_, err := c.Record(c.ctx, "acme-pay", "", bad, payment.FromSettlement)
			require.ErrorIs(t, err, payment.ErrInvalid)
		}
		_, err := c.Record(c.ctx, "acme-pay", "", shown, payment.FromReply)
		require.ErrorIs(t, err, payment.ErrInvalid)
		_, err = c.Record(c.ctx, "other", "", shown, payment.FromSettlement)
		require.ErrorIs(t, err, payment.ErrInvalid)
	})
}

// TestOnePaymentOfTwoAttempts: a payment that is on record counts for the attempt that it was recorded for, and proves no other.
func TestOnePaymentOfTwoAttempts(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	c.order("o2")
	a, b := c.start("o1", payment.AttemptPending), c.start("o2", payment.AttemptPending)
	c.acquirer.pay(a.ID, cents(4200), c.clock.now())
	c.check(a.ID, payment.AttemptSucceeded)
	c.acquirer.sessions[b.ID].payments = c.acquirer.sessions[a.ID].payments
	c.acquirer.set(b.ID, payment.AttemptSucceeded, true)
	b = c.check(b.ID, payment.AttemptPending)
	require.ElementsMatch(t, []payment.Flag{payment.FlagMismatch, payment.FlagUnproven}, b.Flags)
	c.is("o2", payment.Paying)
	c.stands(ledger.Clearing("acme-pay"), -4200)
}

// TestAllocate has excess money pay an order, by two persons.
func TestAllocate(t *testing.T) {
	c := newCounter(t, nil)
	part := func(id string, minor int64) payment.TakingID {
		_, err := c.Record(c.ctx, "acme-pay", "", payment.GatewayPayment{ID: id, Amount: cents(minor), PaidAt: monday}, payment.FromSettlement)
		require.NoError(t, err)
		return payment.TakingID{Gateway: "acme-pay", Payment: id}
	}
	first, second, third := part("p1", 4000), part("p2", 200), part("p3", 200)
	c.order("o1")
	allocation := payment.Allocation{Order: "o1", Takings: []payment.TakingID{first, second}, By: "officer 1"}
	_, err := c.Allocate(c.ctx, allocation)
	require.ErrorIs(t, err, payment.ErrFourEyes)
	allocation.ApprovedBy = "officer 2"

	for _, bad := range [][]payment.TakingID{{}, {first}, {first, second, third}, {second, second}, {{Gateway: "acme-pay", Payment: "none"}}} {
		wrong := allocation
		wrong.Takings = bad
		_, err := c.Allocate(c.ctx, wrong)
		require.Error(t, err)
	}
	a := c.start("o1", payment.AttemptPending)
	_, err = c.Allocate(c.ctx, allocation)
	require.ErrorAs(t, err, new(*payment.ActiveError))
	_, err = c.Cashier.Cancel(c.ctx, a.ID, "acme")
	require.NoError(t, err)

	o, err := c.Allocate(c.ctx, allocation)
	require.NoError(t, err)
	require.Equal(t, payment.Paid, o.State)
	require.Equal(t, c.is("o1", payment.Paid), o)
	again, err := c.Allocate(c.ctx, allocation)
	require.NoError(t, err)
	require.Equal(t, o, again)
	c.stands(ledger.Unallocated, 200)
	c.stands(ledger.Revenue("court", "filing"), 4200)
	c.order("o2")
	allocation.Order, allocation.Takings = "o2", []payment.TakingID{first, third}
	_, err = c.Allocate(c.ctx, allocation)
	require.ErrorIs(t, err, payment.ErrTransition, "it is another order's")
	left, _, err := c.Unallocated(c.ctx, "", 0)
	require.NoError(t, err)
	require.Len(t, left, 1)
}

// TestAllocateNotWhatGoesBack: money that is about to be given back pays nothing.
func TestAllocateNotWhatGoesBack(t *testing.T) {
	c := newCounter(t, nil)
	taken, err := c.Record(c.ctx, "acme-pay", "", payment.GatewayPayment{ID: "p1", Amount: cents(4200), PaidAt: monday}, payment.FromSettlement)
	require.NoError(t, err)
	_, err = c.Propose(c.ctx, payment.Proposal{Gateway: "acme-pay", Payment: taken.ID, Amount: cents(1), Reason: "too much", By: "officer 1"})
	require.NoError(t, err)
	c.order("o1")
	_, err = c.Allocate(c.ctx, payment.Allocation{
		Order: "o1", Takings: []payment.TakingID{{Gateway: "acme-pay", Payment: "p1"}}, By: "officer 1", ApprovedBy: "officer 2",
	})
	require.ErrorIs(t, err, payment.ErrRefundable)
	c.is("o1", payment.Open)
}

func TestCollect(t *testing.T) {
	c := newCounter(t, nil)
	o := c.order("o1")
	n, err := c.ReceiptNumber(c.ctx, series, "o1", monday, "", nil)
	require.NoError(t, err)
	step, err := c.Orders.Collect(c.ctx, o, payment.Collection{Slip: "S-1", At: monday, Number: n})
	require.NoError(t, err)
	paid := c.applied(step, nil)
	require.Equal(t, payment.Counter, paid.Means)
	require.Equal(t, "S-1", step.Receipt.Reference)
	c.stands(ledger.Clearing("counter"), -4200)

	other := c.order("o2")
	m, err := c.ReceiptNumber(c.ctx, series, "o2", monday, "", nil)
	require.NoError(t, err)
	require.Equal(t, number(2), m)
	again, err := c.ReceiptNumber(c.ctx, series, "o2", monday, "", nil)
	require.NoError(t, err)
	require.Equal(t, m, again)
	_, err = c.Orders.Collect(c.ctx, other, payment.Collection{Slip: "S-1", At: monday, Number: m})
	require.ErrorIs(t, err, payment.ErrChanged)
	require.ErrorIs(t, err, ledger.ErrConflict, "a slip pays one order")
	_, err = c.Orders.Collect(c.ctx, other, payment.Collection{Slip: "S 2", At: monday, Number: m})
	require.ErrorIs(t, err, payment.ErrInvalid)

	c.start("o2", payment.AttemptPending)
	_, err = c.Orders.Collect(c.ctx, c.is("o2", payment.Paying), payment.Collection{Slip: "S-2", At: monday, Number: m})
	require.ErrorIs(t, err, payment.ErrTransition)
}

// returning is a company whose pages send the browser back with a reference.
type returning struct{ *acquirer }

func (p returning) Return(_ context.Context, m payment.Message) (payment.ReturnReply, error) {
	return payment.ReturnReply{Reference: m.Path, State: payment.AttemptSucceeded}, nil
}

// TestReturnIsAHint: what a browser brings is looked up, never believed.
func TestReturnIsAHint(t *testing.T) {
	q := newAcquirer()
	c := counterAt(newOffice(t, 0), q, &clock{at: monday}, func(o *payment.CashierOptions) { o.Gateways = []payment.Gateway{returning{q}} })
	c.order("o1")
	a := c.start("o1", payment.AttemptPending)
	got, err := c.Return(c.ctx, "acme-pay", payment.Message{Path: a.ID})
	require.NoError(t, err)
	require.Equal(t, payment.AttemptPending, got.State)
	_, err = c.Return(c.ctx, "acme-pay", payment.Message{Path: "A0000000000000000000000000"})
	require.ErrorIs(t, err, payment.ErrNoAttempt)
	plain := newCounter(t, nil)
	_, err = plain.Return(plain.ctx, "acme-pay", payment.Message{})
	require.ErrorIs(t, err, payment.ErrInvalid)

	token := c.Token(a.ID)
	id, err := c.AttemptOf(token)
	require.NoError(t, err)
	require.Equal(t, a.ID, id)
	for _, forged := range []string{"", a.ID, a.ID + ".", token + "0", token[:len(token)-1] + "!", "x." + token} {
		_, err := c.AttemptOf(forged)
		require.ErrorIs(t, err, payment.ErrNoAttempt, forged)
	}
}

// TestMeansPolicyDecides: what the court doesn't take is refused before anything is stored.
func TestMeansPolicyDecides(t *testing.T) {
	policy, err := payment.NewMeansPolicy()
	require.NoError(t, err)
	c := newCounter(t, func(o *payment.CashierOptions) { o.Means = policy })
	c.order("o1")
	_, err = c.Start(c.ctx, request("o1"))
	var refused *payment.MeansError
	require.ErrorAs(t, err, &refused)
	c.is("o1", payment.Open)
	require.Zero(t, c.acquirer.count("create"))
}

// TestStatus counts what a person should look at.
func TestStatus(t *testing.T) {
	c := newCounter(t, nil)
	c.bring("o1", payment.AttemptUnknown)
	c.clock.move(time.Minute)
	c.order("o2")
	b := c.start("o2", payment.AttemptPending)
	c.acquirer.pay(b.ID, cents(1), c.clock.now())
	c.check(b.ID, payment.AttemptSucceeded)
	s, err := c.Status(c.ctx)
	require.NoError(t, err)
	require.Equal(t, map[payment.AttemptState]payment.Tally{payment.AttemptUnknown: {Count: 1, Oldest: monday}}, s.Active)
	require.Equal(t, map[payment.Flag]payment.Tally{payment.FlagMismatch: {Count: 1, Oldest: monday.Add(time.Minute)}}, s.Flagged)
	require.Equal(t, cents(1), s.Unallocated[0])
	require.Equal(t, "acme-pay", s.Gateways[0].ID)
	require.False(t, s.Gateways[0].Asked)
	require.Zero(t, s.Held)
}
