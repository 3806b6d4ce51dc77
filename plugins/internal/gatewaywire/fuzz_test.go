package gatewaywire_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/gatewaywire"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// sameMoney makes sure that payments are as the wire says, one by one.
func sameMoney(t *testing.T, got []payment.GatewayPayment, sent []*gatewayv1.Payment) {
	require.Len(t, got, len(sent))
	for i, p := range got {
		require.Equal(t, sent[i].GetAmount().GetMinor(), p.Amount.Minor())
		require.Equal(t, sent[i].GetAmount().GetCurrency(), p.Amount.Currency().Code())
		require.Equal(t, sent[i].GetId(), p.ID)
	}
}

// ended are the states at which nobody looks any more, with their numbers.
func ended() map[payment.AttemptState]gatewayv1.AttemptState {
	return map[payment.AttemptState]gatewayv1.AttemptState{
		payment.AttemptSucceeded: gatewayv1.AttemptState_ATTEMPT_STATE_SUCCEEDED, payment.AttemptFailed: gatewayv1.AttemptState_ATTEMPT_STATE_FAILED,
		payment.AttemptCancelled: gatewayv1.AttemptState_ATTEMPT_STATE_CANCELLED, payment.AttemptExpired: gatewayv1.AttemptState_ATTEMPT_STATE_EXPIRED,
	}
}

func sameSnapshot(t *testing.T, got payment.QueryReply, sent *gatewayv1.Snapshot) {
	if n, over := ended()[got.State]; over {
		require.Equal(t, n, sent.GetState())
	}
	require.Contains(t, append(words()[reflect.TypeOf(got.State)], ""), string(got.State))
	if got.Final {
		require.True(t, sent.GetFinal())
		require.NotZero(t, sent.GetState())
	}
	require.Equal(t, sent.GetFound(), got.Found)
	sameMoney(t, got.Payments, sent.GetPayments())
	for i, r := range got.Refunds {
		require.Equal(t, sent.GetRefunds()[i].GetAmount().GetMinor(), r.Amount.Minor())
		require.Equal(t, r.State == payment.OperationSucceeded, sent.GetRefunds()[i].GetState() == gatewayv1.OperationState_OPERATION_STATE_SUCCEEDED)
		require.Equal(t, r.State == payment.OperationFailed, sent.GetRefunds()[i].GetState() == gatewayv1.OperationState_OPERATION_STATE_FAILED)
	}
}

// definite are the classes that say that nothing happened, or that it is settled.
func definite(c payment.ErrorClass) bool { return c != "" && c != payment.Unknown }

