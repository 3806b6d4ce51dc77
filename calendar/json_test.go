package calendar_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// Notices are kept and sent as JSON; what is not said is left out.
func TestNoticesAsJSON(t *testing.T) {
	short, err := json.Marshal(calendar.Closure{ID: "flood", From: when(t, "2026-03-02 09:00:00").UTC()})
	require.NoError(t, err)
	require.Equal(t, `{"id":"flood","from":"2026-03-02T09:00:00Z"}`, string(short))

	from, until, known := when(t, "2026-03-02 09:00:00").UTC(), when(t, "2026-03-02 11:00:00").UTC(), when(t, "2026-03-02 08:00:00").UTC()
	p := law.Provision{Instrument: "Notice 1", Status: law.Confirmed}
	roundTrip(t, calendar.Closure{
		ID: "flood", Cause: "water", From: from, Reopens: until, Known: known, Withdrawn: true, Authority: "the court", Provision: p, Note: text("the river"),
	})
	roundTrip(t, calendar.Warning{ID: "a", Kind: "storm", From: from, Until: until, Known: known, Withdrawn: true, Name: text("a storm"), Provision: p})
	roundTrip(t, calendar.Maintenance{ID: "a", From: from, Until: until, Known: known, Withdrawn: true, Note: text("upgrade"), Provision: p})
}

func TestAnswersAsJSON(t *testing.T) {
	r, err := court(t).Receive(when(t, "2026-03-02 08:00:00"))
	require.NoError(t, err)
	b, err := json.Marshal(r)
	require.NoError(t, err)
	require.Equal(t, `{"received":"2026-03-02T08:00:00Z","deemed":"2026-03-02T10:00:00Z"}`, string(b))
	var back calendar.Receipt
	require.NoError(t, json.Unmarshal(b, &back))
	require.True(t, back.Deemed.Equal(r.Deemed) && back.Moved())
	require.Empty(t, back.Reason())

	e, err := limits(t, limitOptions(t)).Expires(calendar.MustDate("2026-03-02"), 2)
	require.NoError(t, err)
	b, err = json.Marshal(e)
	require.NoError(t, err)
	require.Equal(t, `{"event":"2026-03-02","days":2,"date":"2026-03-04"}`, string(b))
}

func roundTrip[N any](t *testing.T, in N) {
	t.Helper()
	b, err := json.Marshal(in)
	require.NoError(t, err)
	var out N
	require.NoError(t, json.Unmarshal(b, &out))
	require.Equal(t, in, out)
}
