package icms_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
)

// TestAPaperIsLateWhenItsDayIsAfterTheLast asks, for any day of an award and any instant of sending, whether an application is late, and holds the answer
// against a count by hand: day by day, without Saturdays and holidays, until seven are counted; and the registry's next opening.
func TestAPaperIsLateWhenItsDayIsAfterTheLast(t *testing.T) {
	c := newCase(t)
	holidays, err := calendarhk.Holidays()
	require.NoError(t, err)
	open := func(d calendar.Date) bool {
		_, holiday := holidays.On(d)
		return !holiday && d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
	}
	first := calendar.MustDate("2026-03-02")
	serials := map[calendar.Date]int{}
	rapid.Check(t, func(rt *rapid.T) {
		award := first.AddDays(rapid.IntRange(0, 600).Draw(rt, "award"))
		if serials[award] == 0 {
			serials[award] = c.event(icms.AwardMade, award.String())
		}
		last := award
		for counted := 0; counted < 7; {
			if last = last.AddDays(1); open(last) {
				counted++
			}
		}
		sent := award.AddDays(rapid.IntRange(0, 20).Draw(rt, "after")).Start(calendarhk.Zone()).Add(time.Duration(rapid.IntRange(0, 86399).Draw(rt, "second")) * time.Second)
		deemed := calendar.DateOf(sent, calendarhk.Zone())
		if closing := deemed.Start(calendarhk.Zone()).Add(17*time.Hour + 30*time.Minute); sent.After(closing) {
			deemed = deemed.AddDays(1)
		}
		for !open(deemed) {
			deemed = deemed.AddDays(1)
		}
		c.mu.Lock()
		c.at = sent
		c.mu.Unlock()
		in := paper(icmshk.Review)
		in.Against = serials[award]
		r, err := c.Registry().PreflightSubmission(t.Context(), in)
		require.NoError(rt, err)
		require.Equal(rt, last.String(), r.Document.Limit.Last)
		require.Equal(rt, deemed, calendar.DateOf(r.Document.Receipt.Deemed, calendarhk.Zone()))
		require.Equal(rt, deemed.After(last), r.Refused(), "%v", r.Findings)
	})
}
