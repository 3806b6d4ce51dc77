package filing

import (
	"errors"
	"strings"

	"github.com/shopspring/decimal"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

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
