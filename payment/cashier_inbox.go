package payment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
)

// workOnMessage looks at an event that is due: it asks the gateway about the attempt, and keeps asking until the answer shows what the event
// told.
func (c *Cashier) workOnMessage(ctx context.Context, w store.Work) error {
	e, err := c.event(ctx, w.ID)
	if err != nil || e.State != InboxWaiting {
		return errors.Join(ignore(err, ErrNoEvent), c.done(ctx, w))
	}
	a, err := c.Attempt(ctx, e.Reference)
	switch {
	case errors.Is(err, ErrNoAttempt) || err == nil && a.Gateway != e.Gateway:
		c.Log.WarnContext(ctx, "an event names no attempt of ours", "gateway", e.Gateway, "event", e.ID, "reference", e.Reference)
		return c.conclude(ctx, w, InboxStray)
	case err != nil:
		return err
	}
	confirmed, answered, err := c.confirm(ctx, e, a)
	switch {
	case err != nil:
		return err
	case confirmed:
		return c.conclude(ctx, w, InboxDone)
	case answered && !c.now().Before(e.ReceivedAt.Add(c.Terms.Grace)):
		return c.conclude(ctx, w, InboxDoubtful)
	}
	return c.postpone(ctx, w)
}

// confirm asks the gateway about the attempt of an event and keeps what it answers; answered is false when it gave no answer. Where there is
// nothing to ask by, the event's own word is taken: its gateway has signed it.
func (c *Cashier) confirm(ctx context.Context, e InboxEvent, a Attempt) (confirmed, answered bool, err error) {
	g, err := c.gateway(e.Gateway)
	if err != nil {
		return false, false, err
	}
	caps := g.Describe()
	if a.GatewayRef == "" {
		a.GatewayRef = e.Snapshot.GatewayRef
	}
	if a.GatewayRef == "" && !caps.QueryByReference {
		_, err := c.adopt(ctx, a, e.Snapshot.reply(), FromNotification)
		return err == nil, true, err
	}
	reply, asked, err := c.ask(ctx, g, a)
	if err != nil || !asked {
		return false, false, err
	}
	return reply.Found && (!caps.QueryListsPayments || e.Snapshot.coveredBy(reply.QueryReply)), true, nil
}

// conclude ends the work on an event.
func (c *Cashier) conclude(ctx context.Context, w store.Work, state InboxState) error {
	return c.moveEvent(ctx, w, string(state), func(e *InboxEvent, change *store.Change) {
		e.State, e.DoneAt = state, change.At
		change.Done = []store.Work{w}
	})
}

// postpone has an event looked at again later.
func (c *Cashier) postpone(ctx context.Context, w store.Work) error {
	return c.moveEvent(ctx, w, "asked", func(e *InboxEvent, change *store.Change) {
		wait := time.Hour
		if steps := polls(); e.Asked < len(steps) {
			wait = steps[e.Asked]
		}
		e.Asked++
		change.Work = []store.Work{{Kind: w.Kind, ID: w.ID, Due: change.At.Add(wait)}}
	})
}

// moveEvent changes an event that is waiting, within the lease of its work.
func (c *Cashier) moveEvent(ctx context.Context, w store.Work, verb string, move func(*InboxEvent, *store.Change)) error {
	err := c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		e, err := c.event(ctx, w.ID)
		if err != nil || e.State != InboxWaiting {
			return store.Change{}, deed{}, err
		}
		change := store.Change{ID: fmt.Sprintf("payment/message/%s/%d/%s", w.ID, e.Version, verb), At: c.now()}
		move(&e, &change)
		put, err := messagePut(e)
		change.Puts = []store.Put{put}
		return change, deed{Action: "message " + verb, By: string(FromNotification), Evidence: e.Gateway}, err
	})
	return ignore(err, store.ErrLease)
}

// ignore gives nil for one kind of error.
func ignore(err, kind error) error {
	if errors.Is(err, kind) {
		return nil
	}
	return err
}
