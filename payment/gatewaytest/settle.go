package gatewaytest

import (
	"reflect"
	"slices"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// settlementRules are group J.
func settlementRules() []rule {
	settles := without("settlement", func(c payment.Capabilities) bool { return c.Settlement })
	disputes := without("disputes", func(c payment.Capabilities) bool { return c.Disputes })
	return []rule{
		{id: "J1", text: "a day has a line for every payment, refund and lost dispute, once, and its payout is their sum", unless: settles, test: completeDay},
		{id: "J2", text: "the same day again is the same, line by line", unless: settles, test: sameDay},
		{id: "J3", text: "what comes after the day is in a later one, and changes nothing", unless: settles, test: lateLine},
		{id: "J4", text: "gross less fee is net, in one currency", unless: settles, test: arithmetic},
		{id: "J5", text: "disputes are told: open, won, lost", unless: disputes, test: disputed},
		{id: "J6", text: "value dates are as the company's terms say", unless: settles, test: valueDates},
	}
}

func (b *bench) settlements() Settlements {
	b.Helper()
	s, ok := b.s.(Settlements)
	if !ok {
		leave(b, NotChecked, "the sandbox has no Settlements")
	}
	return s
}

// settle closes the day and gives its date.
func (b *bench) settle() string {
	b.Helper()
	date, err := b.settlements().Settle()
	b.offered(err, "Settle")
	return date
}

// lines gives the lines of a day.
func (b *bench) lines(g payment.Gateway, date string) []payment.SettlementLine {
	b.Helper()
	s, ok := g.(payment.Settler)
	if !ok {
		b.Fatalf("the gateway declares Settlement, and does not have it")
	}
	ctx, cancel := b.call()
	defer cancel()
	lines, err := s.Settlement(ctx, payment.SettlementDay{Date: date})
	if err != nil {
		b.Fatalf("Settlement of %s: %v", date, err)
	}
	return lines
}

// line makes sure that there is exactly one line of a kind about a payment, and gives it.
func (b *bench) line(lines []payment.SettlementLine, kind payment.SettlementKind, paymentID, reference string) payment.SettlementLine {
	b.Helper()
	var found []payment.SettlementLine
	for _, l := range lines {
		if l.Kind == kind && l.PaymentID == paymentID {
			found = append(found, l)
		}
	}
	if len(found) != 1 {
		b.Fatalf("the payment %s of %s has %d lines of the kind %s", paymentID, reference, len(found), kind)
	}
	b.equal("the reference of the line", found[0].Reference, reference)
	return found[0]
}

func completeDay(b *bench) {
	type one struct {
		ref string
		p   payment.GatewayPayment
	}
	var all []one
	for range 3 {
		ref, p := b.paid()
		all = append(all, one{ref, p})
	}
	refund := b.refundOf(all[0].ref, all[0].p, all[0].p.Amount)
	if b.caps.Refund {
		b.refunded(refund)
	}
	lines := b.lines(b.g, b.settle())
	ids := map[string]bool{}
	for _, l := range lines {
		if l.ID == "" || ids[l.ID] {
			b.Errorf("the line %+v has no id of its own", l)
		}
		ids[l.ID] = true
	}
	for _, o := range all {
		b.equal("the gross of a payment", b.line(lines, payment.SettledPayment, o.p.ID, o.ref).Gross, o.p.Amount)
	}
	if b.caps.Refund {
		b.equal("the gross of a refund", b.line(lines, payment.SettledRefund, all[0].p.ID, refund.Reference).Gross,
			money.New(-refund.Amount.Minor(), refund.Amount.Currency()))
	}
	b.paidOut(lines)
	if !b.caps.Disputes {
		return
	}
	desk := b.disputes()
	lost := all[1]
	b.offered(desk.Dispute(lost.p.ID), "Dispute")
	b.offered(desk.Decide(lost.p.ID, false), "Decide")
	b.equal("the gross of a lost dispute", b.line(b.lines(b.g, b.settle()), payment.SettledDispute, lost.p.ID, lost.ref).Gross,
		money.New(-lost.p.Amount.Minor(), lost.p.Amount.Currency()))
}

// paidOut makes sure that each batch pays out what its lines come to, on either side of the books.
func (b *bench) paidOut(lines []payment.SettlementLine) {
	b.Helper()
	net, payout := map[string]int64{}, map[string]int64{}
	for _, l := range lines {
		batch := l.Batch + " " + l.Net.Currency().Code()
		if l.Kind == payment.SettledPayout {
			payout[batch] += l.Net.Minor()
		} else {
			net[batch] += l.Net.Minor()
		}
	}
	for batch, sum := range payout {
		if sum != net[batch] && sum != -net[batch] {
			b.Errorf("the batch %q pays out %d, its lines come to %d", batch, sum, net[batch])
		}
	}
}

func sameDay(b *bench) {
	b.paid()
	date := b.settle()
	first := b.lines(b.g, date)
	for _, g := range []payment.Gateway{b.g, b.s.Gateway(b)} {
		if again := b.lines(g, date); !reflect.DeepEqual(again, first) {
			b.Errorf("the day %s again gives %v, gave %v", date, again, first)
		}
	}
}

func lateLine(b *bench) {
	early, p := b.paid()
	day := b.settle()
	before := b.lines(b.g, day)
	late, q := b.paid()
	next := b.settle()
	if next == day {
		b.Fatalf("what comes after %s belongs to the same day", day)
	}
	if after := b.lines(b.g, day); !reflect.DeepEqual(after, before) {
		b.Errorf("the day %s gives %v after more was paid, gave %v", day, after, before)
	}
	b.line(before, payment.SettledPayment, p.ID, early)
	lines := b.lines(b.g, next)
	b.line(lines, payment.SettledPayment, q.ID, late)
	if slices.ContainsFunc(lines, func(l payment.SettlementLine) bool { return l.PaymentID == p.ID }) {
		b.Errorf("the payment of %s is in the lines of %s too", day, next)
	}
}

func arithmetic(b *bench) {
	for _, minor := range []int64{1, 1005, 999999999} {
		r := b.request()
		r.Amount = b.amount(minor)
		b.again(r)
	}
	for _, l := range b.lines(b.g, b.settle()) {
		net, err := l.Gross.Sub(l.Fee)
		if err != nil || net.Minor() != l.Net.Minor() || l.Net.Currency().IsZero() {
			b.Errorf("the line %s: gross %v, fee %v, net %v, %v", l.ID, l.Gross, l.Fee, l.Net, err)
		}
	}
}

func disputed(b *bench) {
	desk := b.disputes()
	for _, won := range []bool{true, false} {
		ref, p := b.paid()
		b.offered(desk.Dispute(p.ID), "Dispute")
		b.dispute(ref, p, payment.DisputeOpen)
		b.offered(desk.Decide(p.ID, won), "Decide")
		b.dispute(ref, p, map[bool]payment.DisputeState{true: payment.DisputeWon, false: payment.DisputeLost}[won])
	}
}

func (b *bench) disputes() DisputeDesk {
	b.Helper()
	d, ok := b.s.(DisputeDesk)
	if !ok {
		leave(b, NotChecked, "the sandbox has no DisputeDesk")
	}
	return d
}

// dispute makes sure of the only dispute about a payment.
func (b *bench) dispute(ref string, p payment.GatewayPayment, want payment.DisputeState) {
	b.Helper()
	all := b.query(ref).Disputes
	if len(all) != 1 || all[0].ID == "" || all[0].PaymentID != p.ID || all[0].Amount != p.Amount || all[0].State != want {
		b.Errorf("the payment %s is disputed (%s), and Query lists %+v", p.ID, want, all)
	}
}

func valueDates(b *bench) {
	for range 8 {
		ref, p := b.paid()
		want, err := b.settlements().ValueDate(p.PaidAt)
		b.offered(err, "ValueDate")
		b.wait(3 * time.Hour)
		later, q := b.paid()
		wantLater, err := b.settlements().ValueDate(q.PaidAt)
		b.offered(err, "ValueDate")
		b.settle()
		b.equal("the value date of what was paid at "+p.PaidAt.String(), b.line(b.lines(b.g, want), payment.SettledPayment, p.ID, ref).ValueDate, want)
		b.line(b.lines(b.g, wantLater), payment.SettledPayment, q.ID, later)
		b.wait(8 * time.Hour)
	}
}
