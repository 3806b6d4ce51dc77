package icms_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
)

// TestAPaperSentWhileTheRegistryIsClosed is acknowledged twice: as pending, and when the reopening is announced.
func TestAPaperSentWhileTheRegistryIsClosed(t *testing.T) {
	c := newCase(t)
	c.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "")
	in := paper(icmshk.Defence)
	sent := c.submit(in)
	require.Equal(t, icms.DocumentPending, sent.Document.State)
	require.True(t, sent.Acknowledgement.Pending)
	require.Zero(t, sent.Acknowledgement.Deemed)
	require.Len(t, c.box("sample-utilities"), 1, "the other party is not told yet")

	c.set("2026-03-03 12:00:00")
	done := c.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "2026-03-03 15:10:00")
	require.Equal(t, []icms.PaperName{{Case: firstCase, Serial: 1}}, done.Papers)
	now := c.submit(in)
	require.True(t, now.Replayed)
	require.Equal(t, icms.DocumentReceived, now.Document.State)
	require.Equal(t, hk("2026-03-03 15:10:00"), now.Acknowledgement.Deemed.In(calendarhk.Zone()))
	require.NotEqual(t, sent.Acknowledgement.Number, now.Acknowledgement.Number)
	require.NoError(t, c.Registry().VerifyPaper(t.Context(), *sent.Acknowledgement), "the first one still holds")
	require.Equal(t, []string{firstCase + ": Defence received", firstCase + ": Defence came in, its receipt is not known yet"}, c.box(defendant.Organisation))
	require.Len(t, c.box("sample-utilities"), 2)

	moved := c.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "2026-03-04 08:45:00")
	require.Empty(t, moved.Papers)
	require.Len(t, moved.Moved, 1, "what was acknowledged stands, and is shown")
	require.Equal(t, firstCase, moved.Moved[0].Case)
	require.Equal(t, 1, moved.Moved[0].Document)
	require.Equal(t, hk("2026-03-04 08:45:00"), moved.Moved[0].After.Deemed.In(calendarhk.Zone()))
	c.proven()
}

// TestAPaperThatTurnsOutToBeLate is sent on the last day after the registry closed for the rest of it: a day on which it was open for a part
// is no closure day.
func TestAPaperThatTurnsOutToBeLate(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2026-03-02")
	c.set("2026-03-11 16:00:00")
	c.closure("flood", calendarhk.Direction, "2026-03-11 15:00:00", "")
	in := paper(icmshk.Review)
	sent := c.submit(in)
	require.Equal(t, icms.DocumentPending, sent.Document.State)
	require.Equal(t, []string{"submission.limit.undecided"}, codes(sent.Findings))

	c.set("2026-03-11 20:00:00")
	done := c.closure("flood", calendarhk.Direction, "2026-03-11 15:00:00", "2026-03-12 08:45:00")
	require.Len(t, done.Papers, 1)
	late := c.submit(in).Document
	require.Equal(t, icms.DocumentRefused, late.State)
	require.Nil(t, late.Decision, "no officer refused it")
	require.True(t, late.Limit.Late)
	require.Equal(t, "2026-03-11", late.Limit.Last)
	require.Equal(t, firstCase+": Application for review of an award or order refused", c.box(defendant.Organisation)[0])

	asked := c.ask(icms.TimeRequest{Document: late.Serial})
	allowed, err := c.Registry().AllowTime(t.Context(), asked.ID, true, nil, registrar)
	require.NoError(t, err)
	require.Equal(t, late.Serial, allowed.Paper)
	d := c.submit(in).Document
	require.Equal(t, icms.DocumentReceived, d.State)
	require.True(t, d.Limit.Late)
	require.True(t, d.Limit.Allowed)
	require.Equal(t, hk("2026-03-12 08:45:00"), d.Receipt.Deemed.In(calendarhk.Zone()), "leave moves no receipt")
	c.proven()
}

// TestALimitThatWaitsForAWarningsEnd decides nothing while the end of a warning is not known.
func TestALimitThatWaitsForAWarningsEnd(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2026-03-02")
	c.warning("t8", "2026-03-10 20:00:00", "")
	require.Equal(t, "pending", c.last(icmshk.Review))
	c.set("2026-03-13 09:00:00")
	in := paper(icmshk.Review)
	sent := c.submit(in)
	require.Equal(t, icms.DocumentPending, sent.Document.State)
	require.False(t, sent.Acknowledgement.Pending, "its receipt is known")
	require.False(t, sent.Acknowledgement.Deemed.IsZero())
	require.True(t, sent.Document.Limit.Pending)

	done := c.warning("t8", "2026-03-10 20:00:00", "2026-03-11 06:00:00")
	require.Len(t, done.Papers, 1)
	d := c.submit(in).Document
	require.Equal(t, icms.DocumentReceived, d.State, "10 and 11 March are not counted")
	require.Equal(t, "2026-03-13", d.Limit.Last)
	c.proven()
}

