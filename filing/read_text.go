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

// shorten bounds what a finding quotes from a cell.
func shorten(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	cut := most
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

// checkText finds characters that no text of a claim may hold.
func checkText(s string) problem {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if (c < ' ' && c != '\n' && c != '\t' && c != '\r') || c == 0x7f {
				return bad(codeCellControl, law.V("number", int(c)), law.V("place", utf8.RuneCountInString(s[:i])+1))
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError {
			return bad(codeCellEncoding, law.V("place", utf8.RuneCountInString(s[:i])+1))
		}
		i += size
	}
	return problem{}
}

// errorValues are what a spreadsheet writes in place of a value that it could not work out.
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

// parsePartyKind reads what a party is, in either language.
func parsePartyKind(s string) (PartyKind, problem) {
	switch strings.ToLower(narrow(s)) {
	case "person", "individual", "個人", "自然人":
		return Person, problem{}
	case "company", "corporation", "公司", "法團":
		return Company, problem{}
	case "body", "statutory body", "government", "association", "團體", "法定機構", "政府部門":
		return Body, problem{}
	}
	return "", bad(codeKindUnknown, law.V("value", shorten(s)))
}

// parseLanguage reads a language's tag or, for the two of the shipped texts, its name.
func parseLanguage(s string) (string, problem) {
	s = narrow(s)
	switch strings.ToLower(s) {
	case "en", "eng", "english", "英文", "英語":
		return law.English, problem{}
	case "zh", "zh-hant", "zh-hk", "zh-hant-hk", "chi", "zho", "chinese", "中文", "繁體中文":
		return law.TraditionalChinese, problem{}
	}
	for i, part := range strings.Split(s, "-") {
		if len(part) < 1 || len(part) > 8 || (i == 0 && (len(part) < 2 || len(part) > 3)) || strings.Trim(strings.ToLower(part), "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return "", bad(codeLanguageUnknown, law.V("value", shorten(s)))
		}
	}
	return s, problem{}
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
	var out []string
	for name := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ';' || r == '；' || r == '\n' || r == '\r' }) {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}
