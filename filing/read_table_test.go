package filing_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
)

// The cells of a spreadsheet that keeps kinds.
func textCell(s string) filing.Cell { return filing.Cell{Text: s} }

func numberCell(s string) filing.Cell { return filing.Cell{Kind: filing.NumberCell, Text: s} }

func dateCell(s string) filing.Cell {
	return filing.Cell{Kind: filing.DateCell, Text: "46083", Date: calendar.MustDate(s)}
}

func formulaCell(c filing.Cell) filing.Cell {
	c.Formula = true
	return c
}

// readCell reads a table of one row with the given cells under the headings of the same order.
func readCells(t testing.TB, headings []string, cells ...filing.Cell) (filing.Row, reading) {
	t.Helper()
	head := filing.TableRow{Line: 1}
	for _, h := range headings {
		head.Cells = append(head.Cells, textCell(h))
	}
	table, _, err := filing.NewTable(head, filing.ReadOptions{Currency: "HKD"})
	require.NoError(t, err)
	row, ok := table.Read(filing.TableRow{Line: 2, Cells: cells})
	require.True(t, ok)
	return row, reading{rows: []filing.Row{row}}
}

func TestTableNumbers(t *testing.T) {
	for _, c := range []struct{ stored, want string }{
		{"1234.5", "HKD 1234.50"},
		{"1234.5599999999999", "HKD 1234.56"}, // how a binary fraction may be stored
		{"0.30000000000000004", "HKD 0.30"},
		{"1.2E+5", "HKD 120000.00"},
		{"1.5e-1", "HKD 0.15"},
		{"-5", "HKD -5.00"},
		{"1234.567", "cell.amount.decimals"},
		{"1E+400", "cell.amount.invalid"},
		{"1E+20", "cell.amount.range"},
		{"x", "cell.amount.invalid"},
	} {
		row, r := readCells(t, []string{"amount"}, numberCell(c.stored))
		if len(row.Findings) > 0 {
			require.Equal(t, []string{"2 amount " + c.want}, r.places(), c.stored)
			continue
		}
		require.Equal(t, c.want, row.Claim.Amount.String(), c.stored)
	}
}

func TestTableReferences(t *testing.T) {
	for _, c := range []struct {
		cell       filing.Cell
		want, code string
	}{
		{textCell("0012"), "0012", ""},
		{numberCell("12"), "12", "cell.reference.number"},
		{numberCell("1.2E+5"), "120000", "cell.reference.number"},
		{numberCell("123456789012345"), "123456789012345", "cell.reference.number"},
		{numberCell("1.23456789012346E+15"), "", "cell.reference.scientific"},
		{numberCell("1234567890123456"), "", "cell.reference.scientific"},
		{dateCell("2026-01-02"), "", "cell.not-text"},
		{filing.Cell{Kind: filing.ErrorCell, Text: "#REF!"}, "", "cell.error"},
		{formulaCell(textCell("A1")), "A1", "cell.formula"},
		{formulaCell(textCell("")), "", "cell.formula.uncalculated"},
		{filing.Cell{Merged: true}, "", "cell.merged"},
	} {
		row, r := readCells(t, []string{"nature", "reference"}, textCell("services"), c.cell)
		require.Equal(t, c.want, row.Claim.Reference)
		if c.code == "" {
			require.Empty(t, r.places())
			continue
		}
		require.Equal(t, []string{"2 reference " + c.code}, r.places())
	}
}

func TestTableDates(t *testing.T) {
	row, r := readCells(t, []string{"arose_on"}, dateCell("2026-03-02"))
	require.Empty(t, r.places())
	require.Equal(t, "2026-03-02", row.Claim.AroseOn.String())

	row, r = readCells(t, []string{"arose_on"}, filing.Cell{Kind: filing.NumberCell, Text: "46083", Date: calendar.MustDate("2026-03-02")})
	require.Equal(t, []string{"2 arose_on cell.date.serial"}, r.places())
	require.Equal(t, "2026-03-02", row.Claim.AroseOn.String())

	_, r = readCells(t, []string{"arose_on"}, numberCell("-1"))
	require.Equal(t, []string{"2 arose_on cell.date.invalid"}, r.places())

	row, r = readCells(t, []string{"arose_on"}, formulaCell(dateCell("2026-03-02")))
	require.Equal(t, []string{"2 arose_on cell.formula"}, r.places())
	require.Equal(t, "2026-03-02", row.Findings[0].Values[0].String())
}

