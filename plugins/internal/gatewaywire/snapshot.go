package gatewaywire

import (
	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/wire"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

func snapshotTo(q payment.QueryReply) *gatewayv1.Snapshot {
	m := &gatewayv1.Snapshot{
		Found: q.Found, State: numberOf(attemptStates(), q.State), GatewayRef: q.GatewayRef, Payments: paymentsTo(q.Payments), Final: q.Final,
		Decline: numberOf(declines(), q.Decline), Expires: wire.Timestamp(q.Expires), Next: nextTo(q.Next),
	}
	for _, r := range q.Refunds {
		m.Refunds = append(m.Refunds, &gatewayv1.Refund{
			Id: r.ID, Reference: r.Reference, PaymentId: r.PaymentID, Amount: amountTo(r.Amount), State: numberOf(operationStates(), r.State),
		})
	}
	for _, d := range q.Disputes {
		m.Disputes = append(m.Disputes, &gatewayv1.Dispute{
			Id: d.ID, PaymentId: d.PaymentID, Amount: amountTo(d.Amount), State: numberOf(disputeStates(), d.State),
		})
	}
	return m
}

// snapshotFrom reads all there is about an attempt. A snapshot that is not there is junk, not an attempt that is not there; and what has no
// state that can be read is not final.
func snapshotFrom(m *gatewayv1.Snapshot) (payment.QueryReply, error) {
	if m == nil {
		return payment.QueryReply{}, junk("snapshot", "there is none")
	}
	q := payment.QueryReply{
		Found: m.GetFound(), State: wordOf(attemptStates(), m.GetState(), ""), GatewayRef: m.GetGatewayRef(),
		Final: m.GetFinal(), Decline: wordOf(declines(), m.GetDecline(), ""),
	}
	if q.State == "" {
		q.Final = false
		if q.Found || m.GetState() != 0 {
			q.State = payment.AttemptUnknown
		}
	}
	var errs [5]error
	q.Payments, errs[0] = paymentsFrom(m.GetPayments())
	q.Refunds, errs[1] = refundsFrom(m.GetRefunds())
	q.Disputes, errs[2] = disputesFrom(m.GetDisputes())
	q.Expires, errs[3] = timeFrom("expires", m.GetExpires())
	q.Next, errs[4] = nextFrom(m.GetNext())
	if err := first(errs[:]...); err != nil {
		return payment.QueryReply{}, err
	}
	return q, nil
}

func refundsFrom(list []*gatewayv1.Refund) ([]payment.GatewayRefund, error) {
	var out []payment.GatewayRefund
	for i, m := range list {
		amount, err := amountNeeded("amount", m.GetAmount())
		if err != nil {
			return nil, inList("refunds", i, err)
		}
		out = append(out, payment.GatewayRefund{
			ID: m.GetId(), Reference: m.GetReference(), PaymentID: m.GetPaymentId(), Amount: amount,
			State: wordOf(operationStates(), m.GetState(), payment.OperationUnknown),
		})
	}
	return out, nil
}

func disputesFrom(list []*gatewayv1.Dispute) ([]payment.GatewayDispute, error) {
	var out []payment.GatewayDispute
	for i, m := range list {
		amount, err := amountNeeded("amount", m.GetAmount())
		if err != nil {
			return nil, inList("disputes", i, err)
		}
		out = append(out, payment.GatewayDispute{
			ID: m.GetId(), PaymentID: m.GetPaymentId(), Amount: amount, State: wordOf(disputeStates(), m.GetState(), payment.DisputeOpen),
		})
	}
	return out, nil
}
