package gatewaywire_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// carried makes sure that whatever is asked and answered comes out at the other end as it went in.
func carried[R, A any](t *testing.T, call func(g payment.Gateway, r R) (A, error), mend func(r *R, a *A)) {
	t.Helper()
	s := &said{}
	g := over(t, s)
	rapid.Check(t, func(rt *rapid.T) {
		r, want := filled[R](rt), filled[A](rt)
		if mend != nil {
			mend(&r, &want)
		}
		s.reply, s.err = want, nil
		got, err := call(g, r)
		require.NoError(rt, err)
		require.Equal(rt, r, s.asked)
		require.Equal(rt, want, got)
	})
}

func TestEveryFieldIsCarried(t *testing.T) {
	ctx := t.Context()
	t.Run("Create", func(t *testing.T) {
		carried(t, func(g payment.Gateway, r payment.CreateRequest) (payment.AttemptReply, error) {
			return g.Create(ctx, r)
		}, nil)
	})
	t.Run("Query", func(t *testing.T) {
		carried(t, func(g payment.Gateway, r payment.QueryRequest) (payment.QueryReply, error) { return g.Query(ctx, r) }, nil)
	})
	t.Run("Notification", func(t *testing.T) {
		carried(t, func(g payment.Gateway, m payment.Message) (payment.NotificationReply, error) {
			return g.Notification(ctx, m)
		},
			func(_ *payment.Message, n *payment.NotificationReply) { n.Verified = true })
	})
	t.Run("Cancel", func(t *testing.T) {
		carried(t, func(g payment.Gateway, r payment.OperationRequest) (payment.OperationReply, error) {
			return g.(payment.Canceller).Cancel(ctx, r)
		}, func(r *payment.OperationRequest, _ *payment.OperationReply) { r.Amount = money.Amount{} }) // a cancellation has none
	})
	t.Run("Capture", func(t *testing.T) {
		carried(t, func(g payment.Gateway, r payment.OperationRequest) (payment.OperationReply, error) {
			return g.(payment.Capturer).Capture(ctx, r)
		}, nil)
	})
	t.Run("Refund", func(t *testing.T) {
		carried(t, func(g payment.Gateway, r payment.RefundRequest) (payment.OperationReply, error) {
			return g.(payment.Refunder).Refund(ctx, r)
		}, nil)
	})
	t.Run("QueryRefund", func(t *testing.T) {
		carried(t, func(g payment.Gateway, r payment.QueryRefundRequest) (payment.OperationReply, error) {
			return g.(payment.Refunder).QueryRefund(ctx, r)
		}, nil)
	})
	t.Run("Settlement", func(t *testing.T) {
		carried(t, func(g payment.Gateway, d payment.SettlementDay) ([]payment.SettlementLine, error) {
			return g.(payment.Settler).Settlement(ctx, d)
		}, nil)
	})
	t.Run("Return", func(t *testing.T) {
		carried(t, func(g payment.Gateway, m payment.Message) (payment.ReturnReply, error) {
			return g.(payment.Returner).Return(ctx, m)
		}, nil)
	})
	t.Run("Health", func(t *testing.T) {
		s := &said{}
		g := over(t, s)
		rapid.Check(t, func(rt *rapid.T) {
			want := filled[payment.Health](rt)
			if rapid.Bool().Draw(rt, "behind") {
				want.Skew = -want.Skew
			}
			s.reply = want
			got, err := g.Health(ctx)
			require.NoError(rt, err)
			require.Equal(rt, want, got)
		})
	})
}

func TestCapabilitiesAreCarried(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := &said{caps: filled[payment.Capabilities](rt)}
		require.Equal(rt, s.caps, over(t, s).Describe())
	})
}

func TestErrorsAreCarried(t *testing.T) {
	s := &said{}
	g := over(t, s)
	rapid.Check(t, func(rt *rapid.T) {
		want := filled[payment.GatewayError](rt)
		s.err = &want
		_, err := g.Create(t.Context(), payment.CreateRequest{})
		require.Equal(rt, &want, err)
	})
}

// What lies beneath an error is told, for it can't come along; card numbers are not.
func TestErrorsTellTheirCauseButNoCard(t *testing.T) {
	s := &said{err: &payment.GatewayError{
		Class: payment.Unknown, Code: "4111111111111111", Detail: "no answer", Cause: errors.New("card 4111 1111 1111 1111 was refused"), Sent: true,
	}}
	g := over(t, s)
	_, err := g.Query(t.Context(), payment.QueryRequest{})
	require.ErrorContains(t, err, "no answer (card")
	require.NotContains(t, err.Error(), "1111")
	s.err = errors.New("the adapter's own words")
	_, err = g.Refund(t.Context(), payment.RefundRequest{})
	require.Equal(t, &payment.GatewayError{Class: payment.Unknown, Sent: true, Detail: "the adapter's own words"}, err)
}

// Nothing stays nothing: no zero value becomes something.
func TestNothingStaysNothing(t *testing.T) {
	s := &said{}
	g := over(t, s)
	a, err := g.Create(t.Context(), payment.CreateRequest{})
	require.NoError(t, err)
	require.Equal(t, payment.CreateRequest{}, s.asked)
	require.Equal(t, payment.AttemptReply{State: payment.AttemptUnknown}, a, "a state that is not said is unknown")
	q, err := g.Query(t.Context(), payment.QueryRequest{})
	require.NoError(t, err)
	require.Equal(t, payment.QueryReply{}, q)
	o, err := g.Capture(t.Context(), payment.OperationRequest{})
	require.NoError(t, err)
	require.Equal(t, payment.OperationRequest{}, s.asked)
	require.Equal(t, payment.OperationReply{State: payment.OperationUnknown}, o)
	n, err := g.Notification(t.Context(), payment.Message{})
	require.NoError(t, err)
	require.Equal(t, payment.Message{}, s.asked)
	require.Equal(t, payment.NotificationReply{}, n)
	r, err := g.Return(t.Context(), payment.Message{})
	require.NoError(t, err)
	require.Equal(t, payment.ReturnReply{}, r)
	lines, err := g.Settlement(t.Context(), payment.SettlementDay{})
	require.NoError(t, err)
	require.Empty(t, lines)
	require.Zero(t, g.Describe())
}

// A day of many lines comes in many messages, whole and in order.
func TestLongSettlement(t *testing.T) {
	want := make([]payment.SettlementLine, 12_345)
	for i := range want {
		want[i] = payment.SettlementLine{ID: time.Duration(i).String(), Kind: payment.SettledPayment, Gross: hkd(int64(i)), Net: hkd(int64(i)), ValueDate: "2031-05-06"}
	}
	got, err := over(t, &said{reply: want}).Settlement(t.Context(), payment.SettlementDay{Date: "2031-05-06"})
	require.NoError(t, err)
	require.Equal(t, want, got)
}
