package filing

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"courts.example/eservices/icms/law"
)

// Column is one column of a bulk file with rows and columns.
type Column struct {
	// Name is the column's name as documents and findings use it: "defendant_name".
	Name string
	// Title is the heading that the templates write, by language. A file may use the name or any of the titles; case, spaces,
	// punctuation and the width of characters don't matter.
	Title law.Text
	// Required says that the file must have the column; whether its cells may be empty is a rule of the court.
	Required bool
	// Pointer is the JSON pointer of the field inside a claim that the column fills.
	Pointer string
}

// field says what part of a claim a column fills.
type field uint8

const (
	fieldNone field = iota
	fieldReference
	fieldCategory
	fieldAmount
	fieldAbandoned
	fieldNature
	fieldParticulars
	fieldCalculation
	fieldAroseOn
	fieldRepresentative
	fieldLanguage
	fieldDocuments
	// The fields of a defendant come last: a column of theirs exists once per defendant.
	fieldPartyName
	fieldPartyChinese
	fieldPartyAddress
	fieldPartyKind
)

// maxDefendants bounds the numbered columns of defendants: defendant20_name is known, defendant21_name is not.
const maxDefendants = 20

// columnOf describes a field: the column's name, what follows "/" or "/defendants/N/" in its pointer, and its headings.
type columnOf struct {
	field    field
	name     string
	member   string
	required bool
	en, zh   string
}

// columnTable lists the columns in the order in which the templates write them.
func columnTable() []columnOf {
	return []columnOf{
		{fieldReference, "reference", "reference", true, "Reference", "檔案編號"},
		{fieldCategory, "category", "category", true, "Category", "申索類別"},
		{fieldAmount, "amount", "amount", true, "Amount claimed", "申索款額"},
		{fieldAbandoned, "abandoned", "abandoned", false, "Amount abandoned", "放棄款額"},
		{fieldPartyName, "defendant_name", "name", true, "Defendant name", "被告人姓名或名稱"},
		{fieldPartyChinese, "defendant_chinese_name", "chineseName", false, "Defendant Chinese name", "被告人中文姓名或名稱"},
		{fieldPartyAddress, "defendant_address", "address", true, "Defendant address", "被告人地址"},
		{fieldPartyKind, "defendant_kind", "kind", false, "Defendant kind", "被告人身分"},
		{fieldNature, "nature", "nature", false, "Nature of claim", "申索性質"},
		{fieldParticulars, "particulars", "particulars", true, "Particulars of claim", "申索詳情"},
		{fieldCalculation, "calculation", "calculation", true, "Calculation of amount", "款額計算方法"},
		{fieldAroseOn, "arose_on", "aroseOn", false, "Date cause of action arose", "訴因產生日期"},
		{fieldRepresentative, "representative", "representative", false, "Legal representative", "法律代表"},
		{fieldLanguage, "language", "language", false, "Language", "語文"},
		{fieldDocuments, "documents", "documents", false, "Documents", "文件"},
	}
}

// Columns lists the columns of a bulk file in the order of the templates. The columns of a defendant exist for each further
// defendant with a number: "defendant2_name", "Defendant 2 name".
func Columns() []Column {
	table := columnTable()
	out := make([]Column, len(table))
	for i, c := range table {
		out[i] = c.column(1)
	}
	return out
}

// column is the published form for the defendant of that number (counted from 1; any number for a field that is no defendant's).
func (c columnOf) column(number int) Column {
	out := Column{Name: c.name, Title: law.T(c.en, c.zh), Required: c.required, Pointer: "/" + c.member}
	if c.field < fieldPartyName {
		return out
	}
	out.Pointer = partyPointer(number-1) + "/" + c.member
	if number > 1 {
		n := strconv.Itoa(number)
		out.Name = strings.Replace(c.name, "defendant", "defendant"+n, 1)
		out.Title = law.T(strings.Replace(c.en, "Defendant", "Defendant "+n, 1), strings.Replace(c.zh, "被告人", "被告人"+n, 1))
		out.Required = false
	}
	return out
}

func partyPointer(index int) string { return "/defendants/" + strconv.Itoa(index) }

// headings finds columns by any of their headings.
type headings map[string]columnOf

func newHeadings() headings {
	h := make(headings)
	for _, c := range columnTable() {
		for _, heading := range []string{c.name, c.en, c.zh, c.en + c.zh, c.zh + c.en} {
			h[headingKey(heading)] = c
		}
	}
	return h
}

// find gives the column of a heading, and the number of the defendant (counted from 1) when it is one of a defendant's columns.
func (h headings) find(heading string) (c columnOf, number int, ok bool) {
	key := headingKey(heading)
	if c, ok = h[key]; ok {
		return c, 1, true
	}
	letters, number, ok := cutNumber(key)
	if !ok || number < 1 || number > maxDefendants {
		return columnOf{}, 0, false
	}
	c, ok = h[letters]
	return c, number, ok && c.field >= fieldPartyName
}

// headingKey reduces a heading to what tells it from the others: letters and digits, narrow and in lower case.
func headingKey(heading string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, width.Fold.String(heading))
}

// cutNumber takes the digits out of a key; a bilingual heading may hold the same number twice, but no two numbers.
func cutNumber(key string) (letters string, number int, ok bool) {
	isDigit := func(r rune) bool { return r >= '0' && r <= '9' }
	for _, digits := range strings.FieldsFunc(key, func(r rune) bool { return !isDigit(r) }) {
		n, err := strconv.Atoi(digits)
		if err != nil || (number != 0 && n != number) {
			return "", 0, false
		}
		number = n
	}
	letters = strings.Map(func(r rune) rune {
		if isDigit(r) {
			return -1
		}
		return r
	}, key)
	return letters, number, number > 0
}
