package payment_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
)

// TestEveryClassOfError has the first sending, and a later one, come back with each class.
func TestEveryClassOfError(t *testing.T) {
	type want struct {
		state payment.AttemptState
		final bool
		sent  int
		flag  payment.Flag
	}
	failed, unknown := payment.AttemptFailed, payment.AttemptUnknown
	for _, test := range []struct {
		err          error
		first, later want
	}{
		{refusal(payment.Invalid), want{failed, true, 1, ""}, want{failed, false, 2, ""}},
		{refusal(payment.Config), want{failed, true, 1, payment.FlagConfig}, want{unknown, false, 2, payment.FlagConfig}},
		{refusal(payment.Unavailable), want{unknown, false, 0, ""}, want{unknown, false, 1, ""}},
		{refusal(payment.Throttled), want{unknown, false, 0, ""}, want{unknown, false, 1, ""}},
		{refusal(payment.Declined), want{failed, true, 1, ""}, want{failed, true, 2, ""}},
		{refusal(payment.Conflict), want{unknown, false, 1, payment.FlagConflict}, want{unknown, false, 2, payment.FlagConflict}},
		{refusal(payment.NotAllowed), want{unknown, false, 1, ""}, want{unknown, false, 2, ""}},
		{refusal(payment.Unknown), want{unknown, false, 1, ""}, want{unknown, false, 2, ""}},
		{refusal("nonsense"), want{unknown, false, 1, ""}, want{unknown, false, 2, ""}},
		{errors.New("broken"), want{unknown, false, 1, ""}, want{unknown, false, 2, ""}},
	} {
		t.Run(test.err.Error(), func(t *testing.T) {
			c := newCounter(t, nil)
			c.order("o1")
			c.acquirer.refuse["create"] = []error{test.err}
			matches(t, c, c.start("o1", test.first.state), test.first.final, test.first.sent, test.first.flag)

			c.order("o2")
			c.acquirer.refuse["create"] = []error{errLost, test.err}
			a := c.start("o2", unknown)
			c.clock.move(2 * time.Minute)
			matches(t, c, c.check(a.ID, test.later.state), test.later.final, test.later.sent, test.later.flag)
		})
	}
}

func matches(t *testing.T, c counter, a payment.Attempt, final bool, sent int, flag payment.Flag) {
	t.Helper()
	require.Equal(t, final, a.Final)
	require.Equal(t, sent, a.Sent)
	if flag == "" {
		require.Empty(t, a.Flags)
	} else {
		require.Equal(t, []payment.Flag{flag}, a.Flags)
	}
	if a.State.Active() {
		c.is(a.Order, payment.Paying)
	} else {
		c.is(a.Order, payment.Open)
	}
}

// TestDeclined keeps why, and lets the payer start another attempt, which has a name of its own.
func TestDeclined(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	c.acquirer.refuse["create"] = []error{&payment.GatewayError{
		Class: payment.Declined, Decline: payment.DeclineInsufficient, Code: "51 for 4111 1111 1111 1111", Sent: true,
	}}
	a := c.start("o1", payment.AttemptFailed)
	require.Equal(t, payment.DeclineInsufficient, a.Decline)
	require.NotContains(t, a.Code, "4111")
	b := c.start("o1", payment.AttemptPending)
	require.Equal(t, 2, b.Nth)
	require.NotEqual(t, a.ID, b.ID)
	all, err := c.Attempts(c.ctx, "o1")
	require.NoError(t, err)
	require.Len(t, all, 2)
	active, err := c.ActiveOf(c.ctx, "o1")
	require.NoError(t, err)
	require.Equal(t, b, active)
}

// TestConflictStops: after a conflict nothing is sent any more, and what the gateway has is still believed.
func TestConflictStops(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	c.acquirer.refuse["create"] = []error{refusal(payment.Conflict)}
	a := c.start("o1", payment.AttemptUnknown)
	c.clock.move(time.Hour)
	c.check(a.ID, payment.AttemptUnknown)
	require.Equal(t, 1, c.acquirer.count("create"))
	c.run(72 * time.Hour)
	require.Equal(t, 1, c.acquirer.count("create"))
}

// TestStartRefused: what a gateway or an order can't is refused before anything is stored.
func TestStartRefused(t *testing.T) {
	c := newCounter(t, nil)
	c.acquirer.caps.AuthCapture = false
	c.order("o1")
	for name, change := range map[string]func(*payment.StartRequest){
		"gateway":   func(r *payment.StartRequest) { r.Gateway = "other" },
		"means":     func(r *payment.StartRequest) { r.Means = "cheque" },
		"flow":      func(r *payment.StartRequest) { r.Flow = payment.DeepLink },
		"authorise": func(r *payment.StartRequest) { r.Authorise = true },
		"by":        func(r *payment.StartRequest) { r.By = "" },
		"locale":    func(r *payment.StartRequest) { r.Locale = "a\nb" },
		"session":   func(r *payment.StartRequest) { r.Session = -1 },
	} {
		r := request("o1")
		change(&r)
		_, err := c.Start(c.ctx, r)
		require.ErrorIs(t, err, payment.ErrInvalid, name)
	}
	_, err := c.Start(c.ctx, request("none"))
	require.ErrorIs(t, err, payment.ErrNoOrder)
	_, err = c.Check(c.ctx, "none")
	require.ErrorIs(t, err, payment.ErrNoAttempt)
	_, err = c.Check(c.ctx, "a|b")
	require.ErrorIs(t, err, payment.ErrNoAttempt)
	require.Zero(t, c.acquirer.count("create"))
	c.is("o1", payment.Open)

	ended := c.order("o2")
	c.applied(c.Orders.Cancel(ended, "not wanted", monday))
	_, err = c.Start(c.ctx, request("o2"))
	require.ErrorIs(t, err, payment.ErrTransition)
}
