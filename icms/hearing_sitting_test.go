package icms_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

// batchOf gives the id of the batch in which a case came.
func (c *counter) batchOf(number string) string {
	c.t.Helper()
	f, err := c.Registry().Case(c.t.Context(), "SCT", number)
	require.NoError(c.t, err)
	return f.Batch
}

func TestABatchIsHeardAtOneSitting(t *testing.T) {
	c := newCase(t)
	id := c.batchOf(firstCase)
	s, err := c.Registry().FixSitting(t.Context(), id, appointment("2026-03-20 10:00:00"))
	require.NoError(t, err)
	require.Equal(t, 2, s.Cases)
	require.Equal(t, []string{"2026-03-20 10:00:00 " + firstCase, "2026-03-20 10:00:00 SCTC000002/2026"}, c.hearings("2026-03-20"))
	require.Equal(t, []string{firstCase + ": hearing on 2026-03-20 10:00:00"}, c.box("defendant-0001"))
	claimant := c.box("sample-utilities")
	require.Len(t, claimant, 2, "one message for the whole batch, beside the acknowledgement")
	again, err := c.Registry().FixSitting(t.Context(), id, appointment("2026-03-20 10:00:00"))
	require.NoError(t, err)
	require.Equal(t, s, again)

	move := appointment("2026-03-24 10:00:00")
	_, err = c.Registry().FixSitting(t.Context(), id, move)
	require.Equal(t, "submission.reason.missing", refusal(t, err))
	move.Reason = law.T("No court is free.", "沒有法庭。")
	s, err = c.Registry().FixSitting(t.Context(), id, move)
	require.NoError(t, err)
	require.Equal(t, 1, s.Moves)
	require.Len(t, c.hearings("2026-03-24"), 2)
	require.Empty(t, c.hearings("2026-03-20"))
	require.Contains(t, c.box("sample-utilities")[0], "sitting moved to 2026-03-24 10:00:00")

	for range 2 {
		s, err = c.Registry().VacateSitting(t.Context(), id, law.T("All settled.", "全部和解。"), registrar)
		require.NoError(t, err)
		require.True(t, s.Vacated)
	}
	require.Empty(t, c.hearings("2026-03-24"))
	require.Len(t, c.box("defendant-0001"), 3)
	kept, err := c.Registry().Sitting(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, s, kept)
	s, err = c.Registry().FixSitting(t.Context(), id, appointment("2026-03-25 10:00:00"))
	require.NoError(t, err)
	require.False(t, s.Vacated)
	c.proven()
}

func TestCasesThatDoNotSitWithTheirBatch(t *testing.T) {
	c := newCounter(t, "2026-02-27 10:00:00", 1000)
	r, err := c.Registry().File(t.Context(), batch(claims(5, "A")))
	require.NoError(t, err)
	number := func(n int) string { return fmt.Sprintf("SCTC%06d/2026", n) }
	_, err = c.Registry().Conclude(t.Context(), icms.CaseAct{Court: "SCT", Case: number(2), By: registrar})
	require.NoError(t, err)
	_, err = c.Registry().FixHearing(t.Context(), "SCT", number(3), appointment("2026-03-30 10:00:00"))
	require.NoError(t, err)
	_, err = c.Registry().SetAccess(t.Context(), icms.CaseAct{Court: "SCT", Case: number(4), By: registrar}, icms.CaseSealed)
	require.NoError(t, err)

	s, err := c.Registry().FixSitting(t.Context(), r.ID, appointment("2026-03-20 10:00:00"))
	require.NoError(t, err)
	require.Equal(t, 2, s.Cases, "1 and 5: the number tells nobody that there is a sealed one")
	require.Len(t, c.hearings("2026-03-20"), 2)
	sealed, err := c.Registry().Case(t.Context(), "SCT", number(4))
	require.NoError(t, err)
	require.Nil(t, sealed.Hearing, "who may touch a sealed case fixes its hearing by itself")

	own := appointment("2026-03-27 10:00:00")
	own.Reason = law.T("By itself.", "單獨聆訊。")
	_, err = c.Registry().FixHearing(t.Context(), "SCT", number(5), own)
	require.NoError(t, err)
	move := appointment("2026-03-23 10:00:00")
	move.Reason = law.T("Moved.", "改期。")
	s, err = c.Registry().FixSitting(t.Context(), r.ID, move)
	require.NoError(t, err)
	require.Equal(t, 1, s.Cases, "a case that was taken out stays out")
	require.Equal(t, []string{"2026-03-23 10:00:00 " + number(1)}, c.hearings("2026-03-23"))
	require.Equal(t, []string{"2026-03-27 10:00:00 " + number(5)}, c.hearings("2026-03-27"))
	require.NoError(t, c.Audit().Verify(t.Context(), "SCT", 2026))
}

