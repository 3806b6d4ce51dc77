package rollout_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/rollout"
)

func TestCovers(t *testing.T) {
	table := harbour(t)
	for _, c := range []struct {
		kind    string
		service rollout.Service
		on      string
		want    rollout.Verdict
		since   string
		steps   string
	}{
		{"cargo", rollout.Filing, "2030-02-28", rollout.No, "2030-03-01", "not-yet"},
		{"cargo", rollout.Filing, "2030-03-01", rollout.Yes, "2030-03-01", "covered"},
		{"cargo", rollout.Payment, "9999-12-31", rollout.Yes, "2030-03-01", "covered"},
		{"cargo", rollout.Inspection, "2030-04-30", rollout.No, "2030-05-01", "not-yet"},
		{"cargo", rollout.Inspection, "2030-05-01", rollout.Yes, "2030-05-01", "covered commenced"},
		{"cargo", rollout.CauseBook, "2030-05-01", rollout.No, "", "never"},
		{"note", rollout.Filing, "2030-02-28", rollout.No, "", "unknown not-before"},
		{"note", rollout.Filing, "2030-03-01", rollout.Unknown, "", "unknown"},
		{"note", rollout.Filing, "2030-08-31", rollout.Unknown, "", "unknown"},
		{"note", rollout.Filing, "2030-09-01", rollout.Yes, "", "unknown by"},
		{"note", rollout.CauseBook, "0001-01-01", rollout.Unknown, "", "unknown commenced"},
	} {
		a, err := table.Covers("HARBOUR", c.kind, c.service, day(c.on))
		require.NoError(t, err)
		require.Equal(t, c.want, a.Verdict, "%+v", c)
		require.Equal(t, c.since, a.Since.String(), "%+v", c)
		require.Equal(t, c.steps, codes(a.Reason), "%+v", c)
		require.Equal(t, "harbour.rollout@2031-02", a.Reason.Data)
		require.NotContains(t, a.Reason.String(), "{")
		require.NotContains(t, a.Reason.Line(law.TraditionalChinese), "{")
	}
}

func TestCoversReason(t *testing.T) {
	table := harbour(t)
	a, err := table.CoversCase("HARBOUR", "note", rollout.Inspection, day("2030-03-31"), day("2030-06-01"))
	require.NoError(t, err)
	require.Equal(t, "Harbour Court, promissory note: the first day of electronic inspection of documents is not known: the gazette has no day "+
		"(Harbour Gazette, secondary); only for cases commenced on or after 2030-04-01 (Practice of the registry, assumed); "+
		"the case was commenced on 2030-03-31", a.Reason.String())
	require.Equal(t, law.Assumed, a.Reason.Status())
	b, err := json.Marshal(a)
	require.NoError(t, err)
	require.Contains(t, string(b), `{"verdict":"no","reason":{"steps":[{"code":"unknown"`)
}

func TestCoversCase(t *testing.T) {
	table := harbour(t)
	for _, c := range []struct {
		kind          string
		service       rollout.Service
		commenced, on string
		want          rollout.Verdict
		steps         string
	}{
		{"cargo", rollout.Inspection, "2030-02-28", "2030-05-01", rollout.No, "covered commenced commenced-date"},
		{"cargo", rollout.Inspection, "2030-03-01", "2030-05-01", rollout.Yes, "covered commenced commenced-date"},
		{"cargo", rollout.Inspection, "", "2030-05-01", rollout.Unknown, "covered commenced commenced-date"},
		{"cargo", rollout.Inspection, "2030-03-01", "2030-04-30", rollout.No, "not-yet"},
		{"cargo", rollout.Filing, "2001-01-01", "2030-05-01", rollout.Yes, "covered"},
		{"note", rollout.CauseBook, "2030-03-31", "2030-05-01", rollout.No, "unknown commenced commenced-date"},
		{"note", rollout.CauseBook, "2030-04-01", "2030-05-01", rollout.Unknown, "unknown commenced commenced-date"},
	} {
		var commenced calendar.Date
		if c.commenced != "" {
			commenced = day(c.commenced)
		}
		a, err := table.CoversCase("HARBOUR", c.kind, c.service, commenced, day(c.on))
		require.NoError(t, err)
		require.Equal(t, c.want, a.Verdict, "%+v", c)
		require.Equal(t, c.steps, codes(a.Reason), "%+v", c)
	}
	_, err := table.CoversCase("HARBOUR", "cargo", rollout.Filing, day("2030-05-02"), day("2030-05-01"))
	require.ErrorIs(t, err, rollout.ErrQuestion)
	require.ErrorContains(t, err, "commenced on 2030-05-02, after the day asked for, 2030-05-01")
}

