package filing

import (
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// Policy is everything a court says about claims and batches of one type of proceeding, as data. [LoadPolicy] reads the tables from
// JSON; a program may as well write them as Go values. A Policy is not changed while it is in use, and is then safe for any
// number of goroutines.
type Policy struct {
	// Court is the court's code, Name its name, Version names these tables in reasons.
	Court   string   `json:"court"`
	Name    law.Text `json:"name"`
	Version string   `json:"version"`
	// Type is the type of proceeding that the policy is about; a batch that names no type has this one.
	Type string `json:"type"`
	// Zone is the zone of the court's civil dates.
	Zone *time.Location `json:"-"`
	// Currency is the currency in which claims are made.
	Currency money.Currency `json:"currency"`
	// Languages are the BCP 47 tags of the languages in which claims are taken.
	Languages []string `json:"languages"`

	// Notices say which proceedings can be filed electronically, and from when.
	Notices []Notice `json:"notices"`
	// Approvals are the register of claimants that may file in bulk.
	Approvals []Approval `json:"approvals"`
	// Categories are the kinds of claims that the court tells apart.
	Categories []CategoryTerms `json:"categories"`
	// Limits are the limits of jurisdiction, each for its time; an instant without one has an unknown limit.
	Limits []Limit `json:"limits"`
	// Exclusions are the natures of claims that the court is barred from.
	Exclusions []Exclusion `json:"exclusions"`
	// Grounds cites what a bad finding of each kind rests on.
	Grounds Grounds `json:"grounds"`
	// Texts, Documents and Batches bound what is taken.
	Texts     TextLimits     `json:"texts"`
	Documents DocumentLimits `json:"documents"`
	Batches   BatchLimits    `json:"batches"`

	// Rules are checked of each claim, in this order. LoadPolicy starts with StandardRules.
	Rules []Rule `json:"-"`
	// Codes are the catalogue of the codes that the court's own rules give.
	Codes []Entry `json:"-"`
}

// Grounds cites the provisions behind the rules that have no table of their own.
type Grounds struct {
	// Particulars is why a claim gives names, addresses, the sum, its ground and its calculation.
	Particulars law.Provision `json:"particulars"`
	// Abandonment is why the excess over the limit may be given up.
	Abandonment law.Provision `json:"abandonment"`
	// Splitting forbids to split a cause of action. Without it, and outside its time, a cause may be split.
	Splitting law.Provision `json:"splitting,omitzero"`
	// Representation bars legal representatives. Without it, and outside its time, they are admitted.
	Representation law.Provision `json:"representation,omitzero"`
	// Leave lets the court admit one who is barred all the same, to act for a party of a case. Without it, and outside its time, it admits none.
	Leave law.Provision `json:"leave,omitzero"`
	// Restriction is why a claim caught by a restriction order is refused.
	Restriction law.Provision `json:"restriction,omitzero"`
}

// Notice is an implementation notice: from when proceedings can be filed electronically. The provision's From is the first
// instant.
type Notice struct {
	// Types are the types of proceedings that it covers; empty covers all of the court.
	Types []string `json:"types,omitempty"`
	// Venues are the venues that it covers; empty covers all.
	Venues    []string      `json:"venues,omitempty"`
	Provision law.Provision `json:"provision"`
}

func (n *Notice) covers(kind, venue string, at time.Time) bool {
	return (len(n.Types) == 0 || slices.Contains(n.Types, kind)) &&
		(len(n.Venues) == 0 || slices.Contains(n.Venues, venue)) && n.Provision.AppliesAt(at)
}

// Claimant is a claimant in the register of approvals.
type Claimant struct {
	// ID names it in records: lower-case letters, digits and hyphens.
	ID string `json:"id"`
	// Name is the published name by language.
	Name law.Text  `json:"name"`
	Kind PartyKind `json:"kind,omitempty"`
}

// Approval lets a claimant file in bulk. A claimant may have several, one after another or for several categories.
type Approval struct {
	Claimant
	// Categories are the categories that it is for; empty is for any.
	Categories []Category `json:"categories,omitempty"`
	// Provision says where the approval is published; its From and Until bound it.
	Provision law.Provision `json:"provision"`
}

// CategoryTerms are the terms of a category.
type CategoryTerms struct {
	Category Category `json:"category"`
	Name     law.Text `json:"name"`
	// Years are the periods of limitation that a claim of the category may have, in years: one where the category decides, several
	// where it leaves that open, none where nobody knows any. Provision is where they stand.
	Years     []int         `json:"years,omitempty"`
	Provision law.Provision `json:"provision,omitzero"`
}

// Limit is the limit of jurisdiction for the time of its provision: the largest sum that can be claimed.
type Limit struct {
	Amount    money.Amount  `json:"amount"`
	Provision law.Provision `json:"provision"`
}

// Exclusion is a nature of claims that the court is barred from.
type Exclusion struct {
	// Natures are the words by which a claim's nature is recognised, compared whole by Fold: a word inside a longer text does
	// not count, so that "building maintenance" is not "maintenance".
	Natures   []string      `json:"natures"`
	Name      law.Text      `json:"name"`
	Provision law.Provision `json:"provision"`
}

// TextLimits bound the texts of a claim, in characters, and its lists.
type TextLimits struct {
	// Reference bounds the reference, Name each name, Address each address, Nature the nature of the claim and every other
	// short text, Particulars the particulars and the calculation.
	Reference   int `json:"reference"`
	Name        int `json:"name"`
	Address     int `json:"address"`
	Nature      int `json:"nature"`
	Particulars int `json:"particulars"`
	// Defendants bounds the defendants of a claim.
	Defendants int           `json:"defendants"`
	Provision  law.Provision `json:"provision"`
}

// BatchLimits bound a batch.
type BatchLimits struct {
	// Claims is the largest number of claims in one batch.
	Claims    int           `json:"claims"`
	Provision law.Provision `json:"provision"`
}

// ReplaceRule puts rules in the place of the one of that name; with none it drops it. A name that the policy doesn't have is
// an error, so that a misspelt name drops nothing in silence. The list of other copies of the policy stays as it is.
func (p *Policy) ReplaceRule(name string, with ...Rule) error {
	i := slices.IndexFunc(p.Rules, func(r Rule) bool { return r.Name == name })
	if i < 0 {
		return fmt.Errorf("filing: policy %s has no rule %q to replace; see Policy.Rules", p.Court, name)
	}
	p.Rules = slices.Replace(slices.Clone(p.Rules), i, i+1, with...)
	return nil
}

// LimitAt gives the limit of jurisdiction at an instant; false where none is known.
func (p *Policy) LimitAt(at time.Time) (Limit, bool) {
	if l := p.limitAt(at); l != nil {
		return *l, true
	}
	return Limit{}, false
}

func (p *Policy) limitAt(at time.Time) *Limit {
	for i := range p.Limits {
		if p.Limits[i].Provision.AppliesAt(at) {
			return &p.Limits[i]
		}
	}
	return nil
}

// NoticeAt gives the notice under which a proceeding of a type can be filed electronically at a venue at an instant; false where
// none does. An empty type is the policy's own.
func (p *Policy) NoticeAt(kind, venue string, at time.Time) (Notice, bool) {
	if kind == "" {
		kind = p.Type
	}
	for _, n := range p.Notices {
		if n.covers(kind, venue, at) {
			return n, true
		}
	}
	return Notice{}, false
}

// Claimant finds a claimant of the register by its id or by its published name in any language; names are compared by Fold.
func (p *Policy) Claimant(name string) (Claimant, bool) {
	folded := Fold(name)
	for _, a := range p.Approvals {
		if a.ID == name {
			return a.Claimant, true
		}
		for _, published := range a.Name {
			if folded != "" && Fold(published) == folded {
				return a.Claimant, true
			}
		}
	}
	return Claimant{}, false
}

// Category gives the terms of a category.
func (p *Policy) Category(c Category) (CategoryTerms, bool) {
	if t := p.categoryTerms(c); t != nil {
		return *t, true
	}
	return CategoryTerms{}, false
}

func (p *Policy) categoryTerms(category Category) *CategoryTerms {
	for i := range p.Categories {
		if p.Categories[i].Category == category {
			return &p.Categories[i]
		}
	}
	return nil
}
