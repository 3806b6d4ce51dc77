package money

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// The errors of this package; test with errors.Is. See also ErrCurrency.
var (
	// ErrOverflow says that a result is outside what an int64 of minor units holds.
	ErrOverflow = errors.New("money: amount out of range")
	// ErrSyntax says that text is not a plain decimal amount.
	ErrSyntax = errors.New("money: not a plain decimal amount")
)

// Amount is a sum of money in whole minor units of a currency, positive or negative. Compare with ==; the zero Amount is
// nothing of no currency, which Add takes as a neutral start of a sum.
type Amount struct {
	minor    int64
	currency Currency
}

// New is an amount of so many minor units: New(1400, hkd) is HKD 14.00.
func New(minor int64, c Currency) Amount { return Amount{minor, c} }

// Parse reads a plain decimal in the currency: digits with at most one point, an optional leading minus, at most as many
// decimals as the currency has. No spaces, no separators, no exponent, no plus. Errors wrap ErrSyntax or ErrOverflow.
func Parse(text string, c Currency) (Amount, error) {
	if err := checkPlain(text, c.Exponent()); err != nil {
		return Amount{}, err
	}
	d, err := decimal.NewFromString(text)
	if err != nil {
		return Amount{}, fmt.Errorf("%w: %.40q", ErrSyntax, text)
	}
	return fromDecimal(d, c)
}

// FromDecimal gives the amount of an exact decimal; a part smaller than the minor unit is an error (ErrSyntax), never rounded.
func FromDecimal(d decimal.Decimal, c Currency) (Amount, error) {
	if d.NumDigits() > 40 || d.Exponent() > 20 || d.Exponent() < -40 {
		return Amount{}, fmt.Errorf("%w: a decimal of %d digits", ErrOverflow, d.NumDigits())
	}
	return fromDecimal(d, c)
}

func fromDecimal(d decimal.Decimal, c Currency) (Amount, error) {
	m := d.Shift(int32(c.Exponent()))
	if !m.IsInteger() {
		return Amount{}, fmt.Errorf("%w: %s has more than the %d decimals of %s", ErrSyntax, d, c.Exponent(), c)
	}
	i := m.BigInt()
	if !i.IsInt64() {
		return Amount{}, fmt.Errorf("%w: %s", ErrOverflow, d)
	}
	return Amount{i.Int64(), c}, nil
}

// maxPlain bounds the text of an amount before anything is parsed: 19 digits, a point and a sign.
const maxPlain = 21

