package filing_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
)

// file makes a file of text.
func file(name, text string) filing.File {
	return filing.File{Name: name, Bytes: strings.NewReader(text), Size: int64(len(text))}
}

// reading is all that reading a file gives.
type reading struct {
	control filing.Control
	header  []filing.Finding
	rows    []filing.Row
	err     error
}

func read(f filing.Format, text string, o filing.ReadOptions) reading {
	var r reading
	o.Header = func(c filing.Control, found []filing.Finding) { r.control, r.header = c, found }
	if o.Currency == "" {
		o.Currency = "HKD"
	}
	for row, err := range f.Read(context.Background(), file("claims."+f.Name(), text), o) {
		if err != nil {
			r.err = err
			break
		}
		r.rows = append(r.rows, row)
	}
	return r
}

// codes lists line:code of all findings of the rows.
func codes(rows []filing.Row) []string {
	var out []string
	for _, row := range rows {
		for _, f := range row.Findings {
			out = append(out, fmt.Sprintf("%d:%s", f.Path.Line, f.Code))
		}
	}
	return out
}

const heading = "reference,category,amount,defendant_name,defendant_address,particulars,calculation\n"

func TestCSVSmoke(t *testing.T) {
	r := read(filing.CSV{}, heading+"A1,medical_charges,\"1,234.50\",Defendant 0001,\"1 Road\nKowloon\",Charges,Sum\n\nA2,x,HK$5,D,A,\"P\"\"q\",C\n", filing.ReadOptions{})
	require.NoError(t, r.err)
	require.Empty(t, r.header)
	require.Empty(t, codes(r.rows))
	require.Len(t, r.rows, 2)
	require.Equal(t, 2, r.rows[0].Line)
	require.Equal(t, 4, r.rows[1].Line)
	require.Equal(t, "HKD 1234.50", r.rows[0].Claim.Amount.String())
	require.Equal(t, "1 Road\nKowloon", r.rows[0].Claim.Defendants[0].Address)
	require.Equal(t, `P"q`, r.rows[1].Claim.Particulars)
}

func sample(n int) []byte {
	var b bytes.Buffer
	b.WriteString("reference,category,amount,defendant_name,defendant_chinese_name,defendant_address,defendant_kind,nature,particulars,calculation,arose_on,language,documents\n")
	for i := range n {
		fmt.Fprintf(&b, "ACC-%08d,medical_charges,%d.%02d,Defendant %04d,被告人%d,\"Flat %d, %d Example Road, Kowloon\",person,services,\"Charges for services given on %d days, unpaid since\",\"%d days at 100.00, less 12.50 paid\",2026-0%d-1%d,en,bill-%d.pdf\n",
			i, i%75000, i%100, i, i, i%30, i%900, i%30, i%30, i%9+1, i%10, i)
	}
	return b.Bytes()
}

func BenchmarkCSV(b *testing.B) {
	text := sample(10000)
	f := filing.File{Name: "claims.csv", Bytes: bytes.NewReader(text), Size: int64(len(text))}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for row, err := range (filing.CSV{}).Read(b.Context(), f, filing.ReadOptions{Currency: "HKD"}) {
			if err != nil || len(row.Findings) > 0 {
				b.Fatal(err, row.Findings)
			}
			n++
		}
		if n != 10000 {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10000, "ns/claim")
}
