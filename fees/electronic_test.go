package fees_test

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"courts.example/eservices/fees"
	"github.com/stretchr/testify/require"
)

// TestElectronicUse prices the four kinds of item of the invented court when used electronically.
func TestElectronicUse(t *testing.T) {
	s := harbour(t)
	for _, c := range []struct {
		item, when, amount string
		units              int64
		base, payable      string
	}{
		{"claim", "2025-06-30T23:59:59+02:00", "", 0, "", "begins on 2025-07-01"},
		{"claim", "2025-07-01T00:00:00+02:00", "", 0, "35.00", "31.50"},
		{"claim", "2026-01-01T00:00:00+01:00", "200", 0, "10.00", "9.00"},
		{"claim", "2026-01-01T00:00:00+01:00", "95", 0, "5.00", "4.50"},
		{"claim", "2026-01-01T00:00:00+01:00", "298.40", 0, "14.92", "13.50"},
		{"claim", "2026-01-01T00:00:00+01:00", "300.01", 0, "40.00", "36.00"},
		{"claim", "2026-06-30T23:59:59+02:00", "10000", 0, "40.00", "36.00"},
		{"claim", "2026-07-01T00:00:00+02:00", "10000", 0, "40.00", "40.00"},
		{"copy", "2025-12-31T23:59:59+01:00", "", 3, "", "begins on 2026-01-01"},
		{"copy", "2026-01-01T00:00:00+01:00", "", 3, "2.25", "1.50"}, // 0.675 -> 0.50 for a page
		{"download", "2026-01-01T00:00:00+01:00", "", 3, "2.25", "2.25"},
		{"seal", "2025-07-01T00:00:00+02:00", "", 0, "12.50", "12.50"},
		{"seal", "2025-06-30T00:00:00+02:00", "", 0, "", "begins on 2025-07-01"},
		{"oath", "2026-01-01T00:00:00+01:00", "", 0, "", "no electronic use"},
	} {
		t.Run(c.item+" "+c.when, func(t *testing.T) {
			ask := fees.Ask{Item: c.item, Mode: fees.Electronic, Units: c.units}
			if c.amount != "" {
				ask.Amount = amount(t, s, c.amount)
			}
			q, err := s.Quote(fees.Request{At: at(t, c.when), Asks: []fees.Ask{ask}})
			if c.base == "" {
				require.ErrorIs(t, err, fees.ErrNotElectronic)
				require.ErrorContains(t, err, c.payable)
				return
			}
			require.NoError(t, err)
			require.Equal(t, []string{c.base, c.payable}, []string{q.Total.Base.Plain(), q.Total.Payable.Plain()})
			back, err := q.Lines[0].Payable.Add(q.Lines[0].Concession)
			require.NoError(t, err)
			require.Equal(t, q.Lines[0].Base, back)
		})
	}
}

func TestNotElectronicNamesTheDates(t *testing.T) {
	s := harbour(t)
	_, err := s.Pricer("copy", fees.Electronic, at(t, "2025-12-31T00:00:00Z"))
	refusal, ok := errors.AsType[*fees.NotElectronicError](err)
	require.True(t, ok)
	require.Equal(t, "copy", refusal.Item)
	require.True(t, refusal.From.Equal(at(t, "2025-12-31T23:00:00Z")), "the first instant of 2026 in Berlin")
	require.True(t, refusal.Until.IsZero())

	s = load(t, file(item(`{"provision": "p", "flat": "1"}`),
		`"electronic": {"from": "2025-01-01", "until": "2026-01-01", "items": [{"name": "x", "paper": "x", "provision": "p"}]}`))
	_, err = s.Pricer("x", fees.Electronic, at(t, "2026-01-01T00:00:00"))
	require.EqualError(t, err, `fees: not available electronically: item "x" ended before 2026-01-01, asked for 2026-01-01`)

	_, err = load(t, file(item(`{"provision": "p", "flat": "1"}`))).Pricer("x", fees.Electronic, at(t, "2026-01-01T00:00:00"))
	require.EqualError(t, err, `fees: not available electronically: item "x" has no electronic use in this schedule: use it on paper`)
	_, err = s.Pricer("z", fees.Electronic, at(t, "2025-06-01T00:00:00"))
	require.ErrorIs(t, err, fees.ErrItem)
	_, err = harbour(t).Pricer("download", fees.Paper, at(t, "2026-06-01T00:00:00"))
	require.EqualError(t, err, `fees: unknown item: "download" exists electronically only`)
}

