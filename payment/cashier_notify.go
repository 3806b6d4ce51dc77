package payment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/icms/store"
)

// MaxMessage is the largest body of a message from a gateway, in bytes.
const MaxMessage = 256 << 10

// The statuses of HTTP with which messages are answered; this package speaks no HTTP, so that who embeds it need not either.
const (
	statusTaken    = 200
	statusRefused  = 400
	statusUnknown  = 404
	statusTooLarge = 413
	statusAgain    = 503
)

// Notify takes a message from a gateway: it has the gateway verify it, keeps every event in it, and then says what to answer. So what is
// acknowledged is never lost; [Cashier.Work] looks at it after that, and asks the gateway whether it is so. Only the gateway's
// answers move money; a message alone moves nothing, unless its gateway has no way to be asked.
//
// A message that isn't verified changes nothing: it is counted ([Cashier.Rejected]) and answered as the gateway wants. The same event
// again changes nothing. The same event with other contents changes nothing and is marked for somebody to look at. With an
// error nothing may be acknowledged: the answer asks the gateway to send the message again.
func (c *Cashier) Notify(ctx context.Context, gateway string, m Message) (Ack, error) {
	again := Ack{Status: statusAgain}
	g, err := c.gateway(gateway)
	if err != nil {
		return Ack{Status: statusUnknown}, err
	}
	if len(m.Body) > MaxMessage {
		c.rejected(ctx, gateway, RejectTooLarge)
		return Ack{Status: statusTooLarge}, nil
	}
	if m.Received.IsZero() {
		m.Received = c.now()
	}
	reply, err := call(ctx, c.Terms.Ask, func(ctx context.Context) (NotificationReply, error) { return g.Notification(ctx, m) })
	if err != nil {
		return again, fmt.Errorf("payment: a message from %s could not be verified: %w", gateway, err)
	}
	if !reply.Verified {
		c.rejected(ctx, gateway, reply.Reject)
		return orStatus(reply.Ack, statusRefused), nil
	}
	if err := c.keep(context.WithoutCancel(ctx), g.Describe(), reply.Events); err != nil {
		return again, fmt.Errorf("payment: a message from %s could not be kept: %w", gateway, err)
	}
	return orStatus(reply.Ack, statusTaken), nil
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
		moved, err := c.news(ctx, caps, events, at)
		if err != nil || len(moved) == 0 {
			return store.Change{}, deed{}, err
		}
		change, names := store.Change{At: at}, ""
		for _, e := range moved {
			put, err := messagePut(e)
			if err != nil {
				return store.Change{}, deed{}, err
			}
			change.Puts = append(change.Puts, put)
			if e.Version == 0 {
				change.Work = append(change.Work, store.Work{Kind: workMessage, ID: e.key(), Due: at})
			}
			names += fmt.Sprintf("%s|%d|%d|", e.key(), e.Version, e.Altered)
		}
		change.ID = "payment/message/" + c.seal("change", names)
		return change, deed{Action: "message kept", By: string(FromNotification), Evidence: moved[0].Gateway}, nil
	})
}

// news are the events of a message that are not on record, and those that are with other contents, each once.
func (c *Cashier) news(ctx context.Context, caps Capabilities, events []GatewayEvent, at time.Time) ([]InboxEvent, error) {
	var moved []InboxEvent
	for _, ge := range events {
		came := c.inboxEvent(caps, ge, at)
		place := slices.IndexFunc(moved, func(e InboxEvent) bool { return e.ID == came.ID })
		have := InboxEvent{}
		if place >= 0 {
			have = moved[place]
		} else {
			var err error
			if have, err = c.event(ctx, came.key()); errors.Is(err, ErrNoEvent) {
				moved = append(moved, came)
				continue
			} else if err != nil {
				return nil, err
			}
		}
		if have.Digest == came.Digest {
			continue
		}
		c.Log.WarnContext(ctx, "an event came again as something else", "gateway", caps.ID, "event", came.ID)
		have.Altered, have.AlteredAt = have.Altered+1, at
		if place < 0 {
			moved = append(moved, have)
		} else {
			moved[place] = have
		}
	}
	return moved, nil
}

// digest tells two events apart that have one ID. It is keyed: what it covers can't be guessed from it.
func (c *Cashier) digest(e InboxEvent, g GatewayEvent) string {
	body, err := json.Marshal([]any{g.Reference, e.Time, g.Snapshot})
	if err != nil { // amounts and instants always marshal
		body = []byte(err.Error())
	}
	return c.seal("event", string(body))
}
