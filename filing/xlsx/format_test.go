package xlsx_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"courts.example/eservices/filing"
	"courts.example/eservices/filing/xlsx"
)

// reading is all that reading a workbook gives.
type reading struct {
	control filing.Control
	header  []filing.Finding
	rows    []filing.Row
	err     error
}

func read(f filing.Format, data []byte, o filing.ReadOptions) reading {
	var r reading
	o.Header = func(c filing.Control, found []filing.Finding) { r.control, r.header = c, found }
	if o.Currency == "" {
		o.Currency = "HKD"
	}
	file := filing.File{Name: "claims.xlsx", Bytes: bytes.NewReader(data), Size: int64(len(data))}
	for row, err := range f.Read(context.Background(), file, o) {
		if err != nil {
			r.err = err
			break
		}
		r.rows = append(r.rows, row)
	}
	return r
}

// found lists "line column code" of all findings of the rows.
func found(rows []filing.Row) []string {
	var out []string
	for _, row := range rows {
		for _, f := range row.Findings {
			out = append(out, fmt.Sprintf("%d %s %s", f.Path.Line, f.Path.Column, f.Code))
		}
	}
	return out
}

// workbook makes a workbook whose first sheet holds the headings and what fill adds.
func workbook(t testing.TB, fill func(f *excelize.File, sheet string)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	headings := []string{"reference", "category", "amount", "defendant_name", "defendant_address", "particulars", "calculation", "arose_on"}
	require.NoError(t, f.SetSheetRow("Sheet1", "A1", &headings))
	fill(f, "Sheet1")
	out, err := f.WriteToBuffer()
	require.NoError(t, err)
	return out.Bytes()
}

func TestReadSmoke(t *testing.T) {
	data := workbook(t, func(f *excelize.File, sheet string) {
		require.NoError(t, f.SetSheetRow(sheet, "A2", &[]any{"A1", "x", 1234.5, "D", "A", "P", "C", "2026-03-02"}))
		require.NoError(t, f.SetSheetRow(sheet, "A4", &[]any{"A2", "x", 0.1, "D", "A", "P", "C", 46083}))
	})
	r := read(xlsx.Format{}, data, filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Empty(t, r.header)
	require.Equal(t, []string{"4 arose_on cell.date.serial"}, found(r.rows))
	require.Equal(t, "HKD 1234.50", r.rows[0].Claim.Amount.String())
	require.Equal(t, "2026-03-02", r.rows[1].Claim.AroseOn.String())
}
