package reconcile_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/reconcile"
)

func readAll(csv string) ([]reconcile.Row, error) {
	var rows []reconcile.Row
	for row, err := range reconcile.ReadCSV(strings.NewReader(csv)) {
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func TestReadCSV(t *testing.T) {
	rows, err := readAll("\ufeffbatch,value_date,net,fee,gross,currency,reference,payment,kind,id\r\n" +
		"\"b,1\",2026-03-02,-3.50,0.00,-3.50,HKD,r1,p1,refund,\"l\n1\"\"\"\r\n")
	require.ErrorIs(t, err, reconcile.ErrInvalid, "an id has no line break")
	require.Empty(t, rows)

	rows, err = readAll("\ufeffbatch,value_date,net,fee,gross,currency,reference,payment,kind,id\r\n" +
		"\"b,1\",2026-03-02,-3.50,0.00,-3.50,HKD,r1,p1,refund,\"l\"\"1\"\r\n")
	require.NoError(t, err)
	require.Equal(t, []reconcile.Row{{Number: 2, SettlementLine: payment.SettlementLine{
		ID: `l"1`, Kind: payment.SettledRefund, PaymentID: "p1", Reference: "r1", Gross: cents(-350), Fee: cents(0), Net: cents(-350),
		ValueDate: "2026-03-02", Batch: "b,1",
	}}}, rows)
}

func TestReadCSVRefuses(t *testing.T) {
	good := "l1,payment,p1,a1,HKD,10.00,0.10,9.90,2026-03-02,b1"
	for name, tt := range map[string]struct {
		csv, says string
		want      error
	}{
		"nothing":           {"", "no heading", reconcile.ErrEmpty},
		"no column":         {strings.Replace(heading, ",batch", "", 1), `line 1: there is no column "batch"`, nil},
		"unknown column":    {strings.Replace(heading, "batch", "batch,card", 1), "line 1: column 11 is not one of", nil},
		"column twice":      {strings.Replace(heading, "batch", "batch,id", 1), "line 1: column 11", nil},
		"spaced column":     {strings.Replace(heading, "batch", " batch", 1), "line 1: column 10", nil},
		"too few cells":     {file("l1,payment"), "line 2: it has 2 columns, the heading has 10", nil},
		"bare quote":        {file(good, `l2,pay"ment,p1,a1,HKD,10.00,0.10,9.90,2026-03-02,b1`), "line 3: ", nil},
		"open quote":        {file(good, `"l2`), "line 3: ", nil},
		"not UTF-8":         {file(strings.Replace(good, "a1", "\xff", 1)), "line 2: column 4 is not UTF-8", nil},
		"no id":             {file(strings.Replace(good, "l1", "", 1)), "line 2: the id is empty", nil},
		"bar in id":         {file(strings.Replace(good, "l1", "l|1", 1)), `line 2: the id "l|1" has a "|"`, nil},
		"long id":           {file(strings.Replace(good, "l1", strings.Repeat("x", 81), 1)), "81 bytes", nil},
		"long payment":      {file(strings.Replace(good, "p1", strings.Repeat("x", 121), 1)), "121 bytes", nil},
		"long reference":    {file(strings.Replace(good, "a1", strings.Repeat("x", 121), 1)), "121 bytes", nil},
		"long batch":        {file(strings.Replace(good, "b1", strings.Repeat("x", 81), 1)), "81 bytes", nil},
		"kind":              {file(strings.Replace(good, "payment", "Payment", 1)), "line 2: the kind is none of", nil},
		"about nothing":     {file(strings.Replace(good, "p1,a1", ",", 1)), "names neither a payment nor a reference", nil},
		"of nothing":        {file("l1,payment,p1,a1,HKD,0.00,0.10,-0.10,2026-03-02,b1"), "is of nothing", nil},
		"negative payment":  {file("l1,payment,p1,a1,HKD,-1.00,0.00,-1.00,2026-03-02,b1"), "what goes back is a refund", nil},
		"payout with a fee": {file("l1,payout,,,HKD,10.00,0.10,9.90,2026-03-02,b1"), "a fee is a line of its own", nil},
		"currency":          {file(strings.Replace(good, "HKD", "hkd", 1)), "line 2: the currency is none", nil},
		"amount":            {file(strings.Replace(good, "10.00", "10,00", 1)), "it has 11 columns", nil},
		"plus":              {file(strings.Replace(good, "10.00", "+10.00", 1)), "gross is no amount of HKD", nil},
		"empty fee":         {file(strings.Replace(good, "0.10", "", 1)), "fee is no amount of HKD", nil},
		"decimals":          {file(strings.Replace(good, "9.90", "9.900001", 1)), "net is no amount of HKD", nil},
		"too much":          {file("l1,payment,p1,a1,HKD,100000000000.01,0.00,100000000000.01,2026-03-02,b1"), "beyond any that is settled", nil},
		"net":               {file(strings.Replace(good, "9.90", "9.91", 1)), "gross less fee", reconcile.ErrTotals},
		"date":              {file(strings.Replace(good, "2026-03-02", "02/03/2026", 1)), "line 2: the value date is no date", nil},
		"no such date":      {file(strings.Replace(good, "2026-03-02", "2026-02-30", 1)), "the value date is no date", nil},
		"endless row":       {heading + `"` + strings.Repeat("x", 70_000), "more than 65536 bytes", reconcile.ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			rows, err := readAll(tt.csv)
			if tt.want == nil {
				tt.want = reconcile.ErrInvalid
			}
			require.ErrorIs(t, err, tt.want)
			require.ErrorContains(t, err, tt.says)
			require.LessOrEqual(t, len(rows), 1)
		})
	}
}

func TestTooManyRowsAndTooManyBytes(t *testing.T) {
	var b bytes.Buffer
	b.WriteString(heading)
	good := paid("l1", "p1", "a1", 1000, "") + "\n"
	for range reconcile.MaxLines + 1 {
		b.WriteString(good)
	}
	_, err := readAll(b.String())
	require.ErrorIs(t, err, reconcile.ErrTooLarge)
	require.ErrorContains(t, err, "line 100002: more than 100000 lines")

	d := newDesk(t)
	endless := io.MultiReader(strings.NewReader(heading), blanks{})
	_, err = d.ImportCSV(d.ctx, reconcile.Import{Gateway: gate, By: "clerk"}, endless)
	require.ErrorIs(t, err, reconcile.ErrTooLarge)

	broken := io.MultiReader(strings.NewReader(heading), iotest.ErrReader(errors.New("cut")))
	_, err = d.ImportCSV(d.ctx, reconcile.Import{Gateway: gate, By: "clerk"}, broken)
	require.ErrorContains(t, err, "cut")
}

// blanks is a file of empty lines without an end.
type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '\n'
	}
	return len(p), nil
}

