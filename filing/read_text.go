package filing

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"courts.example/eservices/icms/law"
)

// narrow gives s in narrow characters (digits, letters, signs) without spaces around it; a space of any kind becomes plain.
func narrow(s string) string {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] < utf8.RuneSelf
	}
	if !ascii {
		s = strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return ' '
			}
			return r
		}, width.Fold.String(s))
	}
	return strings.TrimSpace(s)
}

// plainText reports whether no character of s is broken in the file, nor was lost when it was written.
func plainText(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return utf8.ValidString(s) && !strings.Contains(s, string(utf8.RuneError))
		}
	}
	return true
}

// brokenText says which character of a text that is not plain is broken.
func brokenText(s string) problem {
	place := 1
	for _, r := range s {
		if r == utf8.RuneError {
			break
		}
		place++
	}
	return bad(codeCellEncoding, law.V("place", place))
}

// isErrorValue reports what a spreadsheet writes in place of a value that it could not work out.
func isErrorValue(s string) bool {
	switch s {
	case "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!":
		return true
	}
	return len(s) > 2 && strings.Trim(s, "#") == "" // a column too narrow, saved as it showed
}

// isScientific reports the form in which spreadsheets write a long number: "8.12E+11".
func isScientific(s string) bool {
	s = strings.TrimPrefix(s, "-")
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(s), "E")
	if !ok || exponent == "" || (exponent[0] != '+' && exponent[0] != '-') || !allDigits(exponent[1:]) {
		return false
	}
	whole, fraction, point := strings.Cut(mantissa, ".")
	return len(whole) == 1 && allDigits(whole) && (!point || allDigits(fraction))
}

// isSheetDate reports the forms in which spreadsheets show what they took for a date: "2-Jan", "Jan-26".
func isSheetDate(s string) bool {
	a, b, ok := strings.Cut(s, "-")
	if !ok || len(a)+len(b) > 5 {
		return false
	}
	return (allDigits(a) && len(b) == 3 && monthNumber(b) > 0) || (len(a) == 3 && monthNumber(a) > 0 && len(b) == 2 && allDigits(b))
}

// partyKind finds what a party is by the names of the templates' two languages; another word stays as it is, for the rules to judge.
func partyKind(s string) PartyKind {
	switch strings.ToLower(narrow(s)) {
	case "person", "individual", "個人", "自然人":
		return Person
	case "company", "corporation", "公司", "法團":
		return Company
	case "body", "statutory body", "government", "association", "團體", "法定機構", "政府部門":
		return Body
	}
	return PartyKind(s)
}

// languageTag finds the tag of a language of the templates by its names; another word stays as it is, for the rules to judge.
func languageTag(s string) string {
	switch strings.ToLower(narrow(s)) {
	case "en", "eng", "english", "英文", "英語":
		return law.English
	case "zh", "zh-hant", "zh-hk", "zh-hant-hk", "chi", "zho", "chinese", "中文", "繁體中文":
		return law.TraditionalChinese
	}
	return s
}

// parseCategory writes a category as the courts' tables do: "Medical charges" is medical_charges.
func parseCategory(s string) Category {
	for i := range len(s) {
		if c := s[i]; c == ' ' || c == '-' || c >= utf8.RuneSelf || (c >= 'A' && c <= 'Z') {
			return Category(strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(narrow(s))))
		}
	}
	return Category(s)
}

// splitDocuments takes the list of file names of a cell apart: they are separated by semicolons or line breaks.
func splitDocuments(s string) []string {
	if !strings.ContainsAny(s, ";；\n\r") {
		return []string{s}
	}
	var out []string
	for name := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ';' || r == '；' || r == '\n' || r == '\r' }) {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}
