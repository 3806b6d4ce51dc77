package larkpay

import (
	"context"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// done is the company's answer to a cancellation or a refund.
type done struct {
	Reference string                   `json:"reference"`
	ID        string                   `json:"id"`
	State     payment.OperationState   `json:"state"`
	Amount    money.Amount             `json:"amount"`
	Payments  []payment.GatewayPayment `json:"payments"`
}

// reply puts the answer into the port's words, if it is about what was asked.
func (d *done) reply(reference, id string, replay bool) (payment.OperationReply, error) {
	if reference != "" && d.Reference != reference || reference == "" && d.ID != id {
		return payment.OperationReply{}, unclear("the answer is about something else", nil)
	}
	return payment.OperationReply{State: operationState(d.State), GatewayRef: d.ID, Amount: d.Amount, Payments: d.Payments, Replay: replay}, nil
}

// Cancel ends a session that waits for its payer.
func (g *Gateway) Cancel(ctx context.Context, r payment.OperationRequest) (payment.OperationReply, error) {
	var d done
	replay, err := g.post(ctx, "/v1/sessions/cancel", r.Key, map[string]string{"reference": r.Reference, "id": r.GatewayRef}, &d)
	if err != nil {
		return payment.OperationReply{}, err
	}
	return d.reply(r.Reference, r.GatewayRef, replay)
}

// newRefund asks to give money back. Refundable lets the company refuse when it counts otherwise than the court.
type newRefund struct {
	Reference  string       `json:"reference"`
	Attempt    string       `json:"attempt,omitempty"`
	PaymentID  string       `json:"paymentId"`
	Amount     money.Amount `json:"amount"`
	Refundable money.Amount `json:"refundable,omitzero"`
	Reason     string       `json:"reason,omitempty"`
}

// Refund gives money back.
func (g *Gateway) Refund(ctx context.Context, r payment.RefundRequest) (payment.OperationReply, error) {
	if r.Reference == "" || r.PaymentID == "" || r.Amount.Sign() <= 0 {
		return payment.OperationReply{}, invalid("a reference, a payment and an amount are needed")
	}
	var d done
	replay, err := g.post(ctx, "/v1/refunds", r.Key, newRefundOf(r), &d)
	if err != nil {
		return payment.OperationReply{}, err
	}
	return d.reply(r.Reference, "", replay)
}

func newRefundOf(r payment.RefundRequest) newRefund {
	return newRefund{
		Reference: r.Reference, Attempt: r.Attempt, PaymentID: r.PaymentID, Amount: r.Amount, Refundable: r.Refundable, Reason: r.Reason,
	}
}

// QueryRefund asks about a refund. One that is not there is unknown and has no GatewayRef, without an error.
func (g *Gateway) QueryRefund(ctx context.Context, r payment.QueryRefundRequest) (payment.OperationReply, error) {
	var d done
	err := g.get(ctx, "/v1/refunds", oneOf(r.Reference, r.GatewayRef), &d)
	switch {
	case notThere(err):
		return payment.OperationReply{State: payment.OperationUnknown}, nil
	case err != nil:
		return payment.OperationReply{}, err
	}
	return d.reply(r.Reference, r.GatewayRef, false)
}
