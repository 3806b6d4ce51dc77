package payment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
)

// workDispute is the work of asking how a dispute stands that is open; its id is that of the dispute's record.
const workDispute = "payment.dispute"

// disputePoll is how long after one question about an open dispute the next is due: disputes take weeks.
const disputePoll = 24 * time.Hour

// disputeWork is the next look at a dispute.
func disputeWork(d Dispute, at time.Time) store.Work {
	return store.Work{Kind: workDispute, ID: paymentKey(d.Gateway, d.ID), Due: at.Add(disputePoll)}
}

// workOnDispute asks about the attempt of a dispute while that is open, however long the attempt is over: the message that it was decided
// may have been lost.
func (c *Cashier) workOnDispute(ctx context.Context, w store.Work) error {
	d, err := c.disputeAt(ctx, w.ID)
	if err == nil && d.State == DisputeOpen && d.Attempt != "" {
		if _, err = c.Check(ctx, d.Attempt); err == nil {
			d, err = c.disputeAt(ctx, w.ID)
		}
	}
	switch {
	case err != nil && !errors.Is(err, ErrNoDispute):
		return err
	case err != nil || d.State != DisputeOpen || d.Attempt == "": // without an attempt there is nothing to ask by
		return c.done(ctx, w)
	}
	at := c.now()
	_, err = c.Store.Apply(ctx, store.Change{
		ID: fmt.Sprintf("payment/work/%s/%s/%d/again", w.Kind, w.ID, w.Token), At: at, Work: []store.Work{disputeWork(d, at)},
	})
	return err
}