func TestWhatIsNotListed(t *testing.T) {
	table := harbour(t)
	_, err := table.Covers("PIER", "cargo", rollout.Filing, day("2030-05-01"))
	var missing *rollout.NotListedError
	require.ErrorAs(t, err, &missing)
	require.ErrorIs(t, err, rollout.ErrNotListed)
	require.False(t, missing.InCourt)
	require.EqualError(t, err, `rollout: not on the list: court "PIER"; the courts are HARBOUR, QUAY`)
	_, err = table.CoversCase("QUAY", "note", rollout.Filing, day("2030-05-01"), day("2030-05-01"))
	require.EqualError(t, err, `rollout: not on the list: court QUAY has no type "note"; it has cargo`)
	_, err = table.Mandate(rollout.Question{Court: "quay", Type: "cargo", Date: day("2030-05-01")})
	require.ErrorIs(t, err, rollout.ErrNotListed, "codes are compared as they are")

	for _, s := range []rollout.Service{0, 9} {
		_, err = table.Covers("QUAY", "cargo", s, day("2030-05-01"))
		require.ErrorIs(t, err, rollout.ErrQuestion)
	}
	_, err = table.Covers("QUAY", "cargo", rollout.Filing, calendar.Date{})
	require.ErrorIs(t, err, rollout.ErrQuestion)
	_, err = table.Mandate(rollout.Question{Court: "QUAY", Type: "cargo"})
	require.ErrorIs(t, err, rollout.ErrQuestion)
}

func TestTableListsWhatItHas(t *testing.T) {
	table := harbour(t)
	require.Equal(t, "harbour.rollout", table.Name())
	require.Equal(t, "2031-02", table.Version())
	require.Equal(t, "Einführung am Hafengericht", table.Title().In("de"))
	courts := table.Courts()
	require.Len(t, courts, 2)
	require.Equal(t, "look-up", courts[0].Search.Item)
	require.Empty(t, courts[1].Search.Item)
	require.Equal(t, rollout.CauseBook, courts[0].Types[0].Offer(rollout.CauseBook).Service)
	require.Zero(t, courts[0].Types[0].Offer(0).Service)
	_, ok := table.Court("PIER")
	require.False(t, ok)

	courts[0].Types[0].Offers[0].Since = calendar.Date{}
	courts[0].Types[1].Code = "changed"
	mandates := table.Mandates()
	mandates[0].Stages[0].State, mandates[0].Courts[0], mandates[0].When[0] = rollout.InForce, "QUAY", rollout.IfCommencing
	again, ok := table.Court("HARBOUR")
	require.True(t, ok)
	require.Equal(t, "note", again.Types[1].Code, "what was given out is a copy")
	require.Equal(t, day("2030-03-01"), again.Types[0].Offers[0].Since)
	require.Equal(t, harbour(t).Mandates(), table.Mandates())
}

func TestConcession(t *testing.T) {
	c, _ := harbour(t).Court("HARBOUR")
	for on, want := range map[string]rollout.Verdict{
		"2028-02-28": rollout.No, "2028-02-29": rollout.Yes, "2031-02-28": rollout.Yes, "2031-03-01": rollout.No,
	} {
		require.Equal(t, want, c.Concession.Contains(day(on)), on)
	}
	require.Equal(t, rollout.Unknown, c.Concession.Contains(calendar.Date{}))
	require.Equal(t, rollout.Unknown, rollout.Concession{}.Contains(day("2030-01-01")))
}
