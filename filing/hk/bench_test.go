package hk_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
)

// filedNothing is a registry that has nothing on file yet.
type filedNothing struct{}

func (filedNothing) Filed(context.Context, []string) (map[string]string, error) { return nil, nil }

// BenchmarkReadAndCheck reads 10,000 claims from CSV and checks them by the tribunal's rules, with the look-up of what was filed before.
func BenchmarkReadAndCheck(b *testing.B) {
	var file bytes.Buffer
	file.WriteString("reference,category,amount,defendant_name,defendant_chinese_name,defendant_address,particulars,calculation,arose_on\n")
	for i := range 10_000 {
		fmt.Fprintf(&file, "ACC-%08d,other,%d.50,Defendant %04d,被告人,\"Flat %d, 1 Sample Street, Hong Kong\",Mobile service not paid for,%d months at 100,2025-06-01\n",
			i, 100+i%70000, i, i, 1+i%12)
	}
	p := sct(b)
	f := filing.File{Name: "claims.csv", Bytes: bytes.NewReader(file.Bytes()), Size: int64(file.Len())}
	b.ReportAllocs()
	for b.Loop() {
		c, err := p.NewCheck(filing.Batch{Claimant: "sun-mobile", At: at(b, "2025-11-03 10:00:00"), Filed: filedNothing{}})
		require.NoError(b, err)
		rows := filing.CSV{}.Read(context.Background(), f, filing.ReadOptions{Currency: "HKD", Header: c.Header})
		for row, err := range c.Rows(context.Background(), rows) {
			if err != nil || row.Refused {
				b.Fatal(err, row.Findings)
			}
		}
		if r := c.Result(); !r.Fileable(false) || r.Claims != 10_000 {
			b.Fatal(r)
		}
	}
}
