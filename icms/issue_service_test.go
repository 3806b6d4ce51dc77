package icms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

var wrongDay = law.T("The affidavit names another day.", "誓章所載日期不同。")

// served records the service of a paper on the defendant of the first case, and gives the serial of the record.
func (c *counter) served(paper int, at string, edit ...func(*icms.ServedPaper)) int {
	c.t.Helper()
	in := icms.ServedPaper{Court: "SCT", Case: firstCase, Party: "defendant-1", Paper: paper, How: "post", At: hk(at), By: registrar}
	for _, e := range edit {
		e(&in)
	}
	f, err := c.Registry().RecordService(c.t.Context(), in)
	require.NoError(c.t, err)
	return f.Papers
}

func correcting(serial int) func(*icms.ServedPaper) {
	return func(in *icms.ServedPaper) { in.Corrects, in.Reason = serial, wrongDay }
}

func (c *counter) unserved(record int) {
	c.t.Helper()
	for range 2 {
		_, err := c.Registry().TakeBackService(c.t.Context(), icms.TakenBack{
			Court: "SCT", Case: firstCase, Party: "defendant-1", Record: record, Reason: wrongDay, By: registrar,
		})
		require.NoError(c.t, err)
	}
}

// TestALaterRecordGivesNoNewTime: of one paper the first record that stands counts, until it is corrected or taken back.
func TestALaterRecordGivesNoNewTime(t *testing.T) {
	c := newCase(t)
	award := c.issue(award()).Document.Serial
	c.set("2026-03-06 10:00:00")
	first := c.served(award, "2026-03-03 09:00:00")
	require.Equal(t, "2026-03-12", c.last(icmshk.LeaveToAppeal))
	second := c.served(award, "2026-03-05 09:00:00")
	require.Equal(t, second, c.served(award, "2026-03-05 09:00:00"), "recorded once")
	require.Equal(t, "2026-03-12", c.last(icmshk.LeaveToAppeal), "a later record restarts nothing")

	third := c.served(award, "2026-03-04 09:00:00", correcting(first))
	require.Equal(t, "2026-03-13", c.last(icmshk.LeaveToAppeal), "from the day that the correction gives")
	require.Equal(t, third, c.served(award, "2026-03-04 09:00:00", correcting(first)), "the same answer")
	require.Equal(t, third, c.served(award, "2026-03-03 09:00:00"), "and the corrected one is not made again")
	require.Equal(t, []string{"award issued", "service corrected", "service issued", "service issued"}, c.papers(), "all are kept")
	c.unserved(third)
	require.Equal(t, "2026-03-16", c.last(icmshk.LeaveToAppeal), "from the second, past the weekend")
	c.unserved(second)
	_, err := c.Registry().LimitOf(t.Context(), icms.LimitQuestion{Court: "SCT", Case: firstCase, Party: "defendant-1", Kind: icmshk.LeaveToAppeal})
	require.Equal(t, "submission.event.none", refusal(t, err))
	require.Equal(t, firstCase+": Service of Award on defendant 1 on 2026-03-05 09:00:00: taken back", c.box("defendant-0001")[0])

	again := c.served(award, "2026-03-05 09:00:00", func(in *icms.ServedPaper) { in.Reference = "second time" })
	require.Equal(t, third+1, again, "under another name it is made again")
	c.proven()
}

// TestPapersJudgedByAWrongRecord stay as they were judged, and whom it concerns is told.
func TestPapersJudgedByAWrongRecord(t *testing.T) {
	c := newCase(t)
	award := c.issue(award()).Document.Serial
	c.set("2026-03-16 10:00:00")
	wrong := c.served(award, "2026-03-13 09:00:00")
	paper := c.submit(paper(icmshk.LeaveToAppeal)).Document
	require.Equal(t, icms.DocumentReceived, paper.State)
	require.Equal(t, award, paper.Against)
	right := c.served(award, "2026-03-03 09:00:00", correcting(wrong))
	stands, err := c.Registry().Paper(t.Context(), "SCT", firstCase, paper.Serial)
	require.NoError(t, err)
	require.Equal(t, icms.DocumentReceived, stands.State, "no silent change")
	told := firstCase + ": the time for Application for leave to appeal is counted otherwise"
	for _, box := range []string{"defendant-0001", "sample-utilities"} {
		require.Contains(t, c.box(box), told)
	}
	messages, _, err := c.Messages().Inbox(t.Context(), "defendant-0001", "", 10)
	require.NoError(t, err)
	require.Contains(t, messages[0].Body.In(law.English)+messages[1].Body.In(law.English), "By them its last day is 2026-03-12; it counts as received on 2026-03-16 10:00:00. It would be late.")
	n := len(c.box("defendant-0001"))
	c.served(award, "2026-03-10 09:00:00")
	require.Len(t, c.box("defendant-0001"), n+1, "of the record alone: nothing is judged otherwise")
	c.unserved(right)
	require.Contains(t, c.box("defendant-0001")[:2], told, "in time after all")
	c.proven()
}

