package ledger

import (
	"fmt"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// Terms are the conditions on which deposit accounts are kept. The zero Terms are this library's own policy, for operators whose
// terms nobody has told it: no account falls below nothing.
type Terms struct {
	// Floors are the least that must stay available, one for each currency; a currency that is not listed has the floor 0. A
	// negative floor is an overdraft. A floor is checked whenever money is taken or held, never when money comes in.
	Floors []money.Amount
	// Provision is where the floors were read. The zero Provision counts as our own policy, law.Assumed.
	Provision law.Provision
}

func (t Terms) check() error {
	seen := make(map[money.Currency]bool, len(t.Floors))
	for _, f := range t.Floors {
		if f.Currency().IsZero() {
			return fmt.Errorf("%w: a floor of %s has no currency", ErrInvalid, f)
		}
		if seen[f.Currency()] {
			return fmt.Errorf("%w: two floors in %s", ErrInvalid, f.Currency())
		}
		seen[f.Currency()] = true
	}
	return nil
}

// floor gives the least available balance in a currency.
func (t Terms) floor(c money.Currency) money.Amount {
	for _, f := range t.Floors {
		if f.Currency() == c {
			return f
		}
	}
	return money.New(0, c)
}

// reason tells the terms as steps, each with its provision.
func (t Terms) reason() law.Reason {
	var r law.Reason
	for _, f := range t.Floors {
		r.Steps = append(r.Steps, law.Step{
			Code: "floor", Provision: orPolicy(t.Provision, "least balance"), Values: []law.Value{law.V("floor", f)},
			Says: law.T("A deposit account keeps at least {floor} available.", "存款帳戶的可用結餘不得低於 {floor}。"),
		})
	}
	if len(t.Floors) == 0 {
		r.Steps = append(r.Steps, law.Step{
			Code: "floor", Provision: orPolicy(t.Provision, "least balance"),
			Says: law.T("A deposit account is never overdrawn.", "存款帳戶不得透支。"),
		})
	}
	r.Steps = append(r.Steps,
		law.Step{
			Code: "branch", Provision: orPolicy(law.Provision{}, "branch accounts"),
			Says: law.T("A branch account draws on its own balance only; money comes from the main account by transfer.",
				"分行帳戶只動用其本身的結餘；款項須由主帳戶轉撥。"),
		},
		law.Step{
			Code: "suspension", Provision: orPolicy(law.Provision{}, "suspended accounts"),
			Says: law.T("A suspended account takes no entry and no new hold; what was held before is still captured or released.",
				"帳戶暫停期間不接受記項或新的預留；先前預留的款項仍可扣取或解除。"),
		},
	)
	return r
}

// orPolicy gives p, or our own policy of that name when p cites nothing.
func orPolicy(p law.Provision, name string) law.Provision {
	if !p.IsZero() {
		return p
	}
	return law.Provision{Instrument: "Library policy", Section: name, Title: "terms of deposit accounts", Status: law.Assumed}
}
