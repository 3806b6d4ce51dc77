package icms_test

import (
	"context"
	"strings"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

func (w *town) moneyProbes() []probe {
	var out []probe
	order := func(method string, call func(ctx context.Context, x *icms.Session, id string) error) {
		out = append(out, probe{method: method, name: w.owed, state: of("dora"), call: call},
			probe{method: method, name: w.fine, state: self("stranger"), call: call})
	}
	order("Order", func(ctx context.Context, x *icms.Session, id string) error { _, err := x.Order(ctx, id); return err })
	order("Receipt", func(ctx context.Context, x *icms.Session, id string) error { _, err := x.Receipt(ctx, id); return err })
	order("Attempts", func(ctx context.Context, x *icms.Session, id string) error { _, err := x.Attempts(ctx, id); return err })
	order("Pay", func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.Pay(ctx, payment.StartRequest{Order: id, Gateway: "none"})
		return err
	})
	order("Collect", func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.Collect(ctx, id, "")
		return err
	})
	order("WithdrawCharge", func(ctx context.Context, x *icms.Session, id string) error { return x.WithdrawCharge(ctx, id, "") })
	order("ProposeRefund", func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.ProposeRefund(ctx, payment.Proposal{Order: id})
		return err
	})
	one := func(method, name string, state func(person) access.State, call func(ctx context.Context, x *icms.Session, id string) error) {
		out = append(out, probe{method: method, name: name, state: state, call: call})
	}
	one("PayFromAccount", w.order, of("sample-utilities"), func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.PayFromAccount(ctx, id, mainAccount)
		return err
	})
	one("Attempt", w.attempt, of("dora"), func(ctx context.Context, x *icms.Session, id string) error { _, err := x.Attempt(ctx, id); return err })
	one("CheckAttempt", w.attempt, of("dora"), func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.CheckAttempt(ctx, id)
		return err
	})
	one("ProposeResolution", w.attempt, of("dora"), func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.ProposeResolution(ctx, payment.Resolution{Attempt: id})
		return err
	})
	one("ConfirmResolution", w.resolution, self("accounts-officer"), func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.ConfirmResolution(ctx, id)
		return err
	})
	one("RejectResolution", w.resolution, self("accounts-officer"), func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.RejectResolution(ctx, id)
		return err
	})
	one("Refund", w.refund, self("accounts-officer"), func(ctx context.Context, x *icms.Session, id string) error { _, err := x.Refund(ctx, id); return err })
	one("Refund", w.back, func(p person) access.State {
		if p.name == "accounts-officer" {
			return access.Own
		}
		return payerOf("dora")(p)
	}, func(ctx context.Context, x *icms.Session, id string) error { _, err := x.Refund(ctx, id); return err })
	one("Refunds", w.settled, payerOf("dora"), func(ctx context.Context, x *icms.Session, id string) error { _, err := x.Refunds(ctx, id); return err })
	one("PaperOf", w.owed, is(""), func(ctx context.Context, x *icms.Session, id string) error { _, err := x.PaperOf(ctx, id); return err })
	one("ApproveRefund", w.refund, self("accounts-officer"), func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.ApproveRefund(ctx, id)
		return err
	})
	one("DeclineRefund", w.refund, self("accounts-officer"), func(ctx context.Context, x *icms.Session, id string) error {
		_, err := x.DeclineRefund(ctx, id, "no")
		return err
	})
	free := func(method string, state access.State, call func(ctx context.Context, x *icms.Session) error) {
		out = append(out, probe{method: method, state: is(state), open: true, call: func(ctx context.Context, x *icms.Session, _ string) error { return call(ctx, x) }})
	}
	free("Charge", access.Foreign, func(ctx context.Context, x *icms.Session) error {
		_, err := x.Charge(ctx, icms.Charge{Court: "SCT", Payer: "someone"})
		return err
	})
	free("AttemptsIn", access.Foreign, func(ctx context.Context, x *icms.Session) error {
		_, _, err := x.AttemptsIn(ctx, payment.AttemptUnknown, "", 10)
		return err
	})
	out = append(out, w.depositProbes()...)
	return out
}

// payerOf says what the refund of somebody's money is.
func payerOf(member string) func(person) access.State {
	return func(p person) access.State {
		if p.member == member {
			return access.Payer
		}
		return access.Foreign
	}
}

