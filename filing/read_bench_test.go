package filing_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/money"
)

const benchClaims = 10_000

// benchFile makes a batch of whole claims, some 300 bytes each.
func benchFile(tb testing.TB, format filing.Format) []byte {
	var out bytes.Buffer
	claims := make([]filing.Claim, benchClaims)
	for i := range claims {
		claims[i] = filing.Claim{
			Reference: fmt.Sprintf("ACC-%08d", i), Category: "medical_charges",
			Amount: money.New(int64(i)*7+100, money.MustCurrency("HKD")),
			Defendants: []filing.Party{{
				Name: fmt.Sprintf("Defendant %04d", i), Chinese: "被告人", Kind: filing.Person,
				Address: fmt.Sprintf("Flat %d, %d Example Road, Kowloon", i%30, i%900),
			}},
			Nature: "services", Particulars: fmt.Sprintf("Charges for services given on %d days, unpaid since", i%30),
			Calculation: fmt.Sprintf("%d days at 100.00, less 12.50 paid", i%30), Language: "en",
			AroseOn: calendar.MustDate("2026-01-01").AddDays(i % 90), Documents: []string{fmt.Sprintf("bill-%d.pdf", i)},
		}
	}
	write(tb, format, &out, filing.WriteOptions{}, claims...)
	return out.Bytes()
}

func benchRead(b *testing.B, format filing.Format) {
	data := benchFile(b, format)
	f := filing.File{Name: "claims", Bytes: bytes.NewReader(data), Size: int64(len(data))}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for row, err := range format.Read(b.Context(), f, filing.ReadOptions{Currency: "HKD"}) {
			if err != nil || len(row.Findings) > 0 {
				b.Fatal(err, row.Findings)
			}
			n++
		}
		if n != benchClaims {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchClaims, "ns/claim")
}

func BenchmarkCSV(b *testing.B)       { benchRead(b, filing.CSV{}) }
func BenchmarkJSONLines(b *testing.B) { benchRead(b, filing.JSONLines{}) }

// BenchmarkCSVByHand is what a program without this library would do: encoding/csv, a map of headings, shopspring/decimal.
// It finds no mistakes beyond those of the two libraries.
func BenchmarkCSVByHand(b *testing.B) {
	data := benchFile(b, filing.CSV{})
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if n, err := readByHand(bytes.NewReader(data)); err != nil || n != benchClaims {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchClaims, "ns/claim")
}

func readByHand(in io.Reader) (n int, err error) {
	records := csv.NewReader(in)
	head, err := records.Read()
	if err != nil {
		return 0, err
	}
	column := make(map[string]int)
	for i, name := range head {
		column[strings.TrimPrefix(name, "\ufeff")] = i
	}
	for {
		record, err := records.Read()
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		cell := func(name string) string { return strings.TrimSpace(record[column[name]]) }
		d, err := decimal.NewFromString(strings.TrimPrefix(cell("amount"), "HKD "))
		if err != nil {
			return n, err
		}
		amount, err := money.FromDecimal(d, money.MustCurrency("HKD"))
		if err != nil {
			return n, err
		}
		arose, err := calendar.ParseDate(cell("arose_on"))
		if err != nil {
			return n, err
		}
		claim := filing.Claim{
			Reference: cell("reference"), Category: filing.Category(cell("category")), Amount: amount, AroseOn: arose,
			Defendants: []filing.Party{{
				Name: cell("defendant_name"), Chinese: cell("defendant_chinese_name"), Address: cell("defendant_address"),
				Kind: filing.PartyKind(cell("defendant_kind")),
			}},
			Nature: cell("nature"), Particulars: cell("particulars"), Calculation: cell("calculation"),
			Representative: cell("representative"), Language: cell("language"), Documents: strings.Split(cell("documents"), ";"),
		}
		if claim.Reference != "" {
			n++
		}
	}
}

// BenchmarkJSONByHand is encoding/json into the Claim, line by line. It takes unknown, doubled and wrongly cased members.
func BenchmarkJSONByHand(b *testing.B) {
	data := benchFile(b, filing.JSONLines{})
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for decoder := json.NewDecoder(bytes.NewReader(data)); decoder.More(); n++ {
			var claim filing.Claim
			if err := decoder.Decode(&claim); err != nil {
				b.Fatal(err)
			}
		}
		if n != benchClaims {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchClaims, "ns/claim")
}

// TestReadingStaysSmall reads a batch and counts allocations: a claim costs its row, its defendants and its documents.
func TestReadingStaysSmall(t *testing.T) {
	data := benchFile(t, filing.CSV{})
	f := filing.File{Name: "claims", Bytes: bytes.NewReader(data), Size: int64(len(data))}
	per := testing.AllocsPerRun(1, func() {
		for row, err := range (filing.CSV{}).Read(t.Context(), f, filing.ReadOptions{Currency: "HKD"}) {
			if err != nil || len(row.Findings) > 0 {
				t.Error(err, row.Findings)
			}
		}
	}) / benchClaims
	require.Less(t, per, 4.0)
}
