package filing

import (
	"strconv"
	"strings"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// jsonClaims reads claims from JSON objects, one after the other.
type jsonClaims struct {
	home    money.Currency
	dates   DateOrder
	members map[string]field // of a claim
	party   map[string]field // of a defendant

	walk jsonWalk
	row  *Row
}

func newJSONClaims(dates DateOrder) jsonClaims {
	c := jsonClaims{dates: dates, members: make(map[string]field), party: make(map[string]field)}
	for _, column := range columnTable() {
		if column.field < fieldPartyName {
			c.members[column.member] = column.field
		} else {
			c.party[column.member] = column.field
		}
	}
	return c
}

// memberDefendants is the member that no column is: the list of defendants.
const memberDefendants = "defendants"

// jsonKinds names the kinds of JSON values for people.
func jsonKind(kind byte) law.Text {
	switch kind {
	case '{':
		return law.T("an object", "物件")
	case '[':
		return law.T("a list", "列表")
	case '"':
		return law.T("text", "文字")
	case '0':
		return law.T("a number", "數字")
	case 'n':
		return law.T("null", "null")
	}
	return law.T("true or false", "真假值")
}

// claim reads the object at hand into the row.
func (c *jsonClaims) claim() {
	if kind := c.walk.kind(); kind != '{' {
		c.row.reject(bad(codeJSONNotObject, law.V("found", jsonKind(kind))))
		return
	}
	var seen seenFields
	var defendants bool
	c.walk.members(func(name string) {
		if name == memberDefendants {
			if c.once("", name, defendants) && c.expect('[', "/"+name) {
				c.walk.elements(c.defendant)
			}
			defendants = true
			return
		}
		f, known := c.members[name]
		if !known {
			c.unknown("", name)
			return
		}
		if c.once("", name, seen.add(f)) {
			c.member(f, "/"+name)
		}
	})
}

// seenFields are the members of an object that came already.
type seenFields uint32

// add reports whether the field was there before.
func (s *seenFields) add(f field) bool {
	before := *s&(1<<f) != 0
	*s |= 1 << f
	return before
}

// find adds a finding about the value at the pointer.
func (c *jsonClaims) find(p problem, pointer string) { c.row.find(p, Path{Pointer: pointer}) }

// unknown passes over a member that no claim has.
func (c *jsonClaims) unknown(parent, name string) {
	c.walk.skip()
	c.find(bad(codeJSONUnknown, law.V("member", name)), parent+"/"+escapePointer(name))
}

// once passes over a member that came before; it reports whether the value is to be read.
func (c *jsonClaims) once(parent, name string, before bool) bool {
	if before {
		c.walk.skip()
		c.find(bad(codeJSONDuplicate, law.V("member", name)), parent+"/"+name)
	}
	return !before
}

// expect reports whether the next value is of the kind; null is passed over, and what is of another kind is a finding.
func (c *jsonClaims) expect(kind byte, pointer string) bool {
	got := c.walk.kind()
	if got == kind {
		return true
	}
	c.walk.skip()
	if got != 'n' {
		c.find(bad(codeJSONType, law.V("want", jsonKind(kind)), law.V("found", jsonKind(got))), pointer)
	}
	return false
}

// member reads the value of one of the claim's own members.
func (c *jsonClaims) member(f field, pointer string) {
	claim := &c.row.Claim
	switch f {
	case fieldAmount:
		c.amount(&claim.Amount, pointer)
	case fieldAbandoned:
		c.amount(&claim.Abandoned, pointer)
	case fieldDocuments:
		if c.expect('[', pointer) {
			c.walk.elements(func(i int) {
				if name, ok := c.str(pointer + "/" + strconv.Itoa(i)); ok {
					claim.Documents = append(claim.Documents, name)
				}
			})
		}
	default:
		if s, ok := c.str(pointer); ok {
			c.text(f, s, pointer)
		}
	}
}

// text takes the text of a member.
func (c *jsonClaims) text(f field, s, pointer string) {
	claim := &c.row.Claim
	var p problem
	switch f {
	case fieldReference:
		claim.Reference = s
	case fieldCategory:
		claim.Category = Category(s)
	case fieldNature:
		claim.Nature = s
	case fieldParticulars:
		claim.Particulars = s
	case fieldCalculation:
		claim.Calculation = s
	case fieldRepresentative:
		claim.Representative = s
	case fieldLanguage:
		claim.Language = languageTag(s)
	case fieldAroseOn:
		if s != "" {
			claim.AroseOn, p = parseDate(s, c.dates)
		}
	}
	if p.code != "" {
		c.find(p, pointer)
	}
}

// str reads a text without spaces around it; ok is false when there is none.
func (c *jsonClaims) str(pointer string) (s string, ok bool) {
	if !c.expect('"', pointer) {
		return "", false
	}
	s = trimCell(c.walk.str())
	if !plainText(s) {
		c.find(brokenText(s), pointer)
		return "", false
	}
	return s, true
}

// amount reads a text or a number.
func (c *jsonClaims) amount(into *money.Amount, pointer string) {
	var a money.Amount
	var p problem
	if c.walk.kind() == '0' {
		a, p = parseExact(c.walk.skip(), c.home)
	} else {
		text, ok := c.str(pointer)
		if !ok || text == "" {
			return
		}
		a, p = parseAmount(text, c.home)
	}
	if p.code != "" {
		c.find(p, pointer)
		return
	}
	*into = a
}

// defendant reads one element of the list of defendants.
func (c *jsonClaims) defendant(index int) {
	parent := partyPointer(index)
	c.row.Claim.Defendants = append(c.row.Claim.Defendants, Party{})
	if !c.expect('{', parent) {
		return
	}
	party := &c.row.Claim.Defendants[index]
	var seen seenFields
	c.walk.members(func(name string) {
		f, known := c.party[name]
		if !known {
			c.unknown(parent, name)
			return
		}
		if !c.once(parent, name, seen.add(f)) {
			return
		}
		if s, ok := c.str(parent + "/" + name); ok {
			partyText(party, f, s)
		}
	})
}

func partyText(party *Party, f field, s string) {
	switch f {
	case fieldPartyName:
		party.Name = s
	case fieldPartyChinese:
		party.Chinese = s
	case fieldPartyAddress:
		party.Address = s
	case fieldPartyKind:
		party.Kind = partyKind(s)
	}
}

// escapePointer writes a member's name as a step of a JSON pointer.
func escapePointer(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(Show(name))
}