func (w *town) depositProbes() []probe {
	var out []probe
	deposit := func(method string, call func(ctx context.Context, x *icms.Session, a ledger.AccountID) error) {
		out = append(out, probe{method: method, name: account, state: of("sample-utilities"), global: true, call: func(ctx context.Context, x *icms.Session, name string) error {
			return call(ctx, x, ledger.AccountID(name))
		}})
	}
	deposit("Deposit", func(ctx context.Context, x *icms.Session, a ledger.AccountID) error {
		_, err := x.Deposit(ctx, a)
		return err
	})
	deposit("Statement", func(ctx context.Context, x *icms.Session, a ledger.AccountID) error {
		_, err := x.Statement(ctx, ledger.StatementQuery{Account: a})
		return err
	})
	deposit("Transfer", func(ctx context.Context, x *icms.Session, a ledger.AccountID) error {
		_, err := x.Transfer(ctx, ledger.Transfer{From: a, To: a})
		return err
	})
	deposit("TopUp", func(ctx context.Context, x *icms.Session, a ledger.AccountID) error {
		_, err := x.TopUp(ctx, ledger.TopUp{Account: a})
		return err
	})
	deposit("MoveDeposit", func(ctx context.Context, x *icms.Session, a ledger.AccountID) error {
		_, err := x.MoveDeposit(ctx, a, "promote", "")
		return err
	})
	users := func(p person) access.State {
		if p.member == "" {
			return access.Foreign
		}
		return access.Own
	}
	return append(out, probe{method: "OpenDeposit", state: users, global: true, open: true, call: func(ctx context.Context, x *icms.Session, _ string) error {
		_, err := x.OpenDeposit(ctx, "none", money.Currency{})
		return err
	}})
}

func (w *town) searchProbes() []probe {
	identified := func(p person) access.State { // nobody in particular has no searches
		if p.name == "" {
			return access.Foreign
		}
		return access.Own
	}
	var out []probe
	for method, call := range map[string]func(ctx context.Context, x *icms.Session) error{
		"Search": func(ctx context.Context, x *icms.Session) error {
			_, err := x.Search(ctx, icms.Search{Court: "SCT"})
			return err
		},
		"Orders":   func(ctx context.Context, x *icms.Session) error { _, _, err := x.Orders(ctx, "", 10); return err },
		"Receipts": func(ctx context.Context, x *icms.Session) error { _, _, err := x.Receipts(ctx, "", 10); return err },
		"Searches": func(ctx context.Context, x *icms.Session) error { _, _, err := x.Searches(ctx, "", 10); return err },
	} {
		out = append(out, probe{method: method, state: identified, open: true, call: func(ctx context.Context, x *icms.Session, _ string) error { return call(ctx, x) }})
	}
	results := func(ctx context.Context, x *icms.Session, id string) error {
		_, _, err := x.Results(ctx, id, "", 10)
		return err
	}
	ended := func(p person) access.State {
		if p.member == "dora" {
			return access.Ended
		}
		return access.Foreign
	}
	out = append(out, probe{method: "Results", name: w.found, state: of("dora"), call: results},
		probe{method: "Results", name: w.foundBy, state: self("stranger"), call: results},
		probe{method: "Results", name: w.over, state: ended, call: results})
	for method, look := range map[string]func(ctx context.Context, x *icms.Session, search, number string) error{
		"InspectCase": func(ctx context.Context, x *icms.Session, s, n string) error {
			_, err := x.InspectCase(ctx, s, n)
			return err
		},
		"InspectPapers": func(ctx context.Context, x *icms.Session, s, n string) error {
			_, _, err := x.InspectPapers(ctx, s, n, "", 10)
			return err
		},
		"InspectFile": func(ctx context.Context, x *icms.Session, s, n string) error {
			_, err := x.InspectFile(ctx, s, n, 1, 9)
			return err
		},
	} {
		// Each person looks by a search of its own: what decides is the case.
		out = append(out, inCases(method, 1, func(ctx context.Context, x *icms.Session, n string) error {
			return look(ctx, x, w.own(x, n), n)
		})...)
	}
	return out
}

func (w *town) own(x *icms.Session, n string) string {
	return w.ownFor(x, icms.Search{Reference: "own " + strings.TrimSuffix(n, "/2026"), Number: n})
}

// ownFor gives a search of a person's own, paid for; a made-up one to somebody whom nobody knows.
func (w *town) ownFor(x *icms.Session, q icms.Search) string {
	me, err := x.Me(w.t.Context())
	if err != nil || me.Subject == "" {
		return madeUp
	}
	owner := me.Registered()
	if owner == "" {
		owner = "public:" + me.Subject
	}
	return w.searchedFor(owner, q)
}
