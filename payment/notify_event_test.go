package payment_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/simpay"
)

// scripted is a gateway that says what a test wants.
type scripted struct {
	*simpay.Client
	caps   func(payment.Capabilities) payment.Capabilities
	notice func(payment.Message) (payment.NotificationReply, error)
	query  func(payment.QueryReply, error) (payment.QueryReply, error)
	refund func(payment.OperationReply, error) (payment.OperationReply, error)
}

func (g *scripted) Describe() payment.Capabilities {
	if g.caps == nil {
		return g.Client.Describe()
	}
	return g.caps(g.Client.Describe())
}

func (g *scripted) Notification(ctx context.Context, m payment.Message) (payment.NotificationReply, error) {
	if g.notice == nil {
		return g.Client.Notification(ctx, m)
	}
	return g.notice(m)
}

func (g *scripted) Query(ctx context.Context, r payment.QueryRequest) (payment.QueryReply, error) {
	reply, err := g.Client.Query(ctx, r)
	if g.query != nil {
		return g.query(reply, err)
	}
	return reply, err
}

func (g *scripted) Refund(ctx context.Context, r payment.RefundRequest) (payment.OperationReply, error) {
	reply, err := g.Client.Refund(ctx, r)
	if g.refund != nil {
		return g.refund(reply, err)
	}
	return reply, err
}

// script puts a scripted gateway in the place of the company's own.
func (d *desk) script() *scripted {
	d.t.Helper()
	g := &scripted{Client: d.options.Gateways[0].(*simpay.Client)}
	d.options.Gateways = []payment.Gateway{g}
	d.Cashier = d.process(d.store)
	return g
}

// tells has the gateway verify any message as one of these events.
func (g *scripted) tells(events ...payment.GatewayEvent) {
	g.notice = func(payment.Message) (payment.NotificationReply, error) {
		return payment.NotificationReply{Verified: true, Events: events}, nil
	}
}

func TestEventThatComesAgainAsSomethingElse(t *testing.T) {
	d := newDesk(t, nil)
	g := d.script()
	a := d.attempt("o1")
	event := payment.GatewayEvent{ID: "e1", Time: monday, Reference: a.ID, Snapshot: payment.QueryReply{Found: true, State: payment.AttemptProcessing}}
	other := event
	other.Snapshot.Payments = []payment.GatewayPayment{{ID: "forged", Amount: cents(4200), PaidAt: monday}}
	g.tells(event, event, other)
	d.notify(payment.Message{}, http.StatusOK)
	d.notify(payment.Message{}, http.StatusOK)
	waiting := d.inbox(payment.InboxWaiting)
	require.Len(t, waiting, 1)
	require.Equal(t, 2, waiting[0].Altered, "once in each message")
	require.Empty(t, waiting[0].Snapshot.Payments)
	altered, _, err := d.Inbox(d.ctx, payment.InboxQuery{Gateway: "simpay", Altered: true})
	require.NoError(t, err)
	require.Equal(t, waiting, altered)
	d.work()
	require.Len(t, d.inbox(payment.InboxDone), 1)
	now, err := d.Attempt(d.ctx, a.ID)
	require.NoError(t, err)
	require.Equal(t, payment.AttemptPending, now.State, "the company's answers count")
	d.explained()
}

func TestEventsWithoutNames(t *testing.T) {
	d := newDesk(t, nil)
	g := d.script()
	a := d.attempt("o1")
	g.tells(
		payment.GatewayEvent{Reference: a.ID}, payment.GatewayEvent{Reference: a.ID}, payment.GatewayEvent{Reference: a.ID, Time: monday},
		payment.GatewayEvent{ID: "e1"}, payment.GatewayEvent{},
	)
	d.notify(payment.Message{}, http.StatusOK)
	require.Len(t, d.inbox(payment.InboxWaiting), 4, "two were the same")
	d.work()
	require.Len(t, d.inbox(payment.InboxDone), 2)
	require.Len(t, d.inbox(payment.InboxStray), 2)
	g.tells()
	d.notify(payment.Message{}, http.StatusOK)
}

