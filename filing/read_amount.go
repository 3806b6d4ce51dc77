package filing

import (
	"strings"

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
