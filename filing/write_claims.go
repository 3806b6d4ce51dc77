package filing

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"

	"courts.example/eservices/icms/law"
)

// byteOrderMark at the start of a text file makes spreadsheets read it as UTF-8, so that Chinese comes out right.
const byteOrderMark = "\ufeff"

// csvWriter is the writer of [CSV.NewWriter].
type csvWriter struct {
	out        *csv.Writer
	defendants int
}

// NewWriter writes the header and gives the writer of the rows. The text is UTF-8 with a byte order mark; cells that a
// spreadsheet would run as formulas are guarded (see [Guard]), and Read takes the guard off.
func (CSV) NewWriter(w io.Writer, o WriteOptions) (ClaimWriter, error) {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return nil, err
	}
	out := csv.NewWriter(w)
	for _, row := range o.Control.Totals() {
		if err := out.Write([]string{"#" + row[0], row[1]}); err != nil {
			return nil, err
		}
	}
	if err := out.Write(Headings(o.Defendants, o.Languages...)); err != nil {
		return nil, err
	}
	return &csvWriter{out, o.Defendants}, nil
}

func (w *csvWriter) Write(c Claim) error {
	cells, err := Cells(c, w.defendants)
	if err != nil {
		return err
	}
	for i := range cells {
		cells[i] = Guard(cells[i])
	}
	return w.out.Write(cells)
}

func (w *csvWriter) Close() error {
	w.out.Flush()
	return w.out.Error()
}

// Totals gives the control totals that are stated as pairs of name and value, as [ReadControl] reads them back.
func (c Control) Totals() [][2]string {
	var out [][2]string
	if c.HasClaims {
		out = append(out, [2]string{"claims", strconv.Itoa(c.Claims)})
	}
	if c.HasTotal {
		out = append(out, [2]string{"total", c.Total.String()})
	}
	if c.Hash != "" {
		out = append(out, [2]string{"hash", c.Hash})
	}
	return out
}

// Template writes an empty CSV file with the headings, to be filled in with a spreadsheet: in English and Traditional Chinese
// when no language is given.
func (f CSV) Template(w io.Writer, languages ...string) error {
	if len(languages) == 0 {
		languages = []string{law.English, law.TraditionalChinese}
	}
	out, err := f.NewWriter(w, WriteOptions{Languages: languages})
	if err != nil {
		return err
	}
	return out.Close()
}

// jsonWriter is the writer of [JSONLines.NewWriter].
type jsonWriter struct{ out *json.Encoder }

// NewWriter writes the control object, if any total is stated, and gives the writer of the claims.
func (JSONLines) NewWriter(w io.Writer, o WriteOptions) (ClaimWriter, error) {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	if totals := o.Control.Totals(); len(totals) > 0 {
		members := make(map[string]string, len(totals))
		for _, total := range totals {
			members[total[0]] = total[1]
		}
		if err := out.Encode(map[string]any{"control": members}); err != nil {
			return nil, err
		}
	}
	return jsonWriter{out}, nil
}

func (w jsonWriter) Write(c Claim) error { return w.out.Encode(c) }

func (w jsonWriter) Close() error { return nil }
