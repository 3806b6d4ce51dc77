package payment_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

const signature = "Simpay-Signature"

// messages takes what the company has to say.
func (d *desk) messages() []payment.Message {
	d.t.Helper()
	messages, err := d.sim.Messages()
	require.NoError(d.t, err)
	return messages
}

// notify hands a message over and expects an answer.
func (d *desk) notify(m payment.Message, status int) {
	d.t.Helper()
	ack, err := d.Notify(d.ctx, "simpay", m)
	require.NoError(d.t, err)
	require.Equal(d.t, status, ack.Status)
}

// inbox reads what is there in a state.
func (d *desk) inbox(s payment.InboxState) []payment.InboxEvent {
	d.t.Helper()
	events, next, err := d.Inbox(d.ctx, payment.InboxQuery{State: s, Limit: 1000})
	require.NoError(d.t, err)
	require.Empty(d.t, next)
	return events
}

func TestNotificationPaysAnOrder(t *testing.T) {
	d := newDesk(t, nil)
	a := d.attempt("o1")
	id, err := d.sim.Pay(a.ID)
	require.NoError(t, err)
	all := d.messages()
	require.NotEmpty(t, all)
	for _, m := range all {
		d.notify(m, http.StatusOK)
	}
	waiting := d.inbox(payment.InboxWaiting)
	require.Len(t, waiting, len(all))
	require.Equal(t, a.ID, waiting[0].Reference)
	require.Equal(t, id, waiting[len(waiting)-1].Snapshot.Payments[0].ID)
	_, err = d.Taking(d.ctx, "simpay", id)
	require.ErrorIs(t, err, payment.ErrNoTaken, "a message moves nothing by itself")

	d.work()
	require.Empty(t, d.inbox(payment.InboxWaiting))
	require.Len(t, d.inbox(payment.InboxDone), len(all))
	o, err := d.Orders.Get(d.ctx, "o1")
	require.NoError(t, err)
	require.Equal(t, payment.Paid, o.State)
	d.explained()

	for _, m := range all { // again, as a company may for days
		d.notify(m, http.StatusOK)
	}
	d.work()
	require.Len(t, d.inbox(payment.InboxDone), len(all))
	about, _, err := d.Inbox(d.ctx, payment.InboxQuery{Gateway: "simpay", Reference: a.ID})
	require.NoError(t, err)
	require.Len(t, about, len(all))
}

func TestMessagesThatAreTurnedAway(t *testing.T) {
	d := newDesk(t, nil)
	a := d.attempt("o1")
	_, err := d.sim.Pay(a.ID)
	require.NoError(t, err)
	good := d.messages()[0]
	altered := func(change func(*payment.Message)) payment.Message {
		m := good
		m.Header = http.Header(good.Header).Clone()
		m.Body = slices.Clone(good.Body)
		change(&m)
		return m
	}
	for name, c := range map[string]struct {
		m      payment.Message
		status int
		reason payment.RejectReason
	}{
		"no signature":     {altered(func(m *payment.Message) { delete(m.Header, signature) }), 400, payment.RejectUnsigned},
		"flipped byte":     {altered(func(m *payment.Message) { m.Body[len(m.Body)/2] ^= 1 }), 400, payment.RejectForged},
		"old":              {altered(func(m *payment.Message) { m.Received = m.Received.Add(301 * time.Second) }), 400, payment.RejectStale},
		"from the future":  {altered(func(m *payment.Message) { m.Received = m.Received.Add(-301 * time.Second) }), 400, payment.RejectFuture},
		"a day ahead":      {altered(func(m *payment.Message) { m.Received = m.Received.Add(-24 * time.Hour) }), 400, payment.RejectFuture},
		"larger than life": {altered(func(m *payment.Message) { m.Body = make([]byte, payment.MaxMessage+1) }), 413, payment.RejectTooLarge},
	} {
		before := d.Rejected("simpay")[c.reason]
		d.notify(c.m, c.status)
		require.Equal(t, before+1, d.Rejected("simpay")[c.reason], name)
	}
	require.Empty(t, d.inbox(payment.InboxWaiting))
	_, err = d.Notify(d.ctx, "nobody", good)
	require.ErrorIs(t, err, payment.ErrInvalid)
	require.Empty(t, d.Rejected("nobody"))
	now, err := d.Attempt(d.ctx, a.ID)
	require.NoError(t, err)
	require.Equal(t, payment.AttemptPending, now.State)
}

// TestStampByOurClock: when the host doesn't say when a message came in, the cashier's clock counts.
func TestStampByOurClock(t *testing.T) {
	d := newDesk(t, nil)
	a := d.attempt("o1")
	_, err := d.sim.Pay(a.ID)
	require.NoError(t, err)
	m := d.messages()[0]
	m.Received = time.Time{}
	d.clock.move(6 * time.Minute)
	d.notify(m, http.StatusBadRequest)
	require.Equal(t, map[payment.RejectReason]int64{payment.RejectStale: 1}, d.Rejected("simpay"))
}

func TestMessageAboutNobody(t *testing.T) {
	d := newDesk(t, nil)
	a := d.attempt("o1")
	other, err := payment.NewCashier(d.options)
	require.NoError(t, err)
	require.NotNil(t, other)
	stranger := newDesk(t, func(_ *simpay.Options, o *payment.CashierOptions) { o.Name = "another deployment" })
	_, err = d.sim.Pay(a.ID)
	require.NoError(t, err)
	for _, m := range d.messages() {
		stranger.notify(m, http.StatusOK)
	}
	stranger.work()
	strays := stranger.inbox(payment.InboxStray)
	require.NotEmpty(t, strays)
	require.Equal(t, a.ID, strays[0].Reference)
	require.Contains(t, stranger.log.String(), "names no attempt of ours")
	stranger.work()
	stranger.sound()
}
