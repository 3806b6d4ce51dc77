package gatewaywire

import (
	"context"
	"errors"
	"io"
	"net/http"

	"courts.example/eservices/payment"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// plain has all abilities that a gateway declares in its capabilities.
type plain struct{ c *client }

// Describe gives what the plugin said of itself when it was loaded. When it was not, it is asked now; while it gives no answer, nothing is
// declared.
func (p plain) Describe() payment.Capabilities {
	ctx, cancel := context.WithTimeout(context.Background(), describeWithin)
	defer cancel()
	d, err := p.c.load(ctx)
	if err != nil {
		return payment.Capabilities{}
	}
	return d.Capabilities
}

// Create starts an attempt.
func (p plain) Create(ctx context.Context, r payment.CreateRequest) (payment.AttemptReply, error) {
	m, err := createTo(r)
	return ask(ctx, m, err, p.c.wire.Create, attemptFrom)
}

// Query says all there is about an attempt.
func (p plain) Query(ctx context.Context, r payment.QueryRequest) (payment.QueryReply, error) {
	err := sendable(named{"reference", r.Reference}, named{"gateway_ref", r.GatewayRef})
	m := &gatewayv1.QueryRequest{Reference: r.Reference, GatewayRef: r.GatewayRef}
	return ask(ctx, m, err, p.c.wire.Query, func(a *gatewayv1.QueryResponse) (payment.QueryReply, error) { return snapshotFrom(a.GetSnapshot()) })
}

// Notification verifies a message and gives what it says. One that is too long to be carried is not verified.
func (p plain) Notification(ctx context.Context, m payment.Message) (payment.NotificationReply, error) {
	if len(m.Body) > maxCarried {
		return payment.NotificationReply{Reject: payment.RejectTooLarge, Ack: payment.Ack{Status: http.StatusRequestEntityTooLarge}}, nil
	}
	text, err := messageTo(m)
	return ask(ctx, &gatewayv1.NotificationRequest{Message: text}, err, p.c.wire.Notification, notificationFrom)
}

// Cancel ends an attempt that waits for the payer, or gives up an authorisation.
func (p plain) Cancel(ctx context.Context, r payment.OperationRequest) (payment.OperationReply, error) {
	m, err := cancelTo(r)
	return ask(ctx, m, err, p.c.wire.Cancel, operated)
}

// Capture takes money that is authorised.
func (p plain) Capture(ctx context.Context, r payment.OperationRequest) (payment.OperationReply, error) {
	m, err := captureTo(r)
	return ask(ctx, m, err, p.c.wire.Capture, operated)
}

// Refund gives money back to where it came from.
func (p plain) Refund(ctx context.Context, r payment.RefundRequest) (payment.OperationReply, error) {
	m, err := refundTo(r)
	return ask(ctx, m, err, p.c.wire.Refund, operated)
}

// QueryRefund asks about a refund.
func (p plain) QueryRefund(ctx context.Context, r payment.QueryRefundRequest) (payment.OperationReply, error) {
	err := sendable(named{"reference", r.Reference}, named{"gateway_ref", r.GatewayRef})
	m := &gatewayv1.QueryRefundRequest{Reference: r.Reference, GatewayRef: r.GatewayRef}
	return ask(ctx, m, err, p.c.wire.QueryRefund, operated)
}

// operated reads the answer to any operation.
func operated[A interface {
	GetOperation() *gatewayv1.Operation
}](a A) (payment.OperationReply, error) {
	return operationFrom(a.GetOperation())
}

// Settlement gives the lines of a settlement day: all, or an error.
func (p plain) Settlement(ctx context.Context, d payment.SettlementDay) ([]payment.SettlementLine, error) {
	if err := sendable(named{"date", d.Date}); err != nil {
		return nil, unsendable(err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // a stream that is not read to its end goes with its context
	stream, err := p.c.wire.Settlement(ctx, &gatewayv1.SettlementRequest{Date: d.Date})
	if err != nil {
		return nil, callFailed(err)
	}
	var lines []payment.SettlementLine
	var day dayTally
	for {
		part, err := stream.Recv()
		switch {
		case errors.Is(err, io.EOF):
			return lines, nil
		case err != nil:
			return nil, unserved(err)
		case part.GetError() != nil:
			return nil, errorFrom(part.GetError())
		}
		for i, m := range part.GetLines() {
			err := day.add(m)
			var l payment.SettlementLine
			if err == nil {
				l, err = lineFrom(m)
			}
			if err != nil {
				return nil, unreadable(inList("lines", i, err))
			}
			lines = append(lines, l)
		}
	}
}

// returner reads returning browsers.
type returner struct{ c *client }

// Return reads the references out of the request with which a payer's browser comes back.
func (r returner) Return(ctx context.Context, m payment.Message) (payment.ReturnReply, error) {
	if d, err := r.c.load(ctx); err != nil {
		return payment.ReturnReply{}, err
	} else if !d.returns {
		return payment.ReturnReply{}, &payment.GatewayError{Class: payment.Invalid, Detail: "the plugin reads no returning browsers"}
	}
	text, err := messageTo(m)
	return ask(ctx, &gatewayv1.ReturnRequest{Message: text}, err, r.c.wire.Return, func(a *gatewayv1.ReturnResponse) (payment.ReturnReply, error) {
		hint := payment.ReturnReply{Reference: a.GetReference(), State: wordOf(attemptStates(), a.GetState(), "")}
		if hint.State == "" && (hint.Reference != "" || a.GetState() != 0) {
			hint.State = payment.AttemptUnknown
		}
		return hint, nil
	})
}

// prober asks how the company does.
type prober struct{ c *client }

// Health says whether the company can be reached and the credentials are valid.
func (p prober) Health(ctx context.Context) (payment.Health, error) {
	if d, err := p.c.load(ctx); err != nil {
		return payment.Health{}, err
	} else if !d.probe {
		return payment.Health{}, &payment.GatewayError{Class: payment.Invalid, Detail: "the plugin does not say how its company does"}
	}
	return ask(ctx, &gatewayv1.ProbeRequest{}, nil, p.c.wire.Probe, func(a *gatewayv1.ProbeResponse) (payment.Health, error) {
		skew, err := skewFrom("skew", a.GetSkew())
		return payment.Health{OK: a.GetOk(), Live: a.GetLive(), Skew: skew, Detail: a.GetDetail()}, err
	})
}