func TestSittingsThatCanNotBe(t *testing.T) {
	c := newCase(t)
	id := c.batchOf(firstCase)
	for at, code := range map[string]string{
		"2026-03-01 10:00:00": "court.hearing.past", "2026-03-06 10:00:00": "court.hearing.early", "2026-05-06 10:00:00": "court.hearing.late",
	} {
		_, err := c.Registry().FixSitting(t.Context(), id, appointment(at))
		require.Equal(t, code, refusal(t, err))
	}
	_, err := c.Registry().VacateSitting(t.Context(), id, law.T("No.", ""), registrar)
	require.Equal(t, "court.hearing.none", refusal(t, err))
	_, err = c.Registry().Sitting(t.Context(), id)
	require.ErrorIs(t, err, icms.ErrNotFound)
	_, err = c.Registry().FixSitting(t.Context(), "no such batch", appointment("2026-03-20 10:00:00"))
	require.ErrorIs(t, err, icms.ErrNotFound)
	_, err = c.Registry().VacateSitting(t.Context(), id, law.T("No.", ""), icms.Filer{})
	require.ErrorIs(t, err, icms.ErrInvalid)

	in := batch(claims(1, "W"))
	in.Account = ""
	waiting, err := c.Registry().File(t.Context(), in)
	require.NoError(t, err)
	_, err = c.Registry().FixSitting(t.Context(), waiting.ID, appointment("2026-03-20 10:00:00"))
	require.Equal(t, "court.hearing.batch", refusal(t, err))

	_, err = c.Registry().FixSitting(t.Context(), id, appointment("2026-03-20 10:00:00"))
	require.NoError(t, err)
	_, err = c.Registry().VacateSitting(t.Context(), id, nil, registrar)
	require.Equal(t, "submission.reason.missing", refusal(t, err))
}

// BenchmarkSitting fixes the sitting of a batch, and the same hearings case by case, in turn: the median of the ratios of their times for a
// case, and what a case costs in the sitting.
func BenchmarkSitting(b *testing.B) {
	const n, single = 10_000, 200
	for b.Loop() {
		var ratios, each []float64
		for range 3 {
			c := newCounter(b, "2026-02-27 10:00:00", 1_000_000)
			r, err := c.Registry().File(b.Context(), batch(claims(n, "INV")))
			require.NoError(b, err)
			began := time.Now()
			for place := range single {
				_, err := c.Registry().FixHearing(b.Context(), "SCT", fmt.Sprintf("SCTC%06d/2026", place+1), appointment("2026-03-19 10:00:00"))
				require.NoError(b, err)
			}
			one := time.Since(began).Seconds() / single
			began = time.Now()
			s, err := c.Registry().FixSitting(b.Context(), r.ID, appointment("2026-03-20 10:00:00"))
			require.NoError(b, err)
			require.Equal(b, n-single, s.Cases)
			all := time.Since(began).Seconds() / (n - single)
			ratios, each = append(ratios, one/all), append(each, all)
		}
		slices.Sort(ratios)
		slices.Sort(each)
		b.ReportMetric(ratios[1], "x-one-by-one")
		b.ReportMetric(each[1]*1e6, "us/case")
		b.ReportMetric(0, "ns/op")
	}
}
