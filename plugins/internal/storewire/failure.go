package storewire

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/wire"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// failed gives the error of a call its place. The context's own end is told by the context's error; a call that was never sent is
// store.ErrBusy.
func failed(ctx context.Context, doing string, err error) error {
	ended := ctx.Err()
	if _, limited := ctx.Deadline(); ended == nil && limited && status.Code(err) == codes.DeadlineExceeded {
		ended = context.DeadlineExceeded // the other end's clock was a little faster
	}
	switch {
	case ended != nil && !errors.Is(err, ended):
		return fmt.Errorf("store plugin: %s: %w: %w", doing, ended, err)
	case ended == nil && errors.Is(err, wire.ErrNotSent):
		return fmt.Errorf("store plugin: %s: %w: %w", doing, store.ErrBusy, err)
	}
	return fmt.Errorf("store plugin: %s: %w", doing, err)
}
