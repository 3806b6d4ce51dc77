package host

import (
	"context"

	"courts.example/eservices/icms"
	"courts.example/eservices/plugins/internal/courtwire"
)

// Court gives a plugin of kind court: its tables, read and proven once, and its hooks, each of whose calls goes to the process that runs then.
// An error is an *Error.
func (h *Host) Court(ctx context.Context, name string) (icms.Court, error) {
	s, err := h.open(ctx, name, Court)
	if err != nil {
		return icms.Court{}, err
	}
	c, err := courtwire.Client(ctx, s)
	if err != nil {
		return icms.Court{}, s.unusable("read the tables", err)
	}
	return c, nil
}
