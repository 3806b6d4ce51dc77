package payment_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
)

// TestEveryAttemptStateByReport writes the whole table out: what an attempt in a state becomes by a report.
func TestEveryAttemptStateByReport(t *testing.T) {
	const (
		un, pe, pr, au = payment.AttemptUnknown, payment.AttemptPending, payment.AttemptProcessing, payment.AttemptAuthorised
		su, fa, ca, ex = payment.AttemptSucceeded, payment.AttemptFailed, payment.AttemptCancelled, payment.AttemptExpired
	)
	reports := []payment.AttemptState{un, pe, pr, au, su, fa, ca, ex, "", "nonsense"}
	want := map[payment.AttemptState][]payment.AttemptState{
		un: {un, pe, pr, au, su, fa, ca, ex, un, un},
		pe: {pe, pe, pr, au, su, fa, ca, ex, pe, pe},
		pr: {pr, pe, pr, au, su, fa, ca, ex, pr, pr},
		au: {au, au, au, au, su, fa, ca, ex, au, au},
		su: {su, su, su, su, su, su, su, su, su, su},
		fa: {fa, fa, fa, fa, su, fa, fa, fa, fa, fa},
		ca: {ca, ca, ca, ca, su, ca, ca, ca, ca, ca},
		ex: {ex, ex, ex, ex, su, ex, ex, ex, ex, ex},
	}
	require.Len(t, want, len(payment.AttemptStates()))
	rows := 0
	for _, from := range payment.AttemptStates() {
		for i, reported := range reports {
			to, moved := from.Next(reported)
			require.Equal(t, want[from][i], to, "%s told %q", from, reported)
			if moved {
				rows++
			}
			if moved && from == to {
				t.Errorf("%s told %q moves to itself", from, reported)
			}
		}
	}
	require.Len(t, payment.AttemptTransitions(), rows, "every row is reached by one pair")
}

// TestEveryOperationStateByReport is the same for operations.
func TestEveryOperationStateByReport(t *testing.T) {
	const (
		un, pe, re = payment.OperationUnknown, payment.OperationPending, payment.OperationReview
		su, fa     = payment.OperationSucceeded, payment.OperationFailed
	)
	reports := []payment.OperationState{un, pe, re, su, fa, "", "nonsense"}
	want := map[payment.OperationState][]payment.OperationState{
		un: {un, pe, re, su, fa, un, un},
		pe: {pe, pe, re, su, fa, pe, pe},
		re: {re, re, re, su, fa, re, re},
		su: {su, su, su, su, fa, su, su},
		fa: {fa, fa, fa, fa, fa, fa, fa},
	}
	rows := 0
	for _, from := range payment.OperationStates() {
		for i, reported := range reports {
			to, moved := from.Next(reported)
			require.Equal(t, want[from][i], to, "%s told %q", from, reported)
			if moved {
				rows++
			}
		}
	}
	require.Len(t, payment.OperationTransitions(), rows)
}

// bring has an attempt come into a state through its gateway.
func (c counter) bring(order string, s payment.AttemptState) payment.Attempt {
	c.t.Helper()
	c.order(order)
	r := request(order)
	r.Authorise = s == payment.AttemptAuthorised
	if s == payment.AttemptUnknown {
		c.acquirer.lose["create"] = 1
		c.acquirer.lose["query"] = 1 // by the check that follows
	}
	a, err := c.Start(c.ctx, r)
	require.NoError(c.t, err)
	switch s {
	case payment.AttemptUnknown:
	case payment.AttemptSucceeded, payment.AttemptAuthorised:
		c.acquirer.pay(a.ID, cents(4200), c.clock.now())
	default:
		c.acquirer.set(a.ID, s, false)
	}
	return c.check(a.ID, s)
}

// TestEveryStateMeetsEveryReport brings an attempt into every state, has its gateway say every other one, with a payment or
// without, and sees the attempt follow the table, the order follow the money, and everything explained.
func TestEveryStateMeetsEveryReport(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	for _, from := range payment.AttemptStates() {
		for _, reported := range payment.AttemptStates() {
			for _, paid := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, told %s, paid %v", from, reported, paid), func(t *testing.T) {
					c := newCounter(t, nil)
					a := c.bring("o1", from)
					if paid && from != payment.AttemptSucceeded && from != payment.AttemptAuthorised {
						c.acquirer.pay(a.ID, cents(4200), c.clock.now())
					}
					for i := range c.acquirer.sessions[a.ID].payments {
						c.acquirer.sessions[a.ID].payments[i].Authorised = !paid && from == payment.AttemptAuthorised
					}
					c.acquirer.set(a.ID, reported, false)

					want, _ := from.Next(reported)
					proven := paid || from == payment.AttemptSucceeded
					switch {
					case proven:
						want = payment.AttemptSucceeded
					case reported == payment.AttemptSucceeded:
						want = from
					}
					a = c.check(a.ID, want)
					unproven := reported == payment.AttemptSucceeded && !proven
					require.Equal(t, unproven, a.Flagged(payment.FlagUnproven))
					require.Equal(t, paid && !from.Active() && from != payment.AttemptSucceeded, a.Flagged(payment.FlagLate))
					require.Equal(t, !want.Active(), !a.EndedAt.IsZero())
					switch {
					case proven:
						c.is("o1", payment.Paid)
					case want.Active():
						c.is("o1", payment.Paying)
					default:
						c.is("o1", payment.Open)
					}
					c.explained()
				})
			}
		}
	}
}

// TestPollsGrowRare counts the questions about an attempt that never moves.
func TestPollsGrowRare(t *testing.T) {
	c := newCounter(t, nil)
	c.order("o1")
	a := c.start("o1", payment.AttemptPending)
	var asked []time.Duration
	for c.clock.now().Before(monday.Add(80 * time.Hour)) {
		before := c.acquirer.count("query")
		_, err := c.Work(c.ctx)
		require.NoError(t, err)
		if c.acquirer.count("query") > before {
			asked = append(asked, c.clock.now().Sub(monday))
		}
		if c.clock.now().Sub(monday) < 31*time.Minute {
			c.clock.move(5 * time.Second)
		} else {
			c.clock.move(time.Minute - time.Duration(c.clock.now().Sub(monday)%time.Minute) + 5*time.Second)
		}
	}
	var want []time.Duration
	at := time.Duration(0)
	for _, wait := range []time.Duration{5 * time.Second, 15 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute} {
		at += wait
		want = append(want, at)
	}
	want = append(want, 30*time.Minute+5*time.Second) // the end of its session
	for at = want[len(want)-1]; at < 24*time.Hour+30*time.Minute; {
		at += time.Hour
		want = append(want, at)
	}
	want = append(want, at+24*time.Hour, at+48*time.Hour)
	require.Equal(t, want, asked)
	c.check(a.ID, payment.AttemptPending)
}