// TestEventBeforeTheGatewayKnows: a company tells of a payment and of a dispute before its own answers show them.
func TestEventBeforeTheGatewayKnows(t *testing.T) {
	d := newDesk(t, nil)
	g := d.script()
	a := d.attempt("o1")
	before, err := d.sim.Session(a.ID)
	require.NoError(t, err)
	id, err := d.sim.Pay(a.ID)
	require.NoError(t, err)
	g.query = func(payment.QueryReply, error) (payment.QueryReply, error) { return before, nil }
	d.deliver()
	d.later(time.Minute)
	require.NotEmpty(t, d.inbox(payment.InboxWaiting))
	_, err = d.Taking(d.ctx, "simpay", id)
	require.ErrorIs(t, err, payment.ErrNoTaken)
	g.query = nil
	d.later(10 * time.Minute)
	require.Empty(t, d.inbox(payment.InboxWaiting))
	_, err = d.Taking(d.ctx, "simpay", id)
	require.NoError(t, err)
	d.explained()
}

func TestEventThatItsGatewayNeverConfirms(t *testing.T) {
	d := newDesk(t, nil)
	g := d.script()
	a := d.attempt("o1")
	g.tells(payment.GatewayEvent{ID: "e1", Reference: a.ID, Snapshot: payment.QueryReply{
		Found: true, State: payment.AttemptSucceeded, Payments: []payment.GatewayPayment{{ID: "ghost", Amount: cents(4200), PaidAt: monday}},
	}})
	d.notify(payment.Message{}, http.StatusOK)
	for range 30 {
		d.later(time.Hour)
	}
	doubtful := d.inbox(payment.InboxDoubtful)
	require.Len(t, doubtful, 1)
	require.Equal(t, "ghost", doubtful[0].Snapshot.Payments[0].ID)
	require.False(t, doubtful[0].DoneAt.IsZero())
	_, err := d.Taking(d.ctx, "simpay", "ghost")
	require.ErrorIs(t, err, payment.ErrNoTaken)
	d.explained()
}

// TestEventOfAGatewayThatIsDown: nothing is given up while the gateway gives no answer at all.
func TestEventOfAGatewayThatIsDown(t *testing.T) {
	d := newDesk(t, nil)
	taken := d.paid("o1")
	id, err := d.sim.OpenDispute(taken.ID, cents(100))
	require.NoError(t, err)
	require.NoError(t, d.sim.FaultRates(simpay.Fault{Op: simpay.OpQuery, Mode: simpay.Refused, Rate: 1}))
	d.deliver()
	for range 40 {
		d.later(time.Hour)
	}
	require.NotEmpty(t, d.inbox(payment.InboxWaiting))
	d.sim.Heal()
	d.later(2 * time.Hour)
	require.Empty(t, d.inbox(payment.InboxWaiting))
	d.dispute(id, payment.DisputeOpen)
	d.explained()
}

// TestEventAheadOfTheAnswer: the company says that a dispute is lost while its answers still show it open.
func TestEventAheadOfTheAnswer(t *testing.T) {
	d := newDesk(t, nil)
	g := d.script()
	taken := d.paid("o1")
	open := d.contest(taken.ID, 100)
	before, err := d.sim.Session(taken.Attempt)
	require.NoError(t, err)
	require.NoError(t, d.sim.EndDispute(open.ID, false))
	g.query = func(payment.QueryReply, error) (payment.QueryReply, error) { return before, nil }
	d.deliver()
	d.dispute(open.ID, payment.DisputeOpen)
	require.Len(t, d.inbox(payment.InboxWaiting), 1)
	g.query = nil
	d.later(time.Minute)
	d.dispute(open.ID, payment.DisputeLost)
	require.Empty(t, d.inbox(payment.InboxWaiting))
	d.explained()
}

