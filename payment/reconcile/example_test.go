package reconcile_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/reconcile"
)

// exampleDesk is a desk outside a test.
func exampleDesk() (d *desk, done func()) {
	t := &quiet{}
	return newDesk(t), t.done
}

// quiet lets the helpers of the tests serve the examples.
type quiet struct {
	testing.TB
	cleanups []func()
}

func (q *quiet) Helper()                   {}
func (q *quiet) Cleanup(f func())          { q.cleanups = append(q.cleanups, f) }
func (q *quiet) Errorf(f string, a ...any) { panic(fmt.Sprintf(f, a...)) }
func (q *quiet) FailNow()                  { panic("failed") }
func (q *quiet) TempDir() string {
	dir, err := os.MkdirTemp("", "reconcile")
	if err != nil {
		panic(err)
	}
	q.cleanups = append(q.cleanups, func() { _ = os.RemoveAll(dir) })
	return dir
}

func (q *quiet) done() {
	for i := range q.cleanups {
		q.cleanups[len(q.cleanups)-1-i]()
	}
}

// A day's settlement: a payment agrees, one is a dollar short. Two persons close the break, and the money of the gateway is explained.
func Example() {
	d, done := exampleDesk() // Store, Orders, Ledger, Cashier, Clock and a Gateway
	defer done()
	ctx := context.Background()
	for _, id := range []string{"a1", "a2"} {
		d.start(id)
	}
	d.took(d.t, "a1", "p1", cents(1000), monday)
	d.took(d.t, "a2", "p2", cents(2000), monday)

	file := `id,kind,payment,reference,currency,gross,fee,net,value_date,batch
l1,payment,p1,a1,HKD,10.00,0.10,9.90,2026-03-02,b1
l2,payment,p2,a2,HKD,19.00,0.10,18.90,2026-03-02,b1
l3,payout,,,HKD,28.80,0.00,28.80,2026-03-03,b1
`
	imported, err := d.ImportCSV(ctx, reconcile.Import{Gateway: "gate", Name: "2 March", By: "clerk"}, strings.NewReader(file))
	fmt.Println(imported.New, imported.Totals[0].Gross, imported.Totals[0].PaidOut, err)
	matched, err := d.Match(ctx, "gate")
	fmt.Println(matched.Agreed, matched.Breaks, err)

	breaks, _, err := d.Breaks(ctx, reconcile.BreaksQuery{Gateway: "gate", State: reconcile.BreakOpen})
	fmt.Println(breaks[0].Detail, breaks[0].Open, err)
	_, err = d.Propose(ctx, breaks[0].ID, "officer 1", "a charge that the gateway explained by letter", ledger.Fees("gate"))
	fmt.Println(err)
	closed, err := d.Confirm(ctx, breaks[0].ID, "officer 2")
	fmt.Println(closed.State, err)

	why, err := d.Explain(ctx, "gate")
	fmt.Println(why.OK(), why.Currencies[0].ToCome, err)
	// Output:
	// 3 HKD 29.00 HKD 28.80 <nil>
	// 1 map[amount-differs:1] <nil>
	// the payment is on record with another amount [HKD 1.00] <nil>
	// <nil>
	// closed <nil>
	// true HKD 0.00 <nil>
}

// The lines of a file, read one by one; the first that is wrong ends the reading.
func ExampleReadCSV() {
	file := `id,kind,payment,reference,currency,gross,fee,net,value_date,batch
l1,payment,p1,a1,HKD,10.00,0.10,9.90,2026-03-02,
l2,payment,p2,a2,HKD,10.00,0.10,9.95,2026-03-02,
`
	for row, err := range reconcile.ReadCSV(strings.NewReader(file)) {
		fmt.Println(row.ID, row.Net, err)
	}
	// Output:
	// l1 HKD 9.90 <nil>
	// l2 HKD 9.95 reconcile: invalid: line 3: reconcile: does not add up: gross less fee comes to HKD 9.90, stated is HKD 9.95
}

// A report of a day, as a table for a spreadsheet.
func ExampleReconciler_Report() {
	d, done := exampleDesk()
	defer done()
	ctx := context.Background()
	if _, err := d.books.Do(ctx, ledger.OpenAccount{Account: acme, Currency: hkd, At: monday}); err != nil {
		fmt.Println(err)
	}
	if _, err := d.books.Do(ctx, ledger.TopUp{From: bank, Reference: "1", Account: acme, Amount: cents(100_000), At: monday}); err != nil {
		fmt.Println(err)
	}
	d.sells(1, "court", 2000, 70, monday.Add(time.Hour))
	zone := time.FixedZone("court", 8*3600)
	report, err := d.Report(ctx, reconcile.ReportRequest{
		From: time.Date(2026, 3, 2, 0, 0, 0, 0, zone), Until: time.Date(2026, 3, 3, 0, 0, 0, 0, zone),
		Courts:     []reconcile.CourtItems{{Court: "court", Items: []string{"filing", "search"}}},
		Currencies: []money.Currency{hkd},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, table := range report.Tables()[:2] {
		if err := table.WriteCSV(os.Stdout); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// court,item,currency,receipts,count,amount,booked,returned,net
	// court,filing,HKD,1,3,40.00,40.00,0.00,40.00
	// court,search,HKD,1,1,0.70,0.70,0.00,0.70
	// account,currency,opening,in,out,closing,entries
	// deposit:acme/main,HKD,0.00,1000.00,40.70,959.30,2
}
