package payment

import (
	"context"
	"errors"
	"time"

	"courts.example/eservices/icms/store"
)

// refundWork is the next look at a refund.
func (c *Cashier) refundWork(r Refund, at time.Time) store.Work {
	due := at.Add(r.wait(at, c.Terms))
	if due.Before(r.NotBefore) {
		due = r.NotBefore
	}
	return store.Work{Kind: workRefund, ID: r.ID, Due: due}
}

// wait is how long to wait before a refund is asked about again: short at first, then hourly for the grace after its approval, then daily. One
// that is done is asked about daily, for banks send refunds back.
func (r Refund) wait(at time.Time, t Terms) time.Duration {
	steps := polls()
	switch {
	case r.State == OperationSucceeded || r.State == OperationFailed:
	case r.State == OperationUnknown && r.Sent == 0 && r.Asked == 0: // it waits for its turn
		return steps[1]
	case r.Asked < len(steps):
		return steps[r.Asked]
	case at.Before(r.ApprovedAt.Add(t.Grace)):
		return time.Hour
	}
	return 24 * time.Hour
}

// workOnRefund looks after one refund that is due, and says when to look again. It is called by Work.
func (c *Cashier) workOnRefund(ctx context.Context, w store.Work) error {
	r, err := c.CheckRefund(ctx, w.ID)
	if err != nil && !errors.Is(err, ErrNoRefund) {
		return err
	}
	if !r.watched(c.now(), c.Terms) {
		return c.done(ctx, w)
	}
	return c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		r, err := c.Refund(ctx, w.ID)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		if r.Sent > 0 {
			r.Asked++
		}
		change, err := c.moveRefund(r, "asked")
		change.Work = []store.Work{c.refundWork(r, c.now())}
		return change, deed{}, err
	})
}

// watched reports whether the gateway may still have news of the refund.
func (r Refund) watched(at time.Time, t Terms) bool {
	if !r.atGateway() {
		return false
	}
	return r.State != OperationSucceeded || at.Before(r.DoneAt.Add(t.Returns))
}
