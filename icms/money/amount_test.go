package money_test

import (
	"encoding/json"
	"math"
	"testing"

	"courts.example/eservices/icms/money"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

func hkd(minor int64) money.Amount { return money.New(minor, money.MustCurrency("HKD")) }

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text, currency string
		minor          int64
	}{
		{"0", "HKD", 0},
		{"14", "HKD", 1400},
		{"14.4", "HKD", 1440},
		{"14.40", "HKD", 1440},
		{"-0.05", "HKD", -5},
		{"-0", "HKD", 0},
		{"007.10", "HKD", 710},
		{"500", "JPY", 500},
		{"1.234", "KWD", 1234},
		{"1.2345", "CLF", 12345},
		{"92233720368547758.07", "HKD", math.MaxInt64},
		{"-92233720368547758.08", "HKD", math.MinInt64},
		{"9223372036854775807", "JPY", math.MaxInt64},
	} {
		a, err := money.Parse(c.text, money.MustCurrency(c.currency))
		require.NoError(t, err, c.text)
		require.Equal(t, money.New(c.minor, money.MustCurrency(c.currency)), a, c.text)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"", " ", "-", ".", "1.", ".5", "+1", "1,000", "1 000", " 1", "1 ", "1e3", "0x10", "1_000", "--1", "1-", "1.2.3",
		"14.405", "NaN", "Inf", "１４", "$14", "HKD 14", "1.2a", "000000000000000000000000000001",
	} {
		_, err := money.Parse(text, money.MustCurrency("HKD"))
		require.ErrorIs(t, err, money.ErrSyntax, "%q", text)
	}
	for _, text := range []string{"92233720368547758.08", "-92233720368547758.09", "99999999999999999999"} {
		_, err := money.Parse(text, money.MustCurrency("HKD"))
		require.ErrorIs(t, err, money.ErrOverflow, "%q", text)
	}
	_, err := money.Parse("1.5", money.MustCurrency("JPY"))
	require.ErrorIs(t, err, money.ErrSyntax)
}

func TestFromDecimal(t *testing.T) {
	a, err := money.FromDecimal(decimal.RequireFromString("14.40"), money.MustCurrency("HKD"))
	require.NoError(t, err)
	require.Equal(t, hkd(1440), a)
	_, err = money.FromDecimal(decimal.RequireFromString("14.401"), money.MustCurrency("HKD"))
	require.ErrorIs(t, err, money.ErrSyntax)
	for _, d := range []decimal.Decimal{decimal.New(1, 19), decimal.New(1, 1<<30), decimal.New(1, -1<<30), decimal.New(-1, 17)} {
		_, err = money.FromDecimal(d, money.MustCurrency("HKD"))
		require.ErrorIs(t, err, money.ErrOverflow)
	}
}

func TestArithmetic(t *testing.T) {
	sum, err := hkd(1400).Add(hkd(5))
	require.NoError(t, err)
	require.Equal(t, hkd(1405), sum)
	diff, err := hkd(1400).Sub(hkd(1500))
	require.NoError(t, err)
	require.Equal(t, hkd(-100), diff)
	product, err := hkd(1600).Times(3)
	require.NoError(t, err)
	require.Equal(t, hkd(4800), product)
	exact, err := money.New(25555, money.MustCurrency("GBP")).Times(4001)
	require.NoError(t, err)
	require.Equal(t, "GBP 1022455.55", exact.String())
}

func TestArithmeticNeverWraps(t *testing.T) {
	largest, least := hkd(math.MaxInt64), hkd(math.MinInt64)
	for name, f := range map[string]func() (money.Amount, error){
		"max + 1":   func() (money.Amount, error) { return largest.Add(hkd(1)) },
		"min + -1":  func() (money.Amount, error) { return least.Add(hkd(-1)) },
		"min - 1":   func() (money.Amount, error) { return least.Sub(hkd(1)) },
		"0 - min":   func() (money.Amount, error) { return hkd(0).Sub(least) },
		"max * 2":   func() (money.Amount, error) { return largest.Times(2) },
		"min * -1":  func() (money.Amount, error) { return least.Times(-1) },
		"-1 * min":  func() (money.Amount, error) { return hkd(-1).Times(math.MinInt64) },
		"3 * 2^62":  func() (money.Amount, error) { return hkd(3).Times(1 << 62) },
		"4 * -2^62": func() (money.Amount, error) { return hkd(4).Times(-1 << 62) },
	} {
		_, err := f()
		require.ErrorIs(t, err, money.ErrOverflow, name)
	}
	edge, err := hkd(-1).Sub(least)
	require.NoError(t, err)
	require.Equal(t, largest, edge)
	edge, err = hkd(2).Times(-1 << 62)
	require.NoError(t, err)
	require.Equal(t, least, edge)
}