// TestCardNumbersStayOut plants a card number in every cell; neither what is kept nor any error has it.
func TestCardNumbersStayOut(t *testing.T) {
	const card = "4111111111111111"
	good := "l1,payment,p1,a1,HKD,10.00,0.10,9.90,2026-03-02,b1"
	for i := range reconcile.Columns() {
		for _, planted := range []string{card, "4111 1111 1111 1111", "x" + card, card + "|"} {
			cells := strings.Split(good, ",")
			cells[i] = planted
			d := newDesk(t)
			f, err := d.try(file(strings.Join(cells, ",")))
			if err != nil {
				require.False(t, payment.HasCard(err.Error()), "%v", err)
				continue
			}
			require.Equal(t, 1, f.New)
			d.matches()
			for _, index := range []string{"reconcile.line.date", "reconcile.files", "reconcile.break.state", "ledger.journal"} {
				for _, body := range d.bodies(index) { // digests may look like cards by accident
					require.NotContains(t, strings.ReplaceAll(body, " ", ""), card)
				}
			}
		}
	}
}

// FuzzReadCSV reads anything: it ends, within its limits, with rows that hold together, or with an error.
func FuzzReadCSV(f *testing.F) {
	f.Add(file(paid("l1", "p1", "a1", 1000, "b1"), row("l2", "payout", "", "", 990, 0, "2026-03-03", "b1")))
	f.Add("\ufeff" + heading + "\"a\"\"b\",refund,,r,JPY,-1,0,-1,2026-03-02,\r\n")
	f.Add(heading + "l,fee,,,HKD,0.00,1.00,-1.00,2026-03-02,\n\n\n\"")
	f.Fuzz(func(t *testing.T, csv string) {
		rows, err := readAll(csv)
		if err != nil && !errors.Is(err, reconcile.ErrInvalid) && !errors.Is(err, reconcile.ErrEmpty) && !errors.Is(err, reconcile.ErrTooLarge) {
			t.Fatal(err)
		}
		for i, r := range rows {
			net, err := r.Gross.Sub(r.Fee)
			if err != nil || net != r.Net || r.ID == "" || i > 0 && r.Number <= rows[i-1].Number {
				t.Fatalf("%+v: %v", r, err)
			}
		}
	})
}
