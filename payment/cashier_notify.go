package payment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"courts.example/eservices/icms/store"
)

// MaxMessage is the largest body of a message from a gateway, in bytes.
const MaxMessage = 256 << 10

// Notify takes a message from a gateway: it has the gateway verify it, keeps every event in it, and then says what to answer. So what is
// acknowledged is never lost; [Cashier.Work] looks at it after that, and asks the gateway whether it is so. Only the gateway's
// answers move money; a message alone moves nothing, unless its gateway has no way to be asked.
//
// A message that isn't verified changes nothing: it is counted ([Cashier.Rejected]) and answered as the gateway wants. The same event
// again changes nothing. The same event with other contents changes nothing and is marked for somebody to look at. With an
// error nothing may be acknowledged: the answer asks the gateway to send the message again.
func (c *Cashier) Notify(ctx context.Context, gateway string, m Message) (Ack, error) {
	again := Ack{Status: http.StatusServiceUnavailable}
	g, err := c.gateway(gateway)
	if err != nil {
		return Ack{Status: http.StatusNotFound}, err
	}
	if len(m.Body) > MaxMessage {
		c.rejected(ctx, gateway, RejectTooLarge)
		return Ack{Status: http.StatusRequestEntityTooLarge}, nil
	}
	if m.Received.IsZero() {
		m.Received = c.now()
	}
	reply, err := call(ctx, c.Terms.Ask, func(ctx context.Context) (NotificationReply, error) { return g.Notification(ctx, m) })
	if err != nil {
		return again, fmt.Errorf("payment: a message from %s could not be verified: %w", gateway, discreetly(err))
	}
	if !reply.Verified {
		c.rejected(ctx, gateway, reply.Reject)
		return orStatus(reply.Ack, http.StatusBadRequest), nil
	}
	if err := c.keep(context.WithoutCancel(ctx), g.Describe(), reply.Events); err != nil {
		return again, fmt.Errorf("payment: a message from %s could not be kept: %w", gateway, err)
	}
	return orStatus(reply.Ack, http.StatusOK), nil
}

// discreetly is an error of a gateway as it may be told on: without what could be a card number.
func discreetly(err error) error {
	told := &GatewayError{Class: ClassOf(err), Detail: Scrub(err.Error())}
	var g *GatewayError
	if errors.As(err, &g) {
		told.Code, told.Detail, told.RetryAfter, told.Sent = Scrub(g.Code), Scrub(g.Detail), g.RetryAfter, g.Sent
	}
	return told
}

// orStatus completes an answer.
func orStatus(a Ack, status int) Ack {
	if a.Status == 0 {
		a.Status = status
	}
	return a
}

// rejected counts a message that was turned away.
func (c *Cashier) rejected(ctx context.Context, gateway string, reason RejectReason) {
	known := []RejectReason{RejectUnsigned, RejectForged, RejectStale, RejectFuture, RejectMalformed, RejectTooLarge}
	if !slices.Contains(known, reason) {
		reason = RejectMalformed
	}
	c.counts.reject(gateway, reason)
	c.Log.WarnContext(ctx, "a message was turned away", "gateway", gateway, "reason", string(reason))
}

// keep stores the events of a message, in one change, with the work of looking at them.
func (c *Cashier) keep(ctx context.Context, caps Capabilities, events []GatewayEvent) error {
	return c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		at := c.now()
		change := store.Change{At: at}
		moved := make(map[string]InboxEvent, len(events))
		var order []string
		for _, ge := range events {
			came := c.inboxEvent(caps, ge, at)
			have, there := moved[came.key()]
			if !there {
				e, err := c.event(ctx, came.key())
				if err != nil && !errors.Is(err, ErrNoEvent) {
					return store.Change{}, deed{}, err
				}
				have, there = e, err == nil
			}
			next := came
			if there {
				if have.Digest == came.Digest {
					continue
				}
				next = have
				next.Altered, next.AlteredAt = have.Altered+1, at
				c.Log.WarnContext(ctx, "an event came again as something else", "gateway", caps.ID, "event", came.ID)
			}
			if _, twice := moved[came.key()]; !twice {
				order = append(order, came.key())
			}
			moved[came.key()] = next
		}
		seal := ""
		for _, k := range order {
			e := moved[k]
			put, err := messagePut(e)
			if err != nil {
				return store.Change{}, deed{}, err
			}
			change.Puts = append(change.Puts, put)
			if e.Version == 0 {
				change.Work = append(change.Work, store.Work{Kind: workMessage, ID: k, Due: at})
			}
			seal += fmt.Sprintf("%s|%d|%d|", k, e.Version, e.Altered)
		}
		if len(order) > 0 {
			change.ID = "payment/message/" + c.seal("change", seal)
		}
		return change, deed{}, nil
	})
}

// digest tells two events apart that have one ID. It is keyed: what it covers can't be guessed from it.
func (c *Cashier) digest(e InboxEvent, g GatewayEvent) string {
	body, err := json.Marshal([]any{g.Reference, e.Time, g.Snapshot})
	if err != nil { // amounts and instants always marshal
		body = []byte(err.Error())
	}
	return c.seal("event", string(body))
}

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
	confirmed, err := c.confirm(ctx, e, a)
	switch {
	case err != nil:
		return err
	case confirmed:
		return c.conclude(ctx, w, InboxDone)
	case !c.now().Before(e.ReceivedAt.Add(c.Terms.Grace)):
		return c.conclude(ctx, w, InboxDoubtful)
	}
	return c.postpone(ctx, w)
}

// confirm asks the gateway about the attempt of an event and keeps what it answers. Where there is nothing to ask by, the event's own
// word is taken: its gateway has signed it.
func (c *Cashier) confirm(ctx context.Context, e InboxEvent, a Attempt) (bool, error) {
	g, err := c.gateway(e.Gateway)
	if err != nil {
		return false, err
	}
	caps := g.Describe()
	if a.GatewayRef == "" {
		a.GatewayRef = e.Snapshot.GatewayRef
	}
	if a.GatewayRef == "" && !caps.QueryByReference {
		_, err := c.adopt(ctx, a.ID, e.Snapshot.reply(), FromNotification)
		return err == nil, err
	}
	reply, asked, err := c.ask(ctx, g, a)
	if err != nil || !asked || !reply.Found {
		return false, err
	}
	return !caps.QueryListsPayments || e.Snapshot.coveredBy(reply.QueryReply), nil
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
		steps := polls()
		wait := steps[min(e.Asked, len(steps)-1)]
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
		return change, deed{}, err
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
