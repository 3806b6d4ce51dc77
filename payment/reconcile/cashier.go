package reconcile

import (
	"context"

	"courts.example/eservices/payment"
)

// Cashier is what is asked of the [payment.Cashier].
type Cashier interface {
	// Attempt reads an attempt, or payment.ErrNoAttempt. Check asks its gateway about it and records what it learns.
	Attempt(ctx context.Context, id string) (payment.Attempt, error)
	Check(ctx context.Context, id string) (payment.Attempt, error)
	// InState reads a page of the attempts in a state, the oldest first; an empty next ends the list.
	InState(ctx context.Context, s payment.AttemptState, after string, limit int) (attempts []payment.Attempt, next string, err error)
	// Record puts money on record that became known by other ways. The same payment again changes nothing.
	Record(ctx context.Context, gateway, reference string, p payment.GatewayPayment, from payment.Source) (payment.Taken, error)
	// Taking reads a payment on record, or payment.ErrNoTaken. Takings reads a page of them; an empty next ends the list.
	Taking(ctx context.Context, gateway, payment string) (payment.Taken, error)
	// TakingsOf reads those that were meant for an order.
	TakingsOf(ctx context.Context, order string) ([]payment.Taken, error)
	Takings(ctx context.Context, q payment.TakingsQuery) (takings []payment.Taken, next string, err error)
	// Refund reads a refund, or payment.ErrNoRefund. Refunds reads a page of them. CheckRefund asks the gateway about one and records what
	// it learns.
	Refund(ctx context.Context, id string) (payment.Refund, error)
	Refunds(ctx context.Context, q payment.RefundQuery) (refunds []payment.Refund, next string, err error)
	CheckRefund(ctx context.Context, id string) (payment.Refund, error)
	// Disputes reads a page of disputes.
	Disputes(ctx context.Context, q payment.DisputeQuery) (disputes []payment.Dispute, next string, err error)
}
