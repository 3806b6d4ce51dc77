package icms_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

// TestACorrectionOfAnAwardTellsWhoseTimeItMoves: what was judged stays, the party and those who were told of it are told by messages,
// and the registry by the event: no session reads a box of an office.
func TestACorrectionOfAnAwardTellsWhoseTimeItMoves(t *testing.T) {
	c := newCase(t)
	c.set("2026-03-11 10:00:00")
	made := award()
	made.Day = civilDate("2026-03-02")
	first := c.issue(made).Document.Serial
	require.Equal(t, "2026-03-11", c.last(icmshk.Review))
	review := c.submit(paper(icmshk.Review)).Document
	require.Equal(t, icms.DocumentReceived, review.State)

	told := firstCase + ": the time for Application for review of an award or order is counted otherwise"
	made.Day, made.Corrects = civilDate("2026-02-27"), first
	second := c.issue(made).Document.Serial
	for _, box := range []string{"defendant-0001", "sample-utilities"} {
		require.Contains(t, c.box(box), told)
	}
	require.Empty(t, c.box(registrar.Organisation))
	events := c.outbox()["case/SCT/"+firstCase]
	require.Contains(t, events[len(events)-1], fmt.Sprintf(`"recounted":[{"document":%d,"late":true,"party":"defendant-1","state":"received"}]`, review.Serial))
	messages, _, err := c.Messages().Inbox(t.Context(), "defendant-0001", "", 10)
	require.NoError(t, err)
	require.Contains(t, messages[0].Body.In(law.English)+messages[1].Body.In(law.English), "By them its last day is 2026-03-10; it counts as received on 2026-03-11 10:00:00. It would be late.")
	stands, err := c.Registry().Paper(t.Context(), "SCT", firstCase, review.Serial)
	require.NoError(t, err)
	require.Equal(t, icms.DocumentReceived, stands.State, "no silent change")

	n := len(c.box("defendant-0001"))
	made.Day, made.Corrects, made.Reference = civilDate("2026-02-27"), second, "the same day"
	third := c.issue(made).Document.Serial
	require.Len(t, c.box("defendant-0001"), n+1, "of the paper alone: nothing is judged otherwise")
	made.Day, made.Corrects, made.Reference = civilDate("2026-03-03"), third, "in time after all"
	c.issue(made)
	require.Contains(t, c.box("defendant-0001")[:2], told)
	c.proven()
}

// TestServiceThatNamesNoPaperGivesNoNewTime: of what was served the first record that stands counts, as of one that is named.
func TestServiceThatNamesNoPaperGivesNoNewTime(t *testing.T) {
	record := func(day, reference string) icms.Issue {
		return icms.Issue{
			Court: "SCT", Case: firstCase, Kind: icms.PaperRecord, Event: icms.AwardServed, Day: civilDate(day), Reference: reference, By: registrar,
			To: []string{"defendant-1"},
		}
	}
	for _, named := range []bool{true, false} {
		c := newCase(t)
		c.set("2026-03-06 10:00:00")
		if named { // the award is in the file
			c.issue(award())
		}
		first := c.issue(record("2026-03-03", "first")).Document.Serial
		require.Equal(t, "2026-03-12", c.last(icmshk.LeaveToAppeal))
		second := c.issue(record("2026-03-05", "second")).Document.Serial
		require.Equal(t, "2026-03-12", c.last(icmshk.LeaveToAppeal), "a later record restarts nothing")
		for _, against := range []int{first, second} {
			l, err := c.Registry().LimitOf(t.Context(), icms.LimitQuestion{
				Court: "SCT", Case: firstCase, Party: "defendant-1", Kind: icmshk.LeaveToAppeal, Against: against,
			})
			require.NoError(t, err)
			require.Equal(t, "2026-03-12", l.Last, "nor does naming it")
		}
		corrected := record("2026-03-04", "corrected")
		corrected.Corrects = first
		c.issue(corrected)
		require.Equal(t, "2026-03-13", c.last(icmshk.LeaveToAppeal), "from the day that the correction gives")
		if named {
			again := award()
			again.Reference = "another award"
			c.issue(again)
			c.issue(record("2026-03-06", "of the other"))
			require.Equal(t, "2026-03-17", c.last(icmshk.LeaveToAppeal), "another award was served since")
		}
		c.proven()
	}
}
