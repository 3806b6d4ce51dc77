package icms

import (
	"context"
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// ask keeps a search with a new order of its fee: one that is new, or one whose order ended.
func (s *Service) ask(ctx context.Context, d *desk, q *Searched) error {
	c, at, next := d.court, s.now(), *q
	change := store.Change{
		ID: fmt.Sprintf("search/%s/%d", q.ID, q.version), At: at, Chain: chain(c, at), Note: note("search asked for", q.By, "search", q.ID),
	}
	item := c.Inspection.Item
	fee := payment.Line{}
	if item != "" {
		var known bool
		if fee, known = c.flatFee(item, at); !known {
			return refuse(filing.NewFinding(filing.SearchFee, "", c.Inspection.Provision,
				law.V("court", c.Name), law.V("date", calendar.DateOf(at, c.Zone()))))
		}
	}
	if next.Fee = fee.Amount; fee.Amount.IsZero() {
		next.open(at)
	} else {
		opened, err := s.openOrder(payment.Order{
			ID: fmt.Sprintf("%s/%s/%d", kindSearch, q.ID, q.version+1), Court: c.Code, Payer: q.By.Organisation, Purpose: "search",
			For: payment.Subject{Kind: kindSearch, ID: q.ID}, Lines: []payment.Line{fee}, PricedAt: at,
		}, at)
		if err != nil {
			return err
		}
		next.Order = opened.Order.ID
		change.Merge(opened.Change)
	}
	put, err := next.put()
	if err != nil {
		return err
	}
	change.Puts = append(change.Puts, put)
	change.Events = append(change.Events, next.event(change.ID, at, EventSearchAsked))
	if !next.Opened.IsZero() {
		change.Events = append(change.Events, next.event(change.ID, at, EventSearchOpened))
	}
	_, err = s.orders.Apply(ctx, change)
	return err
}

// open lets the search be looked at from an instant on.
func (q *Searched) open(at time.Time) { q.Opened, q.Ends = at, at.Add(q.Opens) }

func (q *Searched) event(change string, at time.Time, kind string) store.Event {
	return event(at, "search/"+q.ID, change, kind, map[string]any{
		"court": q.Court, "search": q.ID, "owner": q.By.Organisation, "order": q.Order, "ends": q.Ends,
	})
}

// askedBefore looks at a kept search that is asked for again, and reports whether it waits for a new order: its own ended unpaid. One that was
// paid past the counter, by the host's own hand, is opened.
func (s *Service) askedBefore(ctx context.Context, d *desk, q *Searched, in *Search) (_ *Searched, waits bool, err error) {
	if err := q.sameAs(d.court, in); err != nil || !q.Opened.IsZero() {
		return q, false, err
	}
	o, err := s.orders.Get(ctx, q.Order)
	if err != nil {
		return q, false, fmt.Errorf("icms: order of search %s: %w", q.ID, err)
	}
	if o.State != payment.Paid {
		return q, o.State == payment.Expired || o.State == payment.Cancelled, nil
	}
	r, err := s.orders.ReceiptOf(ctx, o.ID)
	if err != nil {
		return q, false, fmt.Errorf("icms: receipt of search %s: %w", q.ID, err)
	}
	change, err := s.followSearch(ctx, o, r)
	if err == nil && len(change.Puts) > 0 { // not open meanwhile
		change.ID, change.At = "search-opened/"+q.ID, s.now()
		change.Chain, change.Note = chain(d.court, change.At), note("search opened", q.By, "search", q.ID, "order", o.ID)
		_, err = s.apply(ctx, change)
	}
	if err != nil && !meanwhile(err) {
		return q, false, fmt.Errorf("icms: opening search %s: %w", q.ID, err)
	}
	q, err = s.search(ctx, q.ID)
	return q, false, err
}

// followSearch opens a search in the change in which its order is paid. It is open from when the payment is known, not from when it was
// made, so that nobody loses time by a message that came late.
func (s *Service) followSearch(ctx context.Context, o payment.Order, r payment.Receipt) (store.Change, error) {
	q, err := s.search(ctx, o.For.ID)
	if err != nil || o.State != payment.Paid || !q.Opened.IsZero() {
		return store.Change{}, err
	}
	d, err := s.court(q.Court)
	if err != nil {
		return store.Change{}, err
	}
	at := s.now()
	q.open(at)
	q.Receipt = r.Number.String()
	put, err := q.put()
	if err != nil {
		return store.Change{}, err
	}
	change := store.Change{Puts: []store.Put{put}, Events: []store.Event{q.event("search-opened/"+q.ID, at, EventSearchOpened)}}
	if strings.HasPrefix(q.By.Organisation, strangers) { // without a box
		return change, nil
	}
	told, err := messagePut(opened(d.court, q))
	change.Puts = append(change.Puts, told)
	return change, err
}

// opened is the message that tells the owner of a search that it is paid and may be looked at.
func opened(c *Court, q *Searched) Message {
	values := []law.Value{
		law.V("reference", q.Reference), law.V("amount", q.Fee.String()), law.V("receipt", q.Receipt), law.V("ends", civil(c, q.Ends)),
	}
	return Message{
		ID: q.ID + "/opened", Court: c.Code, To: q.By.Organisation, At: q.Opened.In(c.Zone()), About: q.ID,
		Subject: openedSubject.Fill(values...), Body: openedBody.Fill(values...),
	}
}

var (
	openedSubject = law.T("Search {reference}: paid", "查冊 {reference}：已繳費")
	openedBody    = law.T("Your search {reference} is paid: {amount}, receipt {receipt}. You may look at what it finds until {ends}.",
		"你的查冊 {reference} 已繳費：{amount}，收據 {receipt}。你可查閱結果至 {ends} 為止。")
)
