package icms_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

// reopening is the announcement that ends the flood of 2 March at three o'clock.
func reopening() calendar.Closure {
	return calendar.Closure{ID: "flood", Cause: calendarhk.Direction, From: hk("2026-03-02 09:00:00"), Reopens: hk("2026-03-02 15:00:00")}
}

func TestLeaveToSendALatePaper(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2026-03-02")
	c.set("2026-03-13 10:00:00")
	in := paper(icmshk.Review)
	require.Equal(t, []string{"submission.late"}, c.refused(in))
	asked := c.ask(icms.TimeRequest{Until: calendar.MustDate("2026-03-16")})
	require.Equal(t, asked, c.ask(icms.TimeRequest{Until: calendar.MustDate("2026-03-16")}), "asked once")
	in.Time = asked.ID
	require.Equal(t, []string{"submission.time.not-allowed", "submission.late"}, c.refused(in), "not decided yet")

	waiting, next, err := c.Registry().TimeRequests(t.Context(), "SCT", "", 10)
	require.NoError(t, err)
	require.Empty(t, next)
	require.Equal(t, []icms.TimeRequest{asked}, waiting)
	allowed, err := c.Registry().AllowTime(t.Context(), asked.ID, true, law.T("Hospital note seen.", "已閱醫院證明。"), registrar)
	require.NoError(t, err)
	require.True(t, allowed.Decision.Accepted)
	again, err := c.Registry().AllowTime(t.Context(), asked.ID, true, nil, registrar)
	require.NoError(t, err)
	require.Equal(t, allowed, again)
	require.Equal(t, firstCase+": your request for time is allowed", c.box(defendant.Organisation)[0])
	waiting, _, err = c.Registry().TimeRequests(t.Context(), "SCT", "", 10)
	require.NoError(t, err)
	require.Empty(t, waiting)

	c.set("2026-03-16 17:31:00")
	require.Equal(t, []string{"submission.late"}, c.refused(in), "deemed received after the day that was allowed")
	c.set("2026-03-16 17:00:00")
	d := c.submit(in).Document
	require.Equal(t, icms.DocumentReceived, d.State)
	require.True(t, d.Limit.Late)
	require.True(t, d.Limit.Allowed)
	require.Contains(t, d.Limit.Reason.String(), "officer-1 allowed")
	require.Equal(t, law.Assumed, d.Limit.Reason.Status(), "our policy")
	in.Reference = "second"
	require.Equal(t, []string{"submission.time.not-allowed", "submission.late"}, c.refused(in), "it serves one paper")

	of, _, err := c.Registry().TimeRequestsIn(t.Context(), "SCT", firstCase, "", 10)
	require.NoError(t, err)
	require.Len(t, of, 1)
	require.Equal(t, d.Serial, of[0].Paper)
	c.proven()
}

// TestLeaveThatWasNotNeeded is not what a paper in time rests on.
func TestLeaveThatWasNotNeeded(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2026-03-02")
	asked := c.ask(icms.TimeRequest{Until: calendar.MustDate("2026-03-16")})
	_, err := c.Registry().AllowTime(t.Context(), asked.ID, true, nil, registrar)
	require.NoError(t, err)
	in := paper(icmshk.Review)
	in.Time = asked.ID
	d := c.submit(in).Document
	require.False(t, d.Limit.Late)
	require.False(t, d.Limit.Allowed)
}

func TestBackDating(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2026-03-02")
	c.set("2026-03-12 10:00:00")
	asked := c.ask(icms.TimeRequest{AsOf: hk("2026-03-11 17:00:00")})
	_, err := c.Registry().AllowTime(t.Context(), asked.ID, true, nil, registrar)
	require.NoError(t, err)
	in := paper(icmshk.Review)
	in.Time = asked.ID
	sent := c.submit(in)
	require.Equal(t, hk("2026-03-11 17:00:00"), sent.Acknowledgement.Deemed.In(calendarhk.Zone()))
	require.Equal(t, hk("2026-03-12 10:00:00"), sent.Acknowledgement.Received.In(calendarhk.Zone()), "both instants are kept")
	require.False(t, sent.Document.Limit.Late)
	require.Contains(t, sent.Document.Receipt.Reason.String(), "to count as received on 2026-03-11 17:00:00")

	// A kept paper without a limit is dated back too, and what an officer dated is not moved by closures.
	defence := paper(icmshk.Defence)
	kept := c.submit(defence).Document
	asked = c.ask(icms.TimeRequest{Kind: icmshk.Defence, Document: kept.Serial, AsOf: hk("2026-03-10 09:00:00")})
	_, err = c.Registry().AllowTime(t.Context(), asked.ID, true, nil, registrar)
	require.NoError(t, err)
	now := c.submit(defence)
	require.Equal(t, hk("2026-03-10 09:00:00"), now.Acknowledgement.Deemed.In(calendarhk.Zone()))
	require.Equal(t, 2, now.Document.Acks)
	moved := c.closure("flood", calendarhk.Direction, "2026-03-10 08:00:00", "2026-03-10 12:00:00")
	require.Empty(t, moved.Moved)
	c.proven()
}

