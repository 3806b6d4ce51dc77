package rollout_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/rollout"
)

var spread = rapid.IntRange(-700, 700)

// Of two days the later one never knows less coverage: an answer goes from No over Unknown to Yes and never back.
func TestCoverageOnlyGrows(t *testing.T) {
	table := harbour(t)
	rank := map[rollout.Verdict]int{rollout.No: 0, rollout.Unknown: 1, rollout.Yes: 2}
	rapid.Check(t, func(t *rapid.T) {
		first := day("2030-06-01").AddDays(spread.Draw(t, "first"))
		later := first.AddDays(rapid.IntRange(0, 700).Draw(t, "days"))
		kind := rapid.SampledFrom([]string{"cargo", "note"}).Draw(t, "type")
		service := rapid.SampledFrom(rollout.Services()).Draw(t, "service")
		a, err := table.Covers("HARBOUR", kind, service, first)
		require.NoError(t, err)
		b, err := table.Covers("HARBOUR", kind, service, later)
		require.NoError(t, err)
		require.LessOrEqual(t, rank[a.Verdict], rank[b.Verdict])
		require.Equal(t, a.Since, b.Since)

		whole, err := table.CoversCase("HARBOUR", kind, service, first, later)
		require.NoError(t, err)
		require.LessOrEqual(t, rank[whole.Verdict], rank[b.Verdict], "a case is covered only where its type is")
	})
}

// Whatever is left out of a question, saying it can only turn Unknown into Yes or No, and never a Yes into a No or back.
func TestToldMoreNoAnswerTurns(t *testing.T) {
	table := harbour(t)
	verdicts := rapid.SampledFrom([]rollout.Verdict{rollout.Unknown, rollout.No, rollout.Yes})
	firms := rapid.SampledFrom([]rollout.Firm{rollout.FirmNotSaid, rollout.NoFirm, rollout.FirmNew, rollout.FirmUsed})
	rapid.Check(t, func(t *rapid.T) {
		full := rollout.Question{
			Court: "HARBOUR", Type: rapid.SampledFrom([]string{"cargo", "note"}).Draw(t, "type"),
			Date:        day("2030-10-01").AddDays(spread.Draw(t, "day")),
			Represented: verdicts.Draw(t, "represented"), Commencing: verdicts.Draw(t, "commencing"),
			Firm: firms.Draw(t, "firm"), Permitted: rapid.Bool().Draw(t, "permitted"),
		}
		less := full
		if rapid.Bool().Draw(t, "leave out whether represented") {
			less.Represented = rollout.Unknown
		}
		if rapid.Bool().Draw(t, "leave out whether commencing") {
			less.Commencing = rollout.Unknown
		}
		if rapid.Bool().Draw(t, "leave out the firm") {
			less.Firm = rollout.FirmNotSaid
		}
		with, err := table.Mandate(full)
		require.NoError(t, err)
		without, err := table.Mandate(less)
		require.NoError(t, err)
		if without.Verdict != rollout.Unknown {
			require.Equal(t, without.Verdict, with.Verdict)
		}
		require.NotEmpty(t, with.Reason.Steps)
	})
}

// A concession contains exactly the days from its first to its last.
func TestConcessionDays(t *testing.T) {
	c, _ := harbour(t).Court("HARBOUR")
	rapid.Check(t, func(t *rapid.T) {
		d := c.Concession.First.AddDays(rapid.IntRange(-2000, 2000).Draw(t, "day"))
		inside := d.Compare(c.Concession.First) >= 0 && d.Compare(c.Concession.Last) <= 0
		require.Equal(t, inside, c.Concession.Contains(d) == rollout.Yes)
	})
	require.Equal(t, calendar.Date{}, rollout.Concession{}.First)
}
