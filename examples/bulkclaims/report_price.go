package main

import (
	"strings"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// quote shows the price.
func (r *report) quote(q icms.Quote) {
	r.line("Quote", "as of %s", local(q.At, r.zone))
	const form = "%s %s %s %s   %s"
	r.line("", form, padLeft("claims", 7), padLeft("on paper", 12), padLeft("by iCMS", 12), padLeft("payable", 16), "sum claimed")
	for _, g := range q.Groups {
		r.line("", form, padLeft(count(g.Count), 7), padLeft(each(g.EachBase), 12), padLeft(each(g.EachPayable), 12),
			padLeft(show(g.Payable), 16), band(g.Band, g.Payable.Currency()))
	}
	const total = "%s %s"
	r.line("", total, pad("        paper fee", 33), padLeft(show(q.Total.Base), 16))
	r.line("", total, pad("        concession", 33), padLeft(minus(q.Total.Concession), 16))
	r.line("", total, pad("        payable", 33), padLeft(show(q.Total.Payable), 16))
	if q.Total.Unknown > 0 {
		r.line("", "without %s whose fee nobody knows", plural(q.Total.Unknown, "claim"))
	}
	if !q.OtherAt.IsZero() && q.Other != q.Total.Payable {
		r.line("", "another reading of the law prices as of %s: %s", local(q.OtherAt, r.zone), show(q.Other))
	}
}

// each shows what every claim of a group costs, "varies" where they differ.
func each(a money.Amount) string {
	if a == (money.Amount{}) {
		return "varies"
	}
	return show(a)
}

// minus shows an amount that is taken off.
func minus(a money.Amount) string {
	if a.IsZero() {
		return show(a)
	}
	return show(money.New(-a.Minor(), a.Currency()))
}

// band writes the label of a fee band, "5000.01-25000.00", as people read amounts.
func band(label string, c money.Currency) string {
	from, to, ok := strings.Cut(label, "-")
	if !ok {
		return label
	}
	amount := func(text string) string {
		a, err := money.Parse(text, c)
		if err != nil {
			return text
		}
		return show(a)
	}
	switch {
	case to == "":
		return "from " + amount(from)
	case from == "" || strings.Trim(from, "0.") == "":
		return "up to " + amount(to)
	}
	return amount(from) + " to " + amount(to)
}

// funded says what the example did with the deposit account.
func (r *report) funded(account string, fresh bool) {
	words := "has had the example's own invented money, paid in once"
	if fresh {
		words = "opened, and the example's own invented money paid in: once, a further run pays nothing in"
	}
	r.line("Deposit account", "%s", account)
	r.line("", "%s (%s)", words, show(deposit()))
}

// paid shows the payment and what is left on the account.
func (r *report) paid(p *payment.Receipt, left money.Amount) {
	r.line("Payment", "%s paid from %s, receipt %s", show(p.Amount), p.Account, p.Number)
	r.line("", "%s left on the account", show(left))
}
