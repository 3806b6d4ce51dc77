package filing

import (
	"errors"
	"strings"

	"github.com/shopspring/decimal"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// problem is what keeps a cell from being read; the zero problem is none.
type problem struct {
	code   Code
	values []law.Value
}

func bad(code Code, values ...law.Value) problem { return problem{code, values} }

// parseAmount reads an amount as people write it in a cell: "1234.5", "1,234.50", "HK$1234.5", "HKD 1,234.50", with the
// digits and spaces of any width. What could mean two amounts, such as "1.234,50", is a problem and never a guess.
func parseAmount(text string, home money.Currency) (money.Amount, problem) {
	plain := text
	if len(text) > 4 && text[3] == ' ' && text[:3] == home.Code() {
		plain = text[4:]
	}
	if a, ok := parsePlain(plain, home); ok {
		return a, problem{}
	}
	number, c, negative, p := cutCurrency(narrow(text), home)
	if p.code != "" {
		return money.Amount{}, p
	}
	if c.IsZero() {
		return money.Amount{}, bad(codeAmountCurrency, law.V("value", text))
	}
	plain, code := plainNumber(number, c.Exponent())
	if code != "" {
		return money.Amount{}, bad(code, law.V("value", text), law.V("currency", c.Code()), law.V("decimals", c.Exponent()))
	}
	if negative {
		plain = "-" + plain
	}
	a, err := money.Parse(plain, c)
	if err != nil {
		return money.Amount{}, bad(codeAmountRange, law.V("value", text))
	}
	return a, problem{}
}

// parsePlain reads the plain number that most cells hold, without any allocation.
func parsePlain(text string, c money.Currency) (money.Amount, bool) {
	if len(text) == 0 || len(text) > 15 || c.IsZero() {
		return money.Amount{}, false
	}
	minor, decimals, point := int64(0), 0, false
	for i := range len(text) {
		switch d := text[i]; {
		case d >= '0' && d <= '9':
			minor = minor*10 + int64(d-'0')
			if point {
				decimals++
			}
		case d == '.' && !point && i > 0 && i < len(text)-1:
			point = true
		default:
			return money.Amount{}, false
		}
	}
	if decimals > c.Exponent() {
		return money.Amount{}, false
	}
	for ; decimals < c.Exponent(); decimals++ {
		minor *= 10
	}
	return money.New(minor, c), true
}

// currencySigns are the signs that stand for one currency alone; longer signs come before those they end with.
func currencySigns() []struct{ sign, code string } {
	return []struct{ sign, code string }{
		{"HK$", "HKD"}, {"US$", "USD"}, {"NT$", "TWD"}, {"NZ$", "NZD"}, {"MOP$", "MOP"}, {"A$", "AUD"}, {"C$", "CAD"}, {"S$", "SGD"},
		{"RMB", "CNY"}, {"€", "EUR"}, {"£", "GBP"},
	}
}

// sharedSigns are the signs of several currencies: each is taken for the home currency when that is one of them.
func sharedSigns() []struct{ sign, codes string } {
	return []struct{ sign, codes string }{
		{"$", "HKD USD TWD NZD MOP AUD CAD SGD BND FJD JMD BSD BBD BZD TTD"},
		{"元", "HKD TWD CNY MOP"}, {"¥", "CNY JPY"}, {"円", "JPY"},
	}
}

// cutCurrency takes sign and currency off a number in narrow characters. A number that names no currency has that of home.
func cutCurrency(s string, home money.Currency) (number string, c money.Currency, negative bool, p problem) {
	s, negative = cutSign(s)
	c = home
	for range 2 { // "HKD $12" names it twice
		rest, named, found, ok := cutOneCurrency(s, home)
		if !found {
			break
		}
		if !ok {
			return "", c, false, bad(codeAmountCurrency, law.V("value", s))
		}
		s, c, home = rest, named, named
	}
	if !negative {
		s, negative = cutSign(s) // "HK$-5"
	}
	return s, c, negative, problem{}
}

// cutSign takes a minus, or the brackets of accountants, off a number.
func cutSign(s string) (string, bool) {
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.HasSuffix(inner, ")") {
		return strings.TrimSpace(inner[:len(inner)-1]), true
	}
	for _, minus := range []string{"-", "−", "–"} {
		if rest, ok := strings.CutPrefix(s, minus); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return s, false
}

// cutOneCurrency takes one code or sign off either end. ok is false for a sign that doesn't fit the home currency.
func cutOneCurrency(s string, home money.Currency) (rest string, c money.Currency, found, ok bool) {
	upper := strings.ToUpper(s)
	if len(upper) != len(s) {
		return s, c, false, false
	}
	cut := func(sign string) bool {
		if strings.HasPrefix(upper, sign) {
			rest = strings.TrimSpace(s[len(sign):])
			return true
		}
		if strings.HasSuffix(upper, sign) {
			rest = strings.TrimSpace(s[:len(s)-len(sign)])
			return true
		}
		return false
	}
	for _, one := range currencySigns() {
		if cut(one.sign) {
			c, err := money.ParseCurrency(one.code)
			return rest, c, true, err == nil
		}
	}
	for _, one := range sharedSigns() {
		if cut(one.sign) {
			return rest, home, true, !home.IsZero() && strings.Contains(one.codes, home.Code())
		}
	}
	for _, code := range codeAtEnds(upper) {
		if c, err := money.ParseCurrency(code); err == nil && cut(code) {
			return rest, c, true, true
		}
	}
	return s, c, false, false
}

// codeAtEnds gives the first and the last three characters.
func codeAtEnds(s string) []string {
	if len(s) < 4 {
		return nil
	}
	return []string{s[:3], s[len(s)-3:]}
}

// plainNumber takes the separators of thousands out of a number, or says why it can't be read as one number alone.
func plainNumber(s string, exponent int) (string, Code) {
	if strings.ContainsAny(s, "eE") && strings.Trim(s, "0123456789.eE+-") == "" {
		return "", codeAmountScientific
	}
	if s == "" || strings.Trim(s, "0123456789,.") != "" || strings.Trim(s, ",.") == "" {
		return "", codeAmountInvalid
	}
	whole, fraction, point := cutLast(s, '.')
	switch {
	case strings.Contains(fraction, ","), strings.Contains(whole, "."): // 1.234,50 and 1.234.567
		return "", codeAmountAmbiguous
	case !grouped(whole):
		return "", codeAmountAmbiguous // 1,23 and 1,23,456
	case !point && exponent == 3 && strings.Count(whole, ",") == 1:
		return "", codeAmountAmbiguous // 1,234 of a currency with three decimals
	case point && (whole == "" || fraction == ""):
		return "", codeAmountInvalid
	case point && len(fraction) == 3 && exponent < 3 && len(whole) <= 3 && whole[0] != '0':
		return "", codeAmountAmbiguous // 1.234
	}
	if kept := strings.TrimRight(fraction, "0"); len(fraction) > exponent {
		if len(kept) > exponent {
			return "", codeAmountDecimals
		}
		fraction = kept
	}
	plain := strings.ReplaceAll(whole, ",", "")
	if fraction != "" {
		plain += "." + fraction
	}
	return plain, ""
}

// cutLast cuts around the last sep.
func cutLast(s string, sep byte) (before, after string, found bool) {
	if i := strings.LastIndexByte(s, sep); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

// grouped reports whether the commas of a whole number stand at the thousands, or there are none.
func grouped(whole string) bool {
	groups := strings.Split(whole, ",")
	for i, g := range groups {
		if (i > 0 && len(g) != 3) || (i == 0 && len(groups) > 1 && (len(g) < 1 || len(g) > 3)) {
			return false
		}
	}
	return true
}

// parseExact reads a number in which a point can only stand before decimals.
func parseExact(text string, home money.Currency) (money.Amount, problem) {
	switch {
	case home.IsZero():
		return money.Amount{}, bad(codeAmountCurrency, law.V("value", text))
	case strings.ContainsAny(text, "eE"):
		return money.Amount{}, bad(codeAmountScientific, law.V("value", text))
	}
	a, err := money.Parse(text, home)
	return a, amountProblem(err, text, home)
}

// amountProblem is what package money says of a number.
func amountProblem(err error, text string, c money.Currency) problem {
	_, fraction, _ := strings.Cut(text, ".")
	switch {
	case err == nil:
		return problem{}
	case errors.Is(err, money.ErrSyntax) && len(fraction) > c.Exponent():
		return bad(codeAmountDecimals, law.V("value", text), law.V("currency", c.Code()), law.V("decimals", c.Exponent()))
	}
	return bad(codeAmountRange, law.V("value", text))
}

// spreadsheetDigits is how many significant digits a spreadsheet keeps of a number; what its file holds beyond them is the
// noise of binary fractions.
const spreadsheetDigits = 15

// parseNumber reads an amount from a cell that a spreadsheet holds as a number.
func parseNumber(text string, home money.Currency) (money.Amount, problem) {
	if a, ok := parsePlain(text, home); ok {
		return a, problem{}
	}
	d, ok := spreadsheetNumber(text)
	switch {
	case !ok:
		return money.Amount{}, bad(codeAmountInvalid, law.V("value", text))
	case home.IsZero():
		return money.Amount{}, bad(codeAmountCurrency, law.V("value", text))
	}
	a, err := money.FromDecimal(d, home)
	return a, amountProblem(err, d.String(), home)
}

// spreadsheetNumber gives the number that the spreadsheet shows: rounded to 15 significant digits, exactly, without a float.
func spreadsheetNumber(text string) (decimal.Decimal, bool) {
	if len(text) > 40 {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(text)
	if err != nil || d.Exponent() > 30 || d.Exponent() < -340 {
		return decimal.Decimal{}, false
	}
	if extra := d.NumDigits() - spreadsheetDigits; extra > 0 {
		d = d.Round(-d.Exponent() - int32(extra))
	}
	return d, true
}
