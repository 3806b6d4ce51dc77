package icms

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// ErrUnpaid says that an accepted batch could not be paid yet. The error wraps the reason too: no account named, too little money, an
// account that is unknown, suspended, closed or in another currency.
var ErrUnpaid = errors.New("icms: accepted and not paid yet")

// pay takes the fee of an accepted batch from its deposit account. The money is held first, so that nothing can be refused after
// a receipt number is drawn; then the hold is captured in the change that marks batch and order as paid.
func (s *Service) pay(ctx context.Context, d *desk, b *batchRecord) (_ *batchRecord, unpaid, err error) {
	if b.Order == "" { // there is nothing to pay
		b, err = s.gratis(ctx, d.court, b)
		return b, nil, err
	}
	for range maxTries {
		order, err := s.orders.Get(ctx, b.Order)
		if err != nil {
			return b, nil, fmt.Errorf("icms: batch %s: %w", b.Reference, err)
		}
		waits := d.court.byOfficer() && b.Decision == nil
		if waits && (order.State == payment.Reserved || order.State == payment.Paid) {
			b, err = s.hold(ctx, d, b, order)
			return b, nil, err
		}
		switch order.State {
		case payment.Open:
			if b.Account == "" {
				return b, fmt.Errorf("%w: batch %s: no deposit account is named: name one, or pay %s at a gateway or the counter",
					ErrUnpaid, b.Reference, order.Amount), nil
			}
			err = s.reserve(ctx, d.court, b, order)
			switch {
			case err == nil || errors.Is(err, payment.ErrChanged) || errors.Is(err, ledger.ErrDone):
				continue // held, by us or by somebody who pays it at this moment
			case refusesMoney(err):
				return b, fmt.Errorf("%w: batch %s: %w", ErrUnpaid, b.Reference, err), nil
			}
			return b, nil, fmt.Errorf("icms: paying batch %s: %w", b.Reference, err)
		case payment.Reserved:
			b, err = s.capture(ctx, d, b, order)
			return b, nil, err
		case payment.Paying:
			var was = b.State
			if b, unpaid, err = s.payAtGateway(ctx, d, b); err != nil || unpaid != nil || b.State != was {
				return b, unpaid, err
			}
		case payment.Paid: // with the batch, or at the accounts office without it
			b, err = s.adopt(ctx, d, b, order)
			return b, nil, err
		default: // expired or cancelled at the accounts office
			if b, err = s.replaceOrder(ctx, d.court, b, order); err != nil || b.State != Accepted {
				return b, nil, err
			}
		}
	}
	return b, nil, overtaken("the payment of batch " + b.Reference)
}

// gratis marks a batch as paid for which there is nothing to pay and which an officer accepted.
func (s *Service) gratis(ctx context.Context, c *Court, b *batchRecord) (*batchRecord, error) {
	next := *b
	next.State = Paid
	change, err := s.batchChange(c, "pay/"+b.ID, "batch accepted without a fee", &next, EventBatchPaid)
	if err != nil {
		return b, err
	}
	return s.step(ctx, &next, change)
}

// hold lets a batch whose money is there wait for an officer's decision. The money counts from when it came.
func (s *Service) hold(ctx context.Context, d *desk, b *batchRecord, order payment.Order) (*batchRecord, error) {
	now, err := s.reload(ctx, b.ID)
	if err != nil || now.State != Accepted {
		return now, err
	}
	change, next, err := s.holding(d.court, now, order)
	if err != nil {
		return b, err
	}
	return s.step(ctx, next, change)
}

// holding is the change that moves a batch to Held.
func (s *Service) holding(c *Court, b *batchRecord, order payment.Order) (store.Change, *batchRecord, error) {
	next := *b
	next.State = Held
	if order.Account != "" {
		next.Account = string(order.Account)
	}
	change, err := s.batchChange(c, "hold/"+b.ID, "batch waits for a decision", &next, EventBatchHeld)
	return change, &next, err
}

// takesDeposits reports whether the order's court is paid from deposit accounts: now, or as of the instant by which it was priced, when that
// is still to come.
func (s *Service) takesDeposits(o payment.Order, at time.Time) error {
	if s.means == nil {
		return nil
	}
	if o.PricedAt.After(at) {
		at = o.PricedAt
	}
	return s.means.Check(payment.MeansUse{
		Court: o.Court, Place: s.courts[o.Court].court.Name, Means: payment.DepositAccount, Amount: o.Amount, Purpose: o.Purpose,
		Registered: true, At: at,
	})
}

