package icms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

func appointment(at string) icms.Appointment {
	return icms.Appointment{At: hk(at), Place: "Court 1", By: registrar}
}

// hear fixes a hearing of the first case.
func (c *counter) hear(at string) icms.Hearing {
	c.t.Helper()
	h, err := c.Registry().FixHearing(c.t.Context(), "SCT", firstCase, appointment(at))
	require.NoError(c.t, err)
	return h
}

// TestTheDaysOfAFirstHearing holds the first and the last day: the claim counts as received on Friday 27 February 2026.
func TestTheDaysOfAFirstHearing(t *testing.T) {
	c := newCase(t)
	for at, code := range map[string]string{
		"2026-03-02 10:00:00": "court.hearing.past",
		"2026-03-08 23:59:59": "court.hearing.early",
		"2026-04-29 00:00:00": "court.hearing.late",
	} {
		_, err := c.Registry().FixHearing(t.Context(), "SCT", firstCase, appointment(at))
		require.Equal(t, code, refusal(t, err))
		if code != "court.hearing.past" {
			var refused *icms.RefusalError
			require.ErrorAs(t, err, &refused)
			require.Equal(t, "Cap. 338 s. 14(1)(a)", refused.Finding.Provision.Cite())
			require.Equal(t, law.Secondary, refused.Finding.Provision.Status)
		}
	}
	c.hear("2026-03-09 09:30:00")
	agreed := appointment("2026-06-01 10:00:00")
	agreed.Agreed, agreed.Reason = "letters of both parties", law.T("Asked for by both.", "雙方要求。")
	h, err := c.Registry().FixHearing(t.Context(), "SCT", firstCase, agreed)
	require.NoError(t, err)
	require.Equal(t, "letters of both parties", h.Agreed)
	moved := appointment("2026-04-28 16:29:59")
	moved.Reason = law.T("Earlier.", "提前。")
	_, err = c.Registry().FixHearing(t.Context(), "SCT", firstCase, moved)
	require.NoError(t, err)
}

func TestAHearingIsFixedMovedAndVacated(t *testing.T) {
	c := newCase(t)
	c.hear("2026-03-20 10:00:00")
	c.hear("2026-03-20 10:00:00")
	require.Equal(t, []string{firstCase + ": hearing on 2026-03-20 10:00:00"}, c.box("defendant-0001"), "the same again changes nothing")
	move := appointment("2026-03-23 10:00:00")
	_, err := c.Registry().FixHearing(t.Context(), "SCT", firstCase, move)
	require.Equal(t, "submission.reason.missing", refusal(t, err))
	move.Reason = law.T("The court is not available.", "法庭未能使用。")
	_, err = c.Registry().FixHearing(t.Context(), "SCT", firstCase, move)
	require.NoError(t, err)
	require.Equal(t, []string{"2026-03-23 10:00:00 " + firstCase}, c.hearings("2026-03-23"))
	require.Empty(t, c.hearings("2026-03-20"))

	act := icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar}
	require.Equal(t, "submission.reason.missing", refusal(t, c.Registry().VacateHearing(t.Context(), act)))
	act.Reason = law.T("Both agree.", "雙方同意。")
	require.NoError(t, c.Registry().VacateHearing(t.Context(), act))
	require.NoError(t, c.Registry().VacateHearing(t.Context(), act), "it stays so")
	require.Empty(t, c.hearings("2026-03-23"))
	require.Equal(t, []string{
		firstCase + ": hearing vacated", firstCase + ": hearing moved to 2026-03-23 10:00:00", firstCase + ": hearing on 2026-03-20 10:00:00",
	}, c.box("defendant-0001"))
	require.Equal(t, []string{"hearing issued", "hearing issued", "hearing issued"}, c.papers())
	proof, err := c.Registry().Deliveries(t.Context(), "SCT", firstCase, 2)
	require.NoError(t, err)
	require.Len(t, proof, 2)

	act.Case = "SCTC000002/2026"
	require.Equal(t, "court.hearing.none", refusal(t, c.Registry().VacateHearing(t.Context(), act)))
	c.proven()
}

