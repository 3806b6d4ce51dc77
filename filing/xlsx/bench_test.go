package xlsx_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/filing/xlsx"
	"courts.example/eservices/icms/money"
)

const benchClaims = 2000

func benchBook(tb testing.TB) []byte {
	var out bytes.Buffer
	w, err := (xlsx.Format{}).NewWriter(&out, filing.WriteOptions{})
	require.NoError(tb, err)
	for i := range benchClaims {
		require.NoError(tb, w.Write(filing.Claim{
			Reference: fmt.Sprintf("ACC-%08d", i), Category: "medical_charges",
			Amount:     money.New(int64(i)*7+100, money.MustCurrency("HKD")),
			Defendants: []filing.Party{{Name: fmt.Sprintf("Defendant %04d", i), Chinese: "被告人", Kind: filing.Person, Address: fmt.Sprintf("Flat %d, %d Example Road, Kowloon", i%30, i%900)}},
			Nature:     "services", Particulars: fmt.Sprintf("Charges for services given on %d days, unpaid since", i%30),
			Calculation: fmt.Sprintf("%d days at 100.00, less 12.50 paid", i%30), Language: "en",
			AroseOn: calendar.MustDate("2026-01-01").AddDays(i % 90), Documents: []string{fmt.Sprintf("bill-%d.pdf", i)},
		}))
	}
	require.NoError(tb, w.Close())
	return out.Bytes()
}

func perClaim(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchClaims, "ns/claim")
}

func BenchmarkRead(b *testing.B) {
	data := benchBook(b)
	b.ReportAllocs()
	for b.Loop() {
		if r := read(xlsx.Format{}, data, filing.ReadOptions{}); r.err != nil || len(r.rows) != benchClaims || len(found(r.rows)) > 0 {
			b.Fatal(r.err, len(r.rows))
		}
	}
	perClaim(b)
}

// BenchmarkRowsOfExcelize is what a program without this package would begin with: the texts of the cells and nothing more.
func BenchmarkRowsOfExcelize(b *testing.B) {
	data := benchBook(b)
	b.ReportAllocs()
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		require.NoError(b, err)
		rows, err := f.Rows("claims")
		require.NoError(b, err)
		n := 0
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				b.Fatal(err)
			}
			n++
		}
		require.Equal(b, benchClaims+1, n)
		require.NoError(b, f.Close())
	}
	perClaim(b)
}
