package payment

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

// refundReport is what was learnt about a refund, cleaned.
type refundReport struct {
	State OperationState
	// Ref is the gateway's name for it, Payment the gateway's payment and Amount what went back, where it said so; Code its word for a failure.
	Ref, Payment string
	Amount       money.Amount
	Code         string
	From         Source
	// Evidence, By and ConfirmedBy are those of a report by hand.
	Evidence, By, ConfirmedBy string
}

// reportOf is what a gateway's answer says about a refund.
func reportOf(r OperationReply, from Source) refundReport {
	return refundReport{State: r.State, Ref: refOf(r.GatewayRef), Amount: r.Amount, From: from}
}

// refOf is a gateway's name as it may be kept; empty when it gave none.
func refOf(id string) string {
	if id == "" {
		return ""
	}
	return gatewayID(id)
}

// learnRefund keeps what is learnt about a refund.
func (c *Cashier) learnRefund(ctx context.Context, id string, report refundReport) error {
	return c.commit(ctx, func(ctx context.Context) (store.Change, deed, error) {
		r, err := c.Refund(ctx, id)
		if err != nil {
			return store.Change{}, deed{}, err
		}
		return c.movingRefund(ctx, r, report)
	})
}

// movingRefund is the change that takes a refund to where a report says it is, with the money that moves; r may differ from its record
// already. It is empty when nothing is different.
func (c *Cashier) movingRefund(ctx context.Context, r Refund, report refundReport) (store.Change, deed, error) {
	was, err := c.Refund(ctx, r.ID)
	if err != nil {
		return store.Change{}, deed{}, err
	}
	if was.Version != r.Version {
		return store.Change{}, deed{}, fmt.Errorf("%w: refund %s", ErrChanged, r.ID)
	}
	if err := c.named(ctx, &r, report.Ref); err != nil {
		return store.Change{}, deed{}, err
	}
	at := c.now()
	to, moved := r.State.Next(report.State)
	if moved && r.disagrees(report) {
		r.flag(FlagMismatch)
		to, moved = r.State.Next(OperationReview)
	}
	if moved {
		r.enter(to, report, at)
	}
	if reflect.DeepEqual(was, r) {
		return store.Change{}, deed{}, nil
	}
	if r.Note.Series == "" && moved && to == OperationSucceeded {
		r.Note.Series = c.noteSeries(r)
	}
	change, err := c.moveRefund(r, "learn")
	if err != nil {
		return store.Change{}, deed{}, err
	}
	change.At = at
	if !r.ByHand {
		change.Work = []store.Work{c.refundWork(r, at)}
	}
	if moved {
		err = c.refundMoney(ctx, &change, was, r)
	}
	return change, refundDeed(string(r.State), orBy(report), r), err
}

// orBy is who reported.
func orBy(report refundReport) string {
	if report.By != "" {
		return report.By
	}
	return string(report.From)
}

// named keeps the gateway's name for a refund, unless it had another or another refund has that one.
func (c *Cashier) named(ctx context.Context, r *Refund, ref string) error {
	if ref == "" || ref == r.GatewayRef {
		return nil
	}
	if r.GatewayRef != "" {
		r.flag(FlagMismatch)
		return nil
	}
	rec, found, err := c.matchOne(ctx, indexRefundGateway, paymentKey(r.Gateway, ref))
	switch {
	case err != nil:
		return err
	case found && rec.ID != r.ID:
		r.flag(FlagMismatch)
	default:
		r.GatewayRef = ref
	}
	return nil
}

// disagrees reports whether a report is of another amount or payment than the refund.
func (r Refund) disagrees(report refundReport) bool {
	return report.Amount != (money.Amount{}) && report.Amount != r.Amount || report.Payment != "" && report.Payment != r.Payment
}

// enter gives the refund its next state.
func (r *Refund) enter(to OperationState, report refundReport, at time.Time) {
	r.Returned = r.State == OperationSucceeded && to == OperationFailed
	r.State, r.Asked, r.NotBefore = to, 0, time.Time{}
	r.unflag(FlagLost)
	if report.Code != "" {
		r.Code = report.Code
	}
	if report.By != "" {
		r.Evidence, r.SettledBy, r.ConfirmedBy = report.Evidence, report.By, report.ConfirmedBy
	}
	if to == OperationSucceeded || to == OperationFailed {
		r.DoneAt = at
	}
}

// refundMoney adds what a move of a refund does to the books: done, the money has left by the way on which the gateway pays; failed, it is
// back with who bore it, and left of the payment again.
func (c *Cashier) refundMoney(ctx context.Context, change *store.Change, was, r Refund) error {
	var (
		moved store.Change
		err   error
	)
	switch r.State {
	case OperationSucceeded:
		if err := c.drawNote(change, r); err != nil {
			return err
		}
		moved, err = c.moveMoney(ctx, r, "done", []ledger.Posting{{Account: ledger.RefundPayable, Amount: r.Amount}}, r.way())
	case OperationFailed:
		source, ferr := c.fundsOf(ctx, r)
		if ferr != nil {
			return ferr
		}
		change.Sums = append(source.unbear(r.From), source.restore(r.Amount), source.turned())
		from := ledger.RefundPayable
		if was.State == OperationSucceeded {
			from = r.way()
		}
		postings := append(append([]ledger.Posting(nil), r.From...), ledger.Posting{Account: from, Amount: neg(r.Amount)})
		moved, err = c.post(ctx, "refund/"+r.ID+"/back", "refund "+r.ID, r.Reason, postings)
	default:
		return nil
	}
	if err != nil {
		return err
	}
	change.Merge(moved)
	return nil
}

// way is the account by which a refund's money leaves.
func (r Refund) way() ledger.AccountID {
	switch {
	case r.Account != "":
		return r.Account
	case r.Gateway != "":
		return ledger.Clearing(r.Gateway)
	}
	return ledger.Clearing(string(Counter))
}
