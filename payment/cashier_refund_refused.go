package payment

import (
	"context"
	"time"

	"courts.example/eservices/icms/store"
)

// refusedRefund keeps why a sending came to nothing, or that nobody knows. A refusal by what there is, or of a request that is in order to us,
// may mean that we don't know everything, or that an earlier sending has come through: the gateway is asked before it is believed.
func (c *Cashier) refusedRefund(ctx context.Context, g Gateway, sent Refund, cause error) error {
	c.Log.WarnContext(ctx, "a refund was not made", "gateway", sent.Gateway, "refund", sent.ID, "error", cause)
	if class := ClassOf(cause); class == NotAllowed || class == Invalid && sent.Sent > 1 {
		if answered, err := c.askRefund(ctx, g, sent); err != nil || !answered {
			return err
		}
		if _, err := c.askAttempt(ctx, g, sent); err != nil {
			return err
		}
	}
	return c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		r, err := c.Refund(ctx, sent.ID)
		if err != nil || r.State != OperationUnknown || r.Sent != sent.Sent { // moved meanwhile, or sent again
			return store.Change{}, deed{}, err
		}
		next, report := r.afterRefusal(cause, c.now(), c.Terms)
		return c.movingRefund(ctx, next, report)
	})
}

// afterRefusal is the refund after a sending that came back with an error, and what that says of it.
func (r Refund) afterRefusal(cause error, at time.Time, t Terms) (Refund, refundReport) {
	report := refundReport{State: OperationUnknown, From: FromReply}
	_, report.Code = declineOf(cause)
	switch ClassOf(cause) {
	case Declined, Invalid, NotAllowed:
		report.State = OperationFailed
	case Config:
		r.flag(FlagConfig)
		if r.Sent == 1 {
			report.State = OperationFailed
		}
	case Conflict:
		r.flag(FlagConflict)
	case Unavailable, Throttled: // nothing left, so this was no sending
		if r.Sent--; r.Sent == 0 {
			r.FirstSent, r.LastSent = time.Time{}, time.Time{}
		}
		r.Asked++
		r.NotBefore = at.Add(max(retryAfter(cause), r.wait(at, t)))
	}
	return r, report
}
