package gatewaywire

import (
	"context"
	"sync"
	"time"

	"google.golang.org/grpc"

	"courts.example/eservices/payment"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// describeWithin bounds the question that Describe asks when nobody has called Load.
const describeWithin = 5 * time.Second

// Gateway is a payment.Gateway at the other end of a connection. It has every optional ability; what the plugin does not serve is an error of
// class Invalid where that is known, and Unknown otherwise. It is safe for concurrent use.
type Gateway struct {
	plain
	returner
	prober
}

// Client gives the gateway that a connection's other end serves. It sends nothing.
func Client(conn grpc.ClientConnInterface) *Gateway {
	c := &client{wire: gatewayv1.NewGatewayServiceClient(conn)}
	return &Gateway{plain{c}, returner{c}, prober{c}}
}

// Load asks the plugin to describe itself, unless it has answered before, and keeps what it says. Its error is a *payment.GatewayError.
func (g *Gateway) Load(ctx context.Context) error {
	_, err := g.plain.c.load(ctx)
	return err
}

// Load gives the gateway that a connection's other end serves, described, as a value that is a payment.Returner and a payment.Prober exactly
// when the plugin is one: nobody can tell it from a gateway in process. Its error is a *payment.GatewayError.
func Load(ctx context.Context, conn grpc.ClientConnInterface) (payment.Gateway, error) {
	c := &client{wire: gatewayv1.NewGatewayServiceClient(conn)}
	d, err := c.load(ctx)
	switch {
	case err != nil:
		return nil, err
	case d.returns && d.probe:
		return &Gateway{plain{c}, returner{c}, prober{c}}, nil
	case d.returns:
		return &struct {
			plain
			returner
		}{plain{c}, returner{c}}, nil
	case d.probe:
		return &struct {
			plain
			prober
		}{plain{c}, prober{c}}, nil
	}
	return &plain{c}, nil
}

// client is what the abilities share.
type client struct {
	wire gatewayv1.GatewayServiceClient

	mu   sync.Mutex
	says *described
}

func (c *client) load(ctx context.Context) (described, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.says != nil {
		return *c.says, nil
	}
	m, err := c.wire.Describe(ctx, &gatewayv1.DescribeRequest{})
	if err != nil {
		return described{}, callFailed(err)
	}
	d, err := describeFrom(m)
	if err != nil {
		return described{}, unreadable(err)
	}
	c.says = &d
	return d, nil
}

// answer is a response that may hold an error.
type answer interface {
	GetError() *gatewayv1.GatewayError
}

// failed is the error of a call that gave no answer.
func failed(a answer, err error) error {
	switch a.(type) {
	case *gatewayv1.CreateResponse, *gatewayv1.QueryResponse, *gatewayv1.NotificationResponse:
		return callFailed(err)
	}
	return unserved(err) // what a plugin need not serve
}

// ask makes one call: what is written by to is sent once, and the answer read by from. Every error is a *payment.GatewayError.
func ask[M any, A answer, R any](
	ctx context.Context, m M, cannot error, call func(context.Context, M, ...grpc.CallOption) (A, error), from func(A) (R, error),
) (R, error) {
	var none R
	if cannot != nil {
		return none, unsendable(cannot)
	}
	if err := ctx.Err(); err != nil {
		return none, &payment.GatewayError{Class: payment.Unavailable, Detail: "the call was over before it began", Cause: err}
	}
	a, err := call(ctx, m)
	if err != nil {
		return none, failed(a, err)
	}
	if e := a.GetError(); e != nil {
		return none, errorFrom(e)
	}
	r, err := from(a)
	if err != nil {
		return none, unreadable(err)
	}
	return r, nil
}
