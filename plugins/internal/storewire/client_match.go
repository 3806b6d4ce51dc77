package storewire

import (
	"context"
	"errors"
	"io"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/wire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"google.golang.org/grpc"
)

// Match leaves out the keys that no record can carry before it sends them.
func (c *client) Match(ctx context.Context, index string, keys []string) ([]store.Hit, error) {
	asked := make([]string, 0, len(keys))
	for _, k := range keys {
		if store.ValidKey(k) {
			asked = append(asked, k)
		}
	}
	var hits []store.Hit
	limit, order := c.tally(0), keyOrder{keys: asked}
	defer limit.done()
	for m, err := range stream(ctx, func(ctx context.Context) (matchStream, error) { return c.sendKeys(ctx, index, asked) }) {
		if err == nil {
			err = limit.add(len(m.GetHits()), m)
		}
		for _, h := range m.GetHits() {
			if err != nil {
				break
			}
			hits, err = append(hits, store.Hit{Key: h.GetKey(), Record: recordIn(h.GetRecord())}), order.reach(h.GetKey())
		}
		if err != nil {
			return nil, failed(ctx, "match keys of "+index, err)
		}
	}
	return hits, nil
}

type matchStream = grpc.BidiStreamingClient[storev1.MatchRequest, storev1.MatchResponse]

func (c *client) sendKeys(ctx context.Context, index string, keys []string) (matchStream, error) {
	s, err := c.rpc.Match(ctx)
	if err != nil {
		return nil, err
	}
	index = name(index, store.MaxName)
	send := func(from, to int) error { return s.Send(&storev1.MatchRequest{Index: index, Keys: keys[from:to]}) }
	if len(keys) == 0 {
		err = send(0, 0)
	} else {
		err = cut(len(keys), func(i int) int { return itemFrame + len(keys[i]) }, send)
	}
	if err == nil {
		err = s.CloseSend()
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return s, nil
}

// keyOrder makes sure that hits come in the order of the keys.
type keyOrder struct {
	keys []string
	at   int
}

func (o *keyOrder) reach(key string) error {
	for o.at < len(o.keys) && o.keys[o.at] != key {
		o.at++
	}
	if o.at == len(o.keys) {
		return wire.Nonsense("it gives a hit for a key that was not asked for, or out of order")
	}
	return nil
}
