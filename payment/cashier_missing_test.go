package payment_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
)

// TestNotFoundIsNotFailed follows an attempt whose request never came to the gateway: it waits while the request may yet land, then sends the
// same key with the same contents, and pays once.
func TestNotFoundIsNotFailed(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	c.acquirer.refuse["create"] = []error{errLost}
	a := c.start("o1", payment.AttemptUnknown)
	require.Equal(t, 1, a.Sent)

	c.clock.move(89 * time.Second) // a sending may leave for 30 seconds and be under way for a minute
	a = c.check(a.ID, payment.AttemptUnknown)
	require.Equal(t, 1, c.acquirer.count("create"), "the request may still take effect")

	c.clock.move(time.Second)
	a = c.check(a.ID, payment.AttemptPending)
	require.Equal(t, 2, a.Sent)
	require.Equal(t, 2, c.acquirer.count("create"))
	require.Equal(t, monday, a.FirstSent)
	require.Equal(t, monday.Add(90*time.Second), a.LastSent)
	c.acquirer.pay(a.ID, cents(4200), c.clock.now())
	c.check(a.ID, payment.AttemptSucceeded)
	c.explained()
}

// TestRefusedAndNeverThere: the first sending was lost and the second, after the session's end, is refused. The attempt has failed and the
// gateway does not know it: once nothing can land any more, nobody asks again.
func TestRefusedAndNeverThere(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	c.acquirer.refuse["create"] = []error{errLost, refusal(payment.Invalid)}
	a := c.start("o1", payment.AttemptUnknown)
	c.clock.move(time.Hour)
	a = c.check(a.ID, payment.AttemptFailed)
	require.Equal(t, 2, a.Sent)
	require.False(t, a.Final)
	c.clock.move(89 * time.Second)
	require.False(t, c.check(a.ID, payment.AttemptFailed).Final, "the second sending may still take effect")
	c.clock.move(time.Second)
	require.True(t, c.check(a.ID, payment.AttemptFailed).Final)
	c.run(72 * time.Hour)
	asked := c.acquirer.count("query")
	c.run(72 * time.Hour)
	require.Equal(t, asked, c.acquirer.count("query"))
	c.is("o1", payment.Open)
	c.explained()
}

// TestSentAgainIsTheSame compares two sendings of one attempt.
func TestSentAgainIsTheSame(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	c.acquirer.lose["create"] = 1
	a := c.start("o1", payment.AttemptUnknown)
	delete(c.acquirer.sessions, a.ID)
	c.clock.move(2 * time.Minute)
	c.check(a.ID, payment.AttemptPending)
	first, second := c.acquirer.sent[0], c.acquirer.sent[1]
	require.Equal(t, 1, first.SendNo)
	require.Equal(t, 2, second.SendNo)
	require.Equal(t, monday, second.FirstSent)
	second.SendNo = 1
	require.Equal(t, first, second)
	require.Equal(t, a.ID+":create:1", first.Key)
	require.LessOrEqual(t, len(first.Reference), payment.MaxReference)
}

// TestLostOutsideTheWindow: a key that may not be used any more is not, and a person decides.
func TestLostOutsideTheWindow(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	c.acquirer.refuse["create"] = []error{errLost}
	a := c.start("o1", payment.AttemptUnknown)
	c.clock.move(24 * time.Hour)
	a = c.check(a.ID, payment.AttemptUnknown)
	require.True(t, a.Flagged(payment.FlagLost))
	require.Equal(t, 1, c.acquirer.count("create"))
	flagged, _, err := c.Flagged(c.ctx, payment.FlagLost, "", 0)
	require.NoError(t, err)
	require.Len(t, flagged, 1)
	c.is("o1", payment.Paying)
	_, err = c.Start(c.ctx, request("o1"))
	var active *payment.ActiveError
	require.ErrorAs(t, err, &active)
	require.Equal(t, a.ID, active.Attempt)
	require.Contains(t, active.Text().In("en"), a.ID)
	require.Contains(t, active.Text().In("zh-Hant"), "請勿重複付款")

	proposed, err := c.Resolve(c.ctx, payment.Resolution{
		Attempt: a.ID, Outcome: payment.AttemptFailed, Evidence: "the company's list of the day", ProposedBy: "officer 1",
	})
	require.NoError(t, err)
	_, err = c.Resolve(c.ctx, payment.Resolution{Attempt: a.ID, Outcome: payment.AttemptFailed, Evidence: "again", ProposedBy: "officer 3"})
	require.ErrorIs(t, err, payment.ErrTransition)
	_, err = c.Confirm(c.ctx, proposed.ID, "officer 1")
	require.ErrorIs(t, err, payment.ErrFourEyes)
	a, err = c.Confirm(c.ctx, proposed.ID, "officer 2")
	require.NoError(t, err)
	require.Equal(t, payment.AttemptFailed, a.State)
	require.True(t, a.Final)
	require.Empty(t, a.Flags)
	c.is("o1", payment.Open)
	again, err := c.Confirm(c.ctx, proposed.ID, "officer 2")
	require.NoError(t, err)
	require.Equal(t, a, again)
	_, err = c.Reject(c.ctx, proposed.ID, "officer 2")
	require.ErrorIs(t, err, payment.ErrTransition)
}

