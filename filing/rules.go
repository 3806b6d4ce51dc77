package filing

import (
	"slices"
	"strings"

	"courts.example/eservices/icms/law"
)

// The names of the standard rules that Policy.Assess asks too.
const (
	ruleCategory = "category"
	ruleAmount   = "amount"
	ruleLimit    = "limit"
)

// StandardRules gives the rules that every shipped court starts with, in their order: text, reference, category, amount, limit,
// abandoned, nature, particulars, defendants, representative, language, arose-on, limitation, repeats. They take all they know
// of a court from its Policy. Each call gives a new list.
func StandardRules() []Rule {
	return []Rule{
		{Name: "text", Codes: textCodes(), Check: checkTexts},
		{Name: "reference", Codes: []Code{codeReferenceMissing}, Check: checkReference},
		{Name: ruleCategory, Codes: []Code{codeCategoryMissing, codeCategoryUnknown, codeCategoryUnapproved}, Check: checkCategory},
		{Name: ruleAmount, Codes: []Code{codeAmountMissing, codeAmountForeign, codeAmountNotPositive}, Check: checkAmount},
		{Name: ruleLimit, Codes: []Code{codeOverLimit, codeLimitUnknown}, Check: checkLimit},
		{Name: "abandoned", Codes: []Code{codeAbandonedForeign, codeAbandonedNegative, codeAbandonedNeedless}, Check: checkAbandoned},
		{Name: "nature", Codes: []Code{codeNatureExcluded}, Check: checkNature},
		{Name: "particulars", Codes: []Code{codeParticularsMissing, codeCalculationMissing}, Check: checkParticulars},
		{Name: "defendants", Codes: []Code{codeDefendantMissing, codeDefendantMany, codeDefendantName, codeDefendantAddress,
			codeDefendantKind, codeDefendantRepeated}, Check: checkDefendants},
		{Name: "representative", Codes: []Code{LegalRepresentative}, Check: checkRepresentative},
		{Name: "language", Codes: []Code{codeLanguageNotTaken}, Check: checkLanguage},
		{Name: "arose-on", Codes: []Code{codeAroseInFuture}, Check: checkAroseOn},
		{Name: "limitation", Codes: []Code{codeLimitationExpired, codeLimitationUnknown}, Check: checkLimitation},
		{Name: "repeats", Codes: []Code{codeDuplicateReference, codeDuplicateSubstance, codeSplitting}, Start: startRepeats},
	}
}

func checkReference(c *Context, claim *Claim) {
	if blank(claim.Reference) {
		c.Report(codeReferenceMissing, "/reference", law.Provision{})
	}
}

func checkCategory(c *Context, claim *Claim) {
	if blank(string(claim.Category)) {
		c.Report(codeCategoryMissing, "/category", law.Provision{}, law.V("categories", c.Policy.categoryCodes()))
		return
	}
	terms := c.Policy.categoryTerms(claim.Category)
	if terms == nil {
		c.Report(codeCategoryUnknown, "/category", law.Provision{},
			law.V("category", string(claim.Category)), law.V("categories", c.Policy.categoryCodes()))
		return
	}
	for _, a := range c.approvals {
		if len(a.Categories) == 0 || slices.Contains(a.Categories, claim.Category) {
			return
		}
	}
	if len(c.approvals) > 0 {
		c.Report(codeCategoryUnapproved, "/category", c.approvals[0].Provision, law.V("claimant", c.Claimant.Name),
			law.V("approved", c.Policy.categoryNames(c.approved())), law.V("category", terms.Name))
	}
}

// approved lists the categories of the claimant's approvals.
func (c *Context) approved() []Category {
	var out []Category
	for _, a := range c.approvals {
		out = append(out, a.Categories...)
	}
	return out
}

// categoryNames lists the names of categories, in both languages of the catalogue.
func (p *Policy) categoryNames(categories []Category) law.Text {
	var en, zh []string
	for _, category := range categories {
		if t := p.categoryTerms(category); t != nil {
			en = append(en, t.Name.In(law.English))
			zh = append(zh, t.Name.In(law.TraditionalChinese))
		}
	}
	return law.T(strings.Join(en, ", "), strings.Join(zh, "、"))
}

// categoryCodes lists the categories as a file writes them.
func (p *Policy) categoryCodes() string {
	codes := make([]string, len(p.Categories))
	for i, t := range p.Categories {
		codes[i] = string(t.Category)
	}
	return strings.Join(codes, ", ")
}

func checkNature(c *Context, claim *Claim) {
	if claim.Nature == "" || len(c.excluded) == 0 {
		return
	}
	c.folded = appendFold(c.folded[:0], claim.Nature)
	if e := c.excluded[string(c.folded)]; e != nil {
		c.Report(codeNatureExcluded, "/nature", e.Provision, law.V("nature", claim.Nature), law.V("excluded", e.Name))
	}
}

func checkParticulars(c *Context, claim *Claim) {
	if blank(claim.Particulars) {
		c.Report(codeParticularsMissing, "/particulars", c.Policy.Grounds.Particulars)
	}
	if blank(claim.Calculation) {
		c.Report(codeCalculationMissing, "/calculation", c.Policy.Grounds.Particulars)
	}
}

func checkDefendants(c *Context, claim *Claim) {
	ground := &c.Policy.Grounds.Particulars
	n := len(claim.Defendants)
	if n == 0 {
		c.Report(codeDefendantMissing, "/defendants", *ground)
	}
	if limits := &c.Policy.Texts; n > limits.Defendants {
		c.Report(codeDefendantMany, "/defendants", limits.Provision, law.V("defendants", n), law.V("limit", limits.Defendants))
		n = limits.Defendants
	}
	for i := range n {
		d := &claim.Defendants[i]
		if blank(d.Name) && blank(d.Chinese) {
			c.Report(codeDefendantName, partyPointer(i)+"/name", *ground, law.V("defendant", i+1))
		}
		if blank(d.Address) {
			c.Report(codeDefendantAddress, partyPointer(i)+"/address", *ground, law.V("defendant", i+1))
		}
		switch d.Kind {
		case "", Person, Company, Body:
		default:
			c.Report(codeDefendantKind, partyPointer(i)+"/kind", law.Provision{}, law.V("kind", string(d.Kind)),
				law.V("kinds", string(Person+", "+Company+", "+Body)))
		}
		if first := slices.Index(claim.Defendants[:i], *d); first >= 0 {
			c.Report(codeDefendantRepeated, partyPointer(i), law.Provision{}, law.V("defendant", i+1), law.V("first", first+1))
		}
	}
}

func checkRepresentative(c *Context, claim *Claim) {
	if ground := &c.Policy.Grounds.Representation; !blank(claim.Representative) && !ground.IsZero() && ground.AppliesAt(c.At) {
		c.Report(LegalRepresentative, "/representative", *ground, law.V("representative", claim.Representative))
	}
}

func checkLanguage(c *Context, claim *Claim) {
	if claim.Language != "" && !slices.Contains(c.Policy.Languages, claim.Language) {
		c.Report(codeLanguageNotTaken, "/language", law.Provision{}, law.V("language", claim.Language),
			law.V("languages", strings.Join(c.Policy.Languages, ", ")))
	}
}

// blank reports whether a text has no visible character. Most texts show it by their first one.
func blank(s string) bool {
	if s != "" && s[0] > ' ' && s[0] < 0x7f {
		return false
	}
	return s == "" || len(appendFold(nil, s)) == 0
}
