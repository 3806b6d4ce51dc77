package reconcile

import (
	"context"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// judgePayment compares a line about a payment.
func (r *Reconciler) judgePayment(ctx context.Context, g Gateway, v *verdict) error {
	t, err := r.taken(ctx, v.line)
	orphan := errors.Is(err, payment.ErrNoTaken)
	if orphan {
		t, err = r.orphan(ctx, g, v)
	}
	if err != nil || v.wait {
		return err
	}
	v.line.Item, v.order, v.attempt = t.ID, t.Order, t.Attempt
	if v.line.Settles, err = r.first(ctx, v.line); err != nil {
		return err
	}
	if !v.line.Settles {
		v.find(Duplicate, t.Amount, v.line.Gross, "another line has settled the payment")
		return nil
	}
	if orphan || t.From == payment.FromSettlement || t.RecordedAt.After(v.line.ImportedAt) {
		v.find(MissingHere, none(v.line.Gross), v.line.Gross, "the payment was not on record here")
		v.resolve("on record now by " + string(t.From) + ", as " + string(t.Use))
	}
	switch {
	case t.Amount.Currency() != v.line.Gross.Currency():
		v.find(CurrencyDiffers, t.Amount, v.line.Gross, "the payment is on record in another currency")
	case t.Amount != v.line.Gross:
		v.find(AmountDiffers, t.Amount, v.line.Gross, "the payment is on record with another amount")
	}
	if fee, known := g.fee(t); known && fee != v.line.Fee {
		v.find(FeeDiffers, fee, v.line.Fee, "the gateway kept another fee than agreed")
	}
	if !g.midnight(v.line.ValueDate).Before(g.due(t.PaidAt)) {
		v.find(Late, t.Amount, v.line.Gross,
			fmt.Sprintf("paid at %s and settled more than %d days later", t.PaidAt.UTC().Format(time.RFC3339), g.Days))
	}
	return nil
}

// fee is the fee agreed for a payment, where that is known.
func (g Gateway) fee(t payment.Taken) (fee money.Amount, known bool) {
	if g.Fee == nil {
		return money.Amount{}, false
	}
	return g.Fee(t)
}

// taken reads the payment that a line is about: by the gateway's id, or without one by our reference, when what its attempt took fits.
func (r *Reconciler) taken(ctx context.Context, l Line) (payment.Taken, error) {
	if l.PaymentID != "" {
		return r.Cashier.Taking(ctx, l.Gateway, l.PaymentID)
	}
	a, err := r.attempt(ctx, l)
	if err != nil {
		return payment.Taken{}, err
	}
	var takings []payment.Taken
	if a.ID != "" {
		if takings, err = r.Cashier.TakingsOf(ctx, a.Order); err != nil {
			return payment.Taken{}, err
		}
	}
	var fits []payment.Taken
	for _, t := range takings {
		if t.Gateway == l.Gateway && t.Attempt == a.ID {
			fits = append(fits, t)
		}
	}
	return r.unsettled(ctx, l, fits)
}

// unsettled picks the payment that a line without the gateway's id is about: the first that no line settled, of the line's amount if there
// is one such; when all are settled, the first, whose duplicate the line is.
func (r *Reconciler) unsettled(ctx context.Context, l Line, fits []payment.Taken) (payment.Taken, error) {
	var open []payment.Taken
	for _, t := range fits {
		lines, err := r.linesOf(ctx, item{l.Gateway, l.Kind, t.ID})
		if err != nil {
			return payment.Taken{}, err
		}
		if len(lines) == 0 {
			open = append(open, t)
		}
	}
	for _, t := range open {
		if t.Amount == l.Gross {
			return t, nil
		}
	}
	for _, some := range [][]payment.Taken{open, fits} {
		if len(some) > 0 {
			return some[0], nil
		}
	}
	return payment.Taken{}, fmt.Errorf("%w: by the reference %q", payment.ErrNoTaken, l.Reference)
}

// orphan has a payment that is missing here put on record. The Cashier asks the gateway about the attempt that the line names: then the
// payment is recorded with all that the gateway knows of it. Where that leads to nothing the line is believed, as the gateway's own
// account of what it owes us.
func (r *Reconciler) orphan(ctx context.Context, g Gateway, v *verdict) (payment.Taken, error) {
	a, err := r.attempt(ctx, v.line)
	if err != nil {
		return payment.Taken{}, err
	}
	if a.ID != "" {
		if a, err = r.Cashier.Check(ctx, a.ID); err != nil {
			return payment.Taken{}, err
		}
		if t, err := r.taken(ctx, v.line); !errors.Is(err, payment.ErrNoTaken) {
			return t, err
		}
		if v.wait = !a.Final && r.now().Before(v.line.ImportedAt.Add(g.Patience)); v.wait {
			return payment.Taken{}, nil
		}
	}
	id := v.line.PaymentID
	if id == "" {
		id = "settlement-" + v.line.ID // its gateway gives no name to payments
	}
	return r.Cashier.Record(ctx, v.line.Gateway, a.ID, payment.GatewayPayment{
		ID: id, Amount: v.line.Gross, PaidAt: g.midnight(v.line.ValueDate),
	}, payment.FromSettlement)
}

// attempt reads the attempt that a line names, the zero Attempt when there is none at its gateway.
func (r *Reconciler) attempt(ctx context.Context, l Line) (payment.Attempt, error) {
	if l.Reference == "" {
		return payment.Attempt{}, nil
	}
	a, err := r.Cashier.Attempt(ctx, l.Reference)
	switch {
	case errors.Is(err, payment.ErrNoAttempt):
		return payment.Attempt{}, nil
	case err == nil && a.Gateway != l.Gateway:
		return payment.Attempt{}, nil
	}
	return a, err
}