// TestResolvedAsPaid: the payment that two persons have seen pays the order.
func TestResolvedAsPaid(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	c.acquirer.lose["create"] = 1
	a := c.start("o1", payment.AttemptUnknown)
	id := c.acquirer.pay(a.ID, cents(4200), c.clock.now())
	c.acquirer.refuse["query"] = []error{refusal(payment.Unavailable)}
	proposed, err := c.Resolve(c.ctx, payment.Resolution{
		Attempt: a.ID, Outcome: payment.AttemptSucceeded, Evidence: "seen at the company", ProposedBy: "officer 1",
		Payment: payment.GatewayPayment{ID: id, Amount: cents(4200), PaidAt: c.clock.now()},
	})
	require.NoError(t, err)
	a, err = c.Confirm(c.ctx, proposed.ID, "officer 2")
	require.NoError(t, err)
	require.Equal(t, payment.AttemptSucceeded, a.State)
	c.is("o1", payment.Paid)
	c.explained()
}

// TestOutsideTheWindowButFound: what the gateway knows is found however late, and the flag goes.
func TestOutsideTheWindowButFound(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	c.acquirer.lose["create"] = 1
	a := c.start("o1", payment.AttemptUnknown)
	kept := c.acquirer.sessions[a.ID]
	delete(c.acquirer.sessions, a.ID)
	c.clock.move(25 * time.Hour)
	require.True(t, c.check(a.ID, payment.AttemptUnknown).Flagged(payment.FlagLost))
	c.acquirer.sessions[a.ID] = kept
	c.acquirer.pay(a.ID, cents(4200), c.clock.now())
	require.Empty(t, c.check(a.ID, payment.AttemptSucceeded).Flags)
	c.explained()
}

// TestByReferenceAsksBeforeItSends: without keys an attempt is looked for before it is sent again.
func TestByReferenceAsksBeforeItSends(t *testing.T) {
	c := newCounter(t, nil)
	c.acquirer.caps.Idempotency, c.acquirer.caps.Window = payment.ByReference, 0
	c.order("o1")
	c.acquirer.refuse["create"] = []error{errLost}
	a := c.start("o1", payment.AttemptUnknown)
	c.clock.move(30 * time.Second)
	c.check(a.ID, payment.AttemptUnknown)
	require.Equal(t, 1, c.acquirer.count("create"))
	c.clock.move(60 * time.Second)
	c.check(a.ID, payment.AttemptPending)
	require.Equal(t, 2, c.acquirer.count("query"))
	require.Equal(t, 2, c.acquirer.count("create"))
}

// TestNothingLeft: a sending of which nothing left is none, and the attempt ends with its session.
func TestNothingLeft(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	c.acquirer.refuse["create"] = []error{refusal(payment.Unavailable), refusal(payment.Throttled)}
	a := c.start("o1", payment.AttemptUnknown)
	require.Zero(t, a.Sent)
	require.True(t, a.FirstSent.IsZero())
	a = c.check(a.ID, payment.AttemptUnknown)
	require.Zero(t, a.Sent)
	a = c.check(a.ID, payment.AttemptPending)
	require.Equal(t, 1, a.Sent)
	require.Zero(t, c.acquirer.count("query"), "there was nothing to ask about")

	c.order("o2")
	c.acquirer.refuse["create"] = []error{refusal(payment.Unavailable)}
	b := c.start("o2", payment.AttemptUnknown)
	c.clock.move(time.Hour)
	b = c.check(b.ID, payment.AttemptExpired)
	require.True(t, b.Final)
	c.is("o2", payment.Open)
}

// TestLeftAlone: a gateway that asks for time gets it.
func TestLeftAlone(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	c.acquirer.refuse["create"] = []error{&payment.GatewayError{Class: payment.Throttled, RetryAfter: 10 * time.Minute}}
	a := c.start("o1", payment.AttemptUnknown)
	c.run(9 * time.Minute)
	c.check(a.ID, payment.AttemptUnknown)
	require.Equal(t, 1, c.acquirer.count("create"))
	c.run(2 * time.Minute)
	c.check(a.ID, payment.AttemptPending)
}

// TestNotFoundWhileItLands: what a question did not find may have landed before the answer came, so a slow answer ends nothing.
func TestNotFoundWhileItLands(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	c.acquirer.refuse["create"] = []error{errLost}
	a := c.start("o1", payment.AttemptUnknown)
	c.clock.move(89 * time.Second)
	c.acquirer.before = func(name string) {
		if name == "query" {
			c.clock.move(9 * time.Second)
		}
	}
	c.check(a.ID, payment.AttemptUnknown)
	require.Equal(t, 1, c.acquirer.count("create"), "asked while the first sending was under way")
}
