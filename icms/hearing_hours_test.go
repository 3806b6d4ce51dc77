package icms_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// TestNoHearingWhileTheCourtIsClosed asks for hearings on closed days and outside the hours: refused with the reason of the calendar and the
// next time possible.
func TestNoHearingWhileTheCourtIsClosed(t *testing.T) {
	c := newCase(t)
	for at, want := range map[string][2]string{
		"2026-03-14 10:00:00": {"Saturday", "2026-03-16 09:30:00"},
		"2026-03-15 10:00:00": {"Sunday", "2026-03-16 09:30:00"},
		"2026-04-03 10:00:00": {"Good Friday", "2026-04-08 09:30:00"},
		"2026-03-16 23:00:00": {"lies outside the hours of 2026-03-16", "2026-03-17 09:30:00"},
		"2026-03-16 09:29:59": {"lies outside the hours of 2026-03-16", "2026-03-16 09:30:00"},
		"2026-03-16 13:30:00": {"lies outside the hours of 2026-03-16", "2026-03-16 14:30:00"},
		"2026-03-16 16:30:00": {"closing instant", "2026-03-17 09:30:00"},
	} {
		_, err := c.Registry().FixHearing(t.Context(), "SCT", firstCase, appointment(at))
		require.Equal(t, "court.hearing.closed", refusal(t, err), at)
		require.ErrorContains(t, err, want[0], at)
		require.ErrorContains(t, err, "next sits at "+want[1], at)
		_, err = c.Registry().FixSitting(t.Context(), c.batchOf(firstCase), appointment(at))
		require.Equal(t, "court.hearing.closed", refusal(t, err), at)
	}
	agreed := appointment("2026-03-15 10:00:00")
	agreed.Agreed = "letters of both parties"
	_, err := c.Registry().FixHearing(t.Context(), "SCT", firstCase, agreed)
	require.Equal(t, "court.hearing.closed", refusal(t, err), "no agreement opens the court")
	agreed.At = hk("2150-03-15 10:00:00")
	_, err = c.Registry().FixHearing(t.Context(), "SCT", firstCase, agreed)
	require.Equal(t, "court.hearing.day-unknown", refusal(t, err))
	require.Empty(t, c.papers(), "nothing was kept")
}

// TestNoHearingInAClosureThatIsKnown has a closure announced before the hearing is fixed.
func TestNoHearingInAClosureThatIsKnown(t *testing.T) {
	c := newCase(t)
	c.closure("works", calendarhk.Direction, "2026-03-16 00:00:00", "2026-03-18 14:30:00")
	_, err := c.Registry().FixHearing(t.Context(), "SCT", firstCase, appointment("2026-03-17 10:00:00"))
	require.Equal(t, "court.hearing.closed", refusal(t, err))
	require.ErrorContains(t, err, "closed by direction")
	require.ErrorContains(t, err, "next sits at 2026-03-18 14:30:00")
	var refused *icms.RefusalError
	require.ErrorAs(t, err, &refused)
	require.Equal(t, `Cap. 638H r. 2 "closure time" (d)`, refused.Finding.Provision.Cite())
	require.Contains(t, refused.Text()[law.TraditionalChinese], "按指示關閉")
	c.closure("flood", calendarhk.Direction, "2026-03-20 00:00:00", "")
	_, err = c.Registry().FixHearing(t.Context(), "SCT", firstCase, appointment("2026-03-23 10:00:00"))
	require.ErrorContains(t, err, "not known yet")
	c.hear("2026-03-18 14:30:00")
}

