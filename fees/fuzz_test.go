package fees_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"courts.example/eservices/fees"
	"courts.example/eservices/icms/money"
	"github.com/stretchr/testify/require"
)

// FuzzLoad holds that whatever loads has one answer to every question, without a panic, and that whatever does not load says why.
func FuzzLoad(f *testing.F) {
	data, err := os.ReadFile("testdata/harbour.json")
	require.NoError(f, err)
	f.Add(data)
	f.Add([]byte(file(bands(`{"upTo": "10", "flat": "1"}, {"over": "10", "unknown": {"en": "?"}}`))))
	f.Add([]byte(file(item(`{"until": "2026-01-01", "provision": "p", "flat": "1"}, {"from": "2026-01-01", "provision": "p", "flat": "2"}`))))
	f.Add([]byte(`{"items": [{"editions": [{"bands": []}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := fees.Load(data)
		if err != nil {
			var problems *fees.LoadError
			require.ErrorAs(t, err, &problems)
			require.NotEmpty(t, problems.Problems)
			require.Nil(t, s)
			return
		}
		for _, it := range s.Items() {
			for _, mode := range []fees.Mode{fees.Paper, fees.Electronic} {
				for _, year := range []int{1, 2025, 2026, 9999} {
					probe(t, s, it.Name, mode, time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC))
				}
			}
		}
	})
}

// probe prices in every way; each answer is a line whose parts add up, or an error.
func probe(t *testing.T, s *fees.Schedule, item string, mode fees.Mode, at time.Time) {
	p, err := s.Pricer(item, mode, at)
	if err != nil {
		return
	}
	for _, price := range []func() (fees.Line, error){
		p.Flat,
		func() (fees.Line, error) { return p.Units(3) },
		func() (fees.Line, error) { return p.Line(money.New(0, s.Currency())) },
		func() (fees.Line, error) { return p.Line(money.New(1_000_001, s.Currency())) },
		func() (fees.Line, error) { return p.Line(money.New(1<<63-1, s.Currency())) },
	} {
		l, err := price()
		if err != nil {
			continue
		}
		sum, err := l.Payable.Add(l.Concession)
		require.NoError(t, err)
		require.Equal(t, l.Base, sum)
		require.GreaterOrEqual(t, l.Concession.Sign(), 0)
		require.GreaterOrEqual(t, l.Payable.Sign(), 0)
		require.Equal(t, l.Status(), l.Reason().Status())
	}
}

// FuzzStored holds for lines, tallies and quotes that what was read from JSON is written again without a change.
func FuzzStored(f *testing.F) {
	for _, text := range []string{
		`{"item": "x", "mode": "paper", "payable": "HKD 1.00", "status": "assumed"}`,
		`{"item": "x", "mode": "electronic", "unknown": true, "status": "inferred", "provision": {"instrument": "I", "status": "inferred"}}`,
		`{"groups": [{"item": "x", "mode": "paper", "count": 1, "base": "HKD 1.00", "concession": "HKD 0.00",
			"payable": "HKD 1.00", "status": "assumed"}], "total": {"lines": 1, "base": "HKD 1.00", "concession": "HKD 0.00", "payable": "HKD 1.00"}}`,
		`{"schedule": "s", "version": "1", "at": "2026-01-01T00:00:00Z", "lines": [{"item": "x", "mode": "paper", "status": "assumed"}]}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rewrite[fees.Line](t, data)
		rewrite[fees.Tally](t, data)
		rewrite[fees.Quote](t, data)
	})
}

func rewrite[T any](t *testing.T, data []byte) {
	var first, second T
	if json.Unmarshal(data, &first) != nil {
		return
	}
	once, err := json.Marshal(&first)
	if err != nil {
		return // such as a line without a mode
	}
	require.NoError(t, json.Unmarshal(once, &second))
	twice, err := json.Marshal(&second)
	require.NoError(t, err)
	require.Equal(t, string(once), string(twice))
}