func TestCurrenciesDoNotMix(t *testing.T) {
	usd := money.New(1, money.MustCurrency("USD"))
	_, err := hkd(1).Add(usd)
	require.ErrorIs(t, err, money.ErrCurrency)
	_, err = hkd(1).Sub(usd)
	require.ErrorIs(t, err, money.ErrCurrency)
	_, err = hkd(1).Cmp(usd)
	require.ErrorIs(t, err, money.ErrCurrency)
	_, err = hkd(0).Add(usd)
	require.ErrorIs(t, err, money.ErrCurrency, "nothing of a currency is still of that currency")
	require.NotEqual(t, hkd(0), money.New(0, money.MustCurrency("USD")))

	sum, err := money.Amount{}.Add(hkd(5))
	require.NoError(t, err)
	require.Equal(t, hkd(5), sum, "the zero Amount starts a sum")
	diff, err := money.Amount{}.Sub(hkd(5))
	require.NoError(t, err)
	require.Equal(t, hkd(-5), diff)
	sum, err = hkd(5).Add(money.Amount{})
	require.NoError(t, err)
	require.Equal(t, hkd(5), sum)
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		a, b money.Amount
		want int
	}{
		{hkd(1), hkd(2), -1}, {hkd(2), hkd(2), 0}, {hkd(3), hkd(2), 1},
		{hkd(math.MinInt64), hkd(math.MaxInt64), -1}, {money.Amount{}, hkd(-1), 1},
	} {
		got, err := c.a.Cmp(c.b)
		require.NoError(t, err)
		require.Equal(t, c.want, got)
	}
	require.Equal(t, []int{-1, 0, 1}, []int{hkd(-7).Sign(), hkd(0).Sign(), hkd(7).Sign()})
	require.True(t, hkd(0).IsZero())
	require.False(t, hkd(1).IsZero())
}

func TestForms(t *testing.T) {
	for _, c := range []struct {
		minor                  int64
		currency               string
		plain, short, complete string
	}{
		{1400, "HKD", "14.00", "14", "HKD 14.00"},
		{1440, "HKD", "14.40", "14.40", "HKD 14.40"},
		{-5, "HKD", "-0.05", "-0.05", "HKD -0.05"},
		{0, "HKD", "0.00", "0", "HKD 0.00"},
		{500, "JPY", "500", "500", "JPY 500"},
		{1, "KWD", "0.001", "0.001", "KWD 0.001"},
		{12340, "CLF", "1.2340", "1.2340", "CLF 1.2340"},
		{math.MinInt64, "HKD", "-92233720368547758.08", "-92233720368547758.08", "HKD -92233720368547758.08"},
		{math.MaxInt64, "KWD", "9223372036854775.807", "9223372036854775.807", "KWD 9223372036854775.807"},
	} {
		a := money.New(c.minor, money.MustCurrency(c.currency))
		require.Equal(t, c.plain, a.Plain())
		require.Equal(t, c.short, a.Short())
		require.Equal(t, c.complete, a.String())
		require.Equal(t, c.minor, a.Minor())
		require.Equal(t, c.currency, a.Currency().Code())
	}
	require.Equal(t, "0", money.Amount{}.String())
}

func TestJSON(t *testing.T) {
	type bill struct {
		Fee   money.Amount           `json:"fee"`
		None  money.Amount           `json:"none"`
		Rates map[money.Amount]int   `json:"rates"`
		In    money.Currency         `json:"in"`
		By    map[string]money.Rate  `json:"by"`
		How   money.Rounding         `json:"how"`
		Ref   *money.Amount          `json:"ref,omitempty"`
		Codes map[money.Currency]int `json:"codes"`
	}
	in := bill{
		Fee: hkd(1440), Rates: map[money.Amount]int{hkd(-5): 1}, In: money.MustCurrency("JPY"),
		By: map[string]money.Rate{"x": money.MustRate("0.80")}, How: money.Rounding{Mode: money.Down, Step: 100},
		Codes: map[money.Currency]int{money.MustCurrency("EUR"): 2},
	}
	b, err := json.Marshal(in)
	require.NoError(t, err)
	require.JSONEq(t, `{"fee":"HKD 14.40","none":"","rates":{"HKD -0.05":1},"in":"JPY","by":{"x":"0.8"},
		"how":{"mode":"down","step":100},"codes":{"EUR":2}}`, string(b))
	var out bill
	require.NoError(t, json.Unmarshal(b, &out))
	require.Equal(t, in, out)

	for _, bad := range []string{`"14.40"`, `"HKD"`, `"HKD  14"`, `"hkd 14"`, `"XXX 14"`, `"HKD 14.405"`, `14.4`, `" "`, `"JPY 1.0"`} {
		require.Error(t, json.Unmarshal([]byte(bad), new(money.Amount)), bad)
	}
	_, err = json.Marshal(money.New(5, money.Currency{}))
	require.ErrorIs(t, err, money.ErrCurrency)
}
