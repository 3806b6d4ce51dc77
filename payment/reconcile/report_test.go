package reconcile_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/reconcile"
)

var acme = ledger.Deposit("acme", ledger.Main)

// sells pays an order of two lines from the deposit account.
func (d *desk) sells(n int64, court string, filing, search int64, at time.Time) {
	d.t.Helper()
	id := fmt.Sprintf("o%d", n)
	o, err := payment.NewOrder(payment.Order{
		ID: id, Court: court, Payer: "acme", Purpose: "filing", For: payment.Subject{Kind: "batch", ID: id}, PricedAt: at, CreatedAt: at,
		Lines: []payment.Line{
			{Item: "filing", Description: law.T("Filing", ""), Count: 1, Amount: cents(filing)},
			{Item: "filing", Description: law.T("Filing, more", ""), Count: 2, Amount: cents(filing)},
			{Item: "search", Description: law.T("Search", ""), Count: 1, Amount: cents(search)},
		},
	})
	require.NoError(d.t, err)
	step, err := d.orders.Debit(d.ctx, o, acme, payment.Number{Series: court, N: n}, at)
	require.NoError(d.t, err)
	_, err = d.orders.Apply(d.ctx, step.Change)
	require.NoError(d.t, err)
}

func (d *desk) posts(id string, from, to ledger.AccountID, minor int64, at time.Time) {
	d.t.Helper()
	_, err := d.books.Do(d.ctx, ledger.Post{ID: id, At: at, Postings: []ledger.Posting{
		{Account: from, Amount: cents(-minor)}, {Account: to, Amount: cents(minor)},
	}})
	require.NoError(d.t, err)
}

// busy is a desk with a day's work.
func busy(t testing.TB) *desk {
	d := newDesk(t)
	_, err := d.books.Do(d.ctx, ledger.OpenAccount{Account: acme, Currency: hkd, At: monday})
	require.NoError(t, err)
	_, err = d.books.Do(d.ctx, ledger.TopUp{From: bank, Reference: "1", Account: acme, Amount: cents(100_000), At: monday.AddDate(0, 0, -1)})
	require.NoError(t, err)
	d.sells(1, "court", 1000, 70, monday.Add(-time.Nanosecond)) // the day before
	d.sells(2, "court", 2000, 70, monday)
	d.sells(3, "court", 3000, 70, monday.Add(time.Hour))
	d.sells(4, "other", 500, 70, monday.Add(time.Hour))
	d.sells(5, "court", 4000, 70, monday.AddDate(0, 0, 1)) // the day after
	d.posts("refund/x/approve", ledger.Revenue("court", "filing"), ledger.RefundPayable, 1500, monday.Add(2*time.Hour))
	d.posts("back", ledger.Revenue("court", "copy"), ledger.RefundPayable, 30, monday.Add(2*time.Hour))

	d.start("=a1")
	d.took(t, "=a1", "p1", cents(800), monday)
	d.took(t, "=a1", "p2", cents(900), monday)
	d.took(t, "=a1", "p3", cents(950), monday)
	d.asksBack("r1", "p2", cents(200), payment.OperationPending)
	d.asksBack("r2", "p2", cents(100), payment.OperationFailed)
	d.asksBack("r3", "p3", cents(950), payment.OperationUnknown)
	d.attempts["u1"] = payment.Attempt{ID: "u1", Order: "o9", Court: "court", Gateway: gate, Amount: cents(5), State: payment.AttemptUnknown, StartedAt: monday.AddDate(0, 0, -3)}
	d.attempts["u2"] = payment.Attempt{ID: "u2", Order: "o9", State: payment.AttemptUnknown, StartedAt: monday}
	d.imports(paid("l1", "p1", "=a1", 700, ""), paid("l2", "p2", "=a1", 950, ""))
	d.matches()
	return d
}

func (d *desk) reports() reconcile.Report {
	d.t.Helper()
	r, err := d.Report(d.ctx, reconcile.ReportRequest{
		From: monday, Until: monday.AddDate(0, 0, 1), Currencies: []money.Currency{hkd}, Unknown: 48 * time.Hour,
		Courts: []reconcile.CourtItems{{Court: "court", Items: []string{"copy", "filing", "seal"}}, {Court: "other"}},
	})
	require.NoError(d.t, err)
	return r
}

