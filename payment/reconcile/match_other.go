package reconcile

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// judgeRefund compares a line about a refund: money that went back, or with a positive amount, money of a refund that came back.
func (r *Reconciler) judgeRefund(ctx context.Context, g Gateway, v *verdict) error {
	f, err := r.refundOf(ctx, v.line)
	if err != nil {
		return err
	}
	if f.ID == "" {
		if f, err = r.asked(ctx, v.line); err != nil {
			return err
		}
	}
	if f.ID == "" {
		v.find(RefundWithoutRequest, none(v.line.Gross), v.line.Gross, "money went back and no refund of ours is known")
		return nil
	}
	back := v.line.Gross.Sign() > 0
	if !agreed(f, back) {
		if f, err = r.Cashier.CheckRefund(ctx, f.ID); err != nil {
			return err
		}
		if v.wait = !agreed(f, back) && r.now().Before(v.line.ImportedAt.Add(g.Patience)); v.wait {
			return nil
		}
	}
	v.line.Item, v.order, v.attempt = f.ID, f.Order, f.Attempt
	if v.line.Settles, err = r.first(ctx, v.line); err != nil {
		return err
	}
	ours := negative(f.Amount)
	if back {
		ours = f.Amount
	}
	switch {
	case !v.line.Settles:
		v.find(Duplicate, ours, v.line.Gross, "another line has settled the refund")
		return nil
	case !agreed(f, back):
		v.find(MissingHere, none(ours), v.line.Gross, fmt.Sprintf("the refund is %s here", f.Stage()))
	case ours.Currency() != v.line.Gross.Currency():
		v.find(CurrencyDiffers, ours, v.line.Gross, "the refund is on record in another currency")
	case ours != v.line.Gross:
		v.find(AmountDiffers, ours, v.line.Gross, "the refund is on record with another amount")
	}
	if f.Flagged(payment.FlagUnrequested) && !back {
		v.find(RefundWithoutRequest, ours, v.line.Gross, "the refund was made at the gateway without a request of ours")
	}
	return nil
}

// agreed reports whether our record of a refund says what a line says: that it was done, or has come back.
func agreed(f payment.Refund, back bool) bool {
	if back {
		return f.Returned
	}
	return f.State == payment.OperationSucceeded || f.Returned
}

// refundOf reads the refund that a line is about: by our reference, then by the gateway's name of it, then by the payment, when one of the
// refunds of that has the amount. It is the zero Refund when there is none.
func (r *Reconciler) refundOf(ctx context.Context, l Line) (payment.Refund, error) {
	if l.Reference != "" {
		if f, err := r.refund(ctx, item{l.Gateway, l.Kind, l.Reference}); err != nil || f.ID != "" {
			return f, err
		}
	}
	if l.PaymentID == "" {
		return payment.Refund{}, nil
	}
	q := payment.RefundQuery{Gateway: l.Gateway, Payment: l.PaymentID, Limit: store.MaxPage}
	refunds, err := pages(func() (some []payment.Refund, next string, err error) {
		some, next, err = r.Cashier.Refunds(ctx, q)
		q.After = next
		return some, next, err
	})
	if err != nil {
		return payment.Refund{}, err
	}
	for _, fits := range []func(payment.Refund) bool{
		func(f payment.Refund) bool { return l.Reference != "" && f.GatewayRef == l.Reference },
		func(f payment.Refund) bool {
			return f.Amount.Minor() == max(l.Gross.Minor(), -l.Gross.Minor()) && f.State != ""
		},
	} {
		for _, f := range refunds {
			lines, err := r.linesOf(ctx, item{l.Gateway, l.Kind, f.ID})
			if err != nil {
				return payment.Refund{}, err
			}
			settled := slices.ContainsFunc(lines, func(o Line) bool { return o.ID != l.ID && o.Gross.Sign() == l.Gross.Sign() })
			if fits(f) && !settled {
				return f, nil
			}
		}
	}
	return payment.Refund{}, nil
}

// asked has the gateway asked about the attempt of a refund that is not known here, and looks again: what was made at the gateway without
// us is on record then.
func (r *Reconciler) asked(ctx context.Context, l Line) (payment.Refund, error) {
	if l.PaymentID == "" {
		return payment.Refund{}, nil
	}
	t, err := r.Cashier.Taking(ctx, l.Gateway, l.PaymentID)
	switch {
	case errors.Is(err, payment.ErrNoTaken) || err == nil && t.Attempt == "":
		return payment.Refund{}, nil
	case err != nil:
		return payment.Refund{}, err
	}
	if _, err := r.Cashier.Check(ctx, t.Attempt); err != nil {
		return payment.Refund{}, err
	}
	return r.refundOf(ctx, l)
}

// judgeDispute compares a line about a dispute: money that the gateway took because a payer contests a payment, or with a positive amount,
// money that it gave back. Several disputes may be about one payment; what counts is what they come to.
func (r *Reconciler) judgeDispute(ctx context.Context, g Gateway, v *verdict) error {
	t, err := r.taken(ctx, v.line)
	if errors.Is(err, payment.ErrNoTaken) {
		if v.wait = r.now().Before(v.line.ImportedAt.Add(g.Patience)); !v.wait {
			v.find(MissingHere, none(v.line.Gross), v.line.Gross, "the payment that is disputed is not on record here")
		}
		return nil
	}
	if err != nil {
		return err
	}
	v.line.Item, v.order, v.attempt = t.ID, t.Order, t.Attempt
	i := item{v.line.Gateway, v.line.Kind, t.ID}
	open, err := r.balance(ctx, i)
	if err == nil && len(open) > 0 && t.Attempt != "" {
		if _, err = r.Cashier.Check(ctx, t.Attempt); err == nil {
			open, err = r.balance(ctx, i)
		}
	}
	if err != nil || len(open) == 0 {
		return err
	}
	if v.wait = r.now().Before(v.line.ImportedAt.Add(g.Patience)); v.wait {
		return nil
	}
	return r.disagree(ctx, v, i)
}

// disagree finds that the disputes about a payment come to something else here than in settlements.
func (r *Reconciler) disagree(ctx context.Context, v *verdict, i item) error {
	expected, err := r.expected(ctx, i)
	if err != nil {
		return err
	}
	lines, err := r.linesOf(ctx, i)
	if err != nil {
		return err
	}
	c := v.line.Gross.Currency()
	settled := make(amounts)
	for _, l := range lines {
		settled.add(l.Gross)
	}
	class := AmountDiffers
	if expected[c] == 0 {
		class = MissingHere
	}
	v.find(class, money.New(expected[c], c), money.New(settled[c], c), "the disputes on record here come to another amount")
	rest, err := r.unbroken(ctx, i) // lines before this one may have breaks of their own
	v.breaks[len(v.breaks)-1].Open = rest.list()
	return err
}
