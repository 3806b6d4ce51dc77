package fees_test

import (
	"strings"
	"testing"

	"courts.example/eservices/fees"
	"github.com/stretchr/testify/require"
)

// TestBandsAreProven has the ways in which a table of bands can be wrong; every message names both places.
func TestBandsAreProven(t *testing.T) {
	for name, c := range map[string]struct{ list, want string }{
		"a cent between": {
			`{"upTo": "300", "flat": "1"}, {"over": "300.01", "upTo": "500", "flat": "2"}`,
			"gap: no band has the amounts from HKD 300.01 to HKD 300.01, between items[0].editions[0].bands[0] (line 3) and items[0].editions[0].bands[1] (line 3)",
		},
		"a gap":               {`{"upTo": "100", "flat": "1"}, {"over": "102", "flat": "2"}`, "gap: no band has the amounts from HKD 100.01 to HKD 102.00"},
		"the same edge":       {`{"upTo": "100", "flat": "1"}, {"over": "99.99", "flat": "2"}`, "overlap: two bands have the amount HKD 100.00"},
		"contained":           {`{"upTo": "1000", "flat": "1"}, {"over": "200", "upTo": "300", "flat": "2"}`, "overlap: two bands have the amount HKD 200.01"},
		"two open ends":       {`{"upTo": "100", "flat": "1"}, {"over": "100", "flat": "2"}, {"over": "500", "flat": "3"}`, "overlap: two bands have the amount HKD 500.01"},
		"two open starts":     {`{"upTo": "100", "flat": "1"}, {"upTo": "500", "flat": "2"}`, "overlap: two bands have the amount HKD 0.00"},
		"the same band":       {`{"upTo": "100", "flat": "1"}, {"upTo": "100", "flat": "1"}`, "overlap: two bands have the amount HKD 0.00"},
		"upside down":         {`{"over": "100", "upTo": "50", "flat": "1"}`, "upTo must be more than over"},
		"nothing in it":       {`{"over": "100", "upTo": "100", "flat": "1"}`, "upTo must be more than over"},
		"after a long one":    {`{"upTo": "1000", "flat": "1"}, {"over": "200", "upTo": "300", "flat": "2"}, {"over": "900", "flat": "3"}`, "HKD 900.01, items[0].editions[0].bands[0] (line 3) and items[0].editions[0].bands[2]"},
		"gap after contained": {`{"upTo": "1000", "flat": "1"}, {"over": "200", "upTo": "300", "flat": "2"}, {"over": "1001", "flat": "3"}`, "gap: no band has the amounts from HKD 1000.01 to HKD 1001.00"},
	} {
		t.Run(name, func(t *testing.T) { require.Contains(t, refused(t, file(bands(c.list))), c.want) })
	}
}

func TestOrderOfBandsDoesNotMatter(t *testing.T) {
	list := []string{
		`{"upTo": "100", "flat": "1"}`, `{"over": "100", "upTo": "200", "flat": "2"}`, `{"over": "200", "upTo": "300", "flat": "3"}`,
	}
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {2, 0, 1}} {
		s := load(t, file(bands(list[order[0]]+","+list[order[1]]+","+list[order[2]])))
		p := pricer(t, s, "x", fees.Paper, "2026-01-01T00:00:00")
		for text, want := range map[string]string{"0": "1.00", "100": "1.00", "100.01": "2.00", "200": "2.00", "200.01": "3.00", "300": "3.00"} {
			l, err := p.Line(amount(t, s, text))
			require.NoError(t, err)
			require.Equal(t, want, l.Payable.Plain(), "%s in order %v", text, order)
		}
	}
}

