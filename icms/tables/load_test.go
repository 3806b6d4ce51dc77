package tables_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/tables"
)

// mistake is a change of a document and the problem that it makes.
type mistake struct {
	old, new, pointer, says string
}

// mistakes are one for each thing that is proven of a document, in the order of their lines.
var mistakes = []mistake{
	{`"court/1"`, `"court/9"`, "/format", `reads the format "court/1", not "court/9"`},
	{`"code": "BMC"`, `"code": "B C"`, "/code", "must be letters and digits"},
	{`"Europe/Dublin",` + "\n\n", `"Europe/Baile",` + "\n\n", "/zone", "neither an offset like +01:00 nor a zone"},
	{`{"instrument": "Ballymore Holidays Act", "status": "confirmed"}`, `{"instrument": "Ballymore Holidays Act", "status": "certain"}`, "/provisions/holidays-act/status", `"certain" is none of`},
	{`{"instrument": "Ballymore Notice", "status": "confirmed"}`, `{"instrument": "Ballymore Notice"}`, "/provisions/hours", "has no status"},
	{`"status": "confirmed", "from": "2025-01-01"`, `"status": "confirmed", "from": "1.1.2025"`, "/provisions/e-filing/from", "neither a date like 2026-03-02 nor an instant"},
	{`"receipt": {"instrument"`, `"nobody": {"instrument": "Ballymore Rules", "status": "confirmed"}, "receipt": {"instrument"`, "/provisions/nobody", "nothing in the document cites"},
	{`"date": "2025-02-03"`, `"date": "2025-02-30"`, "/holidays/rows/1/date", "February 2025 has no day 30"},
	{`"date": "2025-03-17"`, `"date": "2027-03-17"`, "/holidays/rows/2", "outside the years 2025 to 2026"},
	{`"date": "2025-05-05"`, `"date": "2025-04-21"`, "/holidays/rows/4", "2025-04-21 is listed before, as row 3"},
	{`"until": 2029`, `"until": 2026`, "/holidays/later/until", "must be after 2026"},
	{`"month": 1, "day": 1`, `"month": 1, "day": 32`, "/holidays/later/rules/0", "month 1, day 32"},
	{`"month": 2, "weekday": "monday", "nth": 1`, `"month": 2, "weekday": "monday", "nth": 5`, "/holidays/later/rules/1", "nth from 1 to 4 or -1"},
	{`"month": 3, "day": 17`, `"month": 3, "day": 17, "easter": 1`, "/holidays/later/rules/2", "needs either month and day, or"},
	{`"name": {"en": "Ballymore Court Office"}`, `"name": {}`, "/offices/registry/name", "needs words in at least one language"},
	{`"tuesday"`, `"tewsday"`, "/offices/registry/readings/0/editions/0/week/0/on/1", "no day of the week"},
	{`"thursday"`, `"monday"`, "/offices/registry/readings/0/editions/0/week/0/on/3", "stands twice"},
	{`"10:00-16:00"`, `"10:00 to 16:00"`, "/offices/registry/readings/0/editions/0/week/0/open/0", "not written like 08:45-17:30"},
	{`"10:00-16:00"`, `"16:00-10:00"`, "/offices/registry/readings/0/editions/0", "closes before it opens"},
	{`"provision": "hours"`, `"provision": "ours"`, "/offices/registry/readings/0/editions/0/provision", `has no "ours"`},
	{`"name": "plain",`, `"name": "plain", "opens": true,`, "/offices/registry/readings/0/opens", "no such member; the members here are name, title, editions"},
	{`"rate": "0.035"`, `"rate": "lots"`, "/fees/items/0/editions/0/percentage/rate", "lots"},
	{`"zone": "Europe/Dublin",` + "\n    \"prov", `"zone": "Europe/London",` + "\n    \"prov", "/fees/zone", "must be the court's zone"},
	{`"filingFee": "debt-claim"`, `"filingFee": "claim"`, "/filingFee", `no item "claim"`},
	{`"court": "BMC"`, `"court": "BCM"`, "/filing/court", `must be the court's code, "BMC"`},
	{`"currency": "EUR",` + "\n    \"lang", `"currency": "GBP",` + "\n    \"lang", "/filing/limits/0", "no sum above zero in GBP"},
	{`"languages"`, `"Languages"`, "/filing/Languages", "no such member"},
	{`"id": "gaelic-gas"`, `"id": "Gaelic Gas"`, "/filing/approvals/0", "not made of lower-case letters"},
	{`"years": [6]`, `"years": [0]`, "/filing/categories/0", "at least one year"},
	{`"EUR 2000.00"`, `"2000 euros"`, "/filing/limits/0/amount", "is not a current ISO 4217 code"},
	{`"name": 200`, `"name": "200"`, "/filing/texts/name", "must be a number, not text"},
	{`"nature": 200`, `"nature": 2.5`, "/filing/texts/nature", "not a whole number"},
	{`"application/pdf"`, `"application/x-lost"`, "/filing/documents/types/0", "can't be recognised"},
	{`"digits": 4`, `"digits": 40`, "/numbers", "1 to 12 digits"},
	{`"choice": "submission"`, `"choice": "never"`, "/policies/fee/choice", "not one of the choices"},
	{`"prefix": "D-", `, ``, "/numbers", `"prefix" is missing`},
	{`"receipt": {"choice"`, `"receipt": {"choise": "", "choice"`, "/policies/receipt/choise", "no such member"},
	{`"documents alone", "provision": "receipt"}`, `"documents alone", "provision": null}`, "/policies/receipt/provision", "the name of a provision, or a provision in braces, not null"},
}

