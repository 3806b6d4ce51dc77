package gatewaywire

import (
	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/wire"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// described is what a plugin says of itself: the capabilities, and the two abilities that these have no word for.
type described struct {
	payment.Capabilities
	returns, probe bool
}

func describeTo(d described) *gatewayv1.DescribeResponse {
	m := &gatewayv1.DescribeResponse{
		Id: d.ID, Version: d.Version, Currencies: d.Currencies, AuthCapture: d.AuthCapture, PartialCapture: d.PartialCapture,
		Refund: d.Refund, PartialRefund: d.PartialRefund, RefundQuery: d.RefundQuery, MaxRefunds: small(d.MaxRefunds), Cancel: d.Cancel,
		QueryByReference: d.QueryByReference, QueryListsPayments: d.QueryListsPayments, Idempotency: numberOf(idempotencies(), d.Idempotency),
		Window: wire.Span(d.Window), InFlight: wire.Span(d.InFlight), SessionMin: wire.Span(d.SessionMin), SessionMax: wire.Span(d.SessionMax),
		Notifies: d.Notifies, Disputes: d.Disputes, Settlement: d.Settlement, ReferenceMax: small(d.ReferenceMax),
		RedirectHosts: d.RedirectHosts, PayerCanPayTwice: d.PayerCanPayTwice, Returns: d.returns, Probe: d.probe,
	}
	for _, x := range d.Means {
		m.Means = append(m.Means, string(x))
	}
	for _, f := range d.Flows {
		if n := numberOf(flows(), f); n != 0 {
			m.Flows = append(m.Flows, n)
		}
	}
	return m
}

// describeFrom reads what a plugin says of itself. A flow that is not in the contract is left out: nobody here could follow it.
func describeFrom(m *gatewayv1.DescribeResponse) (described, error) {
	d := described{returns: m.GetReturns(), probe: m.GetProbe(), Capabilities: payment.Capabilities{
		ID: m.GetId(), Version: m.GetVersion(), Currencies: m.GetCurrencies(), AuthCapture: m.GetAuthCapture(), PartialCapture: m.GetPartialCapture(),
		Refund: m.GetRefund(), PartialRefund: m.GetPartialRefund(), RefundQuery: m.GetRefundQuery(), MaxRefunds: int(m.GetMaxRefunds()),
		Cancel: m.GetCancel(), QueryByReference: m.GetQueryByReference(), QueryListsPayments: m.GetQueryListsPayments(),
		Notifies: m.GetNotifies(), Disputes: m.GetDisputes(), Settlement: m.GetSettlement(), ReferenceMax: int(m.GetReferenceMax()),
		RedirectHosts: m.GetRedirectHosts(), PayerCanPayTwice: m.GetPayerCanPayTwice(),
		Idempotency: wordOf(idempotencies(), m.GetIdempotency(), ""),
	}}
	for _, x := range m.GetMeans() {
		d.Means = append(d.Means, payment.Means(x))
	}
	for _, n := range m.GetFlows() {
		if f := wordOf(flows(), n, ""); f != "" {
			d.Flows = append(d.Flows, f)
		}
	}
	var errs [6]error
	if d.MaxRefunds < 0 {
		errs[0] = junk("max_refunds", "%d is negative", d.MaxRefunds)
	}
	if d.ReferenceMax < 0 {
		errs[1] = junk("reference_max", "%d is negative", d.ReferenceMax)
	}
	d.Window, errs[2] = spanFrom("window", m.GetWindow())
	d.InFlight, errs[3] = spanFrom("in_flight", m.GetInFlight())
	d.SessionMin, errs[4] = spanFrom("session_min", m.GetSessionMin())
	d.SessionMax, errs[5] = spanFrom("session_max", m.GetSessionMax())
	return d, first(errs[:]...)
}