func TestReport(t *testing.T) {
	d := busy(t)
	r := d.reports()
	took := func(court, item string, receipts int, count, amount, booked, returned int64) reconcile.Takings {
		return reconcile.Takings{
			Court: court, Item: item, Currency: hkd, Receipts: receipts, Count: count,
			Amount: cents(amount), Booked: cents(booked), Returned: cents(returned), Net: cents(booked - returned),
		}
	}
	require.Equal(t, []reconcile.Takings{
		took("court", "copy", 0, 0, 0, 0, 30), took("court", "filing", 2, 6, 10_000, 10_800, 1500), took("court", "search", 2, 2, 140, 140, 0),
		took("other", "filing", 1, 3, 1000, 1000, 0), took("other", "search", 1, 1, 70, 70, 0),
	}, r.Takings, "the till books without a receipt")
	require.Equal(t, []reconcile.DepositMovement{{
		Account: acme, Opening: cents(97_930), In: cents(0), Out: cents(11_210), Closing: cents(86_720), Entries: 3,
	}}, r.Deposits)
	require.Len(t, r.Unallocated, 1)
	require.Equal(t, cents(700), r.Unallocated[0].Left)
	require.Equal(t, []money.Amount{cents(1850)}, r.UnallocatedTotals, "the till books no refund that is on its way")
	require.Len(t, r.Unknown, 1)
	require.Equal(t, "u1", r.Unknown[0].Attempt)
	require.Equal(t, []reconcile.BreakCount{{Gateway: gate, Class: reconcile.AmountDiffers, Count: 2, Oldest: monday.UTC()}}, r.Breaks)

	b, err := json.Marshal(r)
	require.NoError(t, err)
	var back reconcile.Report
	require.NoError(t, json.Unmarshal(b, &back))
	require.Equal(t, r, back)
}

func TestReportRefuses(t *testing.T) {
	d := newDesk(t)
	good := reconcile.ReportRequest{From: monday, Until: monday.Add(1), Currencies: []money.Currency{hkd}}
	for _, change := range []func(*reconcile.ReportRequest){
		func(q *reconcile.ReportRequest) { q.From = time.Time{} },
		func(q *reconcile.ReportRequest) { q.Until = q.From },
		func(q *reconcile.ReportRequest) { q.Currencies = nil },
		func(q *reconcile.ReportRequest) { q.Courts = []reconcile.CourtItems{{Court: "a|b"}} },
		func(q *reconcile.ReportRequest) { q.Courts = []reconcile.CourtItems{{Court: "a", Items: []string{""}}} },
	} {
		q := good
		change(&q)
		_, err := d.Report(d.ctx, q)
		require.ErrorIs(t, err, reconcile.ErrInvalid)
	}
	_, err := d.Report(d.ctx, good)
	require.NoError(t, err)
}

func TestTables(t *testing.T) {
	d := busy(t)
	var text strings.Builder
	for _, table := range d.reports().Tables() {
		var b strings.Builder
		require.NoError(t, table.WriteCSV(&b))
		rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, len(table.Rows)+1)
		require.NoError(t, table.WriteText(&text))
		if table.Name == "unallocated" {
			require.Equal(t, "'=a1", rows[1][5], "no formula")
		}
	}
	require.Contains(t, text.String(), "court  filing  HKD       2         6      100.00  108.00  15.00     93.00\n")
	table := reconcile.BreakTable(d.breaks(""), monday.AddDate(0, 0, 9))
	require.Equal(t, "9", table.Rows[0][5])
	require.Equal(t, []string{"HKD 8.00", "HKD 7.00", "HKD 1.00"}, table.Rows[0][10:13])
}

// TestNoCellIsAFormula writes anything: what is read back is the cell, behind an apostrophe when it would begin a formula.
func TestNoCellIsAFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ \t]?[=+@|%＝-][A-Z(0-9.]*`)).Draw(t, "cell")
		var b, plain strings.Builder
		table := reconcile.Table{Name: "x", Columns: []string{"a", "b"}, Rows: [][]string{{cell, "x"}}}
		require.NoError(t, table.WriteCSV(&b))
		require.NoError(t, table.WriteText(&plain))
		require.Equal(t, 3, strings.Count(plain.String(), "\n"))
		rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
		require.NoError(t, err)
		got := rows[1][0]
		if strings.HasPrefix(got, "'") && !strings.HasPrefix(cell, "'") {
			return
		}
		require.Equal(t, strings.ReplaceAll(cell, "\r\n", "\n"), got)
		if trimmed := strings.TrimSpace(got); trimmed != "" && strings.ContainsAny(trimmed[:1], "=+@-") {
			require.Regexp(t, `^-[0-9.]*$`, got)
		}
	})
}
