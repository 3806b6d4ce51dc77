package filing

import (
	"courts.example/eservices/icms/law"
)

func textCodes() []Code {
	return []Code{codeTextBroken, codeTextControl, codeTextDirection, codeTextLost, codeTextPrivate, codeTextFormula, codeTextTooLong}
}

// checkTexts looks at the characters and the length of every text of a claim. Pointers are put together only for a finding.
func checkTexts(c *Context, claim *Claim) {
	l := &c.Policy.Texts
	c.text("/reference", claim.Reference, l.Reference, hasLine)
	c.text("/category", string(claim.Category), l.Nature, hasLine)
	c.text("/nature", claim.Nature, l.Nature, hasLine)
	c.text("/particulars", claim.Particulars, l.Particulars, 0)
	c.text("/calculation", claim.Calculation, l.Particulars, 0)
	c.text("/representative", claim.Representative, l.Name, hasLine)
	c.text("/language", claim.Language, l.Nature, hasLine)
	for i := range min(len(claim.Defendants), l.Defendants) {
		d := &claim.Defendants[i]
		c.partyText(i, "/name", d.Name, l.Name, hasLine)
		c.partyText(i, "/chineseName", d.Chinese, l.Name, hasLine)
		c.partyText(i, "/address", d.Address, l.Address, 0)
		c.partyText(i, "/kind", string(d.Kind), l.Nature, hasLine)
	}
}

// text reports what is wrong with one text; barred is hasLine in a text of one line.
func (c *Context) text(pointer, s string, limit int, barred traits) {
	if found := examine(s); found.wrong(barred) || found.runes > limit || formula(s) {
		c.badText(pointer, s, found, limit, barred)
	}
}

func (c *Context) partyText(i int, member, s string, limit int, barred traits) {
	if found := examine(s); found.wrong(barred) || found.runes > limit || formula(s) {
		c.badText(partyPointer(i)+member, s, found, limit, barred)
	}
}

func (c *Context) badText(pointer, s string, found examined, limit int, barred traits) {
	shown := law.V("text", s)
	for _, t := range [...]struct {
		traits traits
		code   Code
	}{
		{hasBroken, codeTextBroken},
		{hasControl | barred, codeTextControl},
		{hasDirection, codeTextDirection},
		{hasLost, codeTextLost},
		{hasPrivate, codeTextPrivate},
	} {
		if found.traits&t.traits != 0 {
			c.Report(t.code, pointer, law.Provision{}, shown)
		}
	}
	if formula(s) {
		c.Report(codeTextFormula, pointer, law.Provision{}, shown)
	}
	if found.runes > limit {
		c.Report(codeTextTooLong, pointer, c.Policy.Texts.Provision, law.V("length", found.runes), law.V("limit", limit))
	}
}

// formula reports whether a spreadsheet would take the text for a formula. A sign before anything but a letter or a bracket is a
// list or a number.
func formula(s string) bool {
	switch {
	case s == "":
		return false
	case s[0] == '=' || s[0] == '@':
		return true
	case (s[0] == '+' || s[0] == '-') && len(s) > 1:
		next := s[1] | 0x20
		return next >= 'a' && next <= 'z' || s[1] == '(' || s[1] == '='
	}
	return false
}
