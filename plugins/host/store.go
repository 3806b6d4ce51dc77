package host

import (
	"context"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/storewire"
)

// Store gives a plugin of kind store, started. The value stays good when the process dies: the next call starts another, and a change whose outcome
// is unknown is applied again with the same id. An error is an *Error.
func (h *Host) Store(ctx context.Context, name string) (store.Store, error) {
	s, err := h.open(ctx, name, Store)
	if err != nil {
		return nil, err
	}
	return storewire.Client(s), nil
}
