package filing

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"courts.example/eservices/icms/law"
)

// Validate proves the tables: every row cites a provision with a status, no two limits apply at one instant, categories, ids and
// published names are unique, approvals name categories that exist, every bound is above zero, every rule is complete and its codes are in a
// catalogue. The error names every bad row.
func (p *Policy) Validate() error {
	v := validation{policy: p}
	v.identity()
	v.provisions()
	v.limits()
	v.register()
	v.bounds()
	v.rules()
	return errors.Join(v.errs...)
}

type validation struct {
	policy *Policy
	errs   []error
}

func (v *validation) bad(place, format string, args ...any) {
	v.errs = append(v.errs, &PolicyError{Court: v.policy.Court, Place: place, Text: fmt.Sprintf(format, args...)})
}

// PolicyError is one thing that is wrong with the tables of a policy; Validate joins one for each.
type PolicyError struct {
	// Court is the court's code, Place the table and row: "limits[0]", with a name behind it where rows have one: "approvals[1] (acme)".
	Court, Place string
	// Text says what is wrong.
	Text string
}

// Error names the court, the place and what is wrong.
func (e *PolicyError) Error() string {
	return fmt.Sprintf("filing: policy %s: %s: %s", e.Court, e.Place, e.Text)
}

func (v *validation) identity() {
	p := v.policy
	if p.Court == "" || p.Type == "" || p.Name.In() == "" {
		v.bad("court", "court, name and type must be given")
	}
	if p.Zone == nil {
		v.bad("zone", "must be given; time.UTC is a zone too")
	}
	if p.Currency.IsZero() {
		v.bad("currency", "must be given")
	}
	v.tags("name", p.Name)
	if len(p.Languages) == 0 {
		v.bad("languages", "must name at least one language")
	}
}

// tags holds words to the form of language tags; names of claimants come from outside and are kept with every case.
func (v *validation) tags(place string, t law.Text) {
	if err := t.CheckTags(); err != nil {
		v.bad(place, "%v", err)
	}
}

// provisions demands a citation with a status wherever a row rests on one.
func (v *validation) provisions() {
	p := v.policy
	for i, n := range p.Notices {
		v.provision(fmt.Sprintf("notices[%d]", i), n.Provision)
	}
	for i, a := range p.Approvals {
		v.provision(fmt.Sprintf("approvals[%d] (%s)", i, a.ID), a.Provision)
	}
	for i, e := range p.Exclusions {
		v.provision(fmt.Sprintf("exclusions[%d]", i), e.Provision)
		if len(e.Natures) == 0 || e.Name.In() == "" {
			v.bad(fmt.Sprintf("exclusions[%d]", i), "must have a name and the natures that it bars")
		}
	}
	v.provision("grounds.particulars", p.Grounds.Particulars)
	v.provision("texts", p.Texts.Provision)
	v.provision("documents", p.Documents.Provision)
	v.provision("batches", p.Batches.Provision)
	for _, optional := range []struct {
		place     string
		provision law.Provision
	}{
		{"grounds.abandonment", p.Grounds.Abandonment}, {"grounds.splitting", p.Grounds.Splitting},
		{"grounds.representation", p.Grounds.Representation}, {"grounds.leave", p.Grounds.Leave}, {"grounds.restriction", p.Grounds.Restriction},
	} {
		if !optional.provision.IsZero() {
			v.provision(optional.place, optional.provision)
		}
	}
}

func (v *validation) provision(place string, p law.Provision) {
	switch {
	case p.Instrument == "":
		v.bad(place, "its provision cites no instrument")
	case p.Status == law.Unstated:
		v.bad(place, "its provision has no status; say confirmed, secondary, inferred or assumed")
	case !p.From.IsZero() && !p.Until.IsZero() && !p.From.Before(p.Until):
		v.bad(place, "its provision ends before it begins")
	}
}

func (v *validation) limits() {
	limits := v.policy.Limits
	for i, l := range limits {
		place := fmt.Sprintf("limits[%d]", i)
		v.provision(place, l.Provision)
		if l.Amount.Sign() <= 0 || l.Amount.Currency() != v.policy.Currency {
			v.bad(place, "%q is no sum above zero in %s", l.Amount, v.policy.Currency)
		}
		for j, o := range limits[:i] {
			if overlap(l.Provision, o.Provision) {
				v.bad(place, "applies at the same time as limits[%d]; at each instant one limit may apply", j)
			}
		}
	}
}