// TestAPaperThatWaitsOutlivesItsRecord: nothing is late when no record stands, and its completion keeps nobody else waiting.
func TestAPaperThatWaitsOutlivesItsRecord(t *testing.T) {
	c := newCase(t)
	award := c.issue(award()).Document.Serial
	c.set("2026-03-11 16:00:00")
	record := c.served(award, "2026-03-02 10:00:00")
	c.closure("flood", "direction", "2026-03-11 15:00:00", "")
	paper := c.submit(paper(icmshk.LeaveToAppeal)).Document
	require.Equal(t, icms.DocumentPending, paper.State)
	c.unserved(record)
	done := c.closure("flood", "direction", "2026-03-11 15:00:00", "2026-03-16 08:45:00").Papers
	require.Equal(t, []icms.PaperName{{Case: firstCase, Serial: paper.Serial}}, done)
	now, err := c.Registry().Paper(t.Context(), "SCT", firstCase, paper.Serial)
	require.NoError(t, err)
	require.Equal(t, icms.DocumentReceived, now.State)
	require.Empty(t, now.Limit.Last)
	c.proven()
}

// TestTheServiceOfTheClaimIsCorrected with a reason, and every record is kept.
func TestTheServiceOfTheClaimIsCorrected(t *testing.T) {
	c := newCase(t)
	c.served(0, "2026-03-01 10:00:00")
	in := icms.ServedPaper{Court: "SCT", Case: firstCase, Party: "defendant-1", How: "post", At: hk("2026-03-01 12:00:00"), By: registrar}
	_, err := c.Registry().RecordService(t.Context(), in)
	require.Equal(t, "court.service.again", refusal(t, err))
	in.Reason = law.Text{law.TraditionalChinese: "更正"}
	_, err = c.Registry().RecordService(t.Context(), in)
	require.Equal(t, "submission.reason.missing", refusal(t, err))
	in.Reason = wrongDay
	for range 2 {
		f, err := c.Registry().RecordService(t.Context(), in)
		require.NoError(t, err)
		require.True(t, f.Parties[1].Served.At.Equal(in.At))
		require.Len(t, f.Parties[1].ServedBefore, 1)
		require.Equal(t, wrongDay, f.Parties[1].ServedBefore[0].Ended.Reason)
	}
	c.unserved(0)
	f, err := c.Registry().Case(t.Context(), "SCT", firstCase)
	require.NoError(t, err)
	require.Nil(t, f.Parties[1].Served)
	require.Len(t, f.Parties[1].ServedBefore, 2)
	in.Reference = f.Parties[1].ServedBefore[1].Reference
	in.How = "personally"
	_, err = c.Registry().RecordService(t.Context(), in)
	require.ErrorIs(t, err, icms.ErrConflict)
	c.proven()
}

func TestRecordsOfServiceThatCannotBeCorrected(t *testing.T) {
	c := newCase(t)
	first, second := c.issue(award()).Document.Serial, 0
	other := award()
	other.Reference = "other"
	second = c.issue(other).Document.Serial
	record := c.served(first, "2026-03-02 10:00:00")
	correct := icms.ServedPaper{
		Court: "SCT", Case: firstCase, Party: "defendant-1", Paper: first, How: "post", At: hk("2026-03-02 09:59:00"), By: registrar,
		Corrects: record, Reason: wrongDay,
	}
	for code, edit := range map[string]func(*icms.ServedPaper){
		"court.service.record":      func(in *icms.ServedPaper) { in.Paper = second },
		"submission.reason.missing": func(in *icms.ServedPaper) { in.Reason = nil },
		"submission.reference.used": func(in *icms.ServedPaper) { in.Reference = "other" },
	} {
		in := correct
		edit(&in)
		_, err := c.Registry().RecordService(t.Context(), in)
		require.Equal(t, code, refusal(t, err))
	}
	for _, edit := range []func(*icms.ServedPaper){
		func(in *icms.ServedPaper) { in.Corrects = first }, func(in *icms.ServedPaper) { in.Corrects = 99 },
		func(in *icms.ServedPaper) { in.Party = "claimant-1" },
	} {
		in := correct
		edit(&in)
		_, err := c.Registry().RecordService(t.Context(), in)
		require.Equal(t, "court.service.record", refusal(t, err))
	}
	correct.Paper = 0
	_, err := c.Registry().RecordService(t.Context(), correct)
	require.ErrorIs(t, err, icms.ErrInvalid)
	for _, in := range []icms.TakenBack{{Party: "defendant-1", Record: first}, {Party: "claimant-1", Record: record}, {Party: "claimant-1"}, {Party: "defendant-1", Record: 99}} {
		in.Court, in.Case, in.Reason, in.By = "SCT", firstCase, wrongDay, registrar
		_, err := c.Registry().TakeBackService(t.Context(), in)
		require.Equal(t, "court.service.record", refusal(t, err))
	}
	in := icms.TakenBack{Court: "SCT", Case: firstCase, Party: "nobody", Record: record, Reason: wrongDay, By: registrar}
	_, err = c.Registry().TakeBackService(t.Context(), in)
	require.Equal(t, "submission.party.unknown", refusal(t, err))
	in.Reason = nil
	_, err = c.Registry().TakeBackService(t.Context(), in)
	require.Equal(t, "submission.reason.missing", refusal(t, err))
	in.By = icms.Filer{}
	_, err = c.Registry().TakeBackService(t.Context(), in)
	require.ErrorIs(t, err, icms.ErrInvalid)
	c.proven()
}
