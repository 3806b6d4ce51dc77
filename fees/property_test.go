package fees_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"courts.example/eservices/fees"
	"courts.example/eservices/icms/money"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// decimals of the currencies that are drawn.
var decimals = map[string]int32{"JPY": 0, "HKD": 2, "KWD": 3}

// drawer draws schedules of one item "x".
type drawer struct {
	*rapid.T
	places int32
}

func drawOracle(t *rapid.T) oracle {
	currency := rapid.SampledFrom([]string{"JPY", "HKD", "KWD"}).Draw(t, "currency")
	d := drawer{t, decimals[currency]}
	o := oracle{
		Format: "fees/1", Name: "drawn", Version: "1", Title: words{"en": "Drawn"}, Currency: currency, Zone: "+08:00",
		Provisions: map[string]words{"p": {"instrument": "Drawn Act", "status": "inferred"}},
		Items:      []oracleItem{{Name: "x", Title: words{"en": "X"}}},
		Electronic: &oracleUse{From: "2022-01-01", Items: []oracleEItem{{"x", "x", "p"}}},
	}
	units := rapid.Bool().Draw(t, "units")
	for _, p := range d.periods() {
		e := oracleEdition{oraclePeriod: p, Provision: "p"}
		switch {
		case units:
			e.PerUnit = map[string]any{"fee": d.amount(10_000), "unit": words{"en": "page"}}
		case rapid.Bool().Draw(t, "banded"):
			e.Bands = d.bands()
		default:
			e.oracleCharge = d.charge()
		}
		o.Items[0].Editions = append(o.Items[0].Editions, e)
	}
	d.shuffle(len(o.Items[0].Editions), func(i, j int) {
		e := o.Items[0].Editions
		e[i], e[j] = e[j], e[i]
	})
	for i, p := range d.periods() {
		if rapid.Bool().Draw(t, "conceded") {
			o.Concessions = append(o.Concessions, oracleCut{oraclePeriod: p, Name: "c" + strconv.Itoa(i), Items: []string{"x"}, Provision: "p",
				Mode: rapid.SampledFrom([]string{"paper", "electronic"}).Draw(t, "mode"),
				Rate: decimal.New(rapid.Int64Range(0, 1000).Draw(t, "rate"), -3).String(), Rounding: d.rounding()})
		}
	}
	return o
}

// periods draws some that follow each other; the first may begin, and the last end, at no time.
func (d drawer) periods() []oraclePeriod {
	years := rapid.SliceOfNDistinct(rapid.IntRange(2019, 2026), 1, 4, rapid.ID).Draw(d.T, "years")
	slices.Sort(years)
	var out []oraclePeriod
	last := ""
	for i, y := range years {
		next := strconv.Itoa(y) + "-03-01"
		if i > 0 || rapid.Bool().Draw(d.T, "from the beginning") {
			out = append(out, oraclePeriod{last, next})
		}
		last = next
	}
	if len(out) == 0 || rapid.Bool().Draw(d.T, "to the end") {
		out = append(out, oraclePeriod{From: last})
	}
	return out
}