// unheld is the change that lets a batch wait for money again when what was held for it is gone. A decision that was made stays.
func (s *Service) unheld(c *Court, b *batchRecord) (store.Change, *batchRecord, error) {
	next := *b
	next.State, next.Account = Accepted, ""
	change, err := s.batchChange(c, fmt.Sprintf("unheld/%s/%d", b.ID, b.version), "held money gone", &next, EventBatchUnheld)
	if err != nil {
		return change, nil, err
	}
	m, err := messagePut(moneyGone(c, b, change.At))
	change.Puts = append(change.Puts, m)
	return change, &next, err
}

// moneyGone writes the message that the money held for a batch is gone.
func moneyGone(c *Court, b *batchRecord, at time.Time) Message {
	values := []law.Value{law.V("reference", b.Reference), law.V("amount", b.Quote.Total.Payable.String())}
	return Message{
		ID: fmt.Sprintf("%s/unheld/%d", b.ID, b.version), Court: c.Code, To: b.By.Organisation, At: at.In(c.Zone()), About: b.ID,
		Subject: goneSubject.Fill(values...), Body: goneBody.Fill(values...),
	}
}

var (
	goneSubject = law.T("Batch {reference}: pay again", "批次 {reference}：請再次付款")
	goneBody    = law.T("The payment that was held for your batch {reference} has lapsed or was given back; nothing was taken. Please pay {amount} so that it can go on.",
		"為你的批次 {reference} 預留的款項已失效或已退回，並無收取款項。請繳付 {amount}，以便繼續處理。")
)

// refusesMoney reports whether an error is the account's answer and not a failure.
func refusesMoney(err error) bool {
	if means := (*payment.MeansError)(nil); errors.As(err, &means) {
		return true
	}
	for _, answer := range []error{
		ledger.ErrInsufficient, ledger.ErrNoAccount, ledger.ErrSuspended, ledger.ErrClosed, ledger.ErrInvalid, payment.ErrInvalid, money.ErrCurrency,
	} {
		if errors.Is(err, answer) {
			return true
		}
	}
	return false
}

// reserve holds the fee on the deposit account.
func (s *Service) reserve(ctx context.Context, c *Court, b *batchRecord, order payment.Order) error {
	at := s.now()
	if err := s.takesDeposits(order, at); err != nil {
		return err
	}
	step, err := s.orders.Reserve(ctx, order, ledger.AccountID(b.Account), at)
	if err != nil {
		return err
	}
	step.Change.Chain, step.Change.Note = chain(c, at), note("fee reserved", b.By, "batch", b.ID, "account", b.Account)
	_, err = s.orders.Apply(ctx, step.Change)
	return err
}

// capture takes the held fee and marks the batch as paid. The money counts as received when it was held.
func (s *Service) capture(ctx context.Context, d *desk, b *batchRecord, order payment.Order) (*batchRecord, error) {
	step, err := s.captureOrder(ctx, d.court, order, b.By)
	if err != nil {
		return s.paidMeanwhile(ctx, b, err)
	}
	moved, change, err := s.paid(ctx, d, b, step.Order, step.Change)
	if err != nil {
		return s.paidMeanwhile(ctx, b, s.orders.Explain(ctx, change, err))
	}
	return moved, nil
}

// adopt marks a batch as paid whose order was paid by another way, such as at the accounts office.
func (s *Service) adopt(ctx context.Context, d *desk, b *batchRecord, order payment.Order) (*batchRecord, error) {
	now, err := s.reload(ctx, b.ID)
	if err != nil || now.State != b.State {
		return now, err
	}
	moved, _, err := s.paid(ctx, d, now, order, store.Change{})
	return moved, err
}

// paid moves a batch to Paid, together with what the payment itself changes.
func (s *Service) paid(ctx context.Context, d *desk, b *batchRecord, order payment.Order, with store.Change) (*batchRecord, store.Change, error) {
	change, next, err := s.paidChange(ctx, d, b, order)
	if err != nil {
		return b, with, err
	}
	change.Merge(with)
	moved, err := s.step(ctx, next, change)
	return moved, change, err
}

