package host

import (
	"context"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/gatewaywire"
)

// Gateway gives a plugin of kind gateway, started and described. The value stays good when the process dies: the next call starts another. An
// error is an *Error.
func (h *Host) Gateway(ctx context.Context, name string) (payment.Gateway, error) {
	s, err := h.open(ctx, name, Gateway)
	if err != nil {
		return nil, err
	}
	g, err := gatewaywire.Load(ctx, s)
	if err != nil {
		return nil, s.unusable("describe", err)
	}
	return g, nil
}
