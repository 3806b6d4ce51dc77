package payment

import (
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment/internal/key"
)

// Name gives the label of the means of payment that this package knows, and the name itself for others.
func (m Means) Name() law.Text {
	switch m {
	case DepositAccount:
		return law.T("Deposit account", "存款帳戶")
	case Counter:
		return law.T("Counter", "櫃檯")
	case Visa:
		return law.T("Visa", "Visa")
	case MasterCard:
		return law.T("MasterCard", "萬事達卡")
	case UnionPay:
		return law.T("UnionPay", "銀聯")
	case JCB:
		return law.T("JCB", "JCB")
	}
	return law.T(string(m), string(m))
}

// MeansRule says that a court takes payments by some means, when, how much and from whom. It is data; see [NewMeansPolicy].
type MeansRule struct {
	// Court is the court's code; empty for every court that has no rule of its own for these means, at whatever time.
	Court string `json:"court,omitempty"`
	Means Means  `json:"means"`
	// Name is the label that payers know; empty takes Means.Name.
	Name law.Text `json:"name,omitempty"`
	// Min is the least that one payment may come to. Max is the most, Per what it is counted over.
	Min Limit `json:"min"`
	Max Limit `json:"max"`
	Per Per   `json:"per"`
	// From and Until bound the instants of payment, half-open; zero is open on that side, and means no more than that nobody told of a bound.
	From  time.Time `json:"from,omitzero"`
	Until time.Time `json:"until,omitzero"`
	// Anyone says that payers need not be registered; if not, Unregistered lists all that one who is not may pay.
	Anyone       bool           `json:"anyone,omitempty"`
	Unregistered []PayerPurpose `json:"unregistered,omitempty"`
	// Provision is where it was read, with its status; Checked is the day or month of reading: "2026-03-02" or "2026-03".
	Provision law.Provision `json:"provision"`
	Checked   string        `json:"checked"`
}

// PayerPurpose is a purpose of orders (Order.Purpose) with the words that payers know it by.
type PayerPurpose struct {
	Purpose string   `json:"purpose"`
	Name    law.Text `json:"name"`
}

// place names the rule in errors: "rule 2 (visa at every court)".
func (r MeansRule) place(i int) string {
	court := "every court"
	if r.Court != "" {
		court = fmt.Sprintf("court %.40q", r.Court)
	}
	return fmt.Sprintf("rule %d (%.40q at %s)", i+1, string(r.Means), court)
}

// at reports whether t lies in [From, Until).
func (r MeansRule) at(t time.Time) bool {
	return (r.From.IsZero() || !t.Before(r.From)) && (r.Until.IsZero() || t.Before(r.Until))
}

// name is the label of the means.
func (r MeansRule) name() law.Text {
	if len(r.Name) > 0 {
		return r.Name
	}
	return r.Means.Name()
}

// lets reports whether a payer may pay for the purpose.
func (r MeansRule) lets(registered bool, purpose string) bool {
	return registered || r.Anyone || slices.ContainsFunc(r.Unregistered, func(p PayerPurpose) bool { return p.Purpose == purpose })
}

func (r MeansRule) check() error {
	for _, check := range []func() error{r.checkNames, r.checkTimes, r.checkLimits, r.checkPurposes, r.checkSource} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (r MeansRule) checkNames() error {
	if err := key.CheckName("the means", string(r.Means)); err != nil {
		return err
	}
	if r.Court != "" {
		if err := key.CheckName("the court", r.Court); err != nil {
			return err
		}
	}
	return checkWords("the label", r.Name)
}

// checkWords reports whether a text that payers read is plain.
func checkWords(what string, words law.Text) error {
	for _, tag := range words.Tags() {
		if err := key.CheckText(fmt.Sprintf("%s in %.20q", what, tag), words[tag], maxText); err != nil {
			return err
		}
	}
	return nil
}

func (r MeansRule) checkTimes() error {
	for _, bound := range []time.Time{r.From, r.Until, r.Provision.From, r.Provision.Until} {
		if _, err := bound.MarshalText(); err != nil {
			return fmt.Errorf("an instant can't be written: %w", err)
		}
	}
	if !r.From.IsZero() && !r.Until.IsZero() && !r.From.Before(r.Until) {
		return fmt.Errorf("it ends at %s, which is not after its beginning at %s", instant(r.Until), instant(r.From))
	}
	return nil
}

func (r MeansRule) checkLimits() error {
	for _, limit := range []Limit{r.Min, r.Max} {
		if err := limit.check(); err != nil {
			return err
		}
	}
	if _, err := r.Per.MarshalText(); err != nil {
		return err
	}
	least, hasMin := r.Min.Amount()
	most, hasMax := r.Max.Amount()
	if !hasMin || !hasMax {
		return nil
	}
	order, err := least.Cmp(most)
	if err == nil && order > 0 {
		err = fmt.Errorf("the least, %s, is more than the most, %s", least, most)
	}
	return err
}

func (r MeansRule) checkPurposes() error {
	if r.Anyone && len(r.Unregistered) > 0 {
		return fmt.Errorf("anyone may pay everything: there is no list of what an unregistered payer may pay")
	}
	seen := make(map[string]bool, len(r.Unregistered))
	for _, p := range r.Unregistered {
		if err := key.CheckName("a purpose", p.Purpose); err != nil {
			return err
		}
		if seen[p.Purpose] {
			return fmt.Errorf("the purpose %q is listed twice", p.Purpose)
		}
		seen[p.Purpose] = true
		if err := checkWords("the name of a purpose", p.Name); err != nil {
			return err
		}
	}
	return nil
}

func (r MeansRule) checkSource() error {
	if r.Provision.Cite() == "" || r.Provision.Status == law.Unstated {
		return fmt.Errorf("it cites nothing: a provision with a status is needed")
	}
	for _, layout := range []string{time.DateOnly, "2006-01"} {
		if _, err := time.Parse(layout, r.Checked); err == nil {
			return nil
		}
	}
	return fmt.Errorf("it was checked on %.40q, which is no date like 2026-03-02 or 2026-03", r.Checked)
}