// paidChange is the change that moves a batch to Paid.
func (s *Service) paidChange(ctx context.Context, d *desk, b *batchRecord, order payment.Order) (store.Change, *batchRecord, error) {
	open, err := s.offices(ctx, d)
	if err != nil {
		return store.Change{}, nil, err
	}
	next := *b
	next.State, next.Account, next.Order = Paid, string(order.Account), order.ID
	if next.Receipt, err = d.court.deem(open, b.Receipt.Documents.Received, order.PaidAt, b.Receipt.PriceAt); err != nil {
		return store.Change{}, nil, fmt.Errorf("icms: receipt of batch %s: %w", b.Reference, err)
	}
	change, err := s.batchChange(d.court, "pay/"+b.ID, "batch paid", &next, EventBatchPaid)
	return change, &next, err
}

// replaceOrder finds the order that took the place of one that expired or was cancelled, or else opens one: the same lines at the
// same price.
func (s *Service) replaceOrder(ctx context.Context, c *Court, b *batchRecord, ended payment.Order) (*batchRecord, error) {
	at, next := s.now(), *b
	live, err := s.orders.For(ctx, ended.For)
	var opened payment.Step
	switch {
	case errors.Is(err, payment.ErrNoOrder):
		serial := 2
		if _, n, ok := strings.Cut(strings.TrimPrefix(ended.ID, b.ID), "."); ok {
			if last, err := strconv.Atoi(n); err == nil {
				serial = last + 1
			}
		}
		ended.ID = fmt.Sprintf("%s.%d", b.ID, serial)
		if opened, err = s.openOrder(ended, at); err != nil {
			return b, fmt.Errorf("icms: batch %s: %w", b.Reference, err)
		}
		next.Order = ended.ID
	case err != nil:
		return b, fmt.Errorf("icms: batch %s: %w", b.Reference, err)
	case live.Amount != ended.Amount || live.Court != ended.Court || live.Payer != ended.Payer:
		return b, fmt.Errorf("icms: batch %s: order %s of %s for %s took the place of %s of %s for %s: cancel it, then file again",
			b.Reference, live.ID, live.Payer, live.Amount, ended.ID, ended.Payer, ended.Amount)
	default:
		next.Order = live.ID
	}
	change, err := s.batchChange(c, "order/"+b.ID+"/"+next.Order, "order replaced", &next, EventOrderReplaced)
	if err != nil {
		return b, err
	}
	change.Merge(opened.Change)
	return s.step(ctx, &next, change)
}

// openOrder makes the step that opens an order with the names, lines and price of the one given.
func (s *Service) openOrder(o payment.Order, at time.Time) (payment.Step, error) {
	order, err := payment.NewOrder(payment.Order{
		ID: o.ID, Court: o.Court, Payer: o.Payer, Purpose: o.Purpose, For: o.For, Lines: o.Lines, PricedAt: o.PricedAt, CreatedAt: at,
	})
	if err != nil {
		return payment.Step{}, err
	}
	return s.orders.Open(order)
}

// paidMeanwhile looks whether a capture failed because somebody else made it.
func (s *Service) paidMeanwhile(ctx context.Context, b *batchRecord, cause error) (*batchRecord, error) {
	now, err := s.reload(ctx, b.ID)
	if err == nil && now.State != b.State {
		return now, nil
	}
	return b, fmt.Errorf("icms: paying batch %s: %w", b.Reference, cause)
}

// receiptNumber draws the receipt number of an order whose money is held: once, whoever asks and however often.
func (s *Service) receiptNumber(ctx context.Context, c *Court, by Filer, o payment.Order, at time.Time) (payment.Number, error) {
	series, now := chain(c, at), s.now()
	return s.orders.ReceiptNumber(ctx, series, o.ID, now, chain(c, now), note("receipt number drawn", by, "order", o.ID, "series", series))
}

// Ledger gives the deposit accounts: opening, topping up, statements.
func (a AccountsOffice) Ledger() *ledger.Ledger { return a.s.ledger }

// Orders gives the orders of payment and their receipts.
func (a AccountsOffice) Orders() *payment.Orders { return a.s.orders }