func TestEditionsAreProven(t *testing.T) {
	for name, c := range map[string]struct{ editions, want string }{
		"a day between": {
			`{"until": "2026-01-01", "provision": "p", "flat": "1"}, {"from": "2026-01-02", "provision": "p", "flat": "2"}`,
			`gap: item "x" has no edition from 2026-01-01 until 2026-01-02, between items[0].editions[0] (line 3) and items[0].editions[1] (line 3)`,
		},
		"a second between": {
			`{"until": "2025-12-31T23:59:59+08:00", "provision": "p", "flat": "1"}, {"from": "2026-01-01", "provision": "p", "flat": "2"}`,
			`has no edition from 2025-12-31T23:59:59+08:00 until 2026-01-01`,
		},
		"an overlap": {
			`{"until": "2026-01-02", "provision": "p", "flat": "1"}, {"from": "2026-01-01", "provision": "p", "flat": "2"}`,
			`overlap: item "x" has two editions from 2026-01-01, items[0].editions[0] (line 3) and items[0].editions[1] (line 3)`,
		},
		"two open ends": {
			`{"from": "2025-01-01", "provision": "p", "flat": "1"}, {"from": "2026-01-01", "provision": "p", "flat": "2"}`,
			`has two editions from 2026-01-01`,
		},
		"contained": {
			`{"provision": "p", "flat": "1"}, {"from": "2026-01-01", "until": "2027-01-01", "provision": "p", "flat": "2"}`,
			`has two editions from 2026-01-01`,
		},
		"two of all times": {`{"provision": "p", "flat": "1"}, {"provision": "p", "flat": "2"}`, `has two editions from the beginning`},
	} {
		t.Run(name, func(t *testing.T) { require.Contains(t, refused(t, file(item(c.editions))), c.want) })
	}
}

// TestEditionChange asks around a change of the tariff: at every instant, however fine, exactly one edition answers.
func TestEditionChange(t *testing.T) {
	s := load(t, file(item(`{"from": "2026-04-01", "provision": "p", "flat": "2"}, {"until": "2026-04-01", "provision": "p", "flat": "1"}`)))
	for when, want := range map[string]string{
		"1900-01-01T00:00:00":                 "1.00",
		"2026-03-31T23:59:59":                 "1.00",
		"2026-03-31T23:59:59.500+08:00":       "1.00",
		"2026-03-31T23:59:59.999999999+08:00": "1.00",
		"2026-04-01T00:00:00":                 "2.00",
		"2026-03-31T16:00:00Z":                "2.00",
		"2026-03-31T15:59:59Z":                "1.00",
		"2026-03-31T11:00:00-05:00":           "2.00",
		"2500-01-01T00:00:00":                 "2.00",
	} {
		l, err := pricer(t, s, "x", fees.Paper, when).Flat()
		require.NoError(t, err)
		require.Equal(t, want, l.Payable.Plain(), when)
	}
}

func TestConcessionsAreProven(t *testing.T) {
	concession := func(name, item, mode, period string) string {
		return `{"name": "` + name + `", "mode": "` + mode + `", "items": ["` + item + `"], ` + period +
			` "rate": "0.5", "rounding": {"mode": "down", "step": "1", "provision": "p"}, "provision": "p"}`
	}
	with := func(list ...string) string {
		items := item(`{"provision": "p", "flat": "10"}`)
		return file(items+","+strings.ReplaceAll(items, `"x"`, `"y"`),
			`"electronic": {"items": [{"name": "x", "paper": "x", "provision": "p"}, {"name": "y", "paper": "y", "provision": "p"}]}`,
			`"concessions": [`+strings.Join(list, ",")+`]`)
	}
	year := func(y string) string { return `"from": "` + y + `-01-01", "until": "` + y + `-12-31",` }

	load(t, with(concession("b", "x", "electronic", year("2026")), concession("a", "x", "electronic", year("2025"))))
	load(t, with(concession("a", "x", "electronic", year("2025")), concession("b", "y", "electronic", year("2025"))))
	load(t, with(concession("a", "x", "electronic", year("2025")), concession("b", "x", "paper", year("2025"))))
	load(t, with(concession("a", "x", "electronic", `"until": "2025-01-01",`), concession("b", "x", "electronic", `"from": "2025-01-01",`)))

	require.Contains(t, refused(t, with(concession("a", "x", "electronic", year("2025")), concession("b", "x", "electronic", `"from": "2025-12-30",`))),
		`overlap: two concessions are in force for electronic use of "x" from 2025-12-30, concessions[0] (line 3) and concessions[1] (line 3)`)
	require.Contains(t, refused(t, with(concession("a", "x", "paper", ""), concession("b", "x", "paper", year("2025")))), "from 2025-01-01")
	require.Contains(t, refused(t, with(concession("a", "x", "paper", ""), concession("b", "x", "paper", ""))), "from the beginning")
	require.Contains(t, refused(t, with(concession("a", "x", "paper", year("2025")), concession("a", "y", "paper", year("2025")))),
		`concession "a" stands twice, first at concessions[0] (line 3)`)
}
