package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/money"
)

func TestShow(t *testing.T) {
	yen := money.MustCurrency("JPY")
	for want, amount := range map[string]money.Amount{
		"HKD 0.00":                      hkd(0),
		"HKD 0.05":                      hkd(5),
		"HKD 999.99":                    hkd(999_99),
		"HKD 1,000.00":                  hkd(1_000_00),
		"HKD 47,120.00":                 hkd(47_120_00),
		"HKD -1,234,567.80":             hkd(-1_234_567_80),
		"HKD 92,233,720,368,547,758.07": hkd(1<<63 - 1),
		"JPY 500":                       money.New(500, yen),
		"0":                             {},
	} {
		require.Equal(t, want, show(amount))
	}
}

func TestBand(t *testing.T) {
	hk := money.MustCurrency("HKD")
	require.Equal(t, "up to HKD 5,000.00", band("0.00-5000.00", hk))
	require.Equal(t, "HKD 5,000.01 to HKD 25,000.00", band("5000.01-25000.00", hk))
	require.Equal(t, "from HKD 75,000.01", band("75000.01-", hk))
	require.Equal(t, "each", band("each", hk))
	require.Equal(t, "a to b", band("a-b", hk))
}

func TestWidth(t *testing.T) {
	require.Equal(t, 8, width("ab被告人"))
	require.Equal(t, "被告人  |", pad("被告人", 8)+"|")
	require.Equal(t, "  被告人", padLeft("被告人", 8))
	require.Equal(t, "longer than that", pad("longer than that", 3))
	require.Equal(t, "1 claim", plural(1, "claim"))
	require.Equal(t, "1,000 claims", plural(1000, "claim"))
}

func TestProgressOnTerminal(t *testing.T) {
	var to bytes.Buffer
	p := &progress{to: &to, terminal: true, percent: -1}
	p.show(icms.Progress{Stage: "checking", Done: 500})
	p.show(icms.Progress{Stage: "registering", Done: 500, Total: 1000})
	p.show(icms.Progress{Stage: "registering", Done: 501, Total: 1000}) // nothing new to be seen
	p.clear()
	want := "\rchecking the claims    500" +
		"\rregistering the cases  [###############...............]  50 %  500 of 1,000" +
		"\r" + string(bytes.Repeat([]byte(" "), 75)) + "\r"
	require.Equal(t, want, to.String())
}

func TestProgressElsewhere(t *testing.T) {
	var to bytes.Buffer
	p := newProgress(&to)
	p.show(icms.Progress{Stage: "checking", Done: 500})
	p.show(icms.Progress{Stage: "checking", Done: 1000})
	p.show(icms.Progress{Stage: "registering", Done: 500, Total: 1000})
	p.clear()
	require.Equal(t, "checking the claims\nregistering the cases\n", to.String())
}
