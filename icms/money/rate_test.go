package money_test

import (
	"math"
	"testing"

	"courts.example/eservices/icms/money"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

func TestRate(t *testing.T) {
	for _, c := range []struct {
		minor int64
		rate  string
		how   money.Rounding
		want  int64
	}{
		{1800, "0.8", money.Rounding{Mode: money.Down, Step: 100}, 1400},
		{1800, "0.8", money.Rounding{Mode: money.HalfUp, Step: 100}, 1400},
		{1800, "0.8", money.Rounding{Mode: money.Up, Step: 100}, 1500},
		{1800, "0.8", money.Rounding{Mode: money.Down}, 1440},
		{2000, "0.8", money.Rounding{Mode: money.Up, Step: 100}, 1600},
		{29999, "0.05", money.Rounding{Mode: money.Down}, 1499},
		{30000, "0.05", money.Rounding{Mode: money.Down}, 1500},
		{30001, "0.1", money.Rounding{Mode: money.Down}, 3000},
		{1050509600, "0.0001", money.Rounding{Mode: money.Down}, 105050},
		{5, "0.5", money.Rounding{Mode: money.HalfUp}, 3},
		{5, "0.5", money.Rounding{Mode: money.HalfEven}, 2},
		{15, "0.5", money.Rounding{Mode: money.HalfEven}, 8},
		{-5, "0.5", money.Rounding{Mode: money.HalfUp}, -3},
		{-5, "0.5", money.Rounding{Mode: money.HalfEven}, -2},
		{-5, "0.5", money.Rounding{Mode: money.Down}, -3},
		{-5, "0.5", money.Rounding{Mode: money.Up}, -2},
		{-1440, "1", money.Rounding{Mode: money.Down, Step: 100}, -1500},
		{-1440, "-1", money.Rounding{Mode: money.Down, Step: 100}, 1400},
		{7, "0", money.Rounding{Mode: money.Up, Step: 100}, 0},
		{math.MaxInt64, "1", money.Rounding{Mode: money.Down}, math.MaxInt64},
		{math.MinInt64, "1", money.Rounding{Mode: money.Down}, math.MinInt64},
		{math.MaxInt64, "0.000000000001", money.Rounding{Mode: money.Down}, 9223372},
	} {
		got, err := hkd(c.minor).Rate(money.MustRate(c.rate), c.how)
		require.NoError(t, err, c)
		require.Equal(t, hkd(c.want), got, "%d x %s %v", c.minor, c.rate, c.how)
	}
}

func TestRateRefuses(t *testing.T) {
	for _, how := range []money.Rounding{{}, {Mode: 9}, {Mode: money.Down, Step: -1}} {
		_, err := hkd(1).Rate(money.MustRate("1"), how)
		require.Error(t, err)
		require.NotErrorIs(t, err, money.ErrOverflow)
	}
	for _, c := range []struct {
		minor int64
		rate  string
		how   money.Rounding
	}{
		{math.MaxInt64, "1.1", money.Rounding{Mode: money.Down}},
		{math.MinInt64, "-1", money.Rounding{Mode: money.Down}},
		{math.MaxInt64, "1", money.Rounding{Mode: money.Up, Step: 100}},
		{math.MinInt64, "1", money.Rounding{Mode: money.Down, Step: 100}},
		// The exact product is 2^64 - 1/2: rounding up carries out of 64 bits.
		{1190112520884487201, "15.5", money.Rounding{Mode: money.Up}},
		{1, "0.000000000001", money.Rounding{Mode: money.Down, Step: 18_446_745}},
	} {
		_, err := hkd(c.minor).Rate(money.MustRate(c.rate), c.how)
		require.ErrorIs(t, err, money.ErrOverflow, c)
	}
}

func TestParseRate(t *testing.T) {
	for text, want := range map[string]string{
		"0.8": "0.8", "0.80": "0.8", "1": "1", "1.000": "1", "0": "0", "-0": "0", "-0.5": "-0.5", "0.000000000001": "0.000000000001", "10": "10",
	} {
		r, err := money.ParseRate(text)
		require.NoError(t, err, text)
		require.Equal(t, want, r.String())
		require.Equal(t, money.MustRate(want), r, "one form only")
	}
	for _, text := range []string{"", "80%", "1e-1", ".8", "0.0000000000001", "+1", "1/2"} {
		_, err := money.ParseRate(text)
		require.ErrorIs(t, err, money.ErrSyntax, text)
	}
	_, err := money.ParseRate("9223372036854775807")
	require.ErrorIs(t, err, money.ErrOverflow)
	_, err = money.RateOf(decimal.New(1, -13))
	require.ErrorIs(t, err, money.ErrSyntax)
	_, err = money.RateOf(decimal.New(1, 1<<30))
	require.ErrorIs(t, err, money.ErrOverflow)
	require.Panics(t, func() { money.MustRate("eighty") })
	require.Equal(t, "0", money.Rate{}.String(), "the zero Rate")
}

func TestModeNames(t *testing.T) {
	for _, m := range []money.Mode{money.Down, money.Up, money.HalfUp, money.HalfEven} {
		b, err := m.MarshalText()
		require.NoError(t, err)
		require.Equal(t, m.String(), string(b))
		var back money.Mode
		require.NoError(t, back.UnmarshalText(b))
		require.Equal(t, m, back)
	}
	_, err := money.Mode(0).MarshalText()
	require.Error(t, err)
	require.Equal(t, "mode(0)", money.Mode(0).String())
	for _, name := range []string{"", "floor", "DOWN", "mode(0)"} {
		require.Error(t, new(money.Mode).UnmarshalText([]byte(name)), name)
	}
}
