package gatewaywire

import (
	"courts.example/eservices/payment"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

const (
	// linesAMessage is how many lines travel together.
	linesAMessage = 500
	// maxLines bounds the lines of a day, so that a plugin without an end does not fill the host.
	maxLines = 1 << 20
)

func lineTo(l payment.SettlementLine) *gatewayv1.SettlementLine {
	return &gatewayv1.SettlementLine{
		Id: l.ID, Kind: numberOf(settlementKinds(), l.Kind), PaymentId: l.PaymentID, Reference: l.Reference, Gross: amountTo(l.Gross),
		Fee: amountTo(l.Fee), Net: amountTo(l.Net), ValueDate: l.ValueDate, Batch: l.Batch,
	}
}

// lineFrom reads a line; one of a kind that is not in the contract is junk, for nobody could book it.
func lineFrom(m *gatewayv1.SettlementLine) (payment.SettlementLine, error) {
	kind := wordOf(settlementKinds(), m.GetKind(), "")
	var errs [4]error
	if kind == "" {
		errs[0] = junk("kind", "%d is none", m.GetKind())
	}
	l := payment.SettlementLine{
		ID: m.GetId(), Kind: kind, PaymentID: m.GetPaymentId(), Reference: m.GetReference(), ValueDate: m.GetValueDate(), Batch: m.GetBatch(),
	}
	l.Gross, errs[1] = amountFrom("gross", m.GetGross())
	l.Fee, errs[2] = amountFrom("fee", m.GetFee())
	l.Net, errs[3] = amountFrom("net", m.GetNet())
	return l, first(errs[:]...)
}
