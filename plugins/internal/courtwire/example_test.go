package courtwire_test

import (
	"context"
	"errors"
	"fmt"

	"google.golang.org/grpc"

	"courts.example/eservices/plugins/internal/courtwire"
	"courts.example/eservices/plugins/internal/wire"
)

// unsent is a connection on which nothing leaves.
type unsent struct{ grpc.ClientConnInterface }

func (unsent) NewStream(context.Context, *grpc.StreamDesc, string, ...grpc.CallOption) (grpc.ClientStream, error) {
	return nil, fmt.Errorf("plugin ballymore is not running: %w", wire.ErrNotSent)
}

// A court whose tables can't be had is no court.
func ExampleClient() {
	_, err := courtwire.Client(context.Background(), unsent{})
	fmt.Println(errors.Is(err, wire.ErrNotSent), err)
	// Output:
	// true court plugin: tables: plugin ballymore is not running: plugins: the call was not sent
}
