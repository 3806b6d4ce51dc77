package money_test

import (
	"testing"

	"courts.example/eservices/icms/money"
	"github.com/stretchr/testify/require"
)

func TestCurrency(t *testing.T) {
	for code, exponent := range map[string]int{
		"HKD": 2, "EUR": 2, "JPY": 0, "KRW": 0, "VND": 0, "KWD": 3, "TND": 3, "CLF": 4, "UYW": 4, "AED": 2, "ZWG": 2, "BIF": 0, "XPF": 0,
	} {
		c, err := money.ParseCurrency(code)
		require.NoError(t, err)
		require.Equal(t, code, c.Code())
		require.Equal(t, code, c.String())
		require.Equal(t, exponent, c.Exponent(), code)
		require.Equal(t, money.MustCurrency(code), c)
	}
}

func TestCurrencyRefuses(t *testing.T) {
	for _, code := range []string{"", "hkd", "HK", "HKDX", "XXX", "XAU", "DEM", "D A", "KD ", " HK", "DJP", "ＨＫＤ"} {
		_, err := money.ParseCurrency(code)
		require.ErrorIs(t, err, money.ErrCurrency, "%q", code)
	}
	require.Panics(t, func() { money.MustCurrency("hkd") })
}

func TestNoCurrency(t *testing.T) {
	var none money.Currency
	require.True(t, none.IsZero())
	require.Empty(t, none.Code())
	b, err := none.MarshalText()
	require.NoError(t, err)
	require.Empty(t, b)
	c := money.MustCurrency("HKD")
	require.NoError(t, c.UnmarshalText(nil))
	require.True(t, c.IsZero())
	require.ErrorIs(t, c.UnmarshalText([]byte("hkd")), money.ErrCurrency)
}
