package icms_test

import (
	"io"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

// award is an award in the first case, to all parties.
func award() icms.Issue {
	return icms.Issue{
		Court: "SCT", Case: firstCase, Kind: icms.PaperAward, By: registrar,
		Files: fstest.MapFS{"award.pdf": {Data: []byte(goodPDF)}}, Names: []string{"award.pdf"},
	}
}

func (c *counter) issue(in icms.Issue) icms.Issued {
	c.t.Helper()
	out, err := c.Registry().Issue(c.t.Context(), in)
	require.NoError(c.t, err)
	return out
}

// refusal gives the code and the text of the refusal that an error is.
func refusal(t testing.TB, err error) string {
	t.Helper()
	require.ErrorIs(t, err, icms.ErrRefused)
	var refused *icms.RefusalError
	require.ErrorAs(t, err, &refused)
	for _, tag := range []string{law.English, law.TraditionalChinese} {
		require.NotRegexp(t, `\{\w+\}`, refused.Text()[tag], "a placeholder has no value")
		require.NotRegexp(t, `\{\w+\}`, refused.Finding.Remedy()[tag], "a placeholder has no value")
	}
	return string(refused.Finding.Code)
}

func TestAnAwardIsIssuedAndItsDeliveryProven(t *testing.T) {
	c := newCase(t)
	out := c.issue(award())
	require.False(t, out.Replayed)
	d := out.Document
	require.Equal(t, icms.DocumentIssued, d.State)
	require.Equal(t, icms.AwardMade, d.Event)
	require.Equal(t, "2026-03-02", d.EventDay, "of the day on which it was issued")
	require.Equal(t, []string{"claimant-1", "defendant-1"}, d.To)
	require.Equal(t, "2026-03-11", c.last(icmshk.Review), "the time for review runs")

	require.Equal(t, []string{firstCase + ": the court issued Award"}, c.box("defendant-0001"))
	require.Equal(t, firstCase+": the court issued Award", c.box("sample-utilities")[0])
	proof, err := c.Registry().Deliveries(t.Context(), "SCT", firstCase, d.Serial)
	require.NoError(t, err)
	require.Len(t, proof, 2)
	require.Equal(t, "defendant-0001", proof[0].To)
	require.Equal(t, []string{"defendant-1"}, proof[0].For)
	require.Equal(t, "2026-03-02 10:00:00", proof[0].At.Format("2006-01-02 15:04:05"))
	require.Len(t, proof[0].Digest, 64)
	require.Nil(t, proof[0].Read)

	c.set("2026-03-03 09:00:00")
	again := c.issue(award())
	require.True(t, again.Replayed)
	require.Equal(t, d.Serial, again.Document.Serial)
	require.Equal(t, "2026-03-02", again.Document.EventDay)
	require.Len(t, c.box("defendant-0001"), 1, "delivered once")
	c.proven()
}

func TestThePaperIsReadFromTheBoxOnce(t *testing.T) {
	c := newCase(t)
	serial := c.issue(award()).Document.Serial
	unread, _, err := c.Messages().Unread(t.Context(), "defendant-0001", "", 10)
	require.NoError(t, err)
	require.Len(t, unread, 1)
	id := unread[0].ID
	require.Empty(t, unread[0].Head().Body)

	_, err = c.Messages().Open(t.Context(), id, icms.Filer{Organisation: "sample-utilities", User: "clerk-1"})
	require.ErrorIs(t, err, icms.ErrNotFound, "another's")
	c.set("2026-03-02 12:00:00")
	for _, user := range []string{"Defendant 0001", "somebody later"} {
		m, err := c.Messages().Open(t.Context(), id, icms.Filer{Organisation: "defendant-0001", User: user})
		require.NoError(t, err)
		require.Equal(t, "Defendant 0001", m.Read.By.User, "the first reader stays")
		require.Equal(t, "2026-03-02 12:00:00", m.Read.At.Format("2006-01-02 15:04:05"))
		c.set("2026-03-04 12:00:00")
	}
	proof, err := c.Registry().Deliveries(t.Context(), "SCT", firstCase, serial)
	require.NoError(t, err)
	require.Equal(t, "Defendant 0001", proof[0].Read.By.User)
	require.Nil(t, proof[1].Read, "the claimant has not opened it")
	unread, _, err = c.Messages().Unread(t.Context(), "defendant-0001", "", 10)
	require.NoError(t, err)
	require.Empty(t, unread)

	paper, err := c.Messages().Paper(t.Context(), id, defendant)
	require.NoError(t, err)
	require.Equal(t, serial, paper.Serial)
	f, err := c.Messages().File(t.Context(), id, defendant, 0)
	require.NoError(t, err)
	body, err := io.ReadAll(io.NewSectionReader(f, 0, f.Size()))
	require.NoError(t, err)
	require.NoError(t, f.Close())
	require.Equal(t, goodPDF, string(body))
	_, err = c.Messages().File(t.Context(), id, defendant, 1)
	require.ErrorIs(t, err, icms.ErrNotFound)
	box, _, err := c.Messages().Inbox(t.Context(), "sample-utilities", "", 10)
	require.NoError(t, err)
	_, err = c.Messages().Paper(t.Context(), box[len(box)-1].ID, icms.Filer{Organisation: "sample-utilities"})
	require.ErrorIs(t, err, icms.ErrNotFound, "the acknowledgement of the batch brings no paper")
	c.proven()
}

func TestPartiesWithoutABoxAreNamed(t *testing.T) {
	c := newCase(t)
	in := award()
	in.Case = "SCTC000002/2026"
	require.Equal(t, []string{"defendant-1"}, c.issue(in).Unreached)
	in.To = []string{"claimant-1"}
	require.Empty(t, c.issue(in).Unreached)
}

func TestACorrectionTakesThePlaceOfAnAward(t *testing.T) {
	c := newCase(t)
	first := c.issue(award()).Document
	c.set("2026-03-04 10:00:00")
	in := award()
	in.Corrects = first.Serial
	second := c.issue(in).Document
	old, err := c.Registry().Paper(t.Context(), "SCT", firstCase, first.Serial)
	require.NoError(t, err)
	require.Equal(t, icms.DocumentCorrected, old.State)
	require.Equal(t, second.Serial, old.CorrectedBy)
	require.Equal(t, "2026-03-13", c.last(icmshk.Review), "time runs from the one that stands")
	in.Reference = "again"
	_, err = c.Registry().Issue(t.Context(), in)
	require.Equal(t, "submission.corrects", refusal(t, err))
	c.proven()
}

func TestWhatIsNotIssued(t *testing.T) {
	c := newCase(t)
	day := func(s string) calendar.Date {
		d, err := calendar.ParseDate(s)
		require.NoError(t, err)
		return d
	}
	for code, edit := range map[string]func(*icms.Issue){
		"court.paper.kind":         func(in *icms.Issue) { in.Kind = "hearing" },
		"submission.party.unknown": func(in *icms.Issue) { in.To = []string{"defendant-7"} },
		"court.event.day":          func(in *icms.Issue) { in.Day = day("2026-03-03") },
		"submission.title.bad":     func(in *icms.Issue) { in.Title = law.T("a\nb", "") },
		"document.missing":         func(in *icms.Issue) { in.Names = []string{"absent.pdf"} },
		"court.paper.empty":        func(in *icms.Issue) { in.Kind, in.Names = icms.PaperNotice, nil },
		"submission.corrects":      func(in *icms.Issue) { in.Corrects = 9 },
	} {
		in := award()
		edit(&in)
		_, err := c.Registry().Issue(t.Context(), in)
		require.Equal(t, code, refusal(t, err))
	}
	early := award()
	early.Day = day("2026-02-26")
	_, err := c.Registry().Issue(t.Context(), early)
	require.Equal(t, "court.event.day", refusal(t, err), "before the case began")

	for name, edit := range map[string]func(*icms.Issue){
		"officer":   func(in *icms.Issue) { in.By.User = "" },
		"Reference": func(in *icms.Issue) { in.Reference = " a" },
		"Corrects":  func(in *icms.Issue) { in.Corrects = -1 },
		"Event":     func(in *icms.Issue) { in.Event = "a|b" },
		"Day":       func(in *icms.Issue) { in.Kind, in.Day = icms.PaperNotice, day("2026-03-02") },
	} {
		in := award()
		edit(&in)
		_, err := c.Registry().Issue(t.Context(), in)
		require.ErrorIs(t, err, icms.ErrInvalid)
		require.ErrorContains(t, err, name)
	}
	unknown := award()
	unknown.Case = "SCTC999999/2026"
	_, err = c.Registry().Issue(t.Context(), unknown)
	require.ErrorIs(t, err, icms.ErrNotFound)
	require.Empty(t, c.papers(), "nothing is kept")
}

func TestAReferenceNamesOnePaperOfTheCourt(t *testing.T) {
	c := newCase(t)
	in := award()
	in.Reference = "A-1"
	c.issue(in)
	in.Title = law.T("Another award", "另一裁斷")
	_, err := c.Registry().Issue(t.Context(), in)
	require.ErrorIs(t, err, icms.ErrConflict)
	require.Equal(t, "submission.reference.used", refusal(t, err))

	theirs := paper(icmshk.Defence)
	theirs.Reference = "A-1"
	c.submit(theirs)
}

func TestARecordSaysWhatHappened(t *testing.T) {
	c := newCase(t)
	c.issue(icms.Issue{Court: "SCT", Case: firstCase, Kind: icms.PaperRecord, Event: icms.HearingHeld, Words: law.T("The defendant did not come.", "被告人缺席。"), By: registrar})
	box, _, err := c.Messages().Inbox(t.Context(), "defendant-0001", "", 1)
	require.NoError(t, err)
	require.Contains(t, box[0].Body.In(law.English), "The defendant did not come.")
	require.Contains(t, box[0].Body.In(law.TraditionalChinese), "被告人缺席。")
	require.Equal(t, "2026-03-11", c.last(icmshk.SettingAside))
}

func TestServiceIsRecordedForEachParty(t *testing.T) {
	c := newCase(t)
	serve := icms.ServedPaper{Court: "SCT", Case: firstCase, Party: "defendant-1", How: "personally", At: hk("2026-03-02 09:30:00"), Evidence: "affidavit", By: registrar}
	f, err := c.Registry().RecordService(t.Context(), serve)
	require.NoError(t, err)
	require.Equal(t, "personally", f.Parties[1].Served.How)
	require.Empty(t, c.papers(), "service of the claim stands with the party")
	again, err := c.Registry().RecordService(t.Context(), serve)
	require.NoError(t, err)
	require.True(t, f.Parties[1].Served.At.Equal(again.Parties[1].Served.At))

	award := c.issue(award()).Document
	c.set("2026-03-03 10:00:00")
	serve.Paper, serve.At = award.Serial, hk("2026-03-03 09:00:00")
	for range 2 {
		_, err = c.Registry().RecordService(t.Context(), serve)
		require.NoError(t, err)
	}
	require.Equal(t, []string{"award issued", "service issued"}, c.papers(), "recorded once")
	require.Equal(t, "2026-03-12", c.last(icmshk.LeaveToAppeal), "from the service on this party")
	require.Equal(t, firstCase+": service of Award recorded", c.box("defendant-0001")[0])

	for code, edit := range map[string]func(*icms.ServedPaper){
		"submission.party.unknown": func(in *icms.ServedPaper) { in.Party = "defendant-2" },
		"court.service.instant":    func(in *icms.ServedPaper) { in.At = hk("2026-03-03 10:00:01") },
		"court.service.paper":      func(in *icms.ServedPaper) { in.Paper = 2 },
	} {
		in := serve
		edit(&in)
		_, err := c.Registry().RecordService(t.Context(), in)
		require.Equal(t, code, refusal(t, err))
	}
	serve.Paper = 77
	_, err = c.Registry().RecordService(t.Context(), serve)
	require.Equal(t, "court.service.paper", refusal(t, err))
	for _, edit := range []func(*icms.ServedPaper){
		func(in *icms.ServedPaper) { in.How = "" }, func(in *icms.ServedPaper) { in.At = in.At.AddDate(-3000, 0, 0) }, func(in *icms.ServedPaper) { in.Paper = -1 },
		func(in *icms.ServedPaper) { in.By.User = "" }, func(in *icms.ServedPaper) { in.Evidence = "a\nb" },
	} {
		in := serve
		edit(&in)
		_, err := c.Registry().RecordService(t.Context(), in)
		require.Error(t, err)
	}
	c.proven()
}

func TestACaseIsConcludedAndReopened(t *testing.T) {
	c := newCase(t)
	c.hear("2026-03-20 10:00:00")
	act := icms.CaseAct{Court: "SCT", Case: firstCase, Reason: law.T("Settled.", "已和解。"), By: registrar}
	for range 2 {
		f, err := c.Registry().Conclude(t.Context(), act)
		require.NoError(t, err)
		require.Equal(t, icms.CaseConcluded, f.State)
		require.Nil(t, f.Hearing, "it will not take place")
	}
	require.Equal(t, []string{firstCase + ": concluded", firstCase + ": hearing vacated", firstCase + ": hearing on 2026-03-20 10:00:00"}, c.box("defendant-0001"))
	require.Equal(t, []string{"submission.concluded"}, c.refused(paper(icmshk.Defence)))
	_, err := c.Registry().FixHearing(t.Context(), "SCT", firstCase, appointment("2026-03-20 10:00:00"))
	require.Equal(t, "court.case.concluded", refusal(t, err))
	f, err := c.Registry().Reopen(t.Context(), act)
	require.NoError(t, err)
	require.Equal(t, icms.CaseOngoing, f.State)
	c.submit(paper(icmshk.Defence))
	act.By.User = ""
	_, err = c.Registry().Conclude(t.Context(), act)
	require.ErrorIs(t, err, icms.ErrInvalid)
	c.proven()
}

func TestTheRegisterOfClaims(t *testing.T) {
	c := newCase(t)
	_, err := c.Registry().File(t.Context(), batch(claims(3, "B")))
	require.NoError(t, err)
	_, err = c.Registry().Conclude(t.Context(), icms.CaseAct{Court: "SCT", Case: "SCTC000004/2026", By: registrar})
	require.NoError(t, err)
	c.access(icms.CaseSealed)
	list := func(q icms.RegisterQuery) []string {
		q.Court, q.Year = "SCT", 2026
		out := []string{}
		for e, err := range c.Registry().Claims(t.Context(), q) {
			require.NoError(t, err)
			require.NotEmpty(t, e.Claim.Particulars)
			out = append(out, e.Number[4:10]+" "+string(e.State)+" "+string(e.Access))
		}
		return out
	}
	require.Equal(t, []string{"000001 ongoing sealed", "000002 ongoing open", "000003 ongoing open", "000004 concluded open", "000005 ongoing open"}, list(icms.RegisterQuery{}))
	require.Equal(t, []string{"000002 ongoing open", "000003 ongoing open", "000005 ongoing open"}, list(icms.RegisterQuery{From: 2, State: icms.CaseOngoing}))
	require.Equal(t, []string{"000005 ongoing open"}, list(icms.RegisterQuery{From: 5}))
	require.Empty(t, list(icms.RegisterQuery{From: 6}))
	for _, err := range c.Registry().Claims(t.Context(), icms.RegisterQuery{Court: "XX"}) {
		require.ErrorIs(t, err, icms.ErrUnknownCourt)
	}
	for e, err := range c.Registry().Claims(t.Context(), icms.RegisterQuery{Court: "SCT", Year: 2026}) {
		require.NoError(t, err)
		require.Equal(t, firstCase, e.Number)
		break
	}
	for range c.Registry().Claims(t.Context(), icms.RegisterQuery{Court: "SCT", Year: 2025}) {
		t.Fatal("no cases in that year")
	}
}
