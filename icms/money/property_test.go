package money_test

import (
	"math"
	"math/big"
	"testing"

	"courts.example/eservices/icms/money"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// currencies has one of each number of decimals.
func currencies() *rapid.Generator[money.Currency] {
	return rapid.Map(rapid.SampledFrom([]string{"JPY", "HKD", "KWD", "CLF"}), money.MustCurrency)
}

// minors favours the ends of the range and small numbers.
func minors() *rapid.Generator[int64] {
	return rapid.OneOf(rapid.Int64(), rapid.Int64Range(-1000, 1000),
		rapid.Map(rapid.Int64Range(0, 3), func(n int64) int64 { return math.MaxInt64 - n }),
		rapid.Map(rapid.Int64Range(0, 3), func(n int64) int64 { return math.MinInt64 + n }))
}

func TestPropertyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := money.New(minors().Draw(t, "minor"), currencies().Draw(t, "currency"))
		back, err := money.Parse(a.Plain(), a.Currency())
		require.NoError(t, err)
		require.Equal(t, a, back)
		require.Equal(t, a.Decimal().StringFixed(int32(a.Currency().Exponent())), a.Plain())
		require.True(t, decimal.RequireFromString(a.Short()).Equal(a.Decimal()))

		text, err := a.MarshalText()
		require.NoError(t, err)
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, a, back)
		back, err = money.FromDecimal(a.Decimal(), a.Currency())
		require.NoError(t, err)
		require.Equal(t, a, back)
	})
}

// TestPropertySums compares checked arithmetic with arithmetic that has no bounds.
func TestPropertySums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := currencies().Draw(t, "currency")
		x, y := minors().Draw(t, "x"), minors().Draw(t, "y")
		a, b := money.New(x, c), money.New(y, c)
		bx, by := big.NewInt(x), big.NewInt(y)

		sum, err := a.Add(b)
		agrees(t, new(big.Int).Add(bx, by), sum, c, err)
		diff, err := a.Sub(b)
		agrees(t, new(big.Int).Sub(bx, by), diff, c, err)
		product, err := a.Times(y)
		agrees(t, new(big.Int).Mul(bx, by), product, c, err)
		order, err := a.Cmp(b)
		require.NoError(t, err)
		require.Equal(t, bx.Cmp(by), order)
	})
}

func agrees(t *rapid.T, want *big.Int, got money.Amount, c money.Currency, err error) {
	if !want.IsInt64() {
		require.ErrorIs(t, err, money.ErrOverflow)
		return
	}
	require.NoError(t, err)
	require.Equal(t, money.New(want.Int64(), c), got)
}

// TestPropertyRate compares a rate with the same reckoned in exact fractions, in every mode.
func TestPropertyRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := currencies().Draw(t, "currency")
		a := money.New(minors().Draw(t, "minor"), c)
		places := rapid.Int32Range(0, 12).Draw(t, "places")
		d := decimal.New(rapid.Int64Range(-3_000_000, 3_000_000).Draw(t, "coefficient"), -places)
		rate, err := money.RateOf(d)
		require.NoError(t, err)
		how := money.Rounding{
			Mode: rapid.SampledFrom([]money.Mode{money.Down, money.Up, money.HalfUp, money.HalfEven}).Draw(t, "mode"),
			Step: rapid.SampledFrom([]int64{0, 1, 5, 10, 100, 1000, 1_000_000}).Draw(t, "step"),
		}
		got, err := a.Rate(rate, how)
		agrees(t, slowRate(a, d, how), got, c, err)
	})
}

// slowRate is amount times rate in minor units, rounded to a multiple of the step, in exact fractions.
func slowRate(a money.Amount, d decimal.Decimal, how money.Rounding) *big.Int {
	step := big.NewInt(max(how.Step, 1))
	steps := new(big.Rat).SetInt64(a.Minor())
	steps.Mul(steps, d.Rat())
	steps.Quo(steps, new(big.Rat).SetInt(step))
	floor := new(big.Int).Div(steps.Num(), steps.Denom()) // Euclidean; the denominator is positive
	fraction := new(big.Rat).Sub(steps, new(big.Rat).SetInt(floor))
	half := fraction.Cmp(big.NewRat(1, 2))
	up := false
	switch how.Mode {
	case money.Up:
		up = fraction.Sign() > 0
	case money.HalfUp: // a half away from zero
		up = half > 0 || (half == 0 && steps.Sign() > 0)
	case money.HalfEven:
		up = half > 0 || (half == 0 && floor.Bit(0) == 1)
	}
	if up {
		floor.Add(floor, big.NewInt(1))
	}
	return floor.Mul(floor, step)
}

// TestPropertyDecimal compares with the decimal module itself, rounding to whole major units.
func TestPropertyDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := money.New(rapid.Int64Range(-1e14, 1e14).Draw(t, "minor"), money.MustCurrency("HKD"))
		d := decimal.New(rapid.Int64Range(0, 100_000).Draw(t, "coefficient"), -5)
		rate, err := money.RateOf(d)
		require.NoError(t, err)
		exact := a.Decimal().Mul(d)
		for mode, want := range map[money.Mode]decimal.Decimal{
			money.Down: exact.Floor(), money.Up: exact.Ceil(), money.HalfUp: exact.Round(0), money.HalfEven: exact.RoundBank(0),
		} {
			got, err := a.Rate(rate, money.Rounding{Mode: mode, Step: 100})
			require.NoError(t, err)
			require.True(t, want.Equal(got.Decimal()), "%s x %s %s: want %s, got %s", a, rate, mode, want, got)
		}
	})
}