// TestPaperConcession has a concession that is not for electronic use, and a rounding upwards that would pass the fee.
func TestPaperConcession(t *testing.T) {
	s := load(t, file(item(`{"provision": "p", "flat": "18.40"}`), `"concessions": [{"name": "c", "mode": "paper", "items": ["x"],
		"from": "2025-01-01", "until": "2026-01-01", "rate": "0.99", "rounding": {"mode": "up", "step": "1", "provision": "p"}, "provision": "p"}]`))
	for when, want := range map[string]string{"2024-12-31T23:59:59": "18.40", "2025-06-01T00:00:00": "18.40", "2026-01-01T00:00:00": "18.40"} {
		l, err := pricer(t, s, "x", fees.Paper, when).Flat()
		require.NoError(t, err)
		require.Equal(t, want, l.Payable.Plain())
		require.Zero(t, l.Concession.Sign())
	}
	conceded, err := pricer(t, s, "x", fees.Paper, "2025-06-01T00:00:00").Flat()
	require.NoError(t, err)
	require.Contains(t, conceded.Reason().String(), "rounded up to a multiple of HKD 1.00 it is HKD 19.00 (Test Act, confirmed); "+
		"but not more than the full fee of HKD 18.40")
	s = load(t, file(item(`{"provision": "p", "flat": "18.40"}`), `"concessions": [{"name": "c", "mode": "paper", "items": ["x"],
		"rate": "0", "rounding": {"mode": "up", "step": "1", "provision": "p"}, "provision": "p"}]`))
	l, err := pricer(t, s, "x", fees.Paper, "2026-01-01T00:00:00").Flat()
	require.NoError(t, err)
	require.Equal(t, "HKD 0.00", l.Payable.String(), "a remission of the whole fee")
	require.Equal(t, "HKD 18.40", l.Concession.String())
}

// TestCivilDatesBeginInTheZone has days that do not begin at midnight, or have two midnights.
func TestCivilDatesBeginInTheZone(t *testing.T) {
	for name, c := range map[string]struct{ zone, date, want string }{
		"fixed":                  {"+08:00", "2024-10-31", "2024-10-30T16:00:00Z"},
		"west":                   {"-03:30", "2024-10-31", "2024-10-31T03:30:00Z"},
		"UTC":                    {"UTC", "2024-10-31", "2024-10-31T00:00:00Z"},
		"summer":                 {"Europe/Berlin", "2026-07-01", "2026-06-30T22:00:00Z"},
		"winter":                 {"Europe/Berlin", "2026-01-01", "2025-12-31T23:00:00Z"},
		"no midnight, forward":   {"America/Havana", "2015-03-08", "2015-03-08T05:00:00Z"},
		"no midnight, Santiago":  {"America/Santiago", "2016-08-14", "2016-08-14T04:00:00Z"},
		"two midnights, Havana":  {"America/Havana", "2015-11-01", "2015-11-01T04:00:00Z"},
		"two midnights, Azores":  {"Atlantic/Azores", "2015-10-25", "2015-10-25T00:00:00Z"},
		"back before midnight":   {"America/Sao_Paulo", "2016-02-21", "2016-02-21T03:00:00Z"},
		"the day before is gone": {"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			text := file(item(`{"until": "` + c.date + `", "provision": "p", "flat": "1"}, {"from": "` + c.date + `", "provision": "p", "flat": "2"}`))
			s := load(t, replace(t, text, `"+08:00"`, strconv.Quote(c.zone)))
			change := at(t, c.want)
			for offset, want := range map[time.Duration]string{-1: "1.00", 0: "2.00"} {
				p, err := s.Pricer("x", fees.Paper, change.Add(offset))
				require.NoError(t, err)
				l, err := p.Flat()
				require.NoError(t, err)
				from, until := p.Valid()
				require.Equal(t, want, l.Payable.Plain(), "%d, valid from %s until %s", offset, from, until)
			}
		})
	}
}

// TestValid holds that the answers stay the same through the whole period that a pricer claims, and change at its ends.
func TestValid(t *testing.T) {
	s := harbour(t)
	for _, c := range []struct{ item, when, from, until string }{
		{"claim", "2025-08-01T00:00:00Z", "2025-06-30T22:00:00Z", "2025-12-31T23:00:00Z"},
		{"claim", "2026-02-01T00:00:00Z", "2025-12-31T23:00:00Z", "2026-06-30T22:00:00Z"},
		{"claim", "2026-12-01T00:00:00Z", "2026-06-30T22:00:00Z", ""},
		{"seal", "2026-12-01T00:00:00Z", "2025-06-30T22:00:00Z", ""},
	} {
		from, until := pricer(t, s, c.item, fees.Electronic, c.when).Valid()
		require.True(t, from.Equal(at(t, c.from)), "%v from %s", c, from)
		if c.until == "" {
			require.True(t, until.IsZero(), "%v until %s", c, until)
		} else {
			require.True(t, until.Equal(at(t, c.until)), "%v until %s", c, until)
		}
	}
	from, until := pricer(t, s, "seal", fees.Paper, "2026-12-01T00:00:00Z").Valid()
	require.True(t, from.IsZero())
	require.True(t, until.IsZero())
}
