package filing

import (
	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// readCell writes one cell into the claim of the row, or a finding about it.
func (t *Table) readCell(row *Row, c *tableColumn, cell *Cell) {
	text := trimCell(cell.Text)
	p := cell.form(text)
	if p.code != "" {
		c.find(row, p)
	}
	if p.code != "" && p.code != codeCellFormula || text == "" && cell.Kind != DateCell {
		return
	}
	if p = t.readField(row, c, cell, text); p.code != "" {
		c.find(row, p)
	}
}

// form says what is wrong with a cell whatever its column holds. A formula that has a result is only a warning.
func (c *Cell) form(text string) problem {
	switch {
	case c.Merged:
		return bad(codeCellMerged)
	case text == "" && c.Formula:
		return bad(codeCellUncalculated)
	case text == "":
		return problem{}
	case c.Kind == ErrorCell, text[0] == '#' && isErrorValue(text):
		return bad(codeCellError, law.V("value", text))
	case c.Kind == TextCell && !plainText(text):
		return brokenText(text)
	case c.Formula:
		return bad(codeCellFormula, c.shown())
	}
	return problem{}
}

// find adds a finding about the column's cell of a row.
func (c *tableColumn) find(row *Row, p problem) {
	row.find(p, Path{Column: c.heading, Pointer: c.pointer})
}

// shown is the cell's value as a finding shows it.
func (c *Cell) shown() law.Value {
	if c.Kind == DateCell {
		return law.V("value", c.Date)
	}
	return law.V("value", c.Text)
}

// readField writes the value of a cell into its field. A problem that is only a warning comes with a value written.
func (t *Table) readField(row *Row, c *tableColumn, cell *Cell, text string) (p problem) {
	claim := &row.Claim
	switch c.field {
	case fieldAmount:
		claim.Amount, p = t.amount(cell, text)
		return p
	case fieldAbandoned:
		claim.Abandoned, p = t.amount(cell, text)
		return p
	case fieldAroseOn:
		claim.AroseOn, p = t.date(cell, text)
		return p
	}
	if cell.Kind == DateCell {
		return bad(codeCellNotText, law.V("value", cell.Date))
	}
	if cell.Kind == NumberCell && c.field != fieldReference {
		text = numberText(text)
	}
	switch c.field {
	case fieldReference:
		claim.Reference, p = t.reference(cell, text)
	case fieldCategory:
		claim.Category = parseCategory(text)
	case fieldNature:
		claim.Nature = text
	case fieldParticulars:
		claim.Particulars = text
	case fieldCalculation:
		claim.Calculation = text
	case fieldRepresentative:
		claim.Representative = text
	case fieldLanguage:
		claim.Language = languageTag(text)
	case fieldDocuments:
		claim.Documents = splitDocuments(text)
	default:
		t.readParty(c, text)
	}
	return p
}

// readParty writes a cell of a defendant. Defendants between two that have cells exist, empty: a rule says what they lack.
func (t *Table) readParty(c *tableColumn, text string) {
	for ; t.partyCount <= c.party; t.partyCount++ {
		t.parties[t.partyCount] = Party{}
	}
	partyText(&t.parties[c.party], c.field, text)
}

func (t *Table) amount(cell *Cell, text string) (money.Amount, problem) {
	switch cell.Kind {
	case NumberCell:
		return parseNumber(text, t.home)
	case DateCell:
		return money.Amount{}, bad(codeAmountInvalid, law.V("value", cell.Date))
	}
	return parseAmount(text, t.home)
}

func (t *Table) date(cell *Cell, text string) (calendar.Date, problem) {
	switch {
	case cell.Kind == DateCell:
		return cell.Date, problem{}
	case cell.Kind == NumberCell && !cell.Date.IsZero():
		return cell.Date, bad(codeDateSerial, law.V("value", text), law.V("date", cell.Date))
	}
	return parseDate(text, t.dates)
}

// reference reads the claimant's reference, where spreadsheets do the most damage: they turn it into a number or a date.
func (t *Table) reference(cell *Cell, text string) (string, problem) {
	if cell.Kind == NumberCell {
		d, ok := spreadsheetNumber(text)
		if !ok || d.NumDigits()+int(d.Exponent()) > spreadsheetDigits {
			return "", bad(codeReferenceScientific, law.V("value", text))
		}
		return d.String(), bad(codeReferenceNumber, law.V("value", d.String()))
	}
	switch {
	case isScientific(text):
		return "", bad(codeReferenceScientific, law.V("value", text))
	case isSheetDate(text):
		return text, bad(codeReferenceDate, law.V("value", text))
	case t.references.lostZeros(text):
		return text, bad(codeReferenceZeros, law.V("value", text), law.V("digits", t.references.width))
	}
	return text, problem{}
}

// numberText writes a spreadsheet's number out: "120000" for 1.2E+5.
func numberText(text string) string {
	if d, ok := spreadsheetNumber(text); ok {
		return d.String()
	}
	return text
}

// referenceWatch notices references that have fewer digits than all before them: a spreadsheet drops leading zeros when it
// takes account numbers for numbers.
type referenceWatch struct {
	width int  // the digits of every reference so far that consists of digits
	count int  // how many of them there were
	mixed bool // they differ in length by themselves
}

// The watch speaks up for references of at least watchDigits digits, once watchRows of them had the same length.
const (
	watchDigits = 6
	watchRows   = 3
)

func (w *referenceWatch) lostZeros(text string) bool {
	if w.mixed || !allDigits(text) {
		return false
	}
	switch {
	case w.count == 0, len(text) == w.width:
		w.width = len(text)
		w.count++
	case len(text) < w.width && w.count >= watchRows && w.width >= watchDigits && text[0] != '0':
		return true
	default:
		w.mixed = true
	}
	return false
}
