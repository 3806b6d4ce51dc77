package payment

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"courts.example/eservices/icms/store"
)

// The bounds of one call of Work: how much it takes up in all, and how much of it at once.
const (
	maxWork    = 200
	workAtOnce = 8
)

// worker does the work of a kind. It puts the next work of the thing, or ends the work when there is no more: see done. An error leaves the
// work as it is, to be taken up again when the lease is over.
type worker struct {
	kind string
	do   func(ctx context.Context, w store.Work) error
}

func (c *Cashier) workers() []worker {
	return []worker{
		{workMessage, c.workOnMessage},
		{workRefund, c.workOnRefund},
		{workAttempt, c.workAttempt},
		{workHeld, c.workHeld},
		{workDispute, c.workOnDispute},
	}
}

// Work does what is due: it asks about attempts, sends again, and finishes what others began. It takes a bounded amount of work and
// returns how much that was, so that a caller calls it again at once while there is any, and after a few seconds when there is none. Any
// number of nodes may call it at once. What failed is done again when its lease is over; the errors are joined.
func (c *Cashier) Work(ctx context.Context) (int, error) {
	total := 0
	var failed error
	for _, w := range c.workers() {
		n, err := c.workOff(ctx, w, maxWork-total)
		total += n
		failed = errors.Join(failed, err)
	}
	return total, failed
}

// workOff does due work of one kind, a few at once, each under a lease of its own.
func (c *Cashier) workOff(ctx context.Context, w worker, most int) (total int, failed error) {
	for total < most && ctx.Err() == nil {
		claimed, err := c.Store.ClaimWork(ctx, store.Claim{
			Kind: w.kind, Now: c.now(), Lease: c.Terms.Lease, Max: min(workAtOnce, most-total),
		})
		if err != nil {
			return total, errors.Join(failed, fmt.Errorf("payment: claiming work %s: %w", w.kind, err))
		}
		if len(claimed) == 0 {
			break
		}
		total += len(claimed)
		failed = errors.Join(failed, together(ctx, w, claimed))
	}
	return total, failed
}

// together does claimed work at once and waits for all of it.
func together(ctx context.Context, w worker, claimed []store.Work) error {
	errs := make([]error, len(claimed))
	var all sync.WaitGroup
	for i, work := range claimed {
		all.Go(func() {
			if err := w.do(ctx, work); err != nil {
				errs[i] = fmt.Errorf("payment: work %s %s: %w", work.Kind, work.ID, err)
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// workAttempt looks after an attempt.
func (c *Cashier) workAttempt(ctx context.Context, w store.Work) error {
	a, err := c.Check(ctx, w.ID)
	if err != nil {
		return err
	}
	if a.over() {
		return c.done(ctx, w)
	}
	return nil
}

// workHeld has an order paid by what is held for it.
func (c *Cashier) workHeld(ctx context.Context, w store.Work) error {
	if _, err := c.pay(ctx, w.ID, Number{}, learnt{from: FromOperator}); err != nil {
		return err
	}
	return c.done(ctx, w)
}

// done ends work of which there is no more, unless it was put again or taken over meanwhile.
func (c *Cashier) done(ctx context.Context, w store.Work) error {
	_, err := c.Store.Apply(ctx, store.Change{
		ID: fmt.Sprintf("payment/work/%s/%s/%d/done", w.Kind, w.ID, w.Token), At: c.now(), Done: []store.Work{w},
	})
	if errors.Is(err, store.ErrLease) {
		return nil
	}
	return err
}