func checkPlain(s string, exponent int) error {
	body, _ := strings.CutPrefix(s, "-")
	whole, frac, point := strings.Cut(body, ".")
	switch {
	case s == "":
		return fmt.Errorf("%w: it is empty", ErrSyntax)
	case len(s) > maxPlain:
		return fmt.Errorf("%w: %.24q... is longer than %d characters", ErrSyntax, s, maxPlain)
	case whole == "" || (point && frac == ""):
		return fmt.Errorf("%w: %q lacks digits before or after the point", ErrSyntax, s)
	case !digits(whole) || !digits(frac):
		return fmt.Errorf("%w: %q has other characters than digits and one point", ErrSyntax, s)
	case len(frac) > exponent:
		return fmt.Errorf("%w: %q has more than %d decimals", ErrSyntax, s, exponent)
	}
	return nil
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// Minor is the number of minor units: 1400 for HKD 14.00.
func (a Amount) Minor() int64 { return a.minor }

// Currency is the amount's currency.
func (a Amount) Currency() Currency { return a.currency }

// Decimal is the amount as an exact decimal in major units, for those who calculate on.
func (a Amount) Decimal() decimal.Decimal { return decimal.New(a.minor, -int32(a.currency.Exponent())) }

// IsZero reports whether the amount is nothing, in whatever currency.
func (a Amount) IsZero() bool { return a.minor == 0 }

// Sign is -1, 0 or 1.
func (a Amount) Sign() int {
	switch {
	case a.minor < 0:
		return -1
	case a.minor > 0:
		return 1
	}
	return 0
}

// Add gives a+b. The zero Amount adds to any currency. Errors wrap ErrCurrency or ErrOverflow.
func (a Amount) Add(b Amount) (Amount, error) {
	c, err := common(a, b)
	if err != nil {
		return Amount{}, err
	}
	sum := a.minor + b.minor
	if (sum > a.minor) != (b.minor > 0) {
		return Amount{}, fmt.Errorf("%w: %s + %s", ErrOverflow, a, b)
	}
	return Amount{sum, c}, nil
}

// Sub gives a-b, with the errors of Add.
func (a Amount) Sub(b Amount) (Amount, error) {
	c, err := common(a, b)
	if err != nil {
		return Amount{}, err
	}
	diff := a.minor - b.minor
	if (diff < a.minor) != (b.minor > 0) {
		return Amount{}, fmt.Errorf("%w: %s - %s", ErrOverflow, a, b)
	}
	return Amount{diff, c}, nil
}

// Times gives n times a. Its error wraps ErrOverflow.
func (a Amount) Times(n int64) (Amount, error) {
	if a.minor == 0 || n == 0 {
		return Amount{0, a.currency}, nil
	}
	p := a.minor * n
	if p/n != a.minor || (n == -1 && a.minor == math.MinInt64) || (a.minor == -1 && n == math.MinInt64) {
		return Amount{}, fmt.Errorf("%w: %s times %d", ErrOverflow, a, n)
	}
	return Amount{p, a.currency}, nil
}

// Cmp compares two amounts of one currency: -1, 0 or 1. Its error wraps ErrCurrency; a zero Amount compares with any.
func (a Amount) Cmp(b Amount) (int, error) {
	if _, err := common(a, b); err != nil {
		return 0, err
	}
	switch {
	case a.minor < b.minor:
		return -1, nil
	case a.minor > b.minor:
		return 1, nil
	}
	return 0, nil
}

func common(a, b Amount) (Currency, error) {
	switch {
	case a.currency == b.currency || b == (Amount{}):
		return a.currency, nil
	case a == (Amount{}):
		return b.currency, nil
	}
	return Currency{}, fmt.Errorf("%w: %s and %s do not mix", ErrCurrency, a.currency, b.currency)
}

// Plain is the number without the currency, with all decimals of the currency: "14.00", "-0.05", "500" (JPY).
func (a Amount) Plain() string { return string(a.AppendPlain(make([]byte, 0, 24))) }

// AppendPlain appends Plain to b.
func (a Amount) AppendPlain(b []byte) []byte {
	u := uint64(a.minor)
	if a.minor < 0 {
		b = append(b, '-')
		u = -u
	}
	e := a.currency.Exponent()
	if e == 0 {
		return strconv.AppendUint(b, u, 10)
	}
	scale := uint64(pow10[e])
	b = strconv.AppendUint(b, u/scale, 10)
	b = append(b, '.')
	frac := u % scale
	for i := e - 1; i >= 0; i-- {
		b = append(b, byte('0'+frac/uint64(pow10[i])%10))
	}
	return b
}

// Short is Plain without decimals that are all zero: "14", "14.40".
func (a Amount) Short() string {
	s := a.Plain()
	if whole, frac, ok := strings.Cut(s, "."); ok && strings.Trim(frac, "0") == "" {
		return whole
	}
	return s
}

// String is the code and the plain number: "HKD 14.00".
func (a Amount) String() string {
	if a.currency.IsZero() {
		return a.Plain()
	}
	return a.currency.Code() + " " + a.Plain()
}

// MarshalText writes String; the zero Amount is empty text. An amount in no currency that is not zero is an error.
func (a Amount) MarshalText() ([]byte, error) {
	if a == (Amount{}) {
		return []byte{}, nil
	}
	if a.currency.IsZero() {
		return nil, fmt.Errorf("%w: %d minor units of no currency", ErrCurrency, a.minor)
	}
	b := a.currency.appendCode(make([]byte, 0, 28))
	return a.AppendPlain(append(b, ' ')), nil
}

// UnmarshalText reads what MarshalText writes, with the errors of ParseCurrency and Parse.
func (a *Amount) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*a = Amount{}
		return nil
	}
	code, number, ok := strings.Cut(string(b), " ")
	if !ok {
		return fmt.Errorf("%w: %.40q is not like \"HKD 14.00\"", ErrSyntax, b)
	}
	c, err := ParseCurrency(code)
	if err != nil {
		return err
	}
	v, err := Parse(number, c)
	if err != nil {
		return err
	}
	*a = v
	return nil
}
