package sdk

import (
	"context"

	"google.golang.org/grpc"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/gatewaywire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// Gateway is a payment gateway that can be served. It is served with the optional abilities of package payment that its type has; those that
// Describe has words for are asked for only when it declares them.
//
// Describe answers before Configure too, and may then leave out what depends on the configuration, as the hosts to which payers are sent. The
// host reads it after Configure, once.
type Gateway interface {
	payment.Gateway
	// Configure takes the configuration, a JSON document, before any other call but Describe. Everything that is wrong with it is told at once
	// by [Problems]; no text repeats a secret. It sends nothing to the company.
	Configure(ctx context.Context, config []byte) error
}

// NewGateway makes a Plugin of a gateway.
func NewGateway(a About, g Gateway) Plugin {
	return Plugin{
		kind: basev1.Kind_KIND_GATEWAY, about: a, impl: g, configure: g.Configure,
		register: func(s grpc.ServiceRegistrar) { gatewayv1.RegisterGatewayServiceServer(s, gatewaywire.Server(g)) },
		early:    []string{gatewayv1.GatewayService_Describe_FullMethodName},
	}
}

// ServeGateway is the whole main of a gateway's program: it serves the host that started the process and ends the process with the host.
func ServeGateway(a About, g Gateway) { serve(NewGateway(a, g)) }
