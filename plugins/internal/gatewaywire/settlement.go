package gatewaywire

import (
	"courts.example/eservices/payment"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

const (
	// linesAMessage is how many lines travel together.
	linesAMessage = 500
	// maxDay bounds a day in bytes, so that a plugin without an end does not fill the host: the texts of its lines, and lineCost, which is about what
	// the rest of a line takes in memory. 200,000 lines with 100 bytes of text each fit.
	maxDay   = 64 << 20
	lineCost = 200
)

// dayTally counts the bytes of a day.
type dayTally struct{ bytes int }

// add counts a line before it is kept.
func (d *dayTally) add(m *gatewayv1.SettlementLine) error {
	d.bytes += lineCost + len(m.GetId()) + len(m.GetPaymentId()) + len(m.GetReference()) + len(m.GetValueDate()) + len(m.GetBatch())
	if d.bytes > maxDay {
		return junk("id", "the lines of the day take more than %d bytes", maxDay)
	}
	return nil
}

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
