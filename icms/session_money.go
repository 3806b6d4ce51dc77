package icms

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// order enters a method about an order of payment.
func (x *Session) order(ctx context.Context, method, id string) (*guard, payment.Order, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, payment.Order{}, err
	}
	o, err := x.s.orders.Get(ctx, id)
	if errors.Is(err, payment.ErrNoOrder) {
		return nil, o, g.missing(id)
	}
	if err != nil {
		return nil, o, fmt.Errorf("icms: order %s: %w", id, err)
	}
	return g, o, g.on(object{court: o.Court, state: g.whose(o.Payer), name: id})
}

// Ordered is an order of payment with what of its money went back: an order that was paid stays paid.
type Ordered struct {
	payment.Order
	// Refunded is what went back, or is on its way back since its refund was approved; zero when nothing did.
	Refunded money.Amount `json:"refunded,omitzero"`
}

// ordered adds to an order what of its money went back.
func (s *Service) ordered(ctx context.Context, o payment.Order) (Ordered, error) {
	out := Ordered{Order: o}
	if o.State != payment.Paid {
		return out, nil
	}
	back, err := s.wentBack(ctx, o.ID, o.Amount.Currency())
	if err != nil {
		return Ordered{}, fmt.Errorf("icms: refunds of order %s: %w", o.ID, err)
	}
	if !back.amount.IsZero() {
		out.Refunded = back.amount
	}
	return out, nil
}

// Order reads an order of payment: the person's own, or any of its court for the accounts office. Somebody without an account owns the orders
// made for it under the name by which the host knows it.
func (x *Session) Order(ctx context.Context, id string) (Ordered, error) {
	_, o, err := x.order(ctx, "Order", id)
	if err != nil {
		return Ordered{}, err
	}
	return x.s.ordered(ctx, o)
}

// Receipt reads the receipt of an order that is paid; payment.ErrNoReceipt while it is not.
func (x *Session) Receipt(ctx context.Context, order string) (payment.Receipt, error) {
	if _, _, err := x.order(ctx, "Receipt", order); err != nil {
		return payment.Receipt{}, err
	}
	return x.s.orders.ReceiptOf(ctx, order)
}

// Pay begins an attempt to pay an order of the person's own at a gateway; see [AccountsOffice.Start], which sets Authorise. By and
// Registered are set here.
func (x *Session) Pay(ctx context.Context, in payment.StartRequest) (payment.Attempt, error) {
	g, _, err := x.order(ctx, "Pay", in.Order)
	if err != nil {
		return payment.Attempt{}, err
	}
	in.By, in.Registered = g.by().User, g.member != ""
	return x.s.AccountsOffice().Start(ctx, in)
}

// PayFromAccount pays an order of the person's own organisation from one of its deposit accounts; see [AccountsOffice.PayFromAccount].
func (x *Session) PayFromAccount(ctx context.Context, order string, account ledger.AccountID) (payment.Receipt, error) {
	g, _, err := x.order(ctx, "PayFromAccount", order)
	if err == nil {
		err = g.on(object{state: g.whose(account.Org()), name: string(account)})
	}
	if err != nil {
		return payment.Receipt{}, err
	}
	return x.s.AccountsOffice().PayFromAccount(ctx, order, account, g.by())
}

// Attempt reads an attempt to pay: of the person's own orders, or any of its court for the accounts office.
func (x *Session) Attempt(ctx context.Context, id string) (payment.Attempt, error) {
	_, a, err := x.attempt(ctx, "Attempt", id)
	if err != nil {
		return payment.Attempt{}, err
	}
	return a, nil
}

func (x *Session) attempt(ctx context.Context, method, id string) (*guard, payment.Attempt, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, payment.Attempt{}, err
	}
	a, err := x.s.cashier.Attempt(ctx, id)
	if errors.Is(err, payment.ErrNoAttempt) {
		return nil, a, g.missing(id)
	}
	if err != nil {
		return nil, a, fmt.Errorf("icms: attempt %s: %w", id, err)
	}
	return g, a, g.on(object{court: a.Court, state: g.whose(a.Payer), name: id})
}
