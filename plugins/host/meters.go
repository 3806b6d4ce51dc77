package host

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	otelcodes "go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc/status"
)

// scope names the library in spans and metrics.
const scope = "courts.example/eservices/plugins/host"

// instruments are what a host counts and measures:
//
//	icms.plugin.call.duration   seconds of a call, by plugin, rpc.method and rpc.grpc.status_code
//	icms.plugin.start.duration  seconds of a start, by plugin and outcome (ok, failed)
//	icms.plugin.deaths          ends that nobody asked for, by plugin
//	icms.plugin.calls           calls that run or wait, by plugin
type instruments struct {
	tracer trace.Tracer
	calls  metric.Float64Histogram
	starts metric.Float64Histogram
	deaths metric.Int64Counter
	active metric.Int64UpDownCounter
}

func newInstruments(tp trace.TracerProvider, mp metric.MeterProvider) (*instruments, error) {
	m := mp.Meter(scope)
	i := &instruments{tracer: tp.Tracer(scope)}
	var errs [4]error
	i.calls, errs[0] = m.Float64Histogram("icms.plugin.call.duration", metric.WithUnit("s"),
		metric.WithDescription("How long calls of plugins take"))
	i.starts, errs[1] = m.Float64Histogram("icms.plugin.start.duration", metric.WithUnit("s"),
		metric.WithDescription("How long starts of plugins take"))
	i.deaths, errs[2] = m.Int64Counter("icms.plugin.deaths", metric.WithDescription("Ends of plugins that nobody asked for"))
	i.active, errs[3] = m.Int64UpDownCounter("icms.plugin.calls", metric.WithDescription("Calls of plugins that run or wait"))
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return i, nil
}

// meters are the instruments with the names of one plugin.
type meters struct {
	*instruments
	plugin []attribute.KeyValue
	set    metric.MeasurementOption
}

func (i *instruments) of(p Plugin) *meters {
	names := []attribute.KeyValue{
		attribute.String("icms.plugin.name", p.Name), attribute.String("icms.plugin.version", p.Version), attribute.String("icms.plugin.kind", string(p.Kind)),
	}
	return &meters{instruments: i, plugin: names, set: metric.WithAttributeSet(attribute.NewSet(names...))}
}

// call begins the span of a call, and gives what ends it.
func (m *meters) call(ctx context.Context, method string) (context.Context, func(error)) {
	began := time.Now()
	name := method[min(1, len(method)):]
	ctx, span := m.tracer.Start(ctx, name, trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(m.plugin...))
	m.active.Add(ctx, 1, m.set)
	return ctx, func(err error) {
		m.active.Add(ctx, -1, m.set)
		code := status.Code(err)
		if m.calls.Enabled(ctx) {
			m.calls.Record(ctx, time.Since(began).Seconds(), m.set,
				metric.WithAttributes(attribute.String("rpc.method", name), attribute.Int("rpc.grpc.status_code", int(code))))
		}
		if err != nil && span.IsRecording() {
			span.SetAttributes(attribute.Int("rpc.grpc.status_code", int(code)))
			span.SetStatus(otelcodes.Error, err.Error())
		}
		span.End()
	}
}

// start measures a start.
func (m *meters) start(took time.Duration, err error) {
	outcome := "ok"
	if err != nil {
		outcome = "failed"
	}
	m.starts.Record(context.Background(), took.Seconds(), m.set, metric.WithAttributes(attribute.String("outcome", outcome)))
}

// died counts a death.
func (m *meters) died() { m.deaths.Add(context.Background(), 1, m.set) }