// FuzzAnswers: whatever a plugin answers, no amount is other than it said, nothing is at an end that it did not say, and an error that says
// what happened is one that it sent.
func FuzzAnswers(f *testing.F) {
	for _, m := range []proto.Message{
		&gatewayv1.QueryResponse{Snapshot: &gatewayv1.Snapshot{
			Found: true, State: gatewayv1.AttemptState_ATTEMPT_STATE_SUCCEEDED, GatewayRef: "g", Final: true,
			Payments: []*gatewayv1.Payment{{Id: "p", Amount: money1(14000, "HKD"), PaidAt: timestamppb.New(noon)}},
			Refunds:  []*gatewayv1.Refund{{Id: "r", Amount: money1(1, "JPY"), State: 3}},
			Disputes: []*gatewayv1.Dispute{{Id: "d", Amount: money1(1, "KWD"), State: 2}},
		}},
		&gatewayv1.CreateResponse{State: 2, GatewayRef: "g", Next: &gatewayv1.NextAction{Flow: 1, Url: "https://pay.example"}},
		&gatewayv1.CreateResponse{Error: &gatewayv1.GatewayError{Class: 5, Decline: 1, Code: "51"}},
		&gatewayv1.NotificationResponse{Verified: true, Events: []*gatewayv1.Event{{Id: "e", Snapshot: &gatewayv1.Snapshot{Found: true, State: 6}}}},
		&gatewayv1.RefundResponse{Operation: &gatewayv1.Operation{State: 3, Amount: money1(5, "HKD")}},
		&gatewayv1.SettlementResponse{Lines: []*gatewayv1.SettlementLine{{Id: "l", Kind: 1, Gross: money1(5, "HKD"), Fee: money1(1, "HKD"), Net: money1(4, "HKD")}}},
	} {
		text, err := proto.Marshal(m)
		require.NoError(f, err)
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		g := gatewaywire.Client(answering{text: text})
		ctx := t.Context()
		var query gatewayv1.QueryResponse
		if q, err := g.Query(ctx, payment.QueryRequest{}); err == nil {
			require.NoError(t, proto.Unmarshal(text, &query))
			sameSnapshot(t, q, query.GetSnapshot())
		}
		var create gatewayv1.CreateResponse
		a, err := g.Create(ctx, payment.CreateRequest{})
		readable := proto.Unmarshal(text, &create) == nil
		if err == nil {
			require.True(t, readable)
			if n, over := ended()[a.State]; over {
				require.Equal(t, n, create.GetState())
			}
			sameMoney(t, a.Payments, create.GetPayments())
		} else if definite(payment.ClassOf(err)) {
			require.Equal(t, payment.ClassOf(err), classOf(create.GetError().GetClass()))
		}
		var note gatewayv1.NotificationResponse
		if n, err := g.Notification(ctx, payment.Message{}); err == nil {
			require.NoError(t, proto.Unmarshal(text, &note))
			require.True(t, n.Verified || len(n.Events) == 0)
			for i, e := range n.Events {
				sameSnapshot(t, e.Snapshot, note.GetEvents()[i].GetSnapshot())
			}
		}
		var refund gatewayv1.RefundResponse
		if o, err := g.Refund(ctx, payment.RefundRequest{}); err == nil {
			require.NoError(t, proto.Unmarshal(text, &refund))
			require.Equal(t, refund.GetOperation().GetAmount().GetMinor(), o.Amount.Minor())
			require.Equal(t, o.State == payment.OperationSucceeded, refund.GetOperation().GetState() == gatewayv1.OperationState_OPERATION_STATE_SUCCEEDED)
		}
		var day gatewayv1.SettlementResponse
		if lines, err := g.Settlement(ctx, payment.SettlementDay{}); err == nil {
			require.NoError(t, proto.Unmarshal(text, &day))
			require.Len(t, lines, len(day.GetLines()))
			for i, l := range lines {
				require.Equal(t, day.GetLines()[i].GetNet().GetMinor(), l.Net.Minor())
				require.Equal(t, day.GetLines()[i].GetNet().GetCurrency() == "", l.Net.Currency().IsZero())
			}
		}
	})
}

// FuzzRequests: whatever a host asks, a gateway sees the amounts that were sent, or is not asked.
func FuzzRequests(f *testing.F) {
	for _, m := range []proto.Message{
		&gatewayv1.CreateRequest{Reference: "A-1", Key: "k", Amount: money1(5, "HKD"), Flow: 1, ExpiresAt: timestamppb.New(noon)},
		&gatewayv1.CaptureRequest{Reference: "A-1", Key: "k", Amount: money1(5, "HKD")},
		&gatewayv1.RefundRequest{Reference: "R-1", Key: "k", Amount: money1(5, "HKD"), Refundable: money1(6, "HKD")},
	} {
		text, err := proto.Marshal(m)
		require.NoError(f, err)
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s := &said{}
		server := gatewaywire.Server(s)
		var create gatewayv1.CreateRequest
		if proto.Unmarshal(text, &create) == nil {
			_, err := server.Create(t.Context(), &create)
			require.NoError(t, err)
			if r, asked := s.asked.(payment.CreateRequest); asked {
				require.Equal(t, create.GetAmount().GetMinor(), r.Amount.Minor())
				require.Equal(t, create.GetAmount() == nil, r.Amount.Currency().IsZero())
				require.Equal(t, create.GetFlow() == 0, r.Flow == "")
			}
		}
		var capture gatewayv1.CaptureRequest
		if proto.Unmarshal(text, &capture) == nil {
			_, err := server.Capture(t.Context(), &capture)
			require.NoError(t, err)
			if r, asked := s.asked.(payment.OperationRequest); asked {
				require.Equal(t, capture.GetAmount() == nil, r.Amount.Currency().IsZero(), "what was not asked to be all is not all")
				require.Equal(t, capture.GetAmount().GetMinor(), r.Amount.Minor())
			}
		}
	})
}

// classOf is the table of the contract, written anew.
func classOf(c gatewayv1.ErrorClass) payment.ErrorClass {
	list := []payment.ErrorClass{
		"", payment.Invalid, payment.Config, payment.Unavailable, payment.Throttled, payment.Declined, payment.Conflict, payment.NotAllowed, payment.Unknown,
	}
	if i := int(c); i > 0 && i < len(list) {
		return list[i]
	}
	return payment.Unknown
}