func (d drawer) bands() []oracleBand {
	ends := rapid.SliceOfNDistinct(rapid.Int64Range(1, 300), 1, 20, rapid.ID).Draw(d.T, "ends")
	slices.Sort(ends)
	var out []oracleBand
	over := rapid.SampledFrom([]string{"", "0"}).Draw(d.T, "over")
	for _, end := range ends {
		upTo := decimal.New(end, -d.places).String()
		out = append(out, oracleBand{over, upTo, d.charge()})
		over = upTo
	}
	if rapid.Bool().Draw(d.T, "open") {
		out = append(out, oracleBand{Over: over, oracleCharge: d.charge()})
	}
	d.shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func (d drawer) charge() oracleCharge {
	switch rapid.IntRange(0, 6).Draw(d.T, "kind") {
	case 0:
		return oracleCharge{Unknown: words{"en": "nobody knows"}}
	case 1, 2, 3:
		p := &oraclePercent{Rate: decimal.New(rapid.Int64Range(0, 3000).Draw(d.T, "rate"), -4).String(), Rounding: d.rounding()}
		if rapid.Bool().Draw(d.T, "limited") {
			p.Minimum, p.Maximum = d.amount(50), decimal.New(rapid.Int64Range(50, 90).Draw(d.T, "maximum"), -d.places).String()
		}
		return oracleCharge{Percentage: p}
	}
	return oracleCharge{Flat: d.amount(10_000)}
}

func (d drawer) amount(most int64) string {
	return decimal.New(rapid.Int64Range(0, most).Draw(d.T, "amount"), -d.places).String()
}

func (d drawer) rounding() oracleRounding {
	return oracleRounding{
		Mode:      rapid.SampledFrom([]string{"down", "up", "half-up", "half-even"}).Draw(d.T, "rounding"),
		Step:      decimal.New(rapid.SampledFrom([]int64{1, 5, 10, 100}).Draw(d.T, "step"), -d.places).String(),
		Provision: "p",
	}
}

func (d drawer) shuffle(n int, swap func(i, j int)) {
	seed := rapid.Uint64().Draw(d.T, "order")
	rand.New(rand.NewPCG(seed, 0)).Shuffle(n, swap)
}

// TestPropertyOracle compares every answer with the slow oracle, on both sides of every date and of every bound.
func TestPropertyOracle(t *testing.T) {
	zone := time.FixedZone("", 8*3600)
	rapid.Check(t, func(t *rapid.T) {
		o := drawOracle(t)
		s, err := fees.Load(o.file())
		require.NoError(t, err, "%s", o.file())
		for range 20 {
			when := time.Date(rapid.IntRange(2018, 2027).Draw(t, "year"), rapid.SampledFrom([]time.Month{1, 3}).Draw(t, "month"), 1, 0, 0, 0, 0, zone).
				Add(time.Duration(rapid.Int64Range(-1, 1).Draw(t, "nanoseconds")))
			mode := rapid.SampledFrom([]fees.Mode{fees.Paper, fees.Electronic}).Draw(t, "mode")
			compare(t, o, s, mode, when, money.New(rapid.Int64Range(0, 310).Draw(t, "minor"), s.Currency()))
		}
	})
}

func compare(t *rapid.T, o oracle, s *fees.Schedule, mode fees.Mode, when time.Time, amount money.Amount) {
	var units int64
	if o.Items[0].Editions[0].PerUnit != nil {
		units, amount = 1+amount.Minor()%7, money.Amount{}
	}
	base, payable, word := o.price(mode.String(), when, amount.Decimal(), units)
	q, err := s.Quote(fees.Request{At: when.UTC(), Asks: []fees.Ask{{Item: "x", Mode: mode, Amount: amount, Units: units}}})
	switch word {
	case "not electronic":
		require.ErrorIs(t, err, fees.ErrNotElectronic)
	case "no edition":
		require.ErrorIs(t, err, fees.ErrNoFee)
	case "no band":
		require.ErrorIs(t, err, fees.ErrAmount)
	case "unknown":
		require.NoError(t, err)
		require.EqualValues(t, 1, q.Total.Unknown)
		require.Zero(t, q.Total.Payable.Sign())
		require.Equal(t, q.Lines[0].Status(), q.Lines[0].Reason().Status())
	default:
		require.NoError(t, err)
		l := q.Lines[0]
		require.True(t, base.Equal(l.Base.Decimal()), "base: oracle %s, line %s\n%s", base, l.Base, o.file())
		require.True(t, payable.Equal(l.Payable.Decimal()), "payable: oracle %s, line %s\n%s", payable, l.Payable, o.file())
		require.True(t, base.Sub(payable).Equal(l.Concession.Decimal()))
		require.Equal(t, l.Status(), l.Reason().Status())
		require.NotContains(t, l.Reason().String(), "{")
	}
}

// TestPropertyTotals holds that a quote's total, a tally's total and the sums of its groups are the sums of the lines.
func TestPropertyTotals(t *testing.T) {
	s := harbour(t)
	rapid.Check(t, func(t *rapid.T) {
		request := fees.Request{At: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)}
		for _, minor := range rapid.SliceOf(rapid.Int64Range(0, 1_100_000)).Draw(t, "minors") {
			mode := rapid.SampledFrom([]fees.Mode{fees.Paper, fees.Electronic}).Draw(t, "mode")
			request.Asks = append(request.Asks, fees.Ask{Item: "claim", Mode: mode, Amount: money.New(minor, s.Currency())})
		}
		q, err := s.Quote(request)
		require.NoError(t, err)
		slow, tally := fees.NewTotal(s.Currency()), fees.Tally{}
		for _, l := range q.Lines {
			require.NoError(t, slow.Add(l))
			require.NoError(t, tally.Add(l))
		}
		require.Equal(t, slow, q.Total)
		var grouped fees.Total
		for _, g := range tally.Groups() {
			require.NoError(t, grouped.Add(fees.Line{Base: g.Base, Concession: g.Concession, Payable: g.Payable, Unknown: g.Unknown}))
			if g.EachPayable != (money.Amount{}) {
				each, err := g.EachPayable.Times(g.Count)
				require.NoError(t, err)
				require.Equal(t, g.Payable, each)
			}
		}
		require.Equal(t, slow.Payable.Minor(), tally.Total().Payable.Minor())
		require.Equal(t, slow.Payable.Minor(), grouped.Payable.Minor())
		require.Equal(t, slow.Unknown, tally.Total().Unknown)
	})
}
