package gatewaywire

import (
	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/wire"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// createTo carries a request; its error wraps errJunk.
func createTo(r payment.CreateRequest) (*gatewayv1.CreateRequest, error) {
	flow := numberOf(flows(), r.Flow)
	if flow == 0 && r.Flow != "" {
		return nil, junk("flow", "%.40q is none", r.Flow)
	}
	err := first(
		sendable(named{"reference", r.Reference}, named{"key", r.Key}, named{"means", string(r.Means)}, named{"description", r.Description},
			named{"return_url", r.ReturnURL}, named{"cancel_url", r.CancelURL}, named{"notify_url", r.NotifyURL}, named{"locale", r.Locale}),
		sendableTime("expires_at", r.ExpiresAt), sendableTime("first_sent", r.FirstSent))
	return &gatewayv1.CreateRequest{
		Reference: r.Reference, Key: r.Key, Amount: amountTo(r.Amount), Means: string(r.Means), Flow: flow, Authorise: r.Authorise,
		Description: r.Description, ReturnUrl: r.ReturnURL, CancelUrl: r.CancelURL, NotifyUrl: r.NotifyURL,
		ExpiresAt: wire.Timestamp(r.ExpiresAt), Locale: r.Locale, FirstSent: wire.Timestamp(r.FirstSent), SendNo: small(r.SendNo),
	}, err
}

func createFrom(m *gatewayv1.CreateRequest) (payment.CreateRequest, error) {
	flow := wordOf(flows(), m.GetFlow(), "")
	var err error
	if flow == "" && m.GetFlow() != 0 {
		err = junk("flow", "%d is none", m.GetFlow())
	}
	amount, err1 := amountFrom("amount", m.GetAmount())
	expires, err2 := timeFrom("expires_at", m.GetExpiresAt())
	sent, err3 := timeFrom("first_sent", m.GetFirstSent())
	return payment.CreateRequest{
		Reference: m.GetReference(), Key: m.GetKey(), Amount: amount, Means: payment.Means(m.GetMeans()), Flow: flow, Authorise: m.GetAuthorise(),
		Description: m.GetDescription(), ReturnURL: m.GetReturnUrl(), CancelURL: m.GetCancelUrl(), NotifyURL: m.GetNotifyUrl(),
		ExpiresAt: expires, Locale: m.GetLocale(), FirstSent: sent, SendNo: int(m.GetSendNo()),
	}, first(err, err1, err2, err3)
}

func attemptTo(a payment.AttemptReply) *gatewayv1.CreateResponse {
	return &gatewayv1.CreateResponse{
		State: numberOf(attemptStates(), a.State), GatewayRef: a.GatewayRef, Next: nextTo(a.Next), Payments: paymentsTo(a.Payments), Replay: a.Replay,
	}
}

func attemptFrom(m *gatewayv1.CreateResponse) (payment.AttemptReply, error) {
	next, err := nextFrom(m.GetNext())
	payments, err1 := paymentsFrom(m.GetPayments())
	if err = first(err, err1); err != nil {
		return payment.AttemptReply{}, err
	}
	return payment.AttemptReply{
		State:      wordOf(attemptStates(), m.GetState(), payment.AttemptUnknown),
		GatewayRef: m.GetGatewayRef(), Next: next, Payments: payments, Replay: m.GetReplay(),
	}, nil
}

func nextTo(n payment.NextAction) *gatewayv1.NextAction {
	if n.Flow == "" && n.URL == "" && len(n.Fields) == 0 && n.Code == "" && n.ExpiresAt.IsZero() {
		return nil
	}
	return &gatewayv1.NextAction{
		Flow: numberOf(flows(), n.Flow), Url: n.URL, Fields: n.Fields, Code: n.Code, ExpiresAt: wire.Timestamp(n.ExpiresAt),
	}
}

// nextFrom reads what the payer has to do. With a flow that is not in the contract there is nothing that a payer could be brought to do.
func nextFrom(m *gatewayv1.NextAction) (payment.NextAction, error) {
	until, err := timeFrom("expires_at", m.GetExpiresAt())
	if err != nil {
		return payment.NextAction{}, in("next", err)
	}
	n := payment.NextAction{Flow: wordOf(flows(), m.GetFlow(), ""), URL: m.GetUrl(), Code: m.GetCode(), ExpiresAt: until}
	if len(m.GetFields()) > 0 {
		n.Fields = m.GetFields()
	}
	return n, nil
}

func paymentsTo(list []payment.GatewayPayment) []*gatewayv1.Payment {
	var out []*gatewayv1.Payment
	for _, p := range list {
		out = append(out, &gatewayv1.Payment{
			Id: p.ID, Amount: amountTo(p.Amount), PaidAt: wire.Timestamp(p.PaidAt), Means: string(p.Means), Masked: wire.Clean(payment.Scrub(p.Masked)),
			Authorised: p.Authorised,
		})
	}
	return out
}

func paymentsFrom(list []*gatewayv1.Payment) ([]payment.GatewayPayment, error) {
	var out []payment.GatewayPayment
	for i, m := range list {
		amount, err := amountNeeded("amount", m.GetAmount())
		paid, err1 := timeFrom("paid_at", m.GetPaidAt())
		if err = first(err, err1); err != nil {
			return nil, inList("payments", i, err)
		}
		out = append(out, payment.GatewayPayment{
			ID: m.GetId(), Amount: amount, PaidAt: paid, Means: payment.Means(m.GetMeans()), Masked: m.GetMasked(), Authorised: m.GetAuthorised(),
		})
	}
	return out, nil
}
