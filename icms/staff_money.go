package icms

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/payment"
)

// Charge sets the amount of an order that no filing makes; see [AccountsOffice.Charge]. By is set here.
func (x *Session) Charge(ctx context.Context, in Charge) (payment.Order, error) {
	g, err := x.enter(ctx, "Charge")
	if err == nil {
		_, err = g.court(in.Court)
	}
	if err == nil {
		err = g.on(object{court: in.Court, state: g.whose(in.Payer), open: true})
	}
	if err != nil {
		return payment.Order{}, err
	}
	in.By = g.by()
	return x.s.AccountsOffice().Charge(ctx, in)
}

// WithdrawCharge cancels the order of a charge that is not paid; see [AccountsOffice.Withdraw].
func (x *Session) WithdrawCharge(ctx context.Context, order, cause string) error {
	g, _, err := x.order(ctx, "WithdrawCharge", order)
	if err != nil {
		return err
	}
	return x.s.AccountsOffice().Withdraw(ctx, order, cause, g.by())
}

// Collect records that an order was paid at the counter; see [AccountsOffice.Collect].
func (x *Session) Collect(ctx context.Context, order, slip string) (payment.Receipt, error) {
	g, _, err := x.order(ctx, "Collect", order)
	if err != nil {
		return payment.Receipt{}, err
	}
	return x.s.AccountsOffice().Collect(ctx, order, slip, g.by())
}

// Attempts lists the attempts to pay an order, the first first.
func (x *Session) Attempts(ctx context.Context, order string) ([]payment.Attempt, error) {
	_, _, err := x.order(ctx, "Attempts", order)
	if err != nil {
		return nil, err
	}
	return x.s.cashier.Attempts(ctx, order)
}

// AttemptsIn gives a page of the attempts in a state at all courts where the person has a post, such as those of which nobody knows how they ended.
func (x *Session) AttemptsIn(ctx context.Context, s payment.AttemptState, after string, limit int) ([]payment.Attempt, string, error) {
	g, err := x.enter(ctx, "AttemptsIn")
	if err != nil {
		return nil, "", err
	}
	foreign := object{state: access.Foreign, open: true}
	if !g.s.access.Allows(g.actor.Roles, g.door.Action, g.door.Kind, access.Foreign).Allowed { // at whatever court
		return nil, "", g.denied(foreign)
	}
	page, next, err := x.s.cashier.InState(ctx, s, after, limit)
	var out []payment.Attempt
	for _, a := range page {
		if foreign.court = a.Court; g.on(foreign) == nil {
			out = append(out, a)
		}
	}
	return out, next, err
}

// CheckAttempt asks the gateway how an attempt stands.
func (x *Session) CheckAttempt(ctx context.Context, id string) (payment.Attempt, error) {
	if _, _, err := x.attempt(ctx, "CheckAttempt", id); err != nil {
		return payment.Attempt{}, err
	}
	return x.s.cashier.Check(ctx, id)
}

// ProposeResolution says what an attempt came to whose gateway doesn't say; see payment.Cashier.Resolve. ProposedBy is set here.
func (x *Session) ProposeResolution(ctx context.Context, in payment.Resolution) (payment.Resolution, error) {
	g, _, err := x.attempt(ctx, "ProposeResolution", in.Attempt)
	if err != nil {
		return payment.Resolution{}, err
	}
	in.ProposedBy = g.by().User
	return x.s.cashier.Resolve(ctx, in)
}

// ConfirmResolution carries a resolution out that another person proposed.
func (x *Session) ConfirmResolution(ctx context.Context, id string) (payment.Attempt, error) {
	g, err := x.resolution(ctx, "ConfirmResolution", id)
	if err != nil {
		return payment.Attempt{}, err
	}
	return x.s.cashier.Confirm(ctx, id, g.by().User)
}

// RejectResolution says no to a resolution that another person proposed.
func (x *Session) RejectResolution(ctx context.Context, id string) (payment.Resolution, error) {
	g, err := x.resolution(ctx, "RejectResolution", id)
	if err != nil {
		return payment.Resolution{}, err
	}
	return x.s.cashier.Reject(ctx, id, g.by().User)
}

// resolution enters a method about a resolution.
func (x *Session) resolution(ctx context.Context, method, id string) (*guard, error) {
	g, err := x.enter(ctx, method)
	if err != nil {
		return nil, err
	}
	r, err := x.s.cashier.Resolution(ctx, id)
	if errors.Is(err, payment.ErrNoResolution) {
		return nil, g.missing(id)
	}
	if err != nil {
		return nil, fmt.Errorf("icms: resolution %s: %w", id, err)
	}
	return g, g.on(object{court: r.Court, state: g.proposed(r.ProposedBy), name: id})
}

// proposed says whether the person itself proposed what a second one is to decide.
func (g *guard) proposed(by string) access.State {
	if by == g.by().User {
		return access.Own
	}
	return access.Foreign
}

// ProposeRefund asks for the money of an order to go back; see payment.Cashier.Propose. By is set here.
func (x *Session) ProposeRefund(ctx context.Context, in payment.Proposal) (payment.Refund, error) {
	if in.Order == "" {
		return payment.Refund{}, invalid("a refund names the order whose money goes back")
	}
	g, _, err := x.order(ctx, "ProposeRefund", in.Order)
	if err != nil {
		return payment.Refund{}, err
	}
	in.By = g.by().User
	return x.s.cashier.Propose(ctx, in)
}

// ApproveRefund has money go back that another person proposed; see payment.Cashier.Approve.
func (x *Session) ApproveRefund(ctx context.Context, id string) (payment.Refund, error) {
	g, _, err := x.refund(ctx, "ApproveRefund", id)
	if err != nil {
		return payment.Refund{}, err
	}
	return x.s.cashier.Approve(ctx, id, g.by().User)
}

// DeclineRefund says no to a refund that another person proposed.
func (x *Session) DeclineRefund(ctx context.Context, id, reason string) (payment.Refund, error) {
	g, _, err := x.refund(ctx, "DeclineRefund", id)
	if err != nil {
		return payment.Refund{}, err
	}
	return x.s.cashier.Decline(ctx, id, g.by().User, reason)
}
