package icms

import (
	"context"
	"errors"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// Payments say how orders are paid at gateways. The zero value has none: deposit accounts and the counter remain.
type Payments struct {
	// Gateways are the gateways, each under the id of its capabilities.
	Gateways []payment.Gateway
	// Name is this deployment's own and never changes: it keeps the references of two deployments at one gateway apart. Secret makes the
	// tokens of return addresses; at least 32 bytes, the same on every node. Both are required with gateways.
	Name   string
	Secret []byte
	// ReturnURL and CancelURL are where the payer's browser comes back, by the attempt's token; NotifyURL is where the messages of a
	// gateway go.
	ReturnURL, CancelURL func(token string) string
	NotifyURL            func(gateway string) string
	// Describe gives the words that a payer reads at the gateway; nil gives the order's purpose.
	Describe func(o payment.Order, locale string) string
	// Terms are times and limits; zero fields mean the library's policy.
	Terms payment.Terms
}

// newCashier makes the Cashier of a Service.
func (s *Service) newCashier(p Payments, o Options) (*payment.Cashier, error) {
	var rules []payment.MeansRule
	for _, code := range s.Courts() {
		rules = append(rules, s.courts[code].court.Means...)
	}
	if len(rules) > 0 {
		var err error
		if s.means, err = payment.NewMeansPolicy(rules...); err != nil {
			return nil, err
		}
	}
	return payment.NewCashier(payment.CashierOptions{
		Store: o.Store, Orders: s.orders, Ledger: s.ledger, Gateways: p.Gateways, Clock: s.now, Log: o.Log, Name: p.Name, Secret: p.Secret,
		ReturnURL: p.ReturnURL, CancelURL: p.CancelURL, NotifyURL: p.NotifyURL, Describe: p.Describe, Means: s.means,
		Series: s.chainOf, Chain: s.chainOf, Follow: s.follow, Terms: p.Terms,
	})
}

// follow is what the counter writes in the change in which a gateway's money moves an order: the batch goes on with its order, so that
// they never disagree.
func (s *Service) follow(ctx context.Context, o payment.Order, r payment.Receipt) (store.Change, error) {
	switch o.For.Kind {
	case kindBatch:
		return s.followBatch(ctx, o)
	case kindSearch:
		return s.followSearch(ctx, o, r)
	case kindCharge, kindPaperFee:
		if o.State != payment.Paid {
			return store.Change{}, nil
		}
		change := store.Change{ID: "order-paid/" + o.ID, At: s.now()}
		return store.Change{Events: []store.Event{orderEvent(change, o, EventOrderPaid)}}, nil
	}
	return store.Change{}, nil
}

// followBatch moves the batch of an order whose money is there, and has somebody take it on at once.
func (s *Service) followBatch(ctx context.Context, o payment.Order) (store.Change, error) {
	b, err := s.reload(ctx, o.For.ID)
	if err != nil {
		return store.Change{}, err
	}
	d, err := s.court(b.Court)
	if err != nil || b.Order != o.ID {
		return store.Change{}, err
	}
	var change store.Change
	waits := d.court.byOfficer() && b.Decision == nil
	switch {
	case o.State == payment.Open && b.State == Held: // the money that was held is gone
		change, _, err = s.unheld(d.court, b)
	case o.State == payment.Open || o.State == payment.Expired:
	case waits && b.State == Accepted:
		change, _, err = s.holding(d.court, b, o)
	case o.State == payment.Paid && !waits && (b.State == Accepted || b.State == Held):
		change, _, err = s.paidChange(ctx, d, b, o)
	}
	if err != nil {
		return store.Change{}, err
	}
	now := s.now()
	change.Work = append(change.Work, store.Work{Kind: workBatch, ID: b.ID, Due: now, Body: []byte("{}")})
	change.ID, change.Chain, change.Note = "", "", nil // those of the Cashier's own change
	return change, nil
}

// payAtGateway looks after the order of a batch that is in the hands of a gateway: what the gateway says moves it.
func (s *Service) payAtGateway(ctx context.Context, d *desk, b *batchRecord) (_ *batchRecord, unpaid, err error) {
	a, err := s.cashier.ActiveOf(ctx, b.Order)
	if errors.Is(err, payment.ErrNoAttempt) { // it ended since the order was read
		return b, nil, nil
	}
	if err == nil && b.Decision != nil && a.State == payment.AttemptAuthorised {
		if a, err = s.cashier.Capture(ctx, a.ID, b.Decision.By.User); err == nil && refusedCapture(a) {
			// The gateway will not give the money: it is given up, so that the order can be paid another way.
			a, err = s.cashier.Cancel(ctx, a.ID, b.Decision.By.User)
		}
	}
	if err != nil {
		return b, nil, fmt.Errorf("icms: paying batch %s: %w", b.Reference, err)
	}
	if !a.State.Active() {
		return b, nil, nil
	}
	if d.court.byOfficer() && b.Decision == nil && a.State == payment.AttemptAuthorised {
		order, err := s.orders.Get(ctx, b.Order)
		if err != nil {
			return b, nil, fmt.Errorf("icms: batch %s: %w", b.Reference, err)
		}
		b, err = s.hold(ctx, d, b, order)
		return b, nil, err
	}
	active := &payment.ActiveError{Order: b.Order, Attempt: a.ID, State: a.State}
	return b, fmt.Errorf("%w: batch %s: %w", ErrUnpaid, b.Reference, active), nil
}

// refusedCapture reports whether a gateway has said that it does not take money that it holds.
func refusedCapture(a payment.Attempt) bool {
	return a.State == payment.AttemptAuthorised && a.Capture.State == payment.OperationFailed
}

// Start begins to pay an order at a gateway, as [payment.Cashier.Start] does, and sets Authorise by what fits its filing: where an officer still
// decides and the gateway can hold money without taking it, it is held. Any other order is paid at once, since nobody would take what is held for it.
func (a AccountsOffice) Start(ctx context.Context, r payment.StartRequest) (payment.Attempt, error) {
	s := a.s
	order, err := s.orders.Get(ctx, r.Order)
	if err != nil {
		return payment.Attempt{}, fmt.Errorf("icms: %w", err)
	}
	r.Authorise = false
	if order.For.Kind == kindBatch {
		b, err := s.reload(ctx, order.For.ID)
		if err != nil {
			return payment.Attempt{}, err
		}
		d, err := s.court(b.Court)
		if err != nil {
			return payment.Attempt{}, err
		}
		r.Authorise = d.court.byOfficer() && b.Decision == nil && s.holds(r.Gateway)
	}
	return s.cashier.Start(ctx, r)
}

// holds reports whether a gateway can hold money without taking it.
func (s *Service) holds(gateway string) bool {
	for _, g := range s.cashier.Gateways {
		if caps := g.Describe(); caps.ID == gateway {
			return caps.AuthCapture
		}
	}
	return false
}

// Cashier has orders paid at gateways, takes what gateways say, and gives money back.
func (a AccountsOffice) Cashier() *payment.Cashier { return a.s.cashier }
