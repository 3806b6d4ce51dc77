package gatewaywire_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	"courts.example/eservices/payment"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// Every number of the contract has a word of the port and every word a number: a value that is added on one side only is seen here.
func TestEveryEnumIsWhole(t *testing.T) {
	for word, number := range map[reflect.Type]protoreflect.Enum{
		reflect.TypeFor[payment.Flow]():           gatewayv1.Flow(0),
		reflect.TypeFor[payment.Idempotency]():    gatewayv1.Idempotency(0),
		reflect.TypeFor[payment.ErrorClass]():     gatewayv1.ErrorClass(0),
		reflect.TypeFor[payment.Decline]():        gatewayv1.Decline(0),
		reflect.TypeFor[payment.AttemptState]():   gatewayv1.AttemptState(0),
		reflect.TypeFor[payment.OperationState](): gatewayv1.OperationState(0),
		reflect.TypeFor[payment.DisputeState]():   gatewayv1.DisputeState(0),
		reflect.TypeFor[payment.RejectReason]():   gatewayv1.RejectReason(0),
		reflect.TypeFor[payment.SettlementKind](): gatewayv1.SettlementKind(0),
	} {
		said := slices.DeleteFunc(slices.Clone(words()[word]), func(w string) bool { return w == "" })
		require.Equal(t, number.Descriptor().Values().Len()-1, len(said), "%s has words %q", word, said)
	}
}

// A word that the port does not know reaches the other end as not said.
func TestStrangeWordsAreNotSaid(t *testing.T) {
	s := &said{reply: payment.QueryReply{
		Found: true, State: "settled", Final: true, Decline: "bored", Next: payment.NextAction{Flow: "pigeon", URL: "https://pay.example"},
		Refunds:  []payment.GatewayRefund{{ID: "r", Amount: hkd(1), State: "half"}},
		Disputes: []payment.GatewayDispute{{ID: "d", Amount: hkd(1), State: "forgotten"}},
	}}
	g := over(t, s)
	q, err := g.Query(t.Context(), payment.QueryRequest{})
	require.NoError(t, err)
	require.Equal(t, payment.QueryReply{
		Found: true, State: payment.AttemptUnknown, Next: payment.NextAction{URL: "https://pay.example"},
		Refunds:  []payment.GatewayRefund{{ID: "r", Amount: hkd(1), State: payment.OperationUnknown}},
		Disputes: []payment.GatewayDispute{{ID: "d", Amount: hkd(1), State: payment.DisputeOpen}},
	}, q)
	s.err = &payment.GatewayError{Class: "weather"}
	_, err = g.Query(t.Context(), payment.QueryRequest{})
	unknown(t, err, "")
	s.err, s.reply = nil, []payment.SettlementLine{{ID: "l", Kind: "gift", Gross: hkd(1)}}
	_, err = g.Settlement(t.Context(), payment.SettlementDay{})
	unknown(t, err, "lines[0].kind")
}