// TestAClosureComesOverHearings fixes a sitting and announces a closure over it: the parties are told, staff have a list; the closure is cut
// short, and the hearings stand again.
func TestAClosureComesOverHearings(t *testing.T) {
	c := newCase(t)
	_, err := c.Registry().FixSitting(t.Context(), c.batchOf(firstCase), appointment("2026-03-20 15:00:00"))
	require.NoError(t, err)
	told := c.closure("storm", calendarhk.GaleWarning, "2026-03-20 08:00:00", "2026-03-20 18:00:00")
	require.Equal(t, 2, told.Hearings)
	require.Equal(t, 2, c.closure("storm", calendarhk.GaleWarning, "2026-03-20 08:00:00", "2026-03-20 18:00:00").Hearings, "the same again")
	require.Equal(t, []string{firstCase + ": the hearing on 2026-03-20 15:00:00 will be fixed anew", firstCase + ": hearing on 2026-03-20 15:00:00"}, c.box("defendant-0001"))
	require.Equal(t, []string{firstCase, "SCTC000002/2026"}, c.closed("storm"))
	require.Empty(t, c.closed("no such closure"))

	told = c.closure("storm", calendarhk.GaleWarning, "2026-03-20 08:00:00", "2026-03-20 14:30:00")
	require.Zero(t, told.Hearings)
	require.Empty(t, c.closed("storm"))
	require.Equal(t, firstCase+": the hearing on 2026-03-20 15:00:00 stands", c.box("defendant-0001")[0])

	c.closure("storm", calendarhk.GaleWarning, "2026-03-20 08:00:00", "")
	move := appointment("2026-03-24 10:00:00")
	_, err = c.Registry().FixHearing(t.Context(), "SCT", firstCase, move)
	require.Equal(t, "court.hearing.closed", refusal(t, err), "nobody knows when it reopens")
	c.closure("storm", calendarhk.GaleWarning, "2026-03-20 08:00:00", "2026-03-20 20:00:00")
	move.Reason = law.T("The storm.", "風暴。")
	h, err := c.Registry().FixHearing(t.Context(), "SCT", firstCase, move)
	require.NoError(t, err)
	require.Empty(t, h.Closed)
	require.Equal(t, []string{"SCTC000002/2026"}, c.closed("storm"), "what is fixed anew leaves the list")
	events := c.outbox()
	require.Contains(t, events["closures/SCT"], `icms.hearings.closed {"closure":"storm","court":"SCT","hearings":2}`)
	require.Equal(t, []string{
		"icms.hearing.fixed", "icms.hearing.closed", "icms.hearing.stands", "icms.hearing.closed", "icms.hearing.fixed",
	}, types(events["case/SCT/"+firstCase]))
	c.proven()
}

// TestAClosureOverASittingIsOneMessageForItsBatch, however many cases it has; the parties of each case are told of theirs.
func TestAClosureOverASittingIsOneMessageForItsBatch(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 20_000)
	const cases = 401 // more than two parts
	filed, err := c.Registry().File(t.Context(), batch(claims(cases, "F", "1000")))
	require.NoError(t, err)
	link := icms.Link{Court: "SCT", Case: "SCTC000401/2026", Party: "defendant-1", Member: "defendant-0401", Proof: "letter", By: registrar}
	_, err = c.Registry().LinkParty(t.Context(), link)
	require.NoError(t, err)
	_, err = c.Registry().FixSitting(t.Context(), filed.ID, appointment("2026-03-20 15:00:00"))
	require.NoError(t, err)
	before := len(c.box("sample-utilities"))
	storm := func(reopens string) []string {
		c.closure("storm", calendarhk.GaleWarning, "2026-03-20 08:00:00", reopens)
		box := c.box("sample-utilities")
		return box[:len(box)-before]
	}
	batch := "Batch " + filed.Reference + ": the sitting on 2026-03-20 15:00:00 "
	require.Equal(t, []string{batch + "will be fixed anew"}, storm("2026-03-20 18:00:00"))
	require.Len(t, storm("2026-03-20 19:00:00"), 1, "closed for longer")
	require.Len(t, c.closed("storm"), cases)
	require.Equal(t, "SCTC000401/2026: the hearing on 2026-03-20 15:00:00 will be fixed anew", c.box("defendant-0401")[0])
	require.Equal(t, []string{batch + "stands", batch + "will be fixed anew"}, storm("2026-03-20 14:30:00"))
	require.Equal(t, "SCTC000401/2026: the hearing on 2026-03-20 15:00:00 stands", c.box("defendant-0401")[0])
	require.Len(t, storm("2026-03-20 18:00:00"), 3, "closed again")
	sitting, err := c.Registry().Sitting(t.Context(), filed.ID)
	require.NoError(t, err)
	require.Equal(t, "storm", sitting.Closed)
	move := appointment("2026-03-24 10:00:00")
	move.Reason = law.T("The storm.", "風暴。")
	sitting, err = c.Registry().FixSitting(t.Context(), filed.ID, move)
	require.NoError(t, err)
	require.Empty(t, sitting.Closed)
	require.Equal(t, cases, sitting.Cases)
	require.Empty(t, c.closed("storm"))
	c.proven()
}

