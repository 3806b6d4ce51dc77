package calendar_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

func codes(r law.Reason) string {
	var out []string
	for _, s := range r.Steps {
		out = append(out, s.Code)
	}
	return strings.Join(out, " ")
}

// explain fills all of the court's grounds, so that every step has what it rests on.
func explain(o *calendar.OfficeOptions) {
	p := func(name string) law.Provision { return law.Provision{Instrument: name, Status: law.Confirmed} }
	o.Grounds = calendar.Grounds{
		Rule:        law.Provision{Instrument: "rule", Status: law.Confirmed, From: time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)},
		OutsideRule: p("outside"), Closed: p("closed"), AfterHours: p("after"), Reopening: p("reopening"), Pending: p("pending"),
		Causes: map[calendar.Cause]calendar.CauseEntry{"flood": {Name: law.Text{law.English: "the river"}, Provision: p("flood")}},
	}
}

func TestReasonOfReceipt(t *testing.T) {
	o := courtOptions(t)
	explain(&o)
	o.Closures = []calendar.Closure{
		{ID: "a", Cause: "flood", From: when(t, "2026-03-02 09:00:00"), Reopens: when(t, "2026-03-02 11:00:00")},
		{ID: "b", Cause: "fire", From: when(t, "2026-03-09 09:00:00"), Reopens: when(t, "2026-03-09 17:00:00")},
		{ID: "c", Cause: "strike", From: when(t, "2026-05-04 12:00:00")},
	}
	strict, err := calendar.NewOffice(o)
	require.NoError(t, err)
	for _, tt := range []struct{ received, reading, want string }{
		{"2026-03-03 11:00:00", strictLunch, "received open as-received"},
		{"2021-03-03 11:00:00", strictLunch, "received open not-in-force as-received"},
		{"2026-03-03 16:00:00", kindly, "received open closing-instant as-received"},
		{"2026-03-03 16:00:00", strictLunch, "received outside-hours closing-instant closed opens announced-after-hours deemed"},
		{"2026-03-03 13:30:00", strictLunch, "received outside-hours closed opens deemed"},
		{"2026-03-03 14:00:00", strictLunch, "received open as-received"},
		{"2026-03-16 17:00:00", strictLunch, "received outside-hours holiday closed opens announced-after-hours deemed"},
		{"2026-03-07 17:00:00", strictLunch, "received no-hours no-hours closure outside-hours closed opens deemed"},
		{"2026-07-01 12:00:00", kindly, "received closure closed pending"},
		{"2026-03-02 10:00:00", kindly, "received closure closed opens announced-reopening deemed"},
		{"2026-05-04 12:30:00", kindly, "received closure closed pending"},
		{"2026-05-01 17:00:00", kindly, "received outside-hours no-hours no-hours holiday closure closed pending"},
		{"2027-01-02 11:00:00", kindly, "received closure closed projected pending"},
	} {
		r, err := inReading(t, strict, tt.reading).Receive(when(t, tt.received))
		require.NoError(t, err)
		require.Equal(t, tt.want, codes(r.Reason()), "%s %s", tt.received, tt.reading)
		require.Equal(t, "ie-test+ballymore.1", r.Reason().Data)
	}
	r, err := strict.Receive(when(t, "2026-03-02 09:30:00"))
	require.NoError(t, err)
	require.Equal(t, "the office was closed from 2026-03-02 09:00:00 until 2026-03-02 11:00:00: the river", r.Reason().Steps[1].Text().In())
	require.Equal(t, "flood [confirmed]", r.Reason().Steps[1].Provision.String())
	require.Empty(t, calendar.Receipt{}.Reason())
}

