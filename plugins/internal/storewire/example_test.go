package storewire_test

import (
	"context"
	"errors"
	"fmt"

	"google.golang.org/grpc"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/storewire"
	"courts.example/eservices/plugins/internal/wire"
)

// unsent is a connection on which nothing leaves.
type unsent struct{}

func (unsent) Invoke(context.Context, string, any, any, ...grpc.CallOption) error {
	return fmt.Errorf("plugin records is not running: %w", wire.ErrNotSent)
}

func (unsent) NewStream(context.Context, *grpc.StreamDesc, string, ...grpc.CallOption) (grpc.ClientStream, error) {
	return nil, fmt.Errorf("plugin records is not running: %w", wire.ErrNotSent)
}

// A call that was never sent has done nothing: the store is busy, and may be asked again.
func ExampleClient() {
	_, err := storewire.Client(unsent{}).Get(context.Background(), "case", "SCT-1")
	fmt.Println(errors.Is(err, store.ErrBusy))
	// Output:
	// true
}
