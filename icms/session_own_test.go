package icms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/rollout"
	"courts.example/eservices/payment"
)

// everyOne reads a list page by page and gives the names of what is in it.
func everyOne[T any](t testing.TB, limit int, name func(T) string, page func(after string, limit int) ([]T, string, error)) []string {
	t.Helper()
	var out []string
	for after := ""; ; {
		all, next, err := page(after, limit)
		require.NoError(t, err)
		require.LessOrEqual(t, len(all), limit)
		for _, v := range all {
			out = append(out, name(v))
		}
		if after = next; after == "" {
			return out
		}
	}
}

// TestAPayerSeesWhatGoesBackToIt once it is decided, and not who in the offices had a part in it; its order says how much.
func TestAPayerSeesWhatGoesBackToIt(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	o, err := w.as("dora").Order(ctx, w.settled)
	require.NoError(t, err)
	require.Equal(t, payment.Paid, o.State)
	require.Equal(t, o.Amount, o.Refunded)
	r, err := w.as("dora").Refund(ctx, w.back)
	require.NoError(t, err)
	require.Equal(t, o.Amount, r.Amount)
	require.Equal(t, payment.OperationPending, r.State)
	require.Equal(t, "paid twice", r.Reason)
	require.Empty(t, r.ProposedBy+r.ApprovedBy)
	require.Empty(t, r.From)
	whole, err := w.as("accounts-officer").Refund(ctx, w.back)
	require.NoError(t, err)
	require.Equal(t, "accounts-officer-2", whole.ApprovedBy)

	own, err := w.as("dora").Refunds(ctx, w.settled)
	require.NoError(t, err)
	require.Equal(t, []payment.Refund{r}, own)
	own, err = w.as("util-1").Refunds(ctx, w.order)
	require.NoError(t, err)
	require.Empty(t, own, "what is proposed is none of its business")
	_, err = w.as("util-1").Refund(ctx, w.refund)
	require.ErrorIs(t, err, icms.ErrNotFound)
	before, err := w.as("util-1").Order(ctx, w.order)
	require.NoError(t, err)
	require.True(t, before.Refunded.IsZero())
	_, err = w.as("accounts-officer-2").ApproveRefund(ctx, w.refund)
	require.NoError(t, err)
	own, err = w.as("util-1").Refunds(ctx, w.order)
	require.NoError(t, err)
	require.Len(t, own, 1)
	_, err = w.as("dora").Refunds(ctx, w.order)
	require.ErrorIs(t, err, icms.ErrNotFound, "another's order")
	w.proven()
}

// TestEverybodyListsItsOwn orders, receipts and batches: all of them, none of another's, in the same order whatever the pages, also when more
// come meanwhile.
func TestEverybodyListsItsOwn(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	orders := func(name string, limit int) []string {
		return everyOne(t, limit, func(o icms.Ordered) string { return o.ID }, func(after string, limit int) ([]icms.Ordered, string, error) {
			return w.as(name).Orders(ctx, after, limit)
		})
	}
	all := orders("dora", 100)
	require.Len(t, all, 4, "two searches, what it owes and what it paid")
	require.Equal(t, all, orders("dora", 1))
	require.Equal(t, all, orders("dora", 3))
	require.Equal(t, []string{w.order}, orders("util-pa", 1))
	require.Contains(t, orders("stranger", 2), w.fine)
	require.Empty(t, orders("ivan", 1))
	w.charge("one more", "dora")
	require.Equal(t, all, orders("dora", 1)[:4], "a new one comes last")
	_, _, err := w.as("").Orders(ctx, "", 1)
	require.Equal(t, "access.unidentified", deniedBy(t, err))

	receipts := everyOne(t, 1, func(r payment.Receipt) string { return r.OrderID }, func(after string, limit int) ([]payment.Receipt, string, error) {
		return w.as("dora").Receipts(ctx, after, limit)
	})
	require.Len(t, receipts, 3)
	require.Contains(t, receipts, w.settled)
	require.NotContains(t, receipts, w.owed)

	for range 2 {
		w.at = w.at.AddDate(0, 0, 1)
		r, err := w.as("util-1").File(ctx, batch(claims(1, w.now().Format("0102"))))
		require.NoError(t, err)
		require.Equal(t, icms.Registered, r.State)
	}
	batches := func(name string, limit int) []string {
		return everyOne(t, limit, func(r icms.Result) string { return r.ID }, func(after string, limit int) ([]icms.Result, string, error) {
			return w.as(name).Batches(ctx, after, limit)
		})
	}
	require.Len(t, batches("util-1", 100), 3)
	require.Equal(t, w.batch, batches("util-2", 1)[0])
	require.Equal(t, batches("util-1", 100), batches("util-2", 1))
	require.Empty(t, batches("firm-1", 10))
	w.proven()
}

