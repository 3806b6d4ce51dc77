package icms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

// TestWordsUnderNoLanguageAreRefused at every door by which words come in, with the field that has them, before anything is kept.
func TestWordsUnderNoLanguageAreRefused(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2026-03-01")
	r, ctx := c.Registry(), t.Context()
	words := law.Text{law.English: "Words.", "claim": "Words."}
	act := icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar, Reason: words}
	asked, err := r.RequestTime(ctx, icms.TimeRequest{
		Court: "SCT", Case: firstCase, Party: "defendant-1", Kind: icmshk.Review, By: defendant, Reason: tooVague, Until: calendar.MustDate("2026-03-20"),
	})
	require.NoError(t, err)
	sent := c.submit(paper(icmshk.Defence)).Document
	only := func(_ any, err error) error { return err }
	doors := map[string]struct {
		field string
		door  func() error
	}{
		"paper": {"/title", func() error {
			in := paper(icmshk.Evidence)
			in.Title = words
			return only(r.Submit(ctx, in))
		}},
		"time asked for": {"/reason", func() error {
			return only(r.RequestTime(ctx, icms.TimeRequest{Court: "SCT", Case: firstCase, Party: "defendant-1", Kind: icmshk.Review, By: defendant, Reason: words}))
		}},
		"time allowed":    {"/reason", func() error { return only(r.AllowTime(ctx, asked.ID, true, words, registrar)) }},
		"paper refused":   {"/reason", func() error { return only(r.RefuseDocument(ctx, "SCT", firstCase, sent.Serial, words, registrar)) }},
		"batch decided":   {"/reason", func() error { return only(r.Decide(ctx, c.batchOf(firstCase), false, words, registrar)) }},
		"conclusion":      {"/reason", func() error { return only(r.Conclude(ctx, act)) }},
		"access":          {"/reason", func() error { return only(r.SetAccess(ctx, act, icms.CaseRestricted)) }},
		"vacated":         {"/reason", func() error { return r.VacateHearing(ctx, act) }},
		"hearing":         {"/reason", func() error { return only(r.FixHearing(ctx, "SCT", firstCase, becauseOf(words))) }},
		"sitting vacated": {"/reason", func() error { return only(r.VacateSitting(ctx, c.batchOf(firstCase), words, registrar)) }},
		"sitting":         {"/reason", func() error { return only(r.FixSitting(ctx, c.batchOf(firstCase), becauseOf(words))) }},
		"title of paper": {"/title", func() error {
			return only(r.Issue(ctx, icms.Issue{Court: "SCT", Case: firstCase, By: registrar, Title: words}))
		}},
		"words of paper": {"/words", func() error {
			return only(r.Issue(ctx, icms.Issue{Court: "SCT", Case: firstCase, By: registrar, Words: words}))
		}},
		"service": {"/reason", func() error {
			return only(r.RecordService(ctx, icms.ServedPaper{
				Court: "SCT", Case: firstCase, Party: "defendant-1", At: c.now(), How: "by hand", By: registrar, Reason: words,
			}))
		}},
		"service taken back": {"/reason", func() error {
			return only(r.TakeBackService(ctx, icms.TakenBack{Court: "SCT", Case: firstCase, Party: "defendant-1", By: registrar, Reason: words}))
		}},
		"unlinked": {"/reason", func() error {
			return only(r.UnlinkParty(ctx, icms.Unlink{Court: "SCT", Case: firstCase, Party: "defendant-1", Member: "dora", By: registrar, Reason: words}))
		}},
		"charge": {"/description", func() error {
			owed := fine(10)
			owed.Lines[0].Description = words
			return only(c.AccountsOffice().Charge(ctx, owed))
		}},
		"closure": {"/note", func() error {
			return only(r.Announce(ctx, "SCT", icms.BothOffices, calendar.Closure{ID: "x", Note: words}, registrar))
		}},
		"warning": {"/name", func() error {
			return only(r.AnnounceWarning(ctx, "SCT", calendar.Warning{ID: "x", Name: words}, registrar))
		}},
		"maintenance": {"/note", func() error {
			return c.PublishMaintenance(ctx, "SCT", calendar.Maintenance{ID: "x", Note: words}, registrar)
		}},
	}
	for what, d := range doors {
		err := d.door()
		require.Equal(t, "request.text.tag", refusal(t, err), what)
		var refused *icms.RefusalError
		require.ErrorAs(t, err, &refused)
		require.Equal(t, d.field, refused.Finding.Path.Pointer, what)
	}
}

// becauseOf is an appointment whose reason is given.
func becauseOf(reason law.Text) icms.Appointment {
	a := appointment("2026-03-20 10:00:00")
	a.Reason = reason
	return a
}