func TestARequestForTimeIsRefused(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2026-02-02")
	asked := c.ask(icms.TimeRequest{Until: calendar.MustDate("2026-03-16")})
	_, err := c.Registry().AllowTime(t.Context(), asked.ID, false, nil, registrar)
	requireRefusal(t, err, filing.SubmissionNoReason)
	_, err = c.Registry().AllowTime(t.Context(), asked.ID, false, tooVague, icms.Filer{})
	require.ErrorIs(t, err, icms.ErrInvalid)
	_, err = c.Registry().AllowTime(t.Context(), "time/none", true, nil, registrar)
	require.ErrorIs(t, err, icms.ErrNotFound)
	_, err = c.Registry().AllowTime(t.Context(), asked.ID, false, tooVague, registrar)
	require.NoError(t, err)
	require.Equal(t, firstCase+": your request for time is refused", c.box(defendant.Organisation)[0])
	in := paper(icmshk.Review)
	in.Time = asked.ID
	require.Equal(t, []string{"submission.time.not-allowed", "submission.late"}, c.refused(in))
	in = paper(icmshk.Evidence)
	in.Time = asked.ID
	require.Equal(t, []string{"submission.time.not-allowed"}, c.refused(in), "of another kind")
	c.proven()
}

func TestWhatCannotBeAskedFor(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2026-03-02")
	received := c.submit(paper(icmshk.Review)).Document
	ask := func(edit func(*icms.TimeRequest)) error {
		in := icms.TimeRequest{
			Court: "SCT", Case: firstCase, Party: "defendant-1", Kind: icmshk.Review, By: defendant, Reason: tooVague, Until: calendar.MustDate("2026-03-16"),
		}
		edit(&in)
		_, err := c.Registry().RequestTime(t.Context(), in)
		return err
	}
	require.NoError(t, ask(func(in *icms.TimeRequest) {}))
	for name, edit := range map[string]func(*icms.TimeRequest){
		"both":            func(in *icms.TimeRequest) { in.AsOf = c.now() },
		"neither":         func(in *icms.TimeRequest) { in.Until = calendar.Date{} },
		"a day gone by":   func(in *icms.TimeRequest) { in.Until = calendar.MustDate("2026-03-01") },
		"in future":       func(in *icms.TimeRequest) { in.Until, in.AsOf = calendar.Date{}, c.now().Add(time.Second) },
		"before the case": func(in *icms.TimeRequest) { in.Until, in.AsOf = calendar.Date{}, hk("2026-02-26 10:00:00") },
	} {
		t.Log(name)
		requireRefusal(t, ask(edit), filing.TimeInstant)
	}
	requireRefusal(t, ask(func(in *icms.TimeRequest) { in.Kind = icmshk.Defence }), filing.TimeNeedless)
	requireRefusal(t, ask(func(in *icms.TimeRequest) { in.Kind = icmshk.AffidavitOfService }), filing.SubmissionSide)
	requireRefusal(t, ask(func(in *icms.TimeRequest) { in.Document = received.Serial }), filing.SubmissionDecided)
	requireRefusal(t, ask(func(in *icms.TimeRequest) { in.Reason = law.T("", "住院") }), filing.SubmissionNoReason)
	require.ErrorIs(t, ask(func(in *icms.TimeRequest) { in.Document = 99 }), icms.ErrNotFound)
	require.ErrorIs(t, ask(func(in *icms.TimeRequest) { in.By = icms.Filer{} }), icms.ErrInvalid)
	require.NoError(t, ask(func(in *icms.TimeRequest) { in.Reference = "mine" }))
	err := ask(func(in *icms.TimeRequest) { in.Reference, in.Reason = "mine", law.T("Another.", "") })
	require.ErrorIs(t, err, icms.ErrConflict)
	requireRefusal(t, err, filing.SubmissionReference)
}
