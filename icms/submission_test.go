package icms_test

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

func TestADefence(t *testing.T) {
	c := newCase(t)
	in := paper(icmshk.Defence)
	asked, err := c.Registry().PreflightSubmission(t.Context(), in)
	require.NoError(t, err)
	require.False(t, asked.Refused())
	require.Empty(t, c.papers(), "a preflight keeps nothing")

	sent := c.submit(in)
	d, a := sent.Document, sent.Acknowledgement
	require.Equal(t, 1, d.Serial)
	require.Equal(t, icms.DocumentReceived, d.State)
	require.Equal(t, asked.Document.Receipt, d.Receipt, "preflight and submission agree")
	require.Nil(t, d.Limit)
	require.Equal(t, law.T("Defence", "抗辯書"), d.Title)
	require.Equal(t, "application/pdf", d.Files[0].MediaType)
	require.Equal(t, "2026-03-02T10:00:00+08:00", a.Received.Format(time.RFC3339))
	require.Equal(t, a.Received, a.Deemed)
	require.NoError(t, c.Registry().VerifyPaper(t.Context(), *a))
	require.Equal(t, []string{firstCase + ": Defence received"}, c.box(defendant.Organisation))
	require.Equal(t, firstCase+": Defence was filed", c.box("sample-utilities")[0], "the other party is told")

	c.set("2026-03-05 10:00:00")
	again := c.submit(in)
	require.True(t, again.Replayed)
	require.Equal(t, string(sent.Acknowledged), string(again.Acknowledged), "byte for byte")
	require.Len(t, c.box(defendant.Organisation), 1)
	require.Equal(t, []string{"defence received"}, c.papers())
	c.proven()
}

func TestAnAcknowledgementIsNotForged(t *testing.T) {
	c := newCase(t)
	a := *c.submit(paper(icmshk.Defence)).Acknowledgement
	changed := a
	changed.Deemed = changed.Deemed.Add(-time.Hour)
	require.ErrorIs(t, c.Registry().VerifyPaper(t.Context(), changed), icms.ErrForged)
	require.ErrorIs(t, c.Registry().VerifyPaper(t.Context(), icms.PaperAcknowledgement{Number: "none"}), icms.ErrForged)
}

func TestAReferenceNamesOnePaper(t *testing.T) {
	c := newCase(t)
	in := paper(icmshk.Evidence)
	in.Reference = "bundle-1"
	c.submit(in)
	other := in
	other.Files = fstest.MapFS{"paper.pdf": {Data: []byte(goodPDF + "\n")}}
	_, err := c.Registry().Submit(t.Context(), other)
	require.ErrorIs(t, err, icms.ErrConflict)
	requireRefusal(t, err, filing.SubmissionReference)
	other.Party, other.By = "claimant-1", icms.Filer{Organisation: "sample-utilities"}
	c.submit(other)
	require.Equal(t, []string{"evidence received", "evidence received"}, c.papers(), "a reference is its party's own")
}

func TestAnOfficerRefusesAPaper(t *testing.T) {
	c := newCase(t)
	in := paper(icmshk.Defence)
	d := c.submit(in).Document
	_, err := c.Registry().RefuseDocument(t.Context(), "SCT", firstCase, d.Serial, nil, registrar)
	requireRefusal(t, err, filing.SubmissionNoReason)
	_, err = c.Registry().RefuseDocument(t.Context(), "SCT", firstCase, d.Serial, tooVague, icms.Filer{})
	require.ErrorIs(t, err, icms.ErrInvalid)
	_, err = c.Registry().RefuseDocument(t.Context(), "SCT", firstCase, 7, tooVague, registrar)
	require.ErrorIs(t, err, icms.ErrNotFound)

	refused, err := c.Registry().RefuseDocument(t.Context(), "SCT", firstCase, d.Serial, tooVague, registrar)
	require.NoError(t, err)
	require.Equal(t, icms.DocumentRefused, refused.State)
	require.Equal(t, registrar, refused.Decision.By)
	same, err := c.Registry().RefuseDocument(t.Context(), "SCT", firstCase, d.Serial, law.T("Another reason.", ""), registrar)
	require.NoError(t, err)
	require.Equal(t, tooVague, same.Reason, "refused once")
	require.Equal(t, firstCase+": Defence refused", c.box(defendant.Organisation)[0])
	require.Equal(t, firstCase+": Defence was refused", c.box("sample-utilities")[0])
	again := c.submit(in)
	require.True(t, again.Replayed)
	require.Equal(t, icms.DocumentRefused, again.Document.State, "the same paper is answered as it stands")

	in.Corrects = d.Serial
	in.Files = fstest.MapFS{"paper.pdf": {Data: []byte(goodPDF + "\n")}}
	corrected := c.submit(in).Document
	require.Equal(t, icms.DocumentReceived, corrected.State)
	old, err := c.Registry().Paper(t.Context(), "SCT", firstCase, d.Serial)
	require.NoError(t, err)
	require.Equal(t, icms.DocumentRefused, old.State, "what was refused stays refused")
	require.Equal(t, corrected.Serial, old.CorrectedBy)
	c.proven()
}

