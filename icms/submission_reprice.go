package icms

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// A paper that waits for a reopening is charged what it costs as of the next regular opening. When it turns out when it counts as received, it
// costs what it costs then. An order that nobody paid is replaced by one of that amount. What was paid already stays paid: what is too much
// goes back by a refund that a second person approves, what is missing is an order for the rest. A batch is not priced again: it was paid
// before it was received, and its fee is what its filer was shown; a paper is received before it is paid.

// repricedCause is why an order of a paper is replaced, or part of its money goes back.
const repricedCause = "the paper counts as received at another instant than was expected"

// reprice adds to the change that receives a paper the order that takes the place of the one it has, when that is not paid and the paper
// costs another amount, or when it is dead and revive says that the fee is owed again. later says that the money moves: settleFee sees to it
// when it rests.
func (s *Service) reprice(ctx context.Context, c *Court, d *Document, revive bool, change *store.Change) (later bool, err error) {
	line, priced := c.feeNow(d)
	if !priced {
		return false, nil
	}
	ended := ""
	if d.Charge != "" {
		order, err := s.orders.Get(ctx, d.Charge)
		if err != nil {
			return false, fmt.Errorf("icms: order of paper %s: %w", paperName(d), err)
		}
		switch order.State {
		case payment.Open:
			if d.Fee.Minor() == line.Amount.Minor() && !revive {
				return false, nil
			}
			step, err := s.orders.Cancel(order, repricedCause, change.At)
			if err != nil {
				return false, fmt.Errorf("icms: order of paper %s: %w", paperName(d), err)
			}
			ended = order.ID
			change.Merge(step.Change)
			change.Events = append(change.Events, orderEvent(*change, step.Order, EventOrderWithdrawn))
		case payment.Cancelled:
			if !revive { // the accounts office asks no fee
				return false, nil
			}
		case payment.Expired:
		case payment.Paid:
			if !revive {
				return d.Fee.Minor() != line.Amount.Minor(), nil
			}
		default:
			return d.Fee.Minor() != line.Amount.Minor(), nil
		}
	}
	return false, s.renew(ctx, d, line, change, ended)
}

// feeNow is what a paper costs as of the instant at which it is priced; false where nobody knows, and where the fee of another paper counts.
func (c *Court) feeNow(d *Document) (payment.Line, bool) {
	kind := c.paper(d.Kind)
	if kind == nil || kind.Fee == "" || d.FeeOf != 0 {
		return payment.Line{}, false
	}
	return c.flatFee(kind.Fee, d.Receipt.PriceAt)
}

// renew adds a further order of a paper's fee to a change, or none when it costs nothing. ended is an order that the change ends.
func (s *Service) renew(ctx context.Context, d *Document, line payment.Line, change *store.Change, ended string) error {
	d.Fee, d.Charge, d.Rest = money.Amount{}, "", ""
	if line.Amount.IsZero() {
		return nil
	}
	subject, serial, err := s.freeSubject(ctx, d.feeSubject(), ended)
	if err != nil {
		return fmt.Errorf("icms: orders of paper %s: %w", paperName(d), err)
	}
	d.Fee = line.Amount
	d.Charge, err = s.openFee(change, d, subject, serial, line)
	return err
}

// freeSubject finds a subject under which no order is alive or paid, and the serial of its next order: a subject has one of those, and a fee
// that was paid and given back may be owed again.
func (s *Service) freeSubject(ctx context.Context, base payment.Subject, ended string) (payment.Subject, int, error) {
	subject := base
	for n := 2; ; n++ {
		before, err := s.chargedBefore(ctx, subject)
		if err != nil {
			return subject, 0, err
		}
		alive := func(o payment.Order) bool {
			return o.ID != ended && o.State != payment.Cancelled && o.State != payment.Expired
		}
		if !slices.ContainsFunc(before, alive) {
			return subject, len(before) + 1, nil
		}
		subject.ID = fmt.Sprintf("%s/%d", base.ID, n)
	}
}

