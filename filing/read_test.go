package filing_test

import (
	"context"
	"fmt"
	"strings"

	"courts.example/eservices/filing"
)

// reading is all that reading a file gives.
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

// places lists "line field code" of all findings; the field is the column, or the pointer where there is no column.
func (r reading) places() []string {
	var out []string
	for _, f := range r.findings() {
		where := f.Path.Column
		if where == "" {
			where = f.Path.Pointer
		}
		out = append(out, strings.Join(strings.Fields(fmt.Sprintf("%d %s %s", f.Path.Line, where, f.Code)), " "))
	}
	return out
}

// lines lists the lines of the rows.
func (r reading) lines() []int {
	var out []int
	for _, row := range r.rows {
		out = append(out, row.Line)
	}
	return out
}

// fileOf makes a file of text.
func fileOf(name, text string) filing.File {
	return filing.File{Name: name, Bytes: strings.NewReader(text), Size: int64(len(text))}
}

// readText reads a text by a format; amounts without a currency are in Hong Kong dollars.
func readText(f filing.Format, text string, o filing.ReadOptions) reading {
	var r reading
	o.Header = func(c filing.Control, found []filing.Finding) { r.control, r.header = c, found }
	if o.Currency == "" {
		o.Currency = "HKD"
	}
	for row, err := range f.Read(context.Background(), fileOf("claims."+f.Name(), text), o) {
		if err != nil {
			r.err = err
			break
		}
		r.rows = append(r.rows, row)
	}
	return r
}

// The shortest file: the columns that must be there, and one whole row.
const (
	heading = "reference,category,amount,defendant_name,defendant_address,particulars,calculation"
	rest    = ",Defendant 0001,1 Road,Charges,Sum"
)

// withRow is a file of one row of which only reference and amount are given.
func withRow(reference, amount string) string {
	return heading + "\n" + reference + ",medical_charges," + amount + rest + "\n"
}

// withColumn is a file with a further column and its value in the one row.
func withColumn(column, value string) string {
	return heading + "," + column + "\nA1,medical_charges,5" + rest + "," + value + "\n"
}
