package icms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"courts.example/eservices/icms/store"
)

// The types of event, in the CloudEvents sense.
const (
	EventBatchAccepted    = "icms.batch.accepted"
	EventBatchPaid        = "icms.batch.paid"
	EventBatchHeld        = "icms.batch.held"
	EventBatchUnheld      = "icms.batch.unheld"
	EventBatchDecided     = "icms.batch.decided"
	EventBatchRejected    = "icms.batch.rejected"
	EventBatchPending     = "icms.batch.pending"
	EventBatchReceived    = "icms.batch.received"
	EventBatchRegistered  = "icms.batch.registered"
	EventOrderReplaced    = "icms.batch.order.replaced"
	EventNotRefunded      = "icms.batch.refund.failed"
	EventOrderCharged     = "icms.order.charged"
	EventOrderPaid        = "icms.order.paid"
	EventOrderWithdrawn   = "icms.order.withdrawn"
	EventClosureAnnounced = "icms.closure.announced"
)

// Event is something that happened, with the attributes of a CloudEvent. It is delivered at least once; ID tells a second
// delivery from a second happening. Events of one Subject come in order.
type Event struct {
	ID      string
	Type    string
	Subject string
	Time    time.Time
	// Data is JSON.
	Data json.RawMessage
}

// event makes an outbox row. The id is derived from the change, so that a change applied again makes no second event.
func event(at time.Time, stream, change, kind string, data map[string]any) store.Event {
	body, err := json.Marshal(data)
	if err != nil { // strings, numbers and amounts of known currencies always marshal
		body = []byte("{}")
	}
	return store.Event{ID: change + "#" + kind, Stream: stream, Type: kind, Data: body, At: at}
}

// note is what the audit link of a change says: what was done, by whom, to what.
func note(action string, by Filer, pairs ...string) []byte {
	n := map[string]string{"action": action, "organisation": by.Organisation}
	if by.User != "" {
		n["user"] = by.User
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		n[pairs[i]] = pairs[i+1]
	}
	b, err := json.Marshal(n)
	if err != nil { // a map of strings always marshals
		return nil
	}
	return b
}

// apply commits a change. After an error that leaves its fate open it asks once more with the same id, which is safe: a change
// is applied at most once.
func (s *Service) apply(ctx context.Context, c store.Change) (store.Applied, error) {
	a, err := s.store.Apply(ctx, c)
	if err == nil || ctx.Err() != nil || store.Decided(err) {
		return a, err
	}
	s.log.Warn("asking again whether a change was committed", "change", c.ID, "error", err)
	return s.store.Apply(ctx, c)
}

func shortHash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}
