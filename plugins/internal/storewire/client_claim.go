package storewire

import (
	"context"

	"courts.example/eservices/icms/store"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"google.golang.org/grpc"
)

func (c *client) ClaimWork(ctx context.Context, claim store.Claim) ([]store.Work, error) {
	var all []store.Work
	limit := c.claimed(claim)
	for m, err := range stream(ctx, func(ctx context.Context) (grpc.ServerStreamingClient[storev1.ClaimWorkResponse], error) {
		return c.rpc.ClaimWork(ctx, &storev1.ClaimWorkRequest{Claim: claimOut(claim)})
	}) {
		size := 0
		for _, w := range m.GetWork() {
			if err != nil {
				break
			}
			work := workIn(w)
			work.Due, err = instantBack("work.due", w.GetDue())
			all, size = append(all, work), size+workSize(&work)
		}
		if err == nil {
			err = limit.add(len(m.GetWork()), size)
		}
		if err != nil {
			return nil, failed(ctx, "claim work", err)
		}
	}
	return all, nil
}

func (c *client) ClaimEvents(ctx context.Context, claim store.Claim) ([]store.Event, error) {
	var all []store.Event
	limit := c.claimed(claim)
	for m, err := range stream(ctx, func(ctx context.Context) (grpc.ServerStreamingClient[storev1.ClaimEventsResponse], error) {
		return c.rpc.ClaimEvents(ctx, &storev1.ClaimEventsRequest{Claim: claimOut(claim)})
	}) {
		size := 0
		for _, e := range m.GetEvents() {
			if err != nil {
				break
			}
			event := eventIn(e)
			event.At, err = instantBack("event.at", e.GetAt())
			all, size = append(all, event), size+eventSize(&event)
		}
		if err == nil {
			err = limit.add(len(m.GetEvents()), size)
		}
		if err != nil {
			return nil, failed(ctx, "claim events", err)
		}
	}
	return all, nil
}

// claimed bounds the answer to a claim.
func (c *client) claimed(claim store.Claim) tally {
	most := claim.Max
	if most == 0 {
		most = usual
	}
	return tally{mostThings: most, mostBytes: c.most}
}
