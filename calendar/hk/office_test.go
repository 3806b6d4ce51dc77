package hk_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms/law"
)

func deemed(t testing.TB, o *calendar.Office, received string) string {
	t.Helper()
	r, err := o.Receive(at(t, received))
	require.NoError(t, err)
	if r.Pending {
		return "pending, " + r.Regular.Format("2006-01-02T15:04:05")
	}
	return r.Deemed.Format("2006-01-02T15:04:05")
}

// A typhoon as the notices come in: closed until further notice, then the reopening is announced, then it is put off.
func TestPendingUntilTheReopeningIsAnnounced(t *testing.T) {
	notice := func(known, reopens string) calendar.Closure {
		return calendar.Closure{
			ID: "typhoon", Cause: hk.GaleWarning, From: at(t, "2026-08-03T07:40"), Reopens: at(t, reopens), Known: at(t, known), Authority: "Judiciary Administrator",
		}
	}
	office := registry(t, hk.Options{Closures: []calendar.Closure{notice("2026-08-03T07:45", "")}})
	require.Equal(t, "pending, 2026-08-03T08:45:00", deemed(t, office, "2026-08-03T08:00:00"))
	require.Equal(t, "pending, 2026-08-04T08:45:00", deemed(t, office, "2026-08-03T09:00:00"))
	require.Equal(t, "2026-08-03T08:00:00", at(t, "2026-08-03T08:00:00").Format("2006-01-02T15:04:05"))

	announced, err := office.With(notice("2026-08-03T13:00", "2026-08-03T15:10"))
	require.NoError(t, err)
	require.Equal(t, "2026-08-03T15:10:00", deemed(t, announced, "2026-08-03T09:00:00"))
	require.Equal(t, "2026-08-03T15:10:00", deemed(t, announced, "2026-08-03T15:09:59"))
	require.Equal(t, "2026-08-03T15:10:00", deemed(t, announced, "2026-08-03T15:10:00"))

	putOff, err := announced.With(notice("2026-08-03T14:55", "2026-08-03T17:30"))
	require.NoError(t, err)
	require.Equal(t, "2026-08-04T08:45:00", deemed(t, putOff, "2026-08-03T09:00:00"), "a reopening at the closing instant rolls on")

	for known, want := range map[string]string{
		"2026-08-03T07:44": "2026-08-03T09:00:00", "2026-08-03T07:45": "pending, 2026-08-04T08:45:00",
		"2026-08-03T13:00": "2026-08-03T15:10:00", "2026-08-03T14:55": "2026-08-04T08:45:00",
	} {
		require.Equal(t, want, deemed(t, putOff.AsKnown(at(t, known)), "2026-08-03T09:00:00"), known)
	}
	received := []time.Time{at(t, "2026-08-03T07:00"), at(t, "2026-08-03T11:00"), at(t, "2026-08-03T16:00"), at(t, "2026-08-04T09:00")}
	var changed []string
	for c := range calendar.Changes(announced, putOff, slices.Values(received)) {
		changed = append(changed, c.Before.Deemed.Format("15:04")+" > "+c.After.Deemed.Format("02 15:04"))
	}
	require.Equal(t, []string{"15:10 > 04 08:45", "15:10 > 04 08:45", "16:00 > 04 08:45"}, changed)
}

func TestOffices(t *testing.T) {
	accounts, err := hk.Accounts(hk.Options{})
	require.NoError(t, err)
	closed := registry(t, hk.Options{Closures: []calendar.Closure{
		{ID: "leak", Cause: hk.Direction, From: at(t, "2026-03-02T09:00"), Reopens: at(t, "2026-03-02T12:00")},
	}})
	require.Equal(t, "2026-03-02T12:00:00", deemed(t, closed, "2026-03-02T10:00:00"))
	require.Equal(t, "2026-03-02T10:00:00", deemed(t, accounts, "2026-03-02T10:00:00"), "an office is closed by its own closures only")
	require.Equal(t, "Small Claims Tribunal Accounts Office", accounts.Name().In())
	require.Equal(t, "小額錢債審裁處登記處", closed.Name().In(law.TraditionalChinese))
	require.Equal(t, hk.Announced, accounts.ReadingName())
}