// TestEventWhereNothingCanBeAsked: with no name to ask by, the signed word of the company is all there is.
func TestEventWhereNothingCanBeAsked(t *testing.T) {
	d := newDesk(t, nil)
	g := d.script()
	g.caps = func(c payment.Capabilities) payment.Capabilities {
		c.QueryByReference = false
		return c
	}
	d.applied(d.Open(newOrder(t, nil)))
	require.NoError(t, d.sim.Fail(simpay.Fault{Op: simpay.OpCreate, Mode: simpay.ReplyLost}))
	a, err := d.Start(d.ctx, payment.StartRequest{Order: "o1", Gateway: "simpay", Means: "card", Locale: "en", By: "acme"})
	require.NoError(t, err)
	require.Equal(t, payment.AttemptUnknown, a.State)
	g.tells(payment.GatewayEvent{ID: "e1", Reference: a.ID, Snapshot: payment.QueryReply{
		Found: true, State: payment.AttemptSucceeded, Payments: []payment.GatewayPayment{{ID: "p1", Amount: cents(4200), PaidAt: monday}},
	}})
	d.notify(payment.Message{}, http.StatusOK)
	d.work()
	got, err := d.Taking(d.ctx, "simpay", "p1")
	require.NoError(t, err)
	require.Equal(t, payment.FromNotification, got.From)
	require.Equal(t, payment.UseOrder, got.Use)
	d.stands(filing, 4200)
	d.sound()
}

// TestMessageThatCannotBeKept: nothing is acknowledged before it is stored; the company sends it again.
func TestMessageThatCannotBeKept(t *testing.T) {
	for _, late := range []bool{false, true} {
		d := newDesk(t, nil)
		a := d.attempt("o1")
		_, err := d.sim.Pay(a.ID)
		require.NoError(t, err)
		dying := d.process(&mortal{Store: d.store, dieAt: 1, late: late})
		for _, m := range d.messages() {
			ack, err := dying.Notify(d.ctx, "simpay", m)
			require.ErrorIs(t, err, errDead)
			require.Equal(t, http.StatusServiceUnavailable, ack.Status)
			d.notify(m, http.StatusOK)
		}
		d.work()
		require.Empty(t, d.inbox(payment.InboxWaiting))
		o, err := d.Orders.Get(d.ctx, "o1")
		require.NoError(t, err)
		require.Equal(t, payment.Paid, o.State)
		d.explained()
	}
}

func TestGatewayThatCannotVerify(t *testing.T) {
	d := newDesk(t, nil)
	g := d.script()
	for _, fault := range []error{
		errors.New("card 4111 1111 1111 1111"), &payment.GatewayError{Class: payment.Config, Code: "4111111111111111", Detail: "4111-1111-1111-1111"},
	} {
		g.notice = func(payment.Message) (payment.NotificationReply, error) { return payment.NotificationReply{}, fault }
		ack, err := d.Notify(d.ctx, "simpay", payment.Message{})
		require.Error(t, err)
		require.NotContains(t, err.Error(), "1111")
		require.Equal(t, payment.ClassOf(fault), payment.ClassOf(err))
		require.Equal(t, http.StatusServiceUnavailable, ack.Status)
	}
	g.notice = func(payment.Message) (payment.NotificationReply, error) {
		return payment.NotificationReply{Reject: "made up 4111111111111111"}, nil
	}
	d.notify(payment.Message{}, http.StatusBadRequest)
	require.Equal(t, map[payment.RejectReason]int64{payment.RejectMalformed: 1}, d.Rejected("simpay"))
}

// TestRefundOfAnotherAmount: a company that gives back another amount than it was asked is not believed; a person looks at it.
func TestRefundOfAnotherAmount(t *testing.T) {
	d := newDesk(t, nil)
	g := d.script()
	d.paid("o1")
	g.refund = func(r payment.OperationReply, err error) (payment.OperationReply, error) {
		r.Amount = money.New(r.Amount.Minor()+1, hkd)
		return r, err
	}
	r := d.refund("o1", 1000, payment.OperationReview)
	require.True(t, r.Flagged(payment.FlagMismatch))
	d.stands(ledger.RefundPayable, 1000)
	d.sound()
}
