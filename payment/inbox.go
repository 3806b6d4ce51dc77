package payment

import (
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/payment/internal/key"
)

// InboxEvent is one thing that a gateway told us by a message: verified, kept before the message was acknowledged, and looked at after that.
// The message itself is not kept.
type InboxEvent struct {
	// Gateway told it; ID is the gateway's name for it, or a digest of the event where it has none. The same event comes again without
	// being another.
	Gateway string `json:"gateway"`
	ID      string `json:"id"`
	// Reference names the attempt that it is about.
	Reference string `json:"reference,omitempty"`
	// Time is the gateway's instant, ReceivedAt ours.
	Time       time.Time `json:"time,omitzero"`
	ReceivedAt time.Time `json:"receivedAt"`
	// Digest is a keyed digest of the event as it first came, by which another event under the same ID is told apart.
	Digest string `json:"digest"`
	// Snapshot is what it says of the attempt, cleaned.
	Snapshot InboxSnapshot `json:"snapshot"`
	State    InboxState    `json:"state"`
	// Asked counts the questions to the gateway that did not confirm it yet, DoneAt is when it was no longer waiting.
	Asked  int       `json:"asked,omitempty"`
	DoneAt time.Time `json:"doneAt,omitzero"`
	// Altered counts the messages that gave the same ID to something else, the last of them at AlteredAt. They had no effect.
	Altered   int       `json:"altered,omitempty"`
	AlteredAt time.Time `json:"alteredAt,omitzero"`
	// Version is the version in the store; 0 when it was never stored.
	Version int64 `json:"-"`
}

// InboxSnapshot is what an event says of an attempt.
type InboxSnapshot struct {
	State      AttemptState     `json:"state,omitempty"`
	GatewayRef string           `json:"gatewayRef,omitempty"`
	Payments   []GatewayPayment `json:"payments,omitempty"`
	Refunds    []GatewayRefund  `json:"refunds,omitempty"`
	Disputes   []GatewayDispute `json:"disputes,omitempty"`
	Final      bool             `json:"final,omitempty"`
	Decline    Decline          `json:"decline,omitempty"`
}

// InboxState says what became of an event.
type InboxState string

// The states of an event.
const (
	// InboxWaiting has not been looked at, or its gateway could not be asked about it.
	InboxWaiting InboxState = "waiting"
	// InboxDone is one whose gateway was asked: what it told is on record.
	InboxDone InboxState = "done"
	// InboxStray names no attempt of ours. Somebody should look at it.
	InboxStray InboxState = "stray"
	// InboxDoubtful is one that its own gateway, asked for as long as Terms.Grace, does not confirm. Somebody should look at it.
	InboxDoubtful InboxState = "doubtful"
)

// InboxStates lists the states of an event.
func InboxStates() []InboxState {
	return []InboxState{InboxWaiting, InboxDone, InboxStray, InboxDoubtful}
}

// Check reports whether the event holds together; its error wraps ErrInvalid.
func (e InboxEvent) Check() error {
	err := key.CheckName("the gateway", e.Gateway)
	for _, c := range []func() error{
		func() error { return key.CheckID("the id", e.ID, maxGatewayID) },
		func() error { return key.CheckText("the reference", e.Reference, maxGatewayID) },
		func() error { return key.CheckTime("the instant of receipt", e.ReceivedAt) },
	} {
		if err == nil {
			err = c()
		}
	}
	switch {
	case err != nil:
		return fmt.Errorf("event %.40q: %w", e.ID, invalid(err))
	case !slices.Contains(InboxStates(), e.State):
		return fmt.Errorf("%w: event %q has the state %.20q, none of %v", ErrInvalid, e.ID, e.State, InboxStates())
	case (e.State == InboxWaiting) != e.DoneAt.IsZero():
		return fmt.Errorf("%w: event %q is %s and was done at %v", ErrInvalid, e.ID, e.State, e.DoneAt)
	}
	return nil
}

// reply is the snapshot as a gateway would answer a question.
func (s InboxSnapshot) reply() QueryReply {
	return QueryReply{
		Found: true, State: s.State, GatewayRef: s.GatewayRef, Payments: s.Payments, Refunds: s.Refunds, Disputes: s.Disputes,
		Final: s.Final, Decline: s.Decline,
	}
}

// coveredBy reports whether an answer knows of everything that the snapshot speaks of, and is not behind it. A gateway may tell of a thing
// before its answers show it.
func (s InboxSnapshot) coveredBy(r QueryReply) bool {
	for _, p := range s.Payments {
		if !slices.ContainsFunc(r.Payments, func(q GatewayPayment) bool { return gatewayID(q.ID) == p.ID && (p.Authorised || !q.Authorised) }) {
			return false
		}
	}
	for _, p := range s.Refunds {
		if !slices.ContainsFunc(r.Refunds, func(q GatewayRefund) bool { return refOf(q.ID) == p.ID && !behind(q.State, p.State) }) {
			return false
		}
	}
	for _, p := range s.Disputes {
		if !slices.ContainsFunc(r.Disputes, func(q GatewayDispute) bool { return refOf(q.ID) == p.ID && !behind(q.State, p.State) }) {
			return false
		}
	}
	return !behind(r.State, s.State)
}

// behind reports whether a state leads to another and not back.
func behind[S interface{ Next(S) (S, bool) }](now, told S) bool {
	_, on := now.Next(told)
	_, back := told.Next(now)
	return on && !back
}

// inboxEvent is an event as it is kept.
func (c *Cashier) inboxEvent(caps Capabilities, e GatewayEvent, received time.Time) InboxEvent {
	reply, _ := clean(caps, e.Snapshot)
	out := InboxEvent{
		Gateway: caps.ID, ID: refOf(e.ID), Reference: refOf(e.Reference), Time: key.Instant(e.Time), ReceivedAt: received, State: InboxWaiting,
		Snapshot: InboxSnapshot{
			State: reply.State, GatewayRef: reply.GatewayRef, Payments: reply.Payments, Final: reply.Final, Decline: reply.Decline,
		},
	}
	if !slices.Contains(AttemptStates(), out.Snapshot.State) {
		out.Snapshot.State = ""
	}
	if key.CheckTime("the time", out.Time) != nil {
		out.Time = time.Time{}
	}
	for _, r := range e.Snapshot.Refunds {
		r.ID, r.Reference, r.PaymentID = refOf(r.ID), refOf(r.Reference), refOf(r.PaymentID)
		if slices.Contains(OperationStates(), r.State) {
			out.Snapshot.Refunds = append(out.Snapshot.Refunds, r)
		}
	}
	for _, d := range e.Snapshot.Disputes {
		d.ID, d.PaymentID = refOf(d.ID), refOf(d.PaymentID)
		if slices.Contains(DisputeStates(), d.State) {
			out.Snapshot.Disputes = append(out.Snapshot.Disputes, d)
		}
	}
	out.Digest = c.digest(out, e)
	if out.ID == "" {
		out.ID = "event-" + out.Digest
	}
	return out
}
