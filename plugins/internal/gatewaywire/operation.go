package gatewaywire

import (
	"courts.example/eservices/payment"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

func cancelTo(r payment.OperationRequest) (*gatewayv1.CancelRequest, error) {
	return &gatewayv1.CancelRequest{Reference: r.Reference, GatewayRef: r.GatewayRef, Key: r.Key}, sendableOperation(r)
}

func captureTo(r payment.OperationRequest) (*gatewayv1.CaptureRequest, error) {
	return &gatewayv1.CaptureRequest{
		Reference: r.Reference, GatewayRef: r.GatewayRef, Key: r.Key, Amount: amountTo(r.Amount),
	}, sendableOperation(r)
}

func sendableOperation(r payment.OperationRequest) error {
	return sendable(named{"reference", r.Reference}, named{"gateway_ref", r.GatewayRef}, named{"key", r.Key})
}

// captureFrom reads a request. An amount that can't be read is an error and never absent, which would mean all.
func captureFrom(m *gatewayv1.CaptureRequest) (payment.OperationRequest, error) {
	amount, err := amountFrom("amount", m.GetAmount())
	return payment.OperationRequest{Reference: m.GetReference(), GatewayRef: m.GetGatewayRef(), Key: m.GetKey(), Amount: amount}, err
}

func refundTo(r payment.RefundRequest) (*gatewayv1.RefundRequest, error) {
	return &gatewayv1.RefundRequest{
			Reference: r.Reference, Key: r.Key, Attempt: r.Attempt, PaymentId: r.PaymentID, Amount: amountTo(r.Amount),
			Refundable: amountTo(r.Refundable), Reason: r.Reason,
		}, sendable(named{"reference", r.Reference}, named{"key", r.Key}, named{"attempt", r.Attempt}, named{"payment_id", r.PaymentID},
			named{"reason", r.Reason})
}

func refundFrom(m *gatewayv1.RefundRequest) (payment.RefundRequest, error) {
	amount, err := amountFrom("amount", m.GetAmount())
	left, err1 := amountFrom("refundable", m.GetRefundable())
	return payment.RefundRequest{
		Reference: m.GetReference(), Key: m.GetKey(), Attempt: m.GetAttempt(), PaymentID: m.GetPaymentId(), Amount: amount, Refundable: left,
		Reason: m.GetReason(),
	}, first(err, err1)
}

func operationTo(o payment.OperationReply) *gatewayv1.Operation {
	return &gatewayv1.Operation{
		State: numberOf(operationStates(), o.State), GatewayRef: o.GatewayRef, Amount: amountTo(o.Amount), Replay: o.Replay,
		Payments: paymentsTo(o.Payments),
	}
}

// operationFrom reads the state of an operation; one that is not there is junk.
func operationFrom(m *gatewayv1.Operation) (payment.OperationReply, error) {
	if m == nil {
		return payment.OperationReply{}, junk("operation", "there is none")
	}
	amount, err := amountFrom("amount", m.GetAmount())
	payments, err1 := paymentsFrom(m.GetPayments())
	if err = first(err, err1); err != nil {
		return payment.OperationReply{}, in("operation", err)
	}
	return payment.OperationReply{
		State: wordOf(operationStates(), m.GetState(), payment.OperationUnknown), GatewayRef: m.GetGatewayRef(), Amount: amount,
		Replay: m.GetReplay(), Payments: payments,
	}, nil
}
