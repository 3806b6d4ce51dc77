package storewire

import (
	"context"
	"errors"
	"io"
	"iter"

	"courts.example/eservices/icms/store"
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

// tally bounds what an answer may hold.
type tally struct {
	things, bytes         int
	mostThings, mostBytes int
}

// add counts the things of one message.
func (t *tally) add(things, bytes int) error {
	if things == 0 {
		return nonsense("it sends a message that holds nothing")
	}
	t.things += things
	t.bytes += bytes
	if t.mostThings > 0 && t.things > t.mostThings {
		return nonsense("it gives more than the %d that were asked for", t.mostThings)
	}
	if t.bytes > t.mostBytes {
		return nonsense("the answer is longer than %d bytes", t.mostBytes)
	}
	return nil
}

func (c *client) List(ctx context.Context, q store.Query) (store.Page, error) {
	doing := "list " + q.Index
	most := q.Limit
	if most == 0 {
		most = usual
	}
	page, last := store.Page{}, false
	limit := tally{mostThings: most, mostBytes: c.most}
	for m, err := range stream(ctx, func(ctx context.Context) (grpc.ServerStreamingClient[storev1.ListResponse], error) {
		return c.rpc.List(ctx, queryOut(q))
	}) {
		if err == nil && last {
			err = nonsense("it goes on after the last message of the page")
		}
		if err == nil && !(m.GetLast() && len(m.GetRecords()) == 0) {
			var n int
			page.Records, n = addRecords(page.Records, m.GetRecords())
			err = limit.add(len(m.GetRecords()), n)
		}
		if err != nil {
			return store.Page{}, failed(ctx, doing, err)
		}
		last, page.Next = m.GetLast(), string(m.GetNext())
	}
	if !last {
		return store.Page{}, failed(ctx, doing, nonsense("the page has no last message"))
	}
	return page, nil
}

// addRecords reads the records of a message and gives their size.
func addRecords(to []store.Record, from []*storev1.Record) ([]store.Record, int) {
	n := 0
	for _, r := range from {
		record := recordIn(r)
		n += recordSize(&record)
		to = append(to, record)
	}
	return to, n
}

func (c *client) Links(ctx context.Context, chain string, after int64, n int) ([]store.Link, error) {
	var links []store.Link
	limit := tally{mostThings: max(n, 1), mostBytes: c.most}
	for m, err := range stream(ctx, func(ctx context.Context) (grpc.ServerStreamingClient[storev1.LinksResponse], error) {
		return c.rpc.Links(ctx, &storev1.LinksRequest{Chain: name(chain, store.MaxName), After: after, N: number(n)})
	}) {
		size := 0
		for _, l := range m.GetLinks() {
			if err != nil {
				break
			}
			var link store.Link
			if link, err = linkIn(l); err == nil {
				links, size = append(links, link), size+linkSize(&link)
			}
		}
		if err == nil {
			err = limit.add(len(m.GetLinks()), size)
		}
		if err != nil {
			return nil, failed(ctx, "read the links of chain "+chain, err)
		}
	}
	return links, nil
}
