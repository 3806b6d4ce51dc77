//go:build unix

package host_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/attribute"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"courts.example/eservices/plugins/host"
)

func TestCallsAreSpansAndMetrics(t *testing.T) {
	spans := tracetest.NewSpanRecorder()
	reader := sdkmetric.NewManualReader()
	r := newRigOf(t, host.Options{
		Manifest: host.Manifest{Plugins: []host.Plugin{configured(`{"secret":"` + secret + `"}`)}}, Dir: built.dir,
		TracerProvider: sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(spans)),
		MeterProvider:  sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader)),
	})
	require.Equal(t, "well", r.ask("echo:well"))
	_, err := query(r.ctx(), r.conn(), "fail:3")
	require.Error(t, err)
	_, err = read(r.ctx(), r.conn(), "5")
	require.NoError(t, err)
	_, err = query(r.ctx(), r.conn(), "kill:")
	require.ErrorIs(t, err, host.ErrDied)

	ended := spans.Ended()
	require.Len(t, ended, 4)
	for _, s := range ended {
		require.Contains(t, s.Attributes(), attribute.String("icms.plugin.name", "echo"))
		require.Contains(t, s.Attributes(), attribute.String("icms.plugin.version", "1.0.0"))
		require.NotContains(t, s.Status().Description, secret)
	}
	require.Equal(t, "icms.plugin.gateway.v1.GatewayService/Query", ended[0].Name())
	require.Contains(t, ended[1].Attributes(), attribute.Int("rpc.grpc.status_code", 3))

	eventually(t, "the death is counted", func() bool { return count[int64](t, reader, "icms.plugin.deaths") == 1 })
	require.EqualValues(t, 0, count[int64](t, reader, "icms.plugin.calls"), "none runs")
	require.EqualValues(t, 4, observations(t, reader, "icms.plugin.call.duration"))
	require.EqualValues(t, 1, observations(t, reader, "icms.plugin.start.duration"))
}

// collected gives the data of one metric.
func collected(t *testing.T, reader sdkmetric.Reader, name string) metricdata.Aggregation {
	t.Helper()
	var all metricdata.ResourceMetrics
	require.NoError(t, reader.Collect(context.Background(), &all))
	for _, scope := range all.ScopeMetrics {
		for _, m := range scope.Metrics {
			if m.Name == name {
				return m.Data
			}
		}
	}
	return nil
}

func count[N int64 | float64](t *testing.T, reader sdkmetric.Reader, name string) (sum N) {
	t.Helper()
	if data, ok := collected(t, reader, name).(metricdata.Sum[N]); ok {
		for _, p := range data.DataPoints {
			sum += p.Value
		}
	}
	return sum
}

func observations(t *testing.T, reader sdkmetric.Reader, name string) (n uint64) {
	t.Helper()
	data, ok := collected(t, reader, name).(metricdata.Histogram[float64])
	require.True(t, ok)
	for _, p := range data.DataPoints {
		n += p.Count
		set, _ := p.Attributes.Value("icms.plugin.name")
		require.Equal(t, "echo", set.AsString())
	}
	return n
}