// TestConcludingACaseVacatesItsHearing tells subscribers of both: a calendar kept by events has no hearing left.
func TestConcludingACaseVacatesItsHearing(t *testing.T) {
	c := newCase(t)
	c.hear("2026-03-20 10:00:00")
	c.outbox()
	act := icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar}
	_, err := c.Registry().Conclude(t.Context(), act)
	require.NoError(t, err)
	stream := c.outbox()["case/SCT/"+firstCase]
	require.Equal(t, []string{icms.EventHearingVacated, icms.EventCaseConcluded}, types(stream))
	require.Contains(t, stream[0], `"at":"2026-03-20T10:00:00+08:00"`)
	require.Equal(t, []string{firstCase + ": concluded", firstCase + ": hearing vacated"}, c.box("defendant-0001")[:2])
	_, err = c.Registry().Reopen(t.Context(), act)
	require.NoError(t, err)
	require.Equal(t, []string{icms.EventCaseReopened}, types(c.outbox()["case/SCT/"+firstCase]))
	c.proven()
}

func TestTheNextHearingIsNotTheFirst(t *testing.T) {
	c := newCase(t)
	c.hear("2026-03-20 10:00:00")
	c.set("2026-03-20 17:00:00")
	act := icms.CaseAct{Court: "SCT", Case: firstCase, Reason: law.T("late", ""), By: registrar}
	require.Equal(t, "court.hearing.none", refusal(t, c.Registry().VacateHearing(t.Context(), act)), "it is over")
	c.hear("2026-08-03 10:00:00")
	require.NoError(t, c.Registry().VacateHearing(t.Context(), act))
	_, err := c.Registry().FixHearing(t.Context(), "SCT", firstCase, appointment("2026-08-04 10:00:00"))
	require.Equal(t, "court.hearing.late", refusal(t, err), "no hearing was held that the court knows of")
	c.issue(icms.Issue{Court: "SCT", Case: firstCase, Kind: icms.PaperRecord, Event: icms.HearingHeld, By: registrar})
	c.hear("2026-08-04 10:00:00")
}

func TestAppointmentsHaveATimeAPlaceAndAnOfficer(t *testing.T) {
	c := newCase(t)
	for _, edit := range []func(*icms.Appointment){
		func(a *icms.Appointment) { a.At = icms.Appointment{}.At }, func(a *icms.Appointment) { a.Place = " " },
		func(a *icms.Appointment) { a.Agreed = "a\nb" }, func(a *icms.Appointment) { a.By.User = "" },
	} {
		a := appointment("2026-03-20 10:00:00")
		edit(&a)
		_, err := c.Registry().FixHearing(t.Context(), "SCT", firstCase, a)
		require.ErrorIs(t, err, icms.ErrInvalid)
		_, err = c.Registry().FixSitting(t.Context(), "any", a)
		require.ErrorIs(t, err, icms.ErrInvalid)
	}
	court := smallClaims(t)
	court.Hearings.Latest = 5
	_, err := icms.New(icms.Options{Store: c.store, Blobs: c.blobs, Courts: []icms.Court{court}})
	require.ErrorContains(t, err, "Hearings")
}

// hearings lists a day as lines of time and case.
func (c *counter) hearings(day string) []string {
	c.t.Helper()
	date, err := calendar.ParseDate(day)
	require.NoError(c.t, err)
	out := []string{}
	for l, err := range pages(func(after string) ([]icms.Listed, string, error) {
		return c.Registry().Hearings(c.t.Context(), "SCT", date, after, 2)
	}) {
		require.NoError(c.t, err)
		out = append(out, l.Hearing.At.In(c.court.Zone()).Format("2006-01-02 15:04:05")+" "+l.Number)
	}
	return out
}

// A court whose data bounds no days takes a hearing on any day to come.
func TestACourtWithoutDaysForHearings(t *testing.T) {
	c := newCase(t)
	c.court.Hearings = icms.HearingPolicy{}
	c.open()
	h := c.hear("2026-03-02 10:00:01")
	require.Equal(t, hk("2026-03-02 10:00:01"), h.At.In(calendarhk.Zone()), "in the hours of the registry")
	c.set("2026-03-03 10:00:00")
	c.hear("2036-03-03 10:00:00")
}
