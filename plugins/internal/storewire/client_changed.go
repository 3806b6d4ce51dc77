package storewire

import (
	"context"
	"fmt"
	"iter"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/wire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"google.golang.org/grpc"
)

// Changed holds one message at a time. Where the link says how many records its change wrote, an answer that has more than that ends
// with the first one too many, which is enough for store.Verify to tell.
func (c *client) Changed(ctx context.Context, l store.Link) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		doing := fmt.Sprintf("read what change %d wrote", l.ChangeSeq)
		var given int64
		for m, err := range stream(ctx, func(ctx context.Context) (grpc.ServerStreamingClient[storev1.ChangedResponse], error) {
			return c.rpc.Changed(ctx, &storev1.ChangedRequest{Link: linkOut(&l)})
		}) {
			if err == nil && len(m.GetRecords()) == 0 {
				err = wire.Nonsense("it sends a message that holds nothing")
			}
			if err != nil {
				yield(store.Record{}, failed(ctx, doing, err))
				return
			}
			for _, r := range m.GetRecords() {
				if given++; !yield(recordIn(r), nil) || l.Records > 0 && given > l.Records {
					return
				}
			}
		}
	}
}