func problems(t testing.TB, data []byte) []tables.Problem {
	t.Helper()
	_, err := tables.Load(data)
	var wrong *tables.LoadError
	require.ErrorAs(t, err, &wrong)
	require.NotEmpty(t, wrong.Problems)
	require.Contains(t, err.Error(), wrong.Problems[0].String())
	return wrong.Problems
}

// Every mistake alone is told once, at its place and line.
func TestEachMistakeIsToldAtItsPlace(t *testing.T) {
	whole := document(t, "ballymore.json")
	for _, m := range mistakes {
		require.Contains(t, string(whole), m.old, "the change is one")
		data := bytes.Replace(whole, []byte(m.old), []byte(m.new), 1)
		found := problems(t, data)
		told := false
		for _, p := range found {
			if p.Pointer == m.pointer && strings.Contains(p.Text, m.says) {
				told = true
				require.Positive(t, p.Line)
				require.LessOrEqual(t, p.Line, bytes.Count(data, []byte("\n")))
			}
		}
		require.True(t, told, "%s: %s\nfound %v", m.pointer, m.says, found)
	}
}

// Mistakes in tables that don't rest on one another come all at once.
func TestAllMistakesComeAtOnce(t *testing.T) {
	data := document(t, "ballymore.json")
	want := map[string]bool{}
	for _, m := range mistakes {
		switch m.pointer {
		case "/zone", "/offices/registry/name", "/fees/zone": // others rest on them
			continue
		}
		if bytes.Contains(data, []byte(m.old)) {
			data = bytes.Replace(data, []byte(m.old), []byte(m.new), 1)
			want[m.pointer] = true
		}
	}
	got := map[string]bool{}
	line := 0
	for _, p := range problems(t, data) {
		got[p.Pointer] = true
		require.GreaterOrEqual(t, p.Line, line, "in the order of the lines")
		line = p.Line
	}
	told := 0
	for pointer := range want {
		if got[pointer] {
			told++
		}
	}
	require.Greater(t, told, 22, "of %d: %v", len(want), got)
}

func TestWhatIsNoDocument(t *testing.T) {
	deep := strings.Repeat("[", 40) + strings.Repeat("]", 40)
	for text, says := range map[string]string{
		"":                                       "ends in the middle",
		"{\n\n":                                  "ends in the middle",
		"{\n]":                                   "not JSON",
		"{} {}":                                  "something stands after the closing brace",
		`{"code": 1, "code":2}`:                  "/code (line 1): the member stands twice in one object, first on line 1",
		"\xff":                                   "not UTF-8",
		"[]":                                     "must be an object, not a list",
		deep:                                     "inside each other",
		`{"means": ` + deep[5:len(deep)-5] + `}`: "inside each other",
		strings.Repeat(" ", 8<<20) + "{}":        "the largest has",
		`{"hooks": "assess"}`:                    "/hooks (line 1): must be a list, not text",
		`{"provisions": [], "holidays": {"rows": [1]}}`: "/holidays/rows/0 (line 1): must be an object, not a number",
	} {
		_, err := tables.Load([]byte(text))
		require.ErrorContains(t, err, says, "%.60q", text)
	}
}

func FuzzLoad(f *testing.F) {
	whole := document(f, "ballymore.json")
	f.Add(whole)
	for _, m := range mistakes {
		f.Add(bytes.Replace(whole, []byte(m.old), []byte(m.new), 1))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		read, err := tables.Load(data)
		if err != nil {
			var wrong *tables.LoadError
			require.ErrorAs(t, err, &wrong)
			require.NotEmpty(t, wrong.Problems)
			return
		}
		if len(read.Hooks()) == 0 {
			court, err := read.Court()
			require.NoError(t, err)
			require.NoError(t, court.Check())
		}
	})
}
