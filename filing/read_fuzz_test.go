package filing_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/money"
)

// checkReading asserts what holds for every file: rows in order, findings in their row with a known code, amounts that are whole
// or absent with a finding.
func checkReading(t *testing.T, r reading) {
	t.Helper()
	line := 0
	for _, row := range r.rows {
		require.Greater(t, row.Line, line)
		line = row.Line
		refused := false
		for _, f := range row.Findings {
			require.Equal(t, row.Line, f.Path.Line)
			refused = refused || f.Severity == filing.Refusal
		}
		if len(row.Unread) > 0 && !filing.Refuses(r.header) {
			require.True(t, refused, "a field was not read and nothing says why: %v", row.Unread)
		}
	}
	for _, f := range r.findings() {
		_, known := filing.Describe(f.Code)
		require.True(t, known, f.Code)
		require.NotEmpty(t, f.Text()["en"])
		require.NotEmpty(t, f.Text()["zh-Hant"])
	}
}

// addLines adds each short line of a file as an input of its own, behind the first lines.
func addLines(f *testing.F, path string, first int) {
	all, err := os.ReadFile(path)
	require.NoError(f, err)
	lines := strings.SplitAfter(string(all), "\n")
	for _, line := range lines[first:] {
		if len(line) < 300 {
			f.Add(strings.Join(lines[:first], "") + line)
		}
	}
}

func FuzzCSV(f *testing.F) {
	addLines(f, "testdata/bad.csv", 1)
	f.Add(chinese)
	f.Add(encode(f, traditionalchinese.Big5, strings.NewReplacer("埗", "", "鰂", "").Replace(chinese)))
	f.Add(encode(f, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), chinese))
	f.Add("sep=;\n#claims;1\r#hash;" + hashOf("") + "\r\n\"reference\";amount\n\"A\"\"\r\n\";5")
	f.Fuzz(func(t *testing.T, text string) {
		checkReading(t, readText(filing.CSV{}, text, filing.ReadOptions{MaxClaimBytes: 300}))
	})
}

func FuzzJSONLines(f *testing.F) {
	addLines(f, "testdata/bad.jsonl", 0)
	f.Add(`{"control":{"claims":1,"total":"HKD 5.00"}}` + "\n" + `{"reference":"\ud83d\ude00","defendants":[{"name":null},{}],"x":[[{"a":"]"}]]}`)
	f.Fuzz(func(t *testing.T, text string) {
		checkReading(t, readText(filing.JSONLines{}, text, filing.ReadOptions{MaxClaimBytes: 300}))
	})
}

// FuzzCell puts any text into an amount, a date and a reference, as text and as a number of a spreadsheet. A value that is read
// reads the same once more when it is written out.
func FuzzCell(f *testing.F) {
	for _, s := range []string{"1,234.50", "HK$5", "(1.00)", "1.2E+5", "2026-03-02", "3/4/2026", "２０２６年３月２日", "46083", "8.12E+11", "#REF!", "-0", "1e-400"} {
		f.Add(s, uint8(0))
		f.Add(s, uint8(filing.NumberCell))
	}
	f.Fuzz(func(t *testing.T, s string, kind uint8) {
		table, _, err := filing.NewTable(filing.TableRow{Line: 1, Cells: []filing.Cell{textCell("amount"), textCell("arose_on"), textCell("reference")}},
			filing.ReadOptions{Currency: "HKD"})
		require.NoError(t, err)
		cell := filing.Cell{Kind: filing.CellKind(kind % 4), Text: s}
		row, ok := table.Read(filing.TableRow{Line: 2, Cells: []filing.Cell{cell, cell, cell}})
		if !ok {
			return
		}
		checkReading(t, reading{header: []filing.Finding{{Code: "header.column.missing", Severity: filing.Refusal}}, rows: []filing.Row{row}})
		if a := row.Claim.Amount; a != (money.Amount{}) {
			again, _ := table.Read(filing.TableRow{Line: 3, Cells: []filing.Cell{textCell(a.String()), textCell(row.Claim.AroseOn.String())}})
			require.Equal(t, a, again.Claim.Amount)
			require.Equal(t, row.Claim.AroseOn, again.Claim.AroseOn)
		}
	})
}
