package storewire

import (
	"context"

	"courts.example/eservices/icms/store"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"google.golang.org/grpc"
)

func (c *client) ClaimWork(ctx context.Context, claim store.Claim) ([]store.Work, error) {
	var all []store.Work
	limit := c.tally(asked(claim.Max))
	defer limit.done()
	for m, err := range stream(ctx, func(ctx context.Context) (grpc.ServerStreamingClient[storev1.ClaimWorkResponse], error) {
		return c.rpc.ClaimWork(ctx, &storev1.ClaimWorkRequest{Claim: claimOut(claim)})
	}) {
		if err == nil {
			err = limit.add(len(m.GetWork()), m)
		}
		for _, w := range m.GetWork() {
			if err != nil {
				break
			}
			work := workIn(w)
			work.Due, err = instantBack("work.due", w.GetDue())
			all = append(all, work)
		}
		if err != nil {
			return nil, failed(ctx, "claim work", err)
		}
	}
	return all, nil
}

func (c *client) ClaimEvents(ctx context.Context, claim store.Claim) ([]store.Event, error) {
	var all []store.Event
	limit := c.tally(asked(claim.Max))
	defer limit.done()
	for m, err := range stream(ctx, func(ctx context.Context) (grpc.ServerStreamingClient[storev1.ClaimEventsResponse], error) {
		return c.rpc.ClaimEvents(ctx, &storev1.ClaimEventsRequest{Claim: claimOut(claim)})
	}) {
		if err == nil {
			err = limit.add(len(m.GetEvents()), m)
		}
		for _, e := range m.GetEvents() {
			if err != nil {
				break
			}
			event := eventIn(e)
			event.At, err = instantBack("event.at", e.GetAt())
			all = append(all, event)
		}
		if err != nil {
			return nil, failed(ctx, "claim events", err)
		}
	}
	return all, nil
}