func TestACorrectionTakesThePlace(t *testing.T) {
	c := newCase(t)
	first := c.submit(paper(icmshk.Defence)).Document
	in := paper(icmshk.Defence)
	in.Corrects = first.Serial
	second := c.submit(in).Document
	require.Equal(t, []string{"defence corrected", "defence received"}, c.papers())
	in.Reference = "again"
	require.Equal(t, []string{"submission.corrects"}, c.refused(in), "corrected once")
	in.Corrects, in.Kind = second.Serial, icmshk.Counterclaim
	require.Equal(t, []string{"submission.corrects"}, c.refused(in), "of the same kind")
	_, err := c.Registry().RefuseDocument(t.Context(), "SCT", firstCase, first.Serial, tooVague, registrar)
	requireRefusal(t, err, filing.SubmissionDecided)
	c.proven()
}

func TestASealedCaseIsNotThere(t *testing.T) {
	c := newCase(t)
	waits := c.ask(icms.TimeRequest{Until: calendar.MustDate("2026-06-01")})
	c.access(icms.CaseSealed)
	absent := paper(icmshk.Defence)
	absent.Case = "SCTC000099/2026"
	_, sealed := c.Registry().Submit(t.Context(), paper(icmshk.Defence))
	_, none := c.Registry().Submit(t.Context(), absent)
	require.ErrorIs(t, sealed, icms.ErrNotFound)
	require.Equal(t, replaceAll(none.Error(), absent.Case, firstCase), sealed.Error(), "as if it were not there")
	_, sealed = c.Registry().LimitOf(t.Context(), icms.LimitQuestion{Court: "SCT", Case: firstCase, Party: "defendant-1", Kind: icmshk.Review})
	require.ErrorIs(t, sealed, icms.ErrNotFound)
	_, sealed = c.Registry().RequestTime(t.Context(), waits)
	require.ErrorIs(t, sealed, icms.ErrNotFound)
	_, err := c.Registry().AllowTime(t.Context(), waits.ID, false, tooVague, registrar)
	require.NoError(t, err, "the court sees it")
}

func TestWhatIsMalformed(t *testing.T) {
	c := newCase(t)
	for name, edit := range map[string]func(*icms.Submission){
		"no sender":    func(in *icms.Submission) { in.By.Organisation = " " },
		"bar in name":  func(in *icms.Submission) { in.By.Organisation = "a|b" },
		"reference":    func(in *icms.Submission) { in.Reference = " a" },
		"serial":       func(in *icms.Submission) { in.Corrects = -1 },
		"other serial": func(in *icms.Submission) { in.Against = -1 },
	} {
		in := paper(icmshk.Defence)
		edit(&in)
		_, err := c.Registry().Submit(t.Context(), in)
		require.ErrorIs(t, err, icms.ErrInvalid, name)
	}
	in := paper(icmshk.Defence)
	in.Court = "XYZ"
	_, err := c.Registry().Submit(t.Context(), in)
	require.ErrorIs(t, err, icms.ErrUnknownCourt)
}
