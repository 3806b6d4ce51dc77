package hk_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms/law"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares text with a file of testdata.
func golden(t *testing.T, name, text string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), text, "run the test with -update when the change is meant")
}

func writeReason(b *strings.Builder, title string, r law.Reason) {
	fmt.Fprintf(b, "# %s\n", title)
	for _, s := range r.Steps {
		fmt.Fprintf(b, "  %s: %s\n  %s  %s\n", s.Code, s.Text().In(), strings.Repeat(" ", len(s.Code)), s.Text().In(law.TraditionalChinese))
		if !s.Provision.IsZero() {
			fmt.Fprintf(b, "  %s    %s\n", strings.Repeat(" ", len(s.Code)), s.Provision)
		}
	}
	fmt.Fprintf(b, "  = %s, %s\n\n", r.Status(), r.Data)
}

func TestReceiptReasons(t *testing.T) {
	notices := append(closures(t),
		calendar.Closure{ID: "rain", Cause: hk.BlackRainstorm, From: at(t, "2026-06-10T09:00"), Reopens: at(t, "2026-06-10T13:20")},
		calendar.Closure{ID: "gale", Cause: hk.GaleWarning, From: at(t, "2026-06-10T13:10"), Reopens: at(t, "2026-06-10T17:30")},
		calendar.Closure{ID: "fire", Cause: "fire", Note: law.T("fire in the building", "大廈火警"), From: at(t, "2026-06-15T10:00"),
			Reopens: at(t, "2026-06-15T11:00"), Provision: law.Provision{Instrument: "Notice of 15 Jun 2026", Status: law.Confirmed}},
		calendar.Closure{ID: "extreme", Cause: hk.ExtremeConditions, From: at(t, "2026-09-08T06:00")},
	)
	office, err := hk.Registry(hk.Options{Closures: notices, HalfDays: true})
	require.NoError(t, err)
	var b strings.Builder
	for _, c := range []struct{ received, reading, what string }{
		{"2026-03-02T10:00:00", hk.Announced, "open"},
		{"2026-03-02T13:30:00", hk.Announced, "lunch, open"},
		{"2026-03-02T13:30:00", hk.Statutory, "lunch, closed"},
		{"2026-03-02T17:30:00", hk.Announced, "closing instant, in time"},
		{"2026-03-02T17:30:00", hk.Statutory, "closing instant, closed"},
		{"2026-03-06T18:00:00", hk.Announced, "Friday evening"},
		{"2026-03-02T07:00:00", hk.Announced, "before opening"},
		{"2026-04-02T18:00:00", hk.Announced, "Easter and Ching Ming"},
		{"2024-11-14T09:00:00", hk.Announced, "closed, reopened the same day"},
		{"2023-09-07T23:10:00", hk.Announced, "closed over a weekend"},
		{"2020-01-24T18:00:00", hk.Announced, "holidays that run into a closure"},
		{"2023-10-09T09:00:00", hk.Statutory, "reopened in the lunch hour"},
		{"2026-06-10T10:00:00", hk.Announced, "two closures, reopened at the closing instant"},
		{"2026-06-15T10:30:00", hk.Announced, "closed for a cause of its own"},
		{"2026-09-07T18:00:00", hk.Announced, "reopening not announced"},
		{"2025-12-24T13:00:00", hk.Statutory, "half day"},
		{"2003-01-31T10:00:00", hk.Announced, "old hours"},
		{"2018-01-02T10:00:00", hk.Announced, "hours since the five-day week"},
		{"2025-12-31T18:00:00", hk.Announced, "year end"},
	} {
		o, err := office.Reading(c.reading)
		require.NoError(t, err)
		r, err := o.Receive(at(t, c.received))
		require.NoError(t, err)
		writeReason(&b, c.received+" "+c.reading+": "+c.what, r.Reason())
	}
	free := registry(t, hk.Options{})
	for _, received := range []string{"2024-10-30T18:00:00", "2027-12-31T18:00:00", "2033-09-30T18:00:00"} {
		r, err := free.Receive(at(t, received))
		require.NoError(t, err)
		writeReason(&b, received+": without closures", r.Reason())
	}
	golden(t, "receipt-reasons.golden", b.String())
}

func TestExpiryReasons(t *testing.T) {
	signal := calendar.Warning{ID: "signal", Kind: hk.GaleWarning, Name: law.T("signal No. 8", "八號信號"), From: at(t, "2026-08-03T10:00")}
	office := registry(t, hk.Options{Closures: append(closures(t), calendar.Closure{ID: "extreme", Cause: hk.ExtremeConditions, From: at(t, "2026-09-08T06:00")})})
	ordinary, err := hk.Ordinary(hk.LimitOptions{Warnings: warnings(t)})
	require.NoError(t, err)
	court, err := hk.CourtOffice(hk.LimitOptions{Warnings: warnings(t), Office: office})
	require.NoError(t, err)
	warned, err := court.WithWarnings(signal)
	require.NoError(t, err)
	var b strings.Builder
	for _, c := range []struct {
		rule  *calendar.Limits
		event string
		days  int
		what  string
	}{
		{ordinary, "2026-03-02", 6, "short"},
		{ordinary, "2026-03-20", 14, "ends on Good Friday"},
		{ordinary, "2026-03-07", 14, "ends on a Saturday"},
		{court, "2026-03-02", 7, "seven days of a court office"},
		{court, "2025-09-19", 7, "over gale warning days"},
		{court, "2020-07-06", 14, "ends on a day closed by direction"},
		{ordinary, "2025-07-21", 14, "ends on days of black rainstorm"},
		{warned, "2026-07-30", 2, "a warning still in force"},
		{court, "2026-09-04", 2, "a closure until further notice"},
		{ordinary, "2027-12-20", 14, "projected"},
	} {
		e, err := c.rule.Expires(calendar.MustDate(c.event), c.days)
		require.NoError(t, err)
		writeReason(&b, fmt.Sprintf("%d days from %s, %s: %s", c.days, c.event, c.rule.Name().In(), c.what), e.Reason())
	}
	golden(t, "expiry-reasons.golden", b.String())
}