func TestHalfDays(t *testing.T) {
	usual, half := registry(t, hk.Options{}), registry(t, hk.Options{HalfDays: true})
	for received, want := range map[string]string{
		"2026-12-24T14:00:00": "2026-12-28T08:45:00", // Christmas Eve
		"2026-02-16T14:00:00": "2026-02-20T08:45:00", // Lunar New Year's Eve
		"2026-12-24T13:00:00": "2026-12-24T13:00:00",
		"2026-12-24T10:00:00": "2026-12-24T10:00:00",
		"2026-02-17T10:00:00": "2026-02-20T08:45:00",
	} {
		require.Equal(t, want, deemed(t, half, received), received)
	}
	require.Equal(t, "2026-12-24T14:00:00", deemed(t, usual, "2026-12-24T14:00:00"), "half days are an option")
	r, err := half.Receive(at(t, "2026-12-24T10:00:00"))
	require.NoError(t, err)
	require.Equal(t, law.Assumed, r.Reason().Status())
}

func TestOptions(t *testing.T) {
	h, err := holidays(t).With("hk-holidays-2027.2", calendar.Holiday{
		Date: calendar.MustDate("2026-03-02"), Name: law.T("appointed day", "指定日"), Status: law.Confirmed,
	})
	require.NoError(t, err)
	office := registry(t, hk.Options{Strict: true, Holidays: h, Special: []calendar.SpecialDay{
		{Date: calendar.MustDate("2026-03-03"), Title: law.T("removal", "搬遷")},
	}})
	require.Equal(t, "2026-03-04T08:45:00", deemed(t, office, "2026-03-02T10:00:00"))
	_, err = office.Receive(at(t, "2027-12-31T18:00:00"))
	require.ErrorIs(t, err, calendar.ErrBeyondHorizon)
	lenient := registry(t, hk.Options{})
	r, err := lenient.Receive(at(t, "2027-12-31T18:00:00"))
	require.NoError(t, err)
	require.True(t, r.Projected)
	require.Equal(t, "2028-01-03T08:45:00", r.Deemed.Format("2006-01-02T15:04:05"))

	limits, err := hk.CourtOffice(hk.LimitOptions{Strict: true, Holidays: h})
	require.NoError(t, err)
	e, err := limits.Expires(calendar.MustDate("2026-02-27"), 1)
	require.NoError(t, err)
	require.Equal(t, "2026-03-03", e.Date.String())
	_, err = limits.Expires(calendar.MustDate("2027-12-30"), 7)
	require.ErrorIs(t, err, calendar.ErrBeyondHorizon)
}

func TestStatuses(t *testing.T) {
	office := registry(t, hk.Options{})
	for received, want := range map[string]law.Status{
		"2026-03-02T10:00:00": law.Inferred, // the rule on receipt was not read
		"2026-03-02T18:00:00": law.Inferred,
		"2026-03-02T13:30:00": law.Assumed, // the lunch hour
		"2026-03-02T17:30:00": law.Assumed, // the closing instant
		"2015-03-02T10:00:00": law.Assumed, // hours before the five-day week
	} {
		r, err := office.Receive(at(t, received))
		require.NoError(t, err)
		require.Equal(t, want, r.Reason().Status(), received)
	}
}

// Over all of the years, with all closures: later receipts never count earlier, and a deemed instant is one at which the office is open.
func TestReceiveOverAllYears(t *testing.T) {
	for _, reading := range []string{hk.Announced, hk.Statutory} {
		office, err := registry(t, hk.Options{Closures: closures(t)}).Reading(reading)
		require.NoError(t, err)
		rnd := rand.New(rand.NewPCG(1, 2))
		last := time.Time{}
		for received := at(t, "1998-01-01T00:00"); received.Year() < 2100; received = received.Add(time.Duration(rnd.Int64N(int64(20 * time.Hour)))) {
			r, err := office.Receive(received)
			require.NoError(t, err)
			if r.Deemed.Before(last) || r.Deemed.Before(received) {
				require.Fail(t, "counts too early", received)
			}
			last = r.Deemed
			again, err := office.Receive(r.Deemed)
			if err != nil || again.Moved() {
				require.Fail(t, "lands on a closed instant", received)
			}
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	office := registry(t, hk.Options{})
	done := make(chan error)
	for g := range 8 {
		go func() {
			var err error
			for i := 0; i < 50 && err == nil; i++ {
				var next *calendar.Office
				next, err = office.With(calendar.Closure{ID: "x", From: at(t, "2026-03-02T09:00"), Reopens: at(t, "2026-03-02T09:01").Add(time.Duration(g) * time.Minute)})
				if err == nil {
					_, err = next.AsKnown(time.Time{}).Receive(at(t, "2026-03-02T09:00"))
				}
			}
			done <- err
		}()
	}
	for range 8 {
		require.NoError(t, <-done)
	}
}
