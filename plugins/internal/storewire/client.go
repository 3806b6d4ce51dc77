package storewire

import (
	"context"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/wire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"google.golang.org/grpc"
)

type client struct {
	rpc storev1.StoreServiceClient
	// most bounds an answer, memory all answers together while they are received.
	most   int
	memory *budget
}

// Client gives the store that is served behind the connection. It may be called by any number of goroutines. No answer is trusted further
// than it can be checked: what breaks the contract is an error, and a list that has no end is left.
//
// What a plugin can make the host hold is bounded: an answer by 128 MiB, or by the things that were asked for where that is less, and all answers that
// are being received by 256 MiB and a message of 4 MiB for each call. An answer that finds no room among the others is store.ErrBusy, and is given
// when it is asked for again; one that is too long by itself is an error that says to ask for less. Changed holds one message at a time.
func Client(conn grpc.ClientConnInterface) store.Store {
	return &client{rpc: storev1.NewStoreServiceClient(conn), most: answerMemory, memory: newBudget(answersMemory)}
}

func (c *client) Get(ctx context.Context, kind, id string) (store.Record, error) {
	doing := fmt.Sprintf("get %s %q", kind, id)
	m, err := c.rpc.Get(ctx, &storev1.GetRequest{Kind: name(kind, store.MaxID), Id: name(id, store.MaxID)})
	if err == nil && m.GetError() != nil {
		err = refusalIn(m.GetError())
	}
	if err == nil && (m.GetRecord().GetKind() != kind || m.GetRecord().GetId() != id) {
		err = wire.Nonsense("asked for %s %q, it gives %s %q", kind, id, m.GetRecord().GetKind(), m.GetRecord().GetId())
	}
	if err != nil {
		return store.Record{}, failed(ctx, doing, err)
	}
	return recordIn(m.GetRecord()), nil
}

// Sums asks for many sums in several calls, each of which sees one state of the store.
func (c *client) Sums(ctx context.Context, names ...string) ([]int64, error) {
	asked := make([]string, len(names))
	for i, n := range names {
		asked[i] = name(n, store.MaxName)
	}
	sums := make([]int64, 0, len(names))
	send := func(from, to int) error { return c.sums(ctx, asked[from:to], &sums) }
	var err error
	if len(names) == 0 {
		err = send(0, 0)
	} else {
		err = cut(len(asked), func(i int) int { return itemFrame + len(asked[i]) }, send)
	}
	if err != nil {
		return nil, err
	}
	return sums, nil
}

func (c *client) sums(ctx context.Context, names []string, sums *[]int64) error {
	m, err := c.rpc.Sums(ctx, &storev1.SumsRequest{Names: names})
	if err == nil && m.GetError() != nil {
		err = refusalIn(m.GetError())
	}
	if err == nil && len(m.GetSums()) != len(names) {
		err = wire.Nonsense("asked for %d sums, it gives %d", len(names), len(m.GetSums()))
	}
	if err != nil {
		return failed(ctx, "read sums", err)
	}
	*sums = append(*sums, m.GetSums()...)
	return nil
}

// AckEvents acknowledges many events in several calls; of an event it sends its names, number and token.
func (c *client) AckEvents(ctx context.Context, delivered []store.Event) error {
	events := make([]*storev1.Event, len(delivered))
	for i, e := range delivered {
		events[i] = &storev1.Event{Id: name(e.ID, store.MaxName), Stream: name(e.Stream, store.MaxName), Seq: e.Seq, Token: e.Token}
	}
	size := func(i int) int { return itemFrame + len(events[i].Id) + len(events[i].Stream) }
	send := func(from, to int) error {
		m, err := c.rpc.AckEvents(ctx, &storev1.AckEventsRequest{Events: events[from:to]})
		if err == nil && m.GetError() != nil {
			err = refusalIn(m.GetError())
		}
		if err != nil {
			return failed(ctx, "acknowledge events", err)
		}
		return nil
	}
	if len(events) == 0 {
		return send(0, 0)
	}
	return cut(len(events), size, send)
}
