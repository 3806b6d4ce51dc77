package main

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/reconcile"
)

// The persons of the court.
const (
	clerk   = "clerk"
	officer = "officer"
)

// do does a deed. An error is one that must not be: what may be refused is said in told.Refused.
func (c *court) do(ctx context.Context, a ask) (t told, err error) {
	switch a.Do {
	case doOpen:
		t.Order, err = c.openOrder(ctx, a)
	case doOrder:
		t.Order, err = c.orders.Get(ctx, a.Order)
	case doStart:
		t.Attempt, err = c.start(ctx, a)
	case doCheck:
		t.Attempt, err = c.cashier.Check(ctx, a.Attempt)
	case doCancel:
		t.Attempt, err = c.cashier.Cancel(ctx, a.Attempt, clerk)
	case doCapture:
		t.Attempt, err = c.cashier.Capture(ctx, a.Attempt, officer)
	case doExpire:
		t.Order, err = c.cashier.Expire(ctx, a.Order, "not paid in time", officer)
	case doRefund:
		t.Refund, err = c.refund(ctx, a)
	case doAllocate:
		t.Order, err = c.cashier.Allocate(ctx, payment.Allocation{
			Order: a.Order, Takings: []payment.TakingID{{Gateway: gateway, Payment: payment.ScrubID(a.Payment)}}, By: clerk, ApprovedBy: officer,
		})
	case doExcess:
		t.Takings, err = c.excess(ctx)
	case doLost:
		t.Lost, err = c.lost(ctx)
	case doResolve:
		t, err = c.resolve(ctx, a)
	case doClock:
		c.clock.set(a.Ahead)
	case doWork:
		err = c.workAll(ctx)
	case doLeft:
		t.Count, err = c.left(ctx)
	case doSettle:
		t.Matched, err = c.settle(ctx, a)
	case doSweep:
		_, err = c.reconciler.Sweep(ctx, gateway)
	case doMemory:
		t.Memory = measure()
	default:
		err = fmt.Errorf("nobody knows how to %.40q", a.Do)
	}
	return refused(t, err)
}

// refused turns the errors that may be into the answer: the state of the order, the attempt or the money does not allow it now.
func refused(t told, err error) (told, error) {
	for _, may := range []error{payment.ErrTransition, payment.ErrRefundable, payment.ErrDisputed} {
		if errors.Is(err, may) {
			t.Refused = err.Error()
			return t, nil
		}
	}
	return t, err
}

// openOrder makes an order of two lines, or finds it.
func (c *court) openOrder(ctx context.Context, a ask) (payment.Order, error) {
	if o, err := c.orders.Get(ctx, a.Order); !errors.Is(err, payment.ErrNoOrder) {
		return o, err
	}
	at := c.clock.now()
	o, err := payment.NewOrder(payment.Order{
		ID: a.Order, Court: a.Court, Payer: "payer-" + a.Order, Purpose: "filing", For: payment.Subject{Kind: "claim", ID: a.Order},
		PricedAt: at, CreatedAt: at,
		Lines: []payment.Line{
			{Item: "filing", Description: law.T("Filing", ""), Count: 1, Amount: a.Amount},
			{Item: "notice", Description: law.T("Notice", ""), Count: 1, Amount: a.Amount},
		},
	})
	if err != nil {
		return o, err
	}
	change, err := c.opening(ctx, o)
	if err != nil {
		return o, err
	}
	if _, err := c.orders.Apply(ctx, change); err != nil {
		return o, err
	}
	return c.orders.Get(ctx, a.Order)
}

// start begins an attempt. While one is active that is the answer, and without any when the order is over.
func (c *court) start(ctx context.Context, a ask) (payment.Attempt, error) {
	started, err := c.cashier.Start(ctx, payment.StartRequest{
		Order: a.Order, Gateway: gateway, Means: a.Means, Flow: a.Flow, Locale: "zh-HK", By: "payer", Registered: true, Authorise: a.Authorise,
	})
	var active *payment.ActiveError
	if errors.As(err, &active) {
		started, err = c.cashier.ActiveOf(ctx, a.Order)
		if errors.Is(err, payment.ErrNoAttempt) { // it ended meanwhile
			return payment.Attempt{}, nil
		}
	}
	return started, err
}

// refund proposes that money goes back and has another person approve it.
func (c *court) refund(ctx context.Context, a ask) (payment.Refund, error) {
	p := payment.Proposal{Order: a.Order, Amount: a.Amount, Reason: "soak", By: clerk, Key: a.Key}
	if a.Payment != "" {
		p.Gateway, p.Payment = gateway, a.Payment
	}
	r, err := c.cashier.Propose(ctx, p)
	if err != nil || r.Stage() != payment.StageProposed {
		return r, err
	}
	return c.cashier.Approve(ctx, r.ID, officer)
}

// lost lists what waits for a person's decision.
func (c *court) lost(ctx context.Context) (l lost, err error) {
	err = each(func(after string) ([]payment.Refund, string, error) {
		return c.cashier.Refunds(ctx, payment.RefundQuery{Flag: payment.FlagLost, After: after, Limit: pageSize})
	}, func(r payment.Refund) error {
		if r.Open() {
			l.Refunds = append(l.Refunds, r.ID)
		}
		return nil
	})
	if err != nil {
		return l, err
	}
	err = each(func(after string) ([]payment.Attempt, string, error) {
		return c.cashier.Flagged(ctx, payment.FlagLost, after, pageSize)
	}, func(a payment.Attempt) error {
		if a.State.Active() {
			l.Attempts = append(l.Attempts, a.ID)
		}
		return nil
	})
	return l, err
}

// evidence is what the two persons have seen who decide.
const evidence = "the company's statement does not have it"

// resolve has two persons decide that a refund or an attempt came to nothing.
func (c *court) resolve(ctx context.Context, a ask) (t told, err error) {
	if a.Refund != "" {
		t.Refund, err = c.cashier.SettleRefund(ctx, a.Refund, payment.OperationFailed, evidence, clerk, officer)
		return t, err
	}
	r, err := c.cashier.Resolve(ctx, payment.Resolution{Attempt: a.Attempt, Outcome: payment.AttemptFailed, Evidence: evidence, ProposedBy: clerk})
	if err == nil {
		t.Attempt, err = c.cashier.Confirm(ctx, r.ID, officer)
	}
	return t, err
}

// settle imports settlements and compares them with what is on record.
func (c *court) settle(ctx context.Context, a ask) (reconcile.Matched, error) {
	if a.File != "" {
		if err := c.imports(ctx, a); err != nil {
			return reconcile.Matched{}, err
		}
	}
	return c.reconciler.Match(ctx, gateway)
}