// TestThePaperOfAnOrder is shown to who may read both the order and the paper.
func TestThePaperOfAnOrder(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	w.court.Papers = append(w.court.Papers, icms.PaperKind{
		Code: "motion", Name: law.T("Motion", "動議"), Fee: w.court.Inspection.Item, Provision: law.Provision{Instrument: "test data", Status: law.Assumed},
	})
	w.open(nil)
	r, err := w.as("dora").Submit(ctx, sent(1, "motion"))
	require.NoError(t, err)
	require.NotEmpty(t, r.Document.Charge, "%v", r.Findings)
	d, err := w.as("dora").PaperOf(ctx, r.Document.Charge)
	require.NoError(t, err)
	require.Equal(t, r.Document.Serial, d.Serial)
	_, err = w.as("firm-1").PaperOf(ctx, r.Document.Charge)
	require.ErrorIs(t, err, icms.ErrNotFound, "it reads the paper, and the order is another's")
	_, err = w.as("accounts-officer").PaperOf(ctx, r.Document.Charge)
	require.Equal(t, "access.denied", deniedBy(t, err), "it reads the order, and no papers")
	_, none := w.as("dora").PaperOf(ctx, w.owed)
	require.ErrorIs(t, none, icms.ErrNotFound)
	_, err = w.as("judge").SetAccess(ctx, icms.CaseAct{Court: "SCT", Case: number(1), Reason: why}, icms.CaseSealed)
	require.NoError(t, err)
	_, err = w.as("dora").PaperOf(ctx, r.Document.Charge)
	require.EqualError(t, err, replaceAll(none.Error(), w.owed, r.Document.Charge), "a sealed case is as if there were none")
	w.proven()
}

// TestEverybodyAsksWhatIsCovered and who must use it, of every court on the list.
func TestEverybodyAsksWhatIsCovered(t *testing.T) {
	w := newTown(t)
	ctx, anybody, day := t.Context(), w.as(""), civilDate("2026-03-02")
	table, err := icmshk.Rollout()
	require.NoError(t, err)
	for _, c := range table.Courts() {
		for _, k := range c.Types {
			want, err := table.Covers(c.Code, k.Code, rollout.Filing, day)
			require.NoError(t, err)
			is, err := anybody.Coverage(ctx, c.Code, k.Code, rollout.Filing, day)
			require.NoError(t, err)
			require.Equal(t, want.Verdict, is.Verdict)
			q := rollout.Question{Court: c.Code, Type: k.Code, Date: day, Represented: rollout.Yes}
			duty, err := table.Mandate(q)
			require.NoError(t, err)
			asked, err := anybody.Mandate(ctx, q)
			require.NoError(t, err)
			require.Equal(t, duty.Verdict, asked.Verdict)
		}
	}
	_, err = anybody.Coverage(ctx, "NOWHERE", "X", rollout.Filing, day)
	require.Equal(t, "court.unknown", refusal(t, err))
	_, err = anybody.Coverage(ctx, "SCT", "X", rollout.Filing, day)
	require.Equal(t, "coverage.type", refusal(t, err))
	_, err = anybody.Mandate(ctx, rollout.Question{Court: "SCT", Type: "X", Date: day})
	require.Equal(t, "coverage.type", refusal(t, err))
	_, err = anybody.Mandate(ctx, rollout.Question{Court: "SCT", Type: w.court.Filing.Type})
	require.ErrorIs(t, err, icms.ErrInvalid, "it names no day")
}

// TestTheSittingIsReadByWhoReadsTheBatch.
func TestTheSittingIsReadByWhoReadsTheBatch(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	_, err := w.as("util-1").Sitting(ctx, w.batch)
	require.ErrorIs(t, err, icms.ErrNotFound)
	fixed, err := w.as("clerk").FixSitting(ctx, w.batch, icms.Appointment{At: hk("2026-03-20 10:00:00"), Place: "Court 1"})
	require.NoError(t, err)
	for _, name := range []string{"util-1", "clerk", "judge"} {
		is, err := w.as(name).Sitting(ctx, w.batch)
		require.NoError(t, err)
		require.Equal(t, fixed.At.UTC(), is.At.UTC())
		if name == "util-1" {
			require.Zero(t, is.Cases, "its own claims less that number are those that are sealed")
		} else {
			require.Equal(t, fixed.Cases, is.Cases)
		}
	}
	require.NotZero(t, fixed.Cases)
	_, err = w.as("dora").Sitting(ctx, w.batch)
	require.ErrorIs(t, err, icms.ErrNotFound)
}