// What is left out of the grounds leaves its step out, or its provision.
func TestReasonWithoutGrounds(t *testing.T) {
	o := courtOptions(t)
	o.Version, o.Grounds = "", calendar.Grounds{}
	o.Closures = []calendar.Closure{{ID: "a", Cause: "flood", From: when(t, "2026-03-02 09:00:00"), Reopens: when(t, "2026-03-02 11:00:00")}}
	office, err := calendar.NewOffice(o)
	require.NoError(t, err)
	r, err := office.Receive(when(t, "2026-03-02 09:30:00"))
	require.NoError(t, err)
	require.Equal(t, "received closure opens deemed", codes(r.Reason()))
	require.Contains(t, r.Reason().Steps[1].Text().In(), ": flood")
	require.Equal(t, "ie-test", r.Reason().Data)
}

func TestReasonOfExpiry(t *testing.T) {
	o := limitOptions(t)
	var err error
	o.Office, err = o.Office.With(
		calendar.Closure{ID: "flood", From: when(t, "2026-03-03 09:00:00"), Reopens: when(t, "2026-03-03 16:00:00"), Note: text("the river")},
		calendar.Closure{ID: "strike", From: when(t, "2026-09-01 09:00:00")})
	require.NoError(t, err)
	o.Warnings = []calendar.Warning{
		storm(t, "a", "2026-04-14 09:00:00", "2026-04-14 10:00:00"),
		{ID: "b", Kind: "storm", Name: text("the great storm"), Provision: law.Provision{Instrument: "Bulletin 1"}, From: when(t, "2026-04-16 09:00:00"), Until: when(t, "2026-04-16 10:00:00")},
	}
	l := limits(t, o)
	unended, err := l.WithWarnings(storm(t, "c", "2026-05-12 09:00:00", ""))
	require.NoError(t, err)
	for _, tt := range []struct {
		limits *calendar.Limits
		event  string
		days   int
		want   string
	}{
		{l, "2026-03-04", 1, "event short last-day expires"},
		{l, "2026-03-02", 10, "event last-day expires"},
		{l, "2026-03-02", 1, "event short office-closed last-day expires"},
		{l, "2026-06-30", 1, "event short office-closed last-day expires"},
		{l, "2026-03-10", 7, "event last-day holiday not-last expires"},
		{l, "2026-03-01", 6, "event last-day weekday weekday not-last expires"},
		{l, "2026-04-13", 2, "event short warning warning last-day expires"},
		{l, "2026-08-31", 1, "event short unknown last-day pending"},
		{unended, "2026-05-11", 1, "event short warning unknown last-day pending"},
		{l, "2026-12-24", 14, "event unknown last-day projected pending"},
	} {
		e, err := tt.limits.Expires(calendar.MustDate(tt.event), tt.days)
		require.NoError(t, err)
		require.Equal(t, tt.want, codes(e.Reason()), "%s %d", tt.event, tt.days)
		require.Equal(t, "ie-test+rules.1", e.Reason().Data)
		for _, s := range e.Reason().Steps {
			require.NotContains(t, s.Text().In(), "{")
			require.NotEmpty(t, s.Text().In(law.TraditionalChinese))
		}
	}
	e, err := l.Expires(calendar.MustDate("2026-04-13"), 2)
	require.NoError(t, err)
	require.Equal(t, "on 2026-04-16 a warning was in force, from 2026-04-16 09:00:00 until 2026-04-16 10:00:00: the great storm", e.Reason().Steps[3].Text().In())
	require.Equal(t, "Bulletin 1 [unstated]", e.Reason().Steps[3].Provision.String())
	require.Empty(t, calendar.Expiry{}.Reason())
}

// A reason keeps its bytes when it is written, read and written again.
func TestReasonOfReceiptAsJSON(t *testing.T) {
	r, err := court(t).Receive(when(t, "2026-03-16 17:00:00"))
	require.NoError(t, err)
	first, err := json.Marshal(r.Reason())
	require.NoError(t, err)
	var back law.Reason
	require.NoError(t, json.Unmarshal(first, &back))
	second, err := json.Marshal(back)
	require.NoError(t, err)
	require.Equal(t, string(first), string(second))
	require.Equal(t, r.Reason().String(), back.String())
}