func overlap(a, b law.Provision) bool {
	return (a.Until.IsZero() || b.From.IsZero() || b.From.Before(a.Until)) &&
		(b.Until.IsZero() || a.From.IsZero() || a.From.Before(b.Until))
}

func (v *validation) register() {
	v.categories()
	p := v.policy
	owner := make(map[string]string) // folded name -> id
	for i, a := range p.Approvals {
		place := fmt.Sprintf("approvals[%d] (%s)", i, a.ID)
		if a.ID == "" || strings.Trim(a.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			v.bad(place, "id %q is not made of lower-case letters, digits and hyphens", a.ID)
		}
		if a.Name.In() == "" {
			v.bad(place, "has no name")
		}
		v.tags(place, a.Name)
		for _, name := range a.Name {
			if first, taken := owner[Fold(name)]; taken && first != a.ID {
				v.bad(place, "the name %q is that of %s too", name, first)
			}
			owner[Fold(name)] = a.ID
		}
		for _, c := range a.Categories {
			if _, ok := p.Category(c); !ok {
				v.bad(place, "category %q is not in categories", c)
			}
		}
	}
}

func (v *validation) categories() {
	p := v.policy
	if len(p.Categories) == 0 {
		v.bad("categories", "must have at least one")
	}
	for i, c := range p.Categories {
		place := fmt.Sprintf("categories[%d] (%s)", i, c.Category)
		if c.Category == "" || c.Name.In() == "" {
			v.bad(place, "must have a category and a name")
		}
		v.tags(place, c.Name)
		if slices.ContainsFunc(p.Categories[:i], func(o CategoryTerms) bool { return o.Category == c.Category }) {
			v.bad(place, "stands twice")
		}
		if len(c.Years) == 0 {
			continue
		}
		v.provision(place, c.Provision)
		if slices.Min(c.Years) <= 0 {
			v.bad(place, "a period of limitation has at least one year")
		}
	}
}

func (v *validation) bounds() {
	t, d := v.policy.Texts, v.policy.Documents
	if min(t.Reference, t.Name, t.Address, t.Nature, t.Particulars, t.Defendants) <= 0 {
		v.bad("texts", "every bound must be above zero")
	}
	if v.policy.Batches.Claims <= 0 {
		v.bad("batches", "claims must be above zero")
	}
	if d.Bytes <= 0 || d.PerClaim <= 0 || len(d.Types) == 0 {
		v.bad("documents", "bytes and perClaim must be above zero, and types must name at least one type")
	}
	if d.Pages < 0 {
		v.bad("documents", "pages must be above zero, or absent for no limit")
	}
	for i, m := range d.Types {
		if !slices.Contains(MediaTypes(), m) {
			v.bad(fmt.Sprintf("documents.types[%d]", i), "%q can't be recognised by its content; the types that can are %s", m, strings.Join(MediaTypes(), ", "))
		}
	}
}

func (v *validation) rules() {
	known := v.policy.entries()
	for i, r := range v.policy.Rules {
		place := fmt.Sprintf("rules[%d] (%s)", i, r.Name)
		if r.Name == "" || (r.Check == nil) == (r.Start == nil) {
			v.bad(place, "must have a name and either Check or Start")
		}
		if slices.ContainsFunc(v.policy.Rules[:i], func(o Rule) bool { return o.Name == r.Name }) {
			v.bad(place, "the name stands twice; ReplaceRule replaces a rule")
		}
		for _, c := range r.Codes {
			if known[c] == nil {
				v.bad(place, "code %q is in no catalogue; add it to the policy's Codes", c)
			}
		}
	}
	for i, e := range v.policy.Codes {
		if e.Code == "" || e.Text.In() == "" || (e.Severity != Refusal && e.Severity != Warning) {
			v.bad(fmt.Sprintf("codes[%d] (%s)", i, e.Code), "must have a code, a severity and a text")
		}
		if _, taken := Describe(e.Code); taken {
			v.bad(fmt.Sprintf("codes[%d] (%s)", i, e.Code), "is a code of the built-in catalogue")
		}
	}
}

// entries gives every entry that the policy's rules may use: the built-in ones and its own.
func (p *Policy) entries() map[Code]*Entry {
	all := catalogue()
	m := make(map[Code]*Entry, len(all)+len(p.Codes))
	for i := range all {
		m[all[i].Code] = &all[i]
	}
	for i := range p.Codes {
		m[p.Codes[i].Code] = &p.Codes[i]
	}
	return m
}
