package icms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/fees"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// flatFee prices a paper as of an instant; false where nobody knows its fee.
func (c *Court) flatFee(item string, at time.Time) (payment.Line, bool) {
	p, err := c.Fees.Pricer(item, fees.Electronic, at)
	var l fees.Line
	if err == nil {
		l, err = p.Flat()
	}
	if err != nil || l.Unknown {
		return payment.Line{}, false
	}
	return payment.Line{Item: item, Description: p.Title(), Count: 1, Each: l.Payable, Amount: l.Payable}, true
}

// price finds what the paper costs. For a correction the fee of what it corrects counts, where the court has that and it stands.
func (s *Service) price(ctx context.Context, w *weighed) error {
	c, k, d := w.desk.court, w.kind, &w.document
	if k.Fee == "" || w.refused() {
		return nil
	}
	if old := w.corrected; old != nil && c.Policies.Corrections.Choice != PaidEachTime {
		stands, err := s.feeStands(ctx, old)
		if err != nil {
			return err
		}
		if stands.counts {
			w.rests = stands
			d.takeFee(old)
			return nil
		}
	}
	line, known := c.flatFee(k.Fee, d.Receipt.PriceAt)
	if !known {
		w.found(filing.SubmissionFeeUnknown, "/kind", k.Provision, law.V("kind", k.Name), law.V("date", calendar.DateOf(d.Receipt.PriceAt, c.Zone())))
		return nil
	}
	if !line.Amount.IsZero() {
		w.fee = &line
	}
	return nil
}

// charges are the orders of what a paper costs.
func (d *Document) charges() []string {
	var out []string
	for _, order := range []string{d.Charge, d.Rest} {
		if order != "" {
			out = append(out, order)
		}
	}
	return out
}

// feeSubject is what the orders of a paper's own fee are for. Payers and the accounts office see it, in lists of orders and of money too, when the
// case may be sealed long since: it says nothing of the case. Which paper it is of, [Registry.PaperOf] answers.
func (d *Document) feeSubject() payment.Subject {
	sum := sha256.Sum256([]byte("icms/paper-fee/1\n" + documentID(d.Court, d.Case, d.Serial) + "\n" + d.Content))
	return payment.Subject{Kind: kindPaperFee, ID: d.Court + "/" + hex.EncodeToString(sum[:16])}
}

// openFee adds an order of what a paper costs to a change. The serial tells it from the orders before it.
func (s *Service) openFee(change *store.Change, d *Document, subject payment.Subject, serial int, line payment.Line) (string, error) {
	opened, err := s.openOrder(payment.Order{
		ID: fmt.Sprintf("%s/%s/%d", kindPaperFee, subject.ID, serial), Court: d.Court, Payer: d.By.Organisation, Purpose: "filing", For: subject,
		Lines: []payment.Line{line}, PricedAt: d.Receipt.PriceAt,
	}, change.At)
	if err != nil {
		return "", fmt.Errorf("icms: order of a paper in case %s: %w", d.Case, err)
	}
	change.Merge(opened.Change)
	change.Events = append(change.Events, orderEvent(*change, opened.Order, EventOrderCharged))
	return opened.Order.ID, nil
}

// chargePaper adds the order of what a paper costs to the change that keeps it. The paper counts as received without it: the fee is a debt,
// a charge of the accounts office, which is paid as any other.
func (s *Service) chargePaper(change *store.Change, w *weighed) (err error) {
	d := &w.document
	d.Fee = w.fee.Amount
	d.Charge, err = s.openFee(change, d, d.feeSubject(), 1, *w.fee)
	return err
}

// standingFee says whether the fee of a paper stands, and by what.
type standingFee struct {
	counts bool
	// require and sums hold it as it is: a change that rests on it is refused when its money moves at the same time.
	require []store.Key
	sums    []store.Sum
}

// feeStands reports whether the fee of a paper is owed or paid and will not be given back. That of a refused paper is: unless a second person
// said no to it.
func (s *Service) feeStands(ctx context.Context, d *Document) (standingFee, error) {
	var out standingFee
	var there int64
	for _, id := range d.charges() {
		order, err := s.orders.Get(ctx, id)
		if err != nil {
			return out, fmt.Errorf("icms: order of paper %s: %w", paperName(d), err)
		}
		out.require = append(out.require, s.orders.Unmoved(order))
		switch order.State {
		case payment.Open, payment.Reserved, payment.Paying:
			if d.State != DocumentRefused {
				there += order.Amount.Minor()
			}
		case payment.Paid:
			left, sums, err := s.moneyLeft(ctx, d, order)
			if err != nil {
				return out, err
			}
			there, out.sums = there+left.Minor(), append(out.sums, sums...)
		}
	}
	out.counts = d.Charge != "" && there >= d.Fee.Minor()
	return out, nil
}

// moneyLeft is what is left of a paid order for a paper, with guards that hold it so.
func (s *Service) moneyLeft(ctx context.Context, d *Document, order payment.Order) (money.Amount, []store.Sum, error) {
	none := money.New(0, order.Amount.Currency())
	standing, err := s.cashier.Standing(ctx, order.ID)
	if err != nil {
		return none, nil, fmt.Errorf("icms: paper %s: %w", paperName(d), err)
	}
	if d.State == DocumentRefused {
		refunds, _, err := s.cashier.Refunds(ctx, payment.RefundQuery{Order: order.ID, Limit: store.MaxPage})
		if err != nil {
			return none, nil, fmt.Errorf("icms: paper %s: %w", paperName(d), err)
		}
		declined := false
		for _, r := range refunds {
			declined = declined || !r.Counts()
		}
		if !declined {
			return none, nil, nil
		}
	}
	var sums []store.Sum
	if standing.Left == standing.Paid {
		if sums, err = s.cashier.Whole(ctx, order.ID); err != nil {
			return none, nil, fmt.Errorf("icms: paper %s: %w", paperName(d), err)
		}
	}
	left, err := standing.Left.Add(standing.Contested)
	return left, sums, err
}

// PaperOf gives the paper of whose fee an order is; ErrNotFound for any other. Of a paper and its correction that share a fee it gives the last.
// It is the registry's own look, whether the case is sealed or not.
func (r Registry) PaperOf(ctx context.Context, order string) (Document, error) {
	if !store.ValidKey(order) {
		return Document{}, fmt.Errorf("%w: order %.80q", ErrNotFound, order)
	}
	hits, err := r.s.store.Match(ctx, indexCharge, []string{order})
	if err != nil {
		return Document{}, fmt.Errorf("icms: paper of order %s: %w", order, err)
	}
	if len(hits) == 0 {
		return Document{}, fmt.Errorf("%w: no paper has the order %s", ErrNotFound, order)
	}
	d, err := readDocument(hits[len(hits)-1].Record)
	if err != nil {
		return Document{}, err
	}
	return *d, nil
}
