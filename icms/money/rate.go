package money

import (
	"fmt"
	"math/bits"
	"strings"

	"github.com/shopspring/decimal"
)

// Rate is an exact decimal fraction such as 0.8, never a float. The zero Rate is 0. Compare with ==: a Rate has one form only.
type Rate struct {
	coefficient int64
	scale       uint8 // decimals; no trailing zeros
}

// maxRateDecimals bounds a rate so that every power of ten that it needs is an int64.
const maxRateDecimals = 12

// ParseRate reads a plain decimal ("0.8", "1", "0.0125") of at most 12 decimals. Its error wraps ErrSyntax.
func ParseRate(text string) (Rate, error) {
	if err := checkPlain(text, maxRateDecimals); err != nil {
		return Rate{}, err
	}
	d, err := decimal.NewFromString(text)
	if err != nil {
		return Rate{}, fmt.Errorf("%w: %.40q", ErrSyntax, text)
	}
	return RateOf(d)
}

// RateOf makes a rate of an exact decimal of at most 12 decimals; more decimals are an error (ErrSyntax), never rounded away.
func RateOf(d decimal.Decimal) (Rate, error) {
	if d.Exponent() < -40 || d.Exponent() > 20 || d.NumDigits() > 40 {
		return Rate{}, fmt.Errorf("%w: a rate of %d digits", ErrOverflow, d.NumDigits())
	}
	shifted := d.Shift(maxRateDecimals)
	if !shifted.IsInteger() {
		return Rate{}, fmt.Errorf("%w: rate %s has more than %d decimals", ErrSyntax, d, maxRateDecimals)
	}
	i := shifted.BigInt()
	if !i.IsInt64() {
		return Rate{}, fmt.Errorf("%w: rate %s", ErrOverflow, d)
	}
	r := Rate{i.Int64(), maxRateDecimals}
	for r.scale > 0 && r.coefficient%10 == 0 {
		r.coefficient /= 10
		r.scale--
	}
	return r, nil
}

// MustRate is ParseRate for rates written in a program; it panics on bad text.
func MustRate(text string) Rate {
	r, err := ParseRate(text)
	if err != nil {
		panic(err)
	}
	return r
}

// Decimal is the rate as a decimal.
func (r Rate) Decimal() decimal.Decimal { return decimal.New(r.coefficient, -int32(r.scale)) }

// String is the plain decimal without trailing zeros.
func (r Rate) String() string { return r.Decimal().String() }

// MarshalText writes String.
func (r Rate) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads a plain decimal.
func (r *Rate) UnmarshalText(b []byte) error {
	v, err := ParseRate(string(b))
	if err != nil {
		return err
	}
	*r = v
	return nil
}

// Mode says which neighbour a result between two steps is rounded to.
type Mode uint8

// The rounding modes. The zero Mode is not one: who multiplies by a rate must say how to round.
const (
	// Down rounds towards minus infinity (floor): 14.40 -> 14, -14.40 -> -15.
	Down Mode = iota + 1
	// Up rounds towards plus infinity (ceiling).
	Up
	// HalfUp rounds to the nearest step, a half away from zero.
	HalfUp
	// HalfEven rounds to the nearest step, a half to the even one.
	HalfEven
)

var modeNames = [...]string{"", "down", "up", "half-up", "half-even"}

// String is the name in data files: "down", "up", "half-up", "half-even".
func (m Mode) String() string {
	if m >= Down && int(m) < len(modeNames) {
		return modeNames[m]
	}
	return fmt.Sprintf("mode(%d)", uint8(m))
}

// MarshalText writes String; the zero Mode is an error.
func (m Mode) MarshalText() ([]byte, error) {
	if m < Down || int(m) >= len(modeNames) {
		return nil, fmt.Errorf("money: no rounding mode has the number %d", uint8(m))
	}
	return []byte(modeNames[m]), nil
}

// UnmarshalText reads a name.
func (m *Mode) UnmarshalText(b []byte) error {
	for i, n := range modeNames {
		if i > 0 && n == string(b) {
			*m = Mode(i)
			return nil
		}
	}
	return fmt.Errorf("money: rounding %.20q is none of %s", b, strings.Join(modeNames[1:], ", "))
}

// Rounding is a mode with the step it rounds to, in minor units: {Down, 100} floors HKD to the whole dollar. A step of 0
// counts as 1, the minor unit itself.
type Rounding struct {
	Mode Mode  `json:"mode"`
	Step int64 `json:"step,omitempty"`
}

// Rate multiplies by r and rounds once, exactly, from the unrounded product. Errors: ErrOverflow, also for a Step that with
// the decimals of the rate passes 2^64 (a rate of 12 decimals takes steps up to 18,446,744); a zero or unknown Mode or a negative Step.
func (a Amount) Rate(r Rate, how Rounding) (Amount, error) {
	if how.Mode < Down || int(how.Mode) >= len(modeNames) || how.Step < 0 {
		return Amount{}, fmt.Errorf("money: rounding %v to a step of %d is not defined", how.Mode, how.Step)
	}
	step := max(how.Step, 1)
	// a*r = minor*coefficient / 10^scale minor units; in steps: / (10^scale*step).
	negative := (a.minor < 0) != (r.coefficient < 0)
	hi, lo := bits.Mul64(magnitude(a.minor), magnitude(r.coefficient))
	dh, div := bits.Mul64(uint64(pow10[r.scale]), uint64(step))
	if dh != 0 {
		return Amount{}, fmt.Errorf("%w: a rounding step of %d with the %d decimals of the rate %s", ErrOverflow, step, r.scale, r)
	}
	if hi >= div {
		return Amount{}, fmt.Errorf("%w: %s times %s", ErrOverflow, a, r)
	}
	q, rem := bits.Div64(hi, lo, div)
	var carry uint64
	if roundAway(how.Mode, negative, q, rem, div) {
		q, carry = bits.Add64(q, 1, 0)
	}
	over, minor := bits.Mul64(q, uint64(step))
	if carry|over != 0 {
		return Amount{}, fmt.Errorf("%w: %s times %s", ErrOverflow, a, r)
	}
	return signed(negative, minor, a.currency)
}

// roundAway reports whether a magnitude q with remainder rem of div moves one step away from zero.
func roundAway(m Mode, negative bool, q, rem, div uint64) bool {
	if rem == 0 {
		return false
	}
	half := div - rem // rem > half: nearer above; rem == half: exactly between
	switch m {
	case Down:
		return negative
	case Up:
		return !negative
	case HalfUp:
		return rem >= half
	default: // HalfEven
		return rem > half || (rem == half && q&1 == 1)
	}
}

// signed gives back the sign to a magnitude; the one that only a negative amount can have is kept.
func signed(negative bool, minor uint64, c Currency) (Amount, error) {
	switch {
	case negative && minor <= 1<<63:
		return Amount{-int64(minor), c}, nil
	case !negative && minor < 1<<63:
		return Amount{int64(minor), c}, nil
	}
	return Amount{}, fmt.Errorf("%w: %d minor units of %s", ErrOverflow, minor, c)
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}
