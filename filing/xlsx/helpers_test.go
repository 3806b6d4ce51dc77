package xlsx_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"courts.example/eservices/filing"
)

// reading is all that reading a workbook gives.
type reading struct {
	control filing.Control
	header  []filing.Finding
	rows    []filing.Row
	err     error
}

// findings are those of the header and then of the rows.
func (r reading) findings() []filing.Finding {
	out := append([]filing.Finding(nil), r.header...)
	for _, row := range r.rows {
		out = append(out, row.Findings...)
	}
	return out
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
