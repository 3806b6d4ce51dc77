//go:build unix

package host_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"courts.example/eservices/plugins/host"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// A plugin that repeats a secret in the words of a refusal does not give it away, whichever way the answer comes.
func TestASecretDoesNotStandInARefusal(t *testing.T) {
	r := newRig(t, host.Limits{}, configured(`{"secret":"`+secret+`"}`))
	want := &gatewayv1.GatewayError{Class: gatewayv1.ErrorClass_ERROR_CLASS_DECLINED,
		Code: "bad <config /secret>", Detail: "the key <config /secret> is unknown"}
	c := gatewayv1.NewGatewayServiceClient(r.conn())

	answer, err := c.Query(r.ctx(), &gatewayv1.QueryRequest{Reference: "refuse:"})
	require.NoError(t, err)
	require.True(t, proto.Equal(want, answer.GetError()), answer)

	stream, err := c.Settlement(r.ctx(), &gatewayv1.SettlementRequest{Date: "1:refuse"})
	require.NoError(t, err)
	_, err = stream.Recv()
	require.NoError(t, err)
	part, err := stream.Recv()
	require.NoError(t, err)
	require.True(t, proto.Equal(want, part.GetError()), part)

	probe, err := c.Probe(r.ctx(), &gatewayv1.ProbeRequest{})
	require.NoError(t, err)
	require.Equal(t, "signed in with <config /secret>", probe.GetDetail())
	require.NotContains(t, r.log.String(), secret)
}