// TestTheAccountsOfficeHoldsNoHearings closes the accounts office alone.
func TestTheAccountsOfficeHoldsNoHearings(t *testing.T) {
	c := newCase(t)
	c.hear("2026-03-20 10:00:00")
	a, err := c.Registry().Announce(t.Context(), "SCT", icms.AccountsDesk, calendar.Closure{
		ID: "till", Cause: calendarhk.Direction, From: hk("2026-03-20 08:00:00"), Reopens: hk("2026-03-20 18:00:00"),
	}, registrar)
	require.NoError(t, err)
	require.Zero(t, a.Hearings)
	require.Len(t, c.box("defendant-0001"), 1)
}

// TestDieWhileAClosureComesOverHearings lets the process die at each write of an announcement: whoever comes next finishes it.
func TestDieWhileAClosureComesOverHearings(t *testing.T) {
	storm := calendar.Closure{ID: "storm", Cause: calendarhk.GaleWarning, From: hk("2026-03-20 08:00:00"), Reopens: hk("2026-03-20 18:00:00")}
	for _, when := range []string{"before", "after"} {
		for at := 1; ; at++ {
			c := newCase(t)
			_, err := c.Registry().FixSitting(t.Context(), c.batchOf(firstCase), appointment("2026-03-20 10:00:00"))
			require.NoError(t, err)
			whole, r := c.store, &reaper{at: at, when: when}
			c.store = mortalStore{whole, r}
			c.open()
			_, err = c.Registry().Announce(t.Context(), "SCT", icms.RegistryOffice, storm, registrar)
			if r.seen < at {
				require.NoError(t, err)
				require.Greater(t, at, 3)
				break
			}
			require.ErrorIs(t, err, errDead)
			c.store = whole
			c.open()
			if at == 1 && when == "before" {
				continue // nobody knows of it
			}
			c.set("2026-03-02 12:00:00") // the lease is over
			_, err = c.Resume(t.Context())
			require.NoError(t, err)
			require.Contains(t, c.box("defendant-0001")[0], "fixed anew", "%s write %d", when, at)
			require.Len(t, c.box("defendant-0001"), 2)
			require.Contains(t, c.outbox()["closures/SCT"], `icms.hearings.closed {"closure":"storm","court":"SCT","hearings":2}`, "%s write %d", when, at)
			c.proven()
		}
	}
}

// TestAClosureOverHearingsThatOthersKeepChangingIsGivenUp, and goes on by itself later.
func TestAClosureOverHearingsThatOthersKeepChangingIsGivenUp(t *testing.T) {
	c := newCase(t)
	c.hear("2026-03-20 10:00:00")
	whole, o := c.store, &overtaken{Store: c.store, prefix: "hearings-closed/"}
	c.store = o
	c.open()
	_, err := c.Registry().Announce(t.Context(), "SCT", icms.RegistryOffice, calendar.Closure{
		ID: "storm", Cause: calendarhk.GaleWarning, From: hk("2026-03-20 08:00:00"), Reopens: hk("2026-03-20 18:00:00"),
	}, registrar)
	require.ErrorIs(t, err, icms.ErrOvertaken)
	require.Equal(t, "request.overtaken", refusal(t, err), "no sitting is in it")
	require.ErrorContains(t, err, "closure storm")
	require.Equal(t, 32, o.tries)
	c.store = whole
	c.open()
	c.set("2026-03-02 12:00:00")
	_, err = c.Resume(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{firstCase}, c.closed("storm"))
}

// closed lists the cases that a closure came over.
func (c *counter) closed(closure string) []string {
	c.t.Helper()
	out := []string{}
	for l, err := range pages(func(after string) ([]icms.Listed, string, error) {
		return c.Registry().ClosedHearings(c.t.Context(), "SCT", closure, after, 1)
	}) {
		require.NoError(c.t, err)
		require.Equal(c.t, closure, l.Hearing.Closed)
		out = append(out, l.Number)
	}
	return out
}

// types gives the types of events that outbox gave.
func types(events []string) []string {
	out := make([]string, len(events))
	for i, e := range events {
		out[i], _, _ = strings.Cut(e, " ")
	}
	return out
}

// outbox gives the events that were not delivered yet by their streams, as type and data. It takes them: a second call finds none.
func (c *counter) outbox() map[string][]string {
	c.t.Helper()
	out := map[string][]string{}
	for {
		batch, err := c.store.ClaimEvents(c.t.Context(), store.Claim{Now: c.now(), Lease: time.Hour, Max: 1000})
		require.NoError(c.t, err)
		if len(batch) == 0 {
			return out
		}
		for _, e := range batch {
			out[e.Stream] = append(out[e.Stream], e.Type+" "+string(e.Data))
		}
		require.NoError(c.t, c.store.AckEvents(c.t.Context(), batch))
	}
}
