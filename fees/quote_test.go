package fees_test

import (
	"encoding/json"
	"math"
	"testing"

	"courts.example/eservices/fees"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"github.com/stretchr/testify/require"
)

func TestQuote(t *testing.T) {
	s := harbour(t)
	q, err := s.Quote(fees.Request{At: at(t, "2026-02-01T00:00:00Z"), Asks: []fees.Ask{
		{Item: "claim", Mode: fees.Electronic, Amount: amount(t, s, "200")},
		{Item: "copy", Mode: fees.Electronic, Units: 3},
		{Item: "seal", Mode: fees.Paper},
		{Item: "claim", Mode: fees.Electronic, Amount: amount(t, s, "20000")},
		{Item: "claim", Mode: fees.Paper, Amount: amount(t, s, "500")},
	}})
	require.NoError(t, err)
	require.Equal(t, "harbour", q.Schedule)
	require.Equal(t, "2026-01", q.Version)
	require.Equal(t, "2026-02-01T01:00:00+01:00", q.At.Format("2006-01-02T15:04:05-07:00"))
	require.Len(t, q.Lines, 5)
	require.Equal(t, fees.Total{Lines: 5, Unknown: 1,
		Base: amount(t, s, "64.75"), Concession: amount(t, s, "1.75"), Payable: amount(t, s, "63.00")}, q.Total)
	require.False(t, q.Total.Complete())
	require.Equal(t, "EUR 63.00 and 1 unknown fee", q.Total.String())
	require.Equal(t, law.Assumed, q.Reason().Status())
	require.Equal(t, "harbour@2026-01", q.Reason().Data)
}

func TestTotalWords(t *testing.T) {
	s := harbour(t)
	total := fees.NewTotal(s.Currency())
	for _, want := range []string{"EUR 0.00", "EUR 0.00 and 1 unknown fee", "EUR 0.00 and 2 unknown fees"} {
		require.Equal(t, want, total.String())
		require.NoError(t, total.Add(fees.Line{Unknown: true}))
	}
}

func TestQuoteOfNothing(t *testing.T) {
	q, err := harbour(t).Quote(fees.Request{At: at(t, "2026-02-01T00:00:00Z")})
	require.NoError(t, err)
	require.Equal(t, "EUR 0.00", q.Total.String())
	require.True(t, q.Total.Complete())
}

func TestQuoteNamesTheAsk(t *testing.T) {
	s := harbour(t)
	one := fees.Ask{Item: "seal", Mode: fees.Paper}
	for _, c := range []struct {
		ask  fees.Ask
		want error
	}{
		{fees.Ask{Item: "nothing", Mode: fees.Paper}, fees.ErrItem},
		{fees.Ask{Item: "seal"}, fees.ErrMode},
		{fees.Ask{Item: "seal", Mode: 7}, fees.ErrMode},
		{fees.Ask{Item: "oath", Mode: fees.Electronic}, fees.ErrNotElectronic},
		{fees.Ask{Item: "claim", Mode: fees.Paper}, fees.ErrAmount},
		{fees.Ask{Item: "copy", Mode: fees.Paper, Units: 1, Amount: amount(t, s, "1")}, fees.ErrKind},
		{fees.Ask{Item: "copy", Mode: fees.Paper, Units: -1}, fees.ErrKind},
		{fees.Ask{Item: "claim", Mode: fees.Paper, Amount: money.New(1, money.MustCurrency("USD"))}, money.ErrCurrency},
	} {
		q, err := s.Quote(fees.Request{At: at(t, "2026-02-01T00:00:00Z"), Asks: []fees.Ask{one, c.ask}})
		require.ErrorIs(t, err, c.want)
		require.ErrorContains(t, err, "ask 2: ")
		require.Empty(t, q.Lines)
	}
}

func TestTotalNeverWraps(t *testing.T) {
	s := load(t, file(item(`{"provision": "p", "flat": "92233720368547758.07"}`)))
	ask := fees.Ask{Item: "x", Mode: fees.Paper}
	_, err := s.Quote(fees.Request{At: at(t, "2026-02-01T00:00:00"), Asks: []fees.Ask{ask, ask}})
	require.ErrorIs(t, err, money.ErrOverflow)

	var total fees.Total
	require.NoError(t, total.Add(fees.Line{Base: money.New(math.MaxInt64, s.Currency()), Payable: money.New(1, s.Currency())}))
	before := total
	require.ErrorIs(t, total.Add(fees.Line{Base: money.New(1, s.Currency())}), money.ErrOverflow)
	require.ErrorIs(t, total.Add(fees.Line{Base: money.New(1, money.MustCurrency("USD"))}), money.ErrCurrency)
	require.Equal(t, before, total, "an error changes nothing")
}

func TestQuoteJSON(t *testing.T) {
	s := harbour(t)
	q, err := s.Quote(fees.Request{At: at(t, "2026-02-01T00:00:00Z"), Asks: []fees.Ask{
		{Item: "claim", Mode: fees.Electronic, Amount: amount(t, s, "200")},
		{Item: "copy", Mode: fees.Paper, Units: 3},
		{Item: "claim", Mode: fees.Electronic, Amount: amount(t, s, "20000")},
	}})
	require.NoError(t, err)
	first, err := json.Marshal(q)
	require.NoError(t, err)
	golden(t, "quote.json", indent(t, first))

	var back fees.Quote
	require.NoError(t, json.Unmarshal(first, &back))
	second, err := json.Marshal(back)
	require.NoError(t, err)
	require.Equal(t, string(first), string(second))
	require.Equal(t, q.Total, back.Total)
	for i, l := range back.Lines {
		require.Equal(t, q.Lines[i].Payable, l.Payable)
		require.Equal(t, q.Lines[i].Unknown, l.Unknown)
		require.Equal(t, q.Lines[i].Status(), l.Status())
		require.Equal(t, q.Lines[i].Band(), l.Band())
		require.Empty(t, l.Reason().Steps, "a stored line has lost its reason")
	}
	require.NoError(t, back.Total.Add(back.Lines[0]))
}

func TestModeText(t *testing.T) {
	for name, mode := range map[string]fees.Mode{"paper": fees.Paper, "electronic": fees.Electronic} {
		got, err := fees.ParseMode(name)
		require.NoError(t, err)
		require.Equal(t, mode, got)
		require.Equal(t, name, mode.String())
		b, err := mode.MarshalText()
		require.NoError(t, err)
		require.Equal(t, name, string(b))
	}
	for _, name := range []string{"", "Paper", "fax", "mode(0)"} {
		var m fees.Mode
		require.ErrorIs(t, m.UnmarshalText([]byte(name)), fees.ErrMode)
	}
	_, err := fees.Mode(0).MarshalText()
	require.ErrorIs(t, err, fees.ErrMode)
	require.Equal(t, "mode(0)", fees.Mode(0).String())
	require.Zero(t, fees.Line{}.Status(), "a line that nobody priced")
	require.Empty(t, fees.Line{}.Band())
	require.Empty(t, fees.Line{}.Reason())
}
