package gatewaywire_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/gatewaywire"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// settling gives one message of lines so many times.
type settling struct {
	gatewayv1.UnimplementedGatewayServiceServer
	message *gatewayv1.SettlementResponse
	times   int
}

func (s settling) Settlement(_ *gatewayv1.SettlementRequest, to grpc.ServerStreamingServer[gatewayv1.SettlementResponse]) error {
	for range s.times {
		if err := to.Send(s.message); err != nil {
			return err
		}
	}
	return nil
}

// lines are n lines with so much text each.
func lines(n, text int) *gatewayv1.SettlementResponse {
	all := make([]*gatewayv1.SettlementLine, n)
	for i := range all {
		all[i] = &gatewayv1.SettlementLine{Id: strings.Repeat("i", text), Kind: gatewayv1.SettlementKind_SETTLEMENT_KIND_PAYMENT}
	}
	return &gatewayv1.SettlementResponse{Lines: all}
}

// A day is bounded by what it takes in the host's memory: few lines of much text, and many of hardly any.
func TestADayOfSettlementIsBoundedInBytes(t *testing.T) {
	for name, s := range map[string]settling{
		"few lines of much text":      {message: lines(1, 3<<20), times: 30},
		"many lines of hardly a text": {message: lines(50_000, 1), times: 10},
	} {
		_, err := gatewaywire.Client(connect(t, s)).Settlement(t.Context(), payment.SettlementDay{Date: "2031-05-06"})
		unknown(t, err, "more than 67108864 bytes")
		require.ErrorContains(t, err, "lines[", name)
	}
	got, err := gatewaywire.Client(connect(t, settling{message: lines(10_000, 100), times: 20})).
		Settlement(t.Context(), payment.SettlementDay{Date: "2031-05-06"})
	require.NoError(t, err)
	require.Len(t, got, 200_000)
}
