package gatewaywire

import (
	"courts.example/eservices/payment"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// pair is a word of the port and its number on the wire.
type pair[W ~int32, G ~string] struct {
	number W
	word   G
}

// numberOf gives a word's number, 0 when it has none.
func numberOf[W ~int32, G ~string](table []pair[W, G], word G) W {
	for _, p := range table {
		if p.word == word {
			return p.number
		}
	}
	return 0
}

// wordOf gives a number's word, and otherwise for a number that has none.
func wordOf[W ~int32, G ~string](table []pair[W, G], number W, otherwise G) G {
	for _, p := range table {
		if p.number == number {
			return p.word
		}
	}
	return otherwise
}

func flows() []pair[gatewayv1.Flow, payment.Flow] {
	return []pair[gatewayv1.Flow, payment.Flow]{
		{gatewayv1.Flow_FLOW_REDIRECT, payment.Redirect},
		{gatewayv1.Flow_FLOW_FORM_POST, payment.FormPost},
		{gatewayv1.Flow_FLOW_QR, payment.QR},
		{gatewayv1.Flow_FLOW_DEEP_LINK, payment.DeepLink},
	}
}

func idempotencies() []pair[gatewayv1.Idempotency, payment.Idempotency] {
	return []pair[gatewayv1.Idempotency, payment.Idempotency]{
		{gatewayv1.Idempotency_IDEMPOTENCY_KEY, payment.ByKey},
		{gatewayv1.Idempotency_IDEMPOTENCY_REFERENCE, payment.ByReference},
		{gatewayv1.Idempotency_IDEMPOTENCY_NONE, payment.NoKeys},
	}
}

func classes() []pair[gatewayv1.ErrorClass, payment.ErrorClass] {
	return []pair[gatewayv1.ErrorClass, payment.ErrorClass]{
		{gatewayv1.ErrorClass_ERROR_CLASS_INVALID, payment.Invalid},
		{gatewayv1.ErrorClass_ERROR_CLASS_CONFIG, payment.Config},
		{gatewayv1.ErrorClass_ERROR_CLASS_UNAVAILABLE, payment.Unavailable},
		{gatewayv1.ErrorClass_ERROR_CLASS_THROTTLED, payment.Throttled},
		{gatewayv1.ErrorClass_ERROR_CLASS_DECLINED, payment.Declined},
		{gatewayv1.ErrorClass_ERROR_CLASS_CONFLICT, payment.Conflict},
		{gatewayv1.ErrorClass_ERROR_CLASS_NOT_ALLOWED, payment.NotAllowed},
		{gatewayv1.ErrorClass_ERROR_CLASS_UNKNOWN, payment.Unknown},
	}
}

func declines() []pair[gatewayv1.Decline, payment.Decline] {
	return []pair[gatewayv1.Decline, payment.Decline]{
		{gatewayv1.Decline_DECLINE_INSUFFICIENT, payment.DeclineInsufficient},
		{gatewayv1.Decline_DECLINE_LIMIT, payment.DeclineLimit},
		{gatewayv1.Decline_DECLINE_EXPIRED, payment.DeclineExpired},
		{gatewayv1.Decline_DECLINE_AUTHENTICATION, payment.DeclineAuth},
		{gatewayv1.Decline_DECLINE_SUSPECTED, payment.DeclineSuspected},
		{gatewayv1.Decline_DECLINE_ON_HOLD, payment.DeclineOnHold},
		{gatewayv1.Decline_DECLINE_CLOSED, payment.DeclineClosed},
		{gatewayv1.Decline_DECLINE_OTHER, payment.DeclineOther},
	}
}

func attemptStates() []pair[gatewayv1.AttemptState, payment.AttemptState] {
	return []pair[gatewayv1.AttemptState, payment.AttemptState]{
		{gatewayv1.AttemptState_ATTEMPT_STATE_UNKNOWN, payment.AttemptUnknown},
		{gatewayv1.AttemptState_ATTEMPT_STATE_PENDING, payment.AttemptPending},
		{gatewayv1.AttemptState_ATTEMPT_STATE_PROCESSING, payment.AttemptProcessing},
		{gatewayv1.AttemptState_ATTEMPT_STATE_AUTHORISED, payment.AttemptAuthorised},
		{gatewayv1.AttemptState_ATTEMPT_STATE_SUCCEEDED, payment.AttemptSucceeded},
		{gatewayv1.AttemptState_ATTEMPT_STATE_FAILED, payment.AttemptFailed},
		{gatewayv1.AttemptState_ATTEMPT_STATE_CANCELLED, payment.AttemptCancelled},
		{gatewayv1.AttemptState_ATTEMPT_STATE_EXPIRED, payment.AttemptExpired},
	}
}

func operationStates() []pair[gatewayv1.OperationState, payment.OperationState] {
	return []pair[gatewayv1.OperationState, payment.OperationState]{
		{gatewayv1.OperationState_OPERATION_STATE_UNKNOWN, payment.OperationUnknown},
		{gatewayv1.OperationState_OPERATION_STATE_PENDING, payment.OperationPending},
		{gatewayv1.OperationState_OPERATION_STATE_SUCCEEDED, payment.OperationSucceeded},
		{gatewayv1.OperationState_OPERATION_STATE_FAILED, payment.OperationFailed},
		{gatewayv1.OperationState_OPERATION_STATE_REVIEW, payment.OperationReview},
	}
}

func disputeStates() []pair[gatewayv1.DisputeState, payment.DisputeState] {
	return []pair[gatewayv1.DisputeState, payment.DisputeState]{
		{gatewayv1.DisputeState_DISPUTE_STATE_OPEN, payment.DisputeOpen},
		{gatewayv1.DisputeState_DISPUTE_STATE_WON, payment.DisputeWon},
		{gatewayv1.DisputeState_DISPUTE_STATE_LOST, payment.DisputeLost},
	}
}

func rejects() []pair[gatewayv1.RejectReason, payment.RejectReason] {
	return []pair[gatewayv1.RejectReason, payment.RejectReason]{
		{gatewayv1.RejectReason_REJECT_REASON_UNSIGNED, payment.RejectUnsigned},
		{gatewayv1.RejectReason_REJECT_REASON_FORGED, payment.RejectForged},
		{gatewayv1.RejectReason_REJECT_REASON_STALE, payment.RejectStale},
		{gatewayv1.RejectReason_REJECT_REASON_FUTURE, payment.RejectFuture},
		{gatewayv1.RejectReason_REJECT_REASON_MALFORMED, payment.RejectMalformed},
		{gatewayv1.RejectReason_REJECT_REASON_TOO_LARGE, payment.RejectTooLarge},
	}
}

func settlementKinds() []pair[gatewayv1.SettlementKind, payment.SettlementKind] {
	return []pair[gatewayv1.SettlementKind, payment.SettlementKind]{
		{gatewayv1.SettlementKind_SETTLEMENT_KIND_PAYMENT, payment.SettledPayment},
		{gatewayv1.SettlementKind_SETTLEMENT_KIND_REFUND, payment.SettledRefund},
		{gatewayv1.SettlementKind_SETTLEMENT_KIND_DISPUTE, payment.SettledDispute},
		{gatewayv1.SettlementKind_SETTLEMENT_KIND_FEE, payment.SettledFee},
		{gatewayv1.SettlementKind_SETTLEMENT_KIND_PAYOUT, payment.SettledPayout},
	}
}
