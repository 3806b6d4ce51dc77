package storewire

import (
	"context"
	"errors"
	"io"
	"iter"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/wire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"google.golang.org/grpc"
)

// usual is the number of records, works and events that are asked for when no number is said.
const usual = 100

// message is one message of a streamed answer.
type message interface{ GetError() *storev1.StoreError }

// stream gives the messages of an answer until its end. Leaving the loop ends the call.
func stream[M message, S interface{ Recv() (M, error) }](ctx context.Context, open func(context.Context) (S, error)) iter.Seq2[M, error] {
	return func(yield func(M, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		var m M
		s, err := open(ctx)
		for err == nil {
			if m, err = s.Recv(); err == nil && m.GetError() != nil {
				err = refusalIn(m.GetError())
			}
			if err == nil && !yield(m, nil) {
				return
			}
		}
		if !errors.Is(err, io.EOF) {
			yield(m, err)
		}
	}
}

func (c *client) List(ctx context.Context, q store.Query) (store.Page, error) {
	doing := "list " + q.Index
	page, last := store.Page{}, false
	limit := c.tally(min(asked(q.Limit), store.MaxPage))
	defer limit.done()
	for m, err := range stream(ctx, func(ctx context.Context) (grpc.ServerStreamingClient[storev1.ListResponse], error) {
		return c.rpc.List(ctx, queryOut(q))
	}) {
		if err == nil && last {
			err = wire.Nonsense("it goes on after the last message of the page")
		}
		if err == nil && !(m.GetLast() && len(m.GetRecords()) == 0) {
			err = limit.add(len(m.GetRecords()), m)
		}
		if err != nil {
			return store.Page{}, failed(ctx, doing, err)
		}
		for _, r := range m.GetRecords() {
			page.Records = append(page.Records, recordIn(r))
		}
		last, page.Next = m.GetLast(), string(m.GetNext())
	}
	if !last {
		return store.Page{}, failed(ctx, doing, wire.Nonsense("the page has no last message"))
	}
	return page, nil
}

func (c *client) Links(ctx context.Context, chain string, after int64, n int) ([]store.Link, error) {
	var links []store.Link
	limit := c.tally(max(n, 1))
	defer limit.done()
	for m, err := range stream(ctx, func(ctx context.Context) (grpc.ServerStreamingClient[storev1.LinksResponse], error) {
		return c.rpc.Links(ctx, &storev1.LinksRequest{Chain: name(chain, store.MaxName), After: after, N: number(n)})
	}) {
		if err == nil {
			err = limit.add(len(m.GetLinks()), m)
		}
		for _, l := range m.GetLinks() {
			if err != nil {
				break
			}
			var link store.Link
			link, err = linkIn(l)
			links = append(links, link)
		}
		if err != nil {
			return nil, failed(ctx, "read the links of chain "+chain, err)
		}
	}
	return links, nil
}
