package filing

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// Outcome is what became of one claim of a batch.
type Outcome struct {
	// Line and Reference say which claim it is, as in its file.
	Line      int
	Reference string
	// Status is one word for what became of it: "filed", "refused".
	Status string
	// CaseNumber is the number of the case it became; empty when it became none.
	CaseNumber string
	// Fee is the fee payable for it; the zero Amount when there is none.
	Fee money.Amount
	// Findings are all findings about the claim.
	Findings []Finding
}

// ResultWriter writes the results of a batch as a CSV file that a spreadsheet opens well and safely: UTF-8 with a byte order
// mark, and no cell that would run as a formula (see [Guard]; [Unguard] gives each cell back exactly). The columns are line,
// reference, status, case_number, fee, codes (joined by semicolons), and the findings in words, one per line, in English and in
// Traditional Chinese. It is for one goroutine.
type ResultWriter struct {
	out *csv.Writer
	row [8]string
}

// NewResultWriter writes the row of headings. What it writes is buffered until Flush.
func NewResultWriter(w io.Writer) (*ResultWriter, error) {
	r := &ResultWriter{out: csv.NewWriter(w)}
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return nil, err
	}
	return r, r.out.Write([]string{"line", "reference", "status", "case_number", "fee", "codes", "findings", "findings_zh"})
}

// Write writes one result.
func (w *ResultWriter) Write(r Outcome) error {
	w.row = [8]string{strconv.Itoa(r.Line), r.Reference, r.Status, r.CaseNumber, amountText(r.Fee)}
	if len(r.Findings) > 0 {
		codes := make([]string, len(r.Findings))
		for i, f := range r.Findings {
			codes[i] = string(f.Code)
		}
		w.row[5] = strings.Join(codes, ";")
		w.row[6] = findingLines(r.Findings, law.English)
		w.row[7] = findingLines(r.Findings, law.TraditionalChinese)
	}
	for i := range w.row {
		w.row[i] = Guard(w.row[i])
	}
	return w.out.Write(w.row[:])
}

// Flush writes out what is held, and gives the first error of all writing.
func (w *ResultWriter) Flush() error {
	w.out.Flush()
	return w.out.Error()
}

// findingLines gives each finding on a line, with the place in the row where it is.
func findingLines(findings []Finding, language string) string {
	var b strings.Builder
	for i, f := range findings {
		if i > 0 {
			b.WriteByte('\n')
		}
		switch {
		case f.Path.Column != "":
			b.WriteString("[" + f.Path.Column + "] ")
		case f.Path.Pointer != "":
			b.WriteString("[" + f.Path.Pointer + "] ")
		}
		b.WriteString(f.Text().In(language))
	}
	return b.String()
}
