package reconcile_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment/ledger"
	"courts.example/eservices/payment/reconcile"
)

func TestImportPostsFeesAndPayoutsOnce(t *testing.T) {
	d := newDesk(t)
	day := []string{
		paid("l1", "p1", "a1", 1000, "b1"),
		paid("l2", "p2", "a2", 500, "b1"),
		row("l3", "refund", "p1", "r1", -200, 0, "2026-03-02", "b1"),
		row("l4", "fee", "", "", 0, 30, "2026-03-02", "b1"),
		row("l5", "payout", "", "", 1250, 0, "2026-03-03", "b1"),
	}
	f := d.imports(day...)
	require.Equal(t, 5, f.Lines)
	require.Equal(t, 5, f.New)
	require.Equal(t, []reconcile.Total{{Gross: cents(1300), Fees: cents(50), PaidOut: cents(1250)}}, f.Totals)
	check := func() {
		require.EqualValues(t, -50, d.posted(fees))
		require.EqualValues(t, -1250, d.posted(bank))
		require.EqualValues(t, 1300, d.posted(ledger.Clearing(gate)))
	}
	check()

	again := d.imports(day...)
	require.True(t, again.Again)
	require.Equal(t, f.Hash, again.Hash)
	check()

	f = d.imports(append(day, paid("l6", "p3", "a3", 700, ""))...) // the same lines in another file, and one more
	require.False(t, f.Again)
	require.Equal(t, 1, f.New)
	require.EqualValues(t, -60, d.posted(fees))
	require.EqualValues(t, -1250, d.posted(bank))

	files, next, err := d.Files(d.ctx, gate, "", 0)
	require.NoError(t, err)
	require.Empty(t, next)
	require.Len(t, files, 2)
}

func TestLinesGetTheirBatchLater(t *testing.T) {
	d := newDesk(t)
	d.imports(paid("l1", "p1", "a1", 1000, ""), paid("l2", "p2", "a2", 500, ""))
	f := d.imports(
		paid("l1", "p1", "a1", 1000, "b1"), paid("l2", "p2", "a2", 500, "b1"), row("l3", "payout", "", "", 1480, 0, "2026-03-03", "b1"),
	)
	require.Equal(t, 1, f.New)
	require.Zero(t, f.Changed)
	require.EqualValues(t, -20, d.posted(fees))
	require.EqualValues(t, -1480, d.posted(bank))
	require.Empty(t, d.breaks(""))
}

func TestWhatDoesNotAddUpIsRefused(t *testing.T) {
	first := paid("l1", "p1", "a1", 1000, "b1")
	for name, tt := range map[string]struct {
		csv  string
		want error
		says string
	}{
		"nothing":      {"", reconcile.ErrEmpty, "no heading"},
		"only heading": {heading, reconcile.ErrEmpty, "no lines"},
		"net": {
			file("l1,payment,p1,a1,HKD,10.00,0.10,9.91,2026-03-02,"), reconcile.ErrTotals, "line 2: reconcile: does not add up: gross less fee comes to HKD 9.90, stated is HKD 9.91",
		},
		"batch":       {file(first, row("l2", "payout", "", "", 991, 0, "2026-03-03", "b1")), reconcile.ErrTotals, `batch "b1" comes to HKD 9.90, stated is HKD 9.91`},
		"empty batch": {file(first, row("l2", "payout", "", "", 990, 0, "2026-03-03", "b2")), reconcile.ErrEmpty, `batch "b2" pays out HKD 9.90 for no line`},
		"other money": {file(first, "l2,payout,,,USD,9.90,0.00,9.90,2026-03-03,b1"), reconcile.ErrEmpty, "USD 9.90"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			_, err := d.try(tt.csv)
			require.ErrorIs(t, err, tt.want)
			require.ErrorContains(t, err, tt.says)
			files, _, err := d.Files(d.ctx, gate, "", 0)
			require.NoError(t, err)
			require.Empty(t, files)
			require.Zero(t, d.posted(fees))
		})
	}
}

func TestABatchThatWasPaidOutStaysAsItIs(t *testing.T) {
	d := newDesk(t)
	d.imports(paid("l1", "p1", "a1", 1000, "b1"), row("l2", "payout", "", "", 990, 0, "2026-03-03", "b1"))
	_, err := d.try(file(paid("l3", "p2", "a2", 500, "b1")))
	require.ErrorIs(t, err, reconcile.ErrTotals)
}

func TestALineThatSaysSomethingElseIsABreak(t *testing.T) {
	d := newDesk(t)
	d.imports(paid("l1", "p1", "a1", 1000, "b1"))
	f := d.imports(paid("l1", "p1", "a1", 900, "b1"), row("l2", "payout", "", "", 890, 0, "2026-03-03", "b1"))
	require.Equal(t, 1, f.Changed)
	b := d.one(reconcile.BreakOpen, reconcile.LineChanged)
	require.Equal(t, "l1", b.Line)
	require.Equal(t, []string{"b1"}, b.Batches)
	require.Equal(t, cents(990), b.Ours)
	require.Equal(t, cents(890), b.Theirs)
	require.Equal(t, "the line says something else than it said: gross, net", b.Detail)
	require.EqualValues(t, -10, d.posted(fees))

	d.imports(paid("l1", "p1", "a1", 900, "b1"), paid("l9", "p9", "a9", 5, "")) // the same news again
	require.Len(t, d.breaks(""), 1)
	d.imports(paid("l1", "p1", "a2", 900, "b1")) // other news
	require.Len(t, d.breaks(""), 2)

	f = d.imports(paid("l5", "p5", "a5", 500, ""), paid("l5", "p5", "a5", 400, ""), paid("l5", "p5", "a5", 500, "")) // within one file
	require.Equal(t, 1, f.New)
	require.Equal(t, 1, f.Changed)
}

func TestImportIsForKnownGatewaysAndPersons(t *testing.T) {
	d := newDesk(t)
	for _, im := range []reconcile.Import{
		{Gateway: "other", By: "clerk"}, {Gateway: gate}, {Gateway: gate, By: "a|b"}, {Gateway: gate, By: "clerk", Name: strings.Repeat("x", 101)},
	} {
		_, err := d.ImportCSV(d.ctx, im, strings.NewReader(file(paid("l1", "p1", "a1", 1, ""))))
		require.ErrorIs(t, err, reconcile.ErrInvalid)
	}
}
