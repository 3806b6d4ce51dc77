package fees_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"courts.example/eservices/fees"
	"courts.example/eservices/icms/money"
	"github.com/stretchr/testify/require"
)

// batch prices some claims and copies of the invented court.
func batch(t *testing.T, s *fees.Schedule) []fees.Line {
	t.Helper()
	request := fees.Request{At: at(t, "2026-02-01T00:00:00Z")}
	for _, text := range []string{"500", "20000", "100", "600", "200", "700"} {
		request.Asks = append(request.Asks, fees.Ask{Item: "claim", Mode: fees.Electronic, Amount: amount(t, s, text)})
	}
	request.Asks = append(request.Asks, fees.Ask{Item: "copy", Mode: fees.Paper, Units: 3}, fees.Ask{Item: "copy", Mode: fees.Paper, Units: 3},
		fees.Ask{Item: "claim", Mode: fees.Paper, Amount: amount(t, s, "500")})
	q, err := s.Quote(request)
	require.NoError(t, err)
	return q.Lines
}

func TestTally(t *testing.T) {
	s := harbour(t)
	var tally fees.Tally
	for _, l := range batch(t, s) {
		require.NoError(t, tally.Add(l))
	}
	type row struct {
		item                            string
		mode                            fees.Mode
		band                            string
		count, units                    int64
		each, base, concession, payable string
	}
	var rows []row
	for _, g := range tally.Groups() {
		rows = append(rows, row{g.Item, g.Mode, g.Band, g.Count, g.Units, g.EachPayable.String(), g.Base.String(), g.Concession.String(), g.Payable.String()})
	}
	require.Equal(t, []row{
		{"claim", fees.Paper, "300.01-10000.00", 1, 0, "EUR 40.00", "EUR 40.00", "EUR 0.00", "EUR 40.00"},
		{"claim", fees.Electronic, "0.00-300.00", 2, 0, "0", "EUR 15.00", "EUR 1.50", "EUR 13.50"},
		{"claim", fees.Electronic, "300.01-10000.00", 3, 0, "EUR 36.00", "EUR 120.00", "EUR 12.00", "EUR 108.00"},
		{"claim", fees.Electronic, "10000.01-", 1, 0, "0", "0", "0", "0"},
		{"copy", fees.Paper, "", 2, 6, "EUR 2.25", "EUR 4.50", "EUR 0.00", "EUR 4.50"},
	}, rows)
	require.True(t, tally.Groups()[3].Unknown)
	require.Equal(t, "Filing a claim", tally.Groups()[0].Title.In("en"))
	require.Equal(t, fees.Total{Lines: 9, Unknown: 1, Base: amount(t, s, "179.50"), Concession: amount(t, s, "13.50"), Payable: amount(t, s, "166.00")}, tally.Total())
}

// TestTallyIsStable holds that neither the order of the lines nor a stop in the middle changes the result by a byte.
func TestTallyIsStable(t *testing.T) {
	s := harbour(t)
	lines := batch(t, s)
	var first []byte
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		var tally fees.Tally
		for i, l := range lines {
			require.NoError(t, tally.Add(l))
			if i == 4 { // stored and read back
				b, err := json.Marshal(&tally)
				require.NoError(t, err)
				tally = fees.Tally{}
				require.NoError(t, json.Unmarshal(b, &tally))
			}
		}
		b, err := json.Marshal(&tally)
		require.NoError(t, err)
		if first == nil {
			first = b
			golden(t, "tally.json", indent(t, b))
		}
		require.JSONEq(t, string(first), string(b))
		require.Equal(t, string(first), string(b))
		random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	}
}

// TestTallyOfManyPricers adds lines of pricers of their own: equal lines share a group, another edition opens one.
func TestTallyOfManyPricers(t *testing.T) {
	s := load(t, file(item(`{"until": "2026-01-01", "provision": "p", "flat": "1"}, {"from": "2026-01-01", "provision": "p", "flat": "2"}`)))
	var tally fees.Tally
	for _, when := range []string{"2025-01-01T00:00:00", "2026-01-01T00:00:00", "2025-06-01T00:00:00", "2026-06-01T00:00:00"} {
		l, err := pricer(t, s, "x", fees.Paper, when).Flat()
		require.NoError(t, err)
		require.NoError(t, tally.Add(l))
	}
	groups := tally.Groups()
	require.Len(t, groups, 2)
	require.Equal(t, []string{"HKD 2.00", "HKD 4.00"}, []string{groups[0].Payable.String(), groups[1].Payable.String()})
	require.Equal(t, []string{"HKD 1.00", "HKD 2.00"}, []string{groups[0].EachPayable.String(), groups[1].EachPayable.String()})
}

func TestTallyErrorsChangeNothing(t *testing.T) {
	s := load(t, file(item(`{"provision": "p", "perUnit": {"fee": "0", "unit": {"en": "page"}}}`)))
	most, err := pricer(t, s, "x", fees.Paper, "2026-01-01T00:00:00").Units(math.MaxInt64)
	require.NoError(t, err)
	var tally fees.Tally
	require.NoError(t, tally.Add(most))
	require.ErrorIs(t, tally.Add(most), money.ErrOverflow, "units")
	require.ErrorIs(t, tally.Add(fees.Line{Item: "y", Mode: fees.Paper, Base: money.New(1, money.MustCurrency("USD"))}), money.ErrCurrency)
	require.Len(t, tally.Groups(), 1)
	require.EqualValues(t, 1, tally.Total().Lines)
}

func TestTallyRefusesMixedJSON(t *testing.T) {
	for _, text := range []string{
		`{"groups": [{"item": "x", "mode": "paper", "base": "HKD 1.00", "payable": "EUR 1.00", "status": "assumed"}], "total": {}}`,
		`{"groups": [], "total": {"base": "HKD 1.00"}}`,
	} {
		require.ErrorIs(t, json.Unmarshal([]byte(text), new(fees.Tally)), money.ErrCurrency)
	}
	require.Error(t, json.Unmarshal([]byte(`{"groups": 1}`), new(fees.Tally)))
	require.Error(t, json.Unmarshal([]byte(`{"mode": "fax"}`), new(fees.Line)))
}

func TestTallyAllocatesNothingPerLine(t *testing.T) {
	lines := batch(t, harbour(t))
	var tally fees.Tally
	for _, l := range lines {
		require.NoError(t, tally.Add(l))
	}
	require.Zero(t, testing.AllocsPerRun(100, func() {
		for i := range lines {
			if tally.Add(lines[i]) != nil {
				panic("unreachable")
			}
		}
	}))
}
