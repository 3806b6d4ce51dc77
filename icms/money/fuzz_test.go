package money_test

import (
	"testing"

	"courts.example/eservices/icms/money"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

// FuzzParse holds that whatever is read is what decimal reads, and is written back to the same amount.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"14.40", "-0.05", "92233720368547758.07", "1e9", "0x1", ".", "-", "00", "1.", "９"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, code := range []string{"JPY", "HKD", "KWD"} {
			a, err := money.Parse(s, money.MustCurrency(code))
			if err != nil {
				require.Equal(t, money.Amount{}, a)
				continue
			}
			d, err := decimal.NewFromString(s)
			require.NoError(t, err)
			require.True(t, d.Equal(a.Decimal()))
			back, err := money.Parse(a.Plain(), a.Currency())
			require.NoError(t, err)
			require.Equal(t, a, back)
		}
	})
}

// FuzzUnmarshalText holds for all text forms of the package that writing what was read and reading it again changes nothing.
func FuzzUnmarshalText(f *testing.F) {
	for _, s := range []string{"", "HKD 14.40", "JPY 5", "KWD -0.001", "HKD  1", "XXX 1", "0.8", "half-up", "HKD"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		again[money.Amount](t, b)
		again[money.Currency](t, b)
		again[money.Rate](t, b)
		again[money.Mode](t, b)
	})
}

type codec[T any] interface {
	*T
	UnmarshalText([]byte) error
	MarshalText() ([]byte, error)
}

func again[T comparable, P codec[T]](t *testing.T, b []byte) {
	var first, second T
	if P(&first).UnmarshalText(b) != nil {
		return
	}
	text, err := P(&first).MarshalText()
	require.NoError(t, err)
	require.NoError(t, P(&second).UnmarshalText(text))
	require.Equal(t, first, second)
}
