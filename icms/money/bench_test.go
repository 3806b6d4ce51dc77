package money_test

import (
	"testing"

	"courts.example/eservices/icms/money"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

func TestNoAllocation(t *testing.T) {
	a, b, rate := hkd(1800), hkd(5), money.MustRate("0.8")
	how := money.Rounding{Mode: money.Down, Step: 100}
	buffer := make([]byte, 0, 32)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		sum, _ := a.Add(b)
		sum, _ = sum.Sub(b)
		sum, _ = sum.Times(3)
		sum, _ = sum.Rate(rate, how)
		if order, _ := sum.Cmp(a); order == 0 {
			panic("unreachable")
		}
		buffer = sum.AppendPlain(buffer[:0])
	}))
}

func BenchmarkRate(b *testing.B) {
	a, rate, how := hkd(1800), money.MustRate("0.8"), money.Rounding{Mode: money.Down, Step: 100}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.Rate(rate, how); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRateDecimal is the same with the decimal module, to compare with BenchmarkRate.
func BenchmarkRateDecimal(b *testing.B) {
	a, rate := decimal.RequireFromString("18.00"), decimal.RequireFromString("0.8")
	b.ReportAllocs()
	for b.Loop() {
		_ = a.Mul(rate).Floor()
	}
}

func BenchmarkAdd(b *testing.B) {
	sum, one := hkd(0), hkd(1)
	b.ReportAllocs()
	for b.Loop() {
		sum, _ = sum.Add(one)
	}
}

func BenchmarkParse(b *testing.B) {
	hkd := money.MustCurrency("HKD")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := money.Parse("12345.67", hkd); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendPlain(b *testing.B) {
	a, buffer := hkd(1234567), make([]byte, 0, 32)
	b.ReportAllocs()
	for b.Loop() {
		buffer = a.AppendPlain(buffer[:0])
	}
}