// settleFee brings the money of a received paper to what it costs. It reports whether nothing is left to do: while somebody pays, it is not.
func (s *Service) settleFee(ctx context.Context, c *Court, d *Document) (over bool, err error) {
	for range maxTries {
		line, priced := c.feeNow(d)
		if d.State != DocumentReceived || !priced || d.Fee.Minor() == line.Amount.Minor() {
			return true, nil
		}
		next, at := *d, s.now()
		change := store.Change{
			ID: fmt.Sprintf("reprice/%s/%d", documentID(d.Court, d.Case, d.Serial), d.version), At: at, Chain: chain(c, at),
			Note: note("paper priced again", refuserOf(c, d), "case", d.Case, "document", fmt.Sprint(d.Serial), "before", d.Fee.String(), "now", line.Amount.String()),
		}
		if later, err := s.reprice(ctx, c, &next, false, &change); err != nil {
			return false, err
		} else if later {
			if over, err := s.settlePaid(ctx, c, &next, line, &change); err != nil || !over {
				return false, err
			}
		}
		if next.Fee == d.Fee && next.Charge == d.Charge { // the accounts office asks no fee
			return true, nil
		}
		if err := s.keepPrice(ctx, c, &next, &change, d.Fee); err != nil {
			return false, err
		}
		_, err := s.apply(ctx, change)
		if err != nil && !errors.Is(err, store.ErrVersion) && !errors.Is(err, store.ErrTaken) {
			return false, fmt.Errorf("icms: fee of paper %s: %w", paperName(d), err)
		}
		if d, err = s.document(ctx, d.Court, d.Case, d.Serial); err != nil {
			return false, err
		}
	}
	return false, overtaken("the fee of paper " + paperName(d))
}

// settlePaid gives back what was paid too much, or adds an order for the rest. It reports false while the order is being paid.
func (s *Service) settlePaid(ctx context.Context, c *Court, d *Document, line payment.Line, change *store.Change) (bool, error) {
	order, err := s.orders.Get(ctx, d.Charge)
	if err != nil || order.State != payment.Paid {
		return false, err
	}
	difference, err := line.Amount.Sub(order.Amount)
	if err != nil {
		return false, fmt.Errorf("icms: fee of paper %s: %w", paperName(d), err)
	}
	d.Fee = line.Amount
	if difference.Sign() > 0 {
		base := d.feeSubject()
		base.ID += "/rest"
		subject, serial, err := s.freeSubject(ctx, base, "")
		if err == nil {
			line.Each, line.Amount = difference, difference
			d.Rest, err = s.openFee(change, d, subject, serial, line)
		}
		return err == nil, err
	}
	back := payment.Proposal{
		Amount: money.New(-difference.Minor(), difference.Currency()), Key: "repriced/" + order.ID, Reason: repricedCause, By: refuserOf(c, d).User,
	}
	_, err = s.giveBack(ctx, order, back, func(r payment.Refund) error { return s.sayPaperNotRefunded(ctx, c, d, r) })
	return err == nil, err
}

// keepPrice adds to a change the paper with its new price, and the message that tells of it.
func (s *Service) keepPrice(ctx context.Context, c *Court, d *Document, change *store.Change, before money.Amount) error {
	f, err := s.caseFile(ctx, d.Court, d.Case)
	if err != nil {
		return err
	}
	put, err := d.put()
	if err != nil {
		return err
	}
	change.Puts = append(change.Puts, put)
	if err := f.moves(change); err != nil {
		return err
	}
	body := repricedLess
	if d.Rest != "" {
		body = repricedRest
	}
	values := []law.Value{
		law.V("case", d.Case), law.V("title", d.Title), law.V("document", d.Serial), law.V("before", before.String()), law.V("now", d.Fee.String()),
		law.V("deemed", civil(c, d.Receipt.Deemed)), law.V("rest", d.Rest),
	}
	return f.addMessages(change, Message{
		ID: fmt.Sprintf("%s/fee-%d/%s", documentID(d.Court, d.Case, d.Serial), d.version, d.By.Organisation), Court: d.Court, To: d.By.Organisation,
		At: change.At.In(c.Zone()), About: d.Case, For: []string{d.Party}, Subject: repricedSubject.Fill(values...), Body: body.Fill(values...),
	})
}

var (
	repricedSubject = law.T("{case}: the fee for {title}", "{case}：「{title}」的費用")
	repricedHead    = law.T("{title} (paper {document} of case {case}) counts as received on {deemed}, and costs {now} as of then, not {before}.",
		"「{title}」（案件 {case} 第 {document} 號文件）視為於 {deemed} 收到，按該時間的費用為 {now}，並非 {before}。")
	repricedRest = joined(repricedHead, law.T("The rest is payable: order {rest}.", "餘額須予繳付：繳費單 {rest}。"))
	repricedLess = joined(repricedHead, law.T("What was paid beyond that is proposed for a refund.", "多付的款額已提出退還。"))
)