func TestTableTextsThatAreNumbers(t *testing.T) {
	row, r := readCells(t, []string{"particulars", "calculation", "amount"}, numberCell("1.2E+5"), dateCell("2026-01-02"), dateCell("2026-01-02"))
	require.Equal(t, "120000", row.Claim.Particulars)
	require.Equal(t, []string{"2 calculation cell.not-text", "2 amount cell.amount.invalid"}, r.places())
	require.Subset(t, row.Unread, []string{"/calculation", "/amount"})
}

func TestTableHidden(t *testing.T) {
	table, found, err := filing.NewTable(filing.TableRow{Line: 3, Cells: []filing.Cell{{Text: "reference"}, {Text: "nature", Hidden: true}}}, filing.ReadOptions{})
	require.NoError(t, err)
	require.Contains(t, reading{header: found}.places(), "3 nature header.column.hidden")
	require.Equal(t, 2, table.Columns())

	row, ok := table.Read(filing.TableRow{Line: 4, Hidden: true, Cells: []filing.Cell{textCell("A")}})
	require.True(t, ok)
	require.Equal(t, []string{"4 row.hidden"}, reading{rows: []filing.Row{row}}.places())

	_, ok = table.Read(filing.TableRow{Line: 5, Hidden: true, Cells: []filing.Cell{textCell(" "), {Merged: true}}})
	require.False(t, ok, "a blank row is no claim, hidden or merged as it may be")

	row = table.TooLong(filing.TableRow{Line: 6, Cells: []filing.Cell{textCell("B")}}, 100)
	require.Equal(t, []string{"6 row.too-large"}, reading{rows: []filing.Row{row}}.places())
	require.Equal(t, "B", row.Claim.Reference)
}

// TestTableKeepsNothing reads two rows by one table: the second has nothing of the first.
func TestTableKeepsNothing(t *testing.T) {
	table, _, err := filing.NewTable(filing.TableRow{Line: 1, Cells: []filing.Cell{textCell("defendant_name"), textCell("defendant2_name"), textCell("defendant2_address")}}, filing.ReadOptions{})
	require.NoError(t, err)
	first, _ := table.Read(filing.TableRow{Line: 2, Cells: []filing.Cell{textCell("D"), textCell("E"), textCell("2 Road")}})
	second, _ := table.Read(filing.TableRow{Line: 3, Cells: []filing.Cell{textCell("F"), textCell("G")}})
	require.Equal(t, []filing.Party{{Name: "D"}, {Name: "E", Address: "2 Road"}}, first.Claim.Defendants)
	require.Equal(t, []filing.Party{{Name: "F"}, {Name: "G"}}, second.Claim.Defendants)
}

func TestColumns(t *testing.T) {
	seen := make(map[string]bool)
	for _, c := range filing.Columns() {
		require.False(t, seen[c.Name])
		seen[c.Name] = true
		require.NotEmpty(t, c.Title["en"])
		require.NotEmpty(t, c.Title["zh-Hant"])
		// Every form of the heading finds the column.
		for _, heading := range []string{c.Name, c.Title["en"], c.Title["zh-Hant"], c.Title["en"] + " / " + c.Title["zh-Hant"], " " + c.Title["zh-Hant"] + "（" + c.Title["en"] + "）* "} {
			table, _, err := filing.NewTable(filing.TableRow{Cells: []filing.Cell{textCell(heading)}}, filing.ReadOptions{})
			require.NoError(t, err)
			row, _ := table.Read(filing.TableRow{Cells: []filing.Cell{textCell("x")}})
			require.Equal(t, strings.TrimSpace(heading), row.Column(c.Pointer))
		}
	}
}
