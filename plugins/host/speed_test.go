//go:build unix

package host_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	"courts.example/eservices/plugins/host"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// create makes one call that echoes its reference.
func create(c grpc.ClientConnInterface, reference string) error {
	_, err := gatewayv1.NewGatewayServiceClient(c).Create(context.Background(), &gatewayv1.CreateRequest{
		Reference: reference, Key: "0198c2f4-6f1c-7d40-9a52-000000000001", Amount: &gatewayv1.Money{Minor: 105000, Currency: "HKD"}, Means: "card",
	})
	return err
}

// The promise: a call through the host takes at most 1.15 times one of bare go-plugin with the same payload, or 25 us more. The calls alternate, so
// that whatever else the machine does meets both.
func TestACallCostsLittleMoreThanABareOne(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	b := startBare(t)
	conn := newRig(t, host.Limits{}, echo()).conn()
	for name, payload := range map[string]string{"small": "AB12", "4 KiB": strings.Repeat("x", 4<<10)} {
		var with, without time.Duration
		near := false
		for try := 0; try < 3 && !near; try++ {
			with, without = medians(t, 4000, func() error { return create(conn, payload) }, func() error { return create(b.conn, payload) })
			near = float64(with) <= 1.15*float64(without) || with-without <= 25*time.Microsecond
		}
		require.True(t, near, "%s: %v through the host, %v bare", name, with, without)
		t.Logf("%s: %v through the host, %v bare: x%.3f, %+v", name, with, without, float64(with)/float64(without), with-without)
	}
}

// medians calls both in turn and gives the medians.
func medians(t *testing.T, n int, a, b func() error) (time.Duration, time.Duration) {
	t.Helper()
	timed := func(f func() error) time.Duration {
		began := time.Now()
		require.NoError(t, f())
		return time.Since(began)
	}
	var as, bs []time.Duration
	for i := range n {
		if i%2 == 0 {
			as, bs = append(as, timed(a)), append(bs, timed(b))
		} else {
			bs, as = append(bs, timed(b)), append(as, timed(a))
		}
	}
	slices.Sort(as)
	slices.Sort(bs)
	return as[n/2], bs[n/2]
}

func BenchmarkCallHost(b *testing.B) {
	h, err := host.New(host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{echo()}}, Dir: built.dir})
	require.NoError(b, err)
	defer func() { _ = h.Close(context.Background()) }()
	conn, err := h.Conn(context.Background(), "echo", host.Gateway)
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		require.NoError(b, create(conn, "AB12"))
	}
}

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		h, err := host.New(host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{echo()}}, Dir: built.dir})
		require.NoError(b, err)
		_, err = h.Conn(context.Background(), "echo", host.Gateway)
		require.NoError(b, err)
		require.NoError(b, h.Close(context.Background()))
	}
}