// TestAPaperSentInTimeWhileAllIsOpenEnded is in time whatever is announced later.
func TestAPaperSentInTimeWhileAllIsOpenEnded(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2026-03-02")
	c.warning("t8", "2026-03-10 20:00:00", "")
	c.set("2026-03-12 09:00:00")
	require.Equal(t, icms.DocumentReceived, c.submit(paper(icmshk.Review)).Document.State)
}

// TestAPendingPaperIsRefusedOrCorrected before it is completed, and then waits no more; unless its correction is refused.
func TestAPendingPaperIsRefusedOrCorrected(t *testing.T) {
	c := newCase(t)
	c.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "")
	first := c.submit(paper(icmshk.Defence)).Document
	in := paper(icmshk.Defence)
	in.Corrects = first.Serial
	second := c.submit(in).Document
	_, err := c.Registry().RefuseDocument(t.Context(), "SCT", firstCase, second.Serial, tooVague, registrar)
	require.NoError(t, err)
	require.Equal(t, []string{"defence pending", "defence refused"}, c.papers())
	in.Reference = "once more"
	third := c.submit(in).Document
	require.Equal(t, []string{"defence corrected", "defence refused", "defence pending"}, c.papers())
	announced := c.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "2026-03-02 11:00:00")
	require.Equal(t, []icms.PaperName{{Case: firstCase, Serial: third.Serial}}, announced.Papers)
	require.Equal(t, []string{"defence corrected", "defence refused", "defence received"}, c.papers())
	c.set("2026-03-02 12:00:00")
	_, err = c.Resume(t.Context())
	require.NoError(t, err)
	c.proven()
}

// TestAPaperOfASealedCaseIsCompletedUnheard tells nobody until the case is opened again.
func TestAPaperOfASealedCaseIsCompletedUnheard(t *testing.T) {
	c := newCase(t)
	c.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "")
	c.submit(paper(icmshk.Defence))
	c.access(icms.CaseSealed)
	require.Empty(t, c.box(defendant.Organisation))
	_, err := c.Registry().Announce(t.Context(), "SCT", icms.RegistryOffice, reopening(), registrar)
	require.NoError(t, err)
	require.Equal(t, []string{"defence received"}, c.papers(), "the court's work goes on")
	require.Empty(t, c.box(defendant.Organisation))
	require.Len(t, c.box("sample-utilities"), 1, "of the batch")
	c.access(icms.CaseOpen)
	require.Contains(t, c.box(defendant.Organisation), firstCase+": Defence received")
	require.Contains(t, c.box("sample-utilities"), firstCase+": Defence was filed")
	c.proven()
}

// TestACaseIsSealedWhileItsPapersMove leaves no message about it in any box, whoever is first.
func TestACaseIsSealedWhileItsPapersMove(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2026-02-02")
	refused := c.submit(paper(icmshk.Defence)).Document.Serial
	asked := c.ask(icms.TimeRequest{Until: calendar.MustDate("2026-03-20")})
	c.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "")
	c.submit(paper(icmshk.Evidence))
	var wait sync.WaitGroup
	errs := make([]error, 3)
	wait.Go(func() {
		_, errs[0] = c.Registry().SetAccess(t.Context(), icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar}, icms.CaseSealed)
	})
	wait.Go(func() {
		_, errs[1] = c.Registry().RefuseDocument(t.Context(), "SCT", firstCase, refused, tooVague, registrar)
	})
	wait.Go(func() { _, errs[2] = c.Registry().AllowTime(t.Context(), asked.ID, true, nil, registrar) })
	_, err := c.Registry().Announce(t.Context(), "SCT", icms.RegistryOffice, reopening(), registrar)
	wait.Wait()
	require.NoError(t, errors.Join(append(errs, err)...))
	require.Empty(t, c.box(defendant.Organisation))
	require.Len(t, c.box("sample-utilities"), 1, "of the batch")
	require.Equal(t, []string{"order issued", "defence refused", "evidence received"}, c.papers())
	c.proven()
}

// TestAPaperIsCompletedByAnotherNode when the one that announced the reopening died before it came to the paper.
func TestAPaperIsCompletedByAnotherNode(t *testing.T) {
	c := newCase(t)
	c.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "")
	in := paper(icmshk.Defence)
	c.submit(in)
	whole := c.store
	m := &mortal{Store: whole, after: true}
	m.left.Store(1)
	c.store = m
	c.open()
	done := reopening()
	_, err := c.Registry().Announce(t.Context(), "SCT", icms.RegistryOffice, done, registrar)
	require.Error(t, err, "it died when the announcement was kept")
	c.store = whole
	c.open()
	require.Equal(t, []string{"defence pending"}, c.papers())
	c.set("2026-03-02 16:00:00")
	n, err := c.Resume(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, n)
	require.Equal(t, []string{"defence received"}, c.papers())
	n, err = c.Resume(t.Context())
	require.NoError(t, err)
	require.Zero(t, n, "it is over")
	c.proven()
}
