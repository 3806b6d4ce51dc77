package host

import (
	"context"

	"google.golang.org/grpc"
)

// Conn gives the supervised connection itself.
func (h *Host) Conn(ctx context.Context, name string, kind Kind) (grpc.ClientConnInterface, error) {
	s, err := h.open(ctx, name, kind)
	if err != nil {
		return nil, err
	}
	return s, nil
}
