package rollout_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/rollout"
)

func TestDirectory(t *testing.T) {
	d := directory(t)
	require.Equal(t, []string{"HARBOUR", "QUAY"}, d.Courts())
	require.Equal(t, "2031-02", d.Version())
	i, ok := d.Info("HARBOUR")
	require.True(t, ok)
	require.Equal(t, "HARBOUR", i.Court)
	require.Empty(t, i.Missing())
	require.Equal(t, "1 Pier", i.Offices[0].Address.In())
	require.Equal(t, "ask@harbour.example", i.Contacts[0].Email)
	require.Equal(t, []string{"Argo", "Pinta"}, i.Requirements[0].Names)

	q, ok := d.Info("QUAY")
	require.True(t, ok)
	require.Equal(t, []rollout.Topic{rollout.Offices, rollout.Contacts, rollout.HelpCentres, rollout.Maintenance}, q.Missing())
	require.Equal(t, i.Requirements, q.Requirements, "what holds everywhere stands in every court")
	q.Requirements[0].Kind = "changed"
	again, _ := d.Info("QUAY")
	require.Equal(t, rollout.Browser, again.Requirements[0].Kind, "what was given out is a copy")

	_, ok = d.Info("PIER")
	require.False(t, ok)
	_, err := d.Availability("PIER")
	require.ErrorIs(t, err, rollout.ErrNotListed)
	a, err := d.Availability("HARBOUR")
	require.NoError(t, err)
	require.Len(t, a.Windows(), 1)
}

func TestServes(t *testing.T) {
	d := directory(t)
	for _, c := range []struct {
		court, at string
		want      rollout.Verdict
		since     string
		steps     string
	}{
		{"QUAY", "2030-02-28T23:59:59+01:00", rollout.Unknown, "", "no-hours"},
		{"QUAY", "2030-03-01T07:59:59.9+01:00", rollout.No, "2030-03-01", "service-hours"},
		{"QUAY", "2030-03-01T07:00:00Z", rollout.Yes, "2030-03-01", "service-hours"},
		{"QUAY", "2030-03-31T20:59:59.9+01:00", rollout.Yes, "2030-03-01", "service-hours"},
		{"QUAY", "2030-03-31T21:00:00+01:00", rollout.No, "2030-03-01", "service-hours"},
		{"QUAY", "2030-04-01T12:00:00+01:00", rollout.Unknown, "", "no-hours"},
		{"QUAY", "2030-04-30T23:00:00Z", rollout.Yes, "2030-05-01", "service-hours"},
		{"QUAY", "2030-06-01T23:59:59.9+01:00", rollout.Yes, "2030-05-01", "service-hours"},
		{"HARBOUR", "2030-06-01T21:59:59+01:00", rollout.Yes, "2030-05-01", "service-hours"},
		{"HARBOUR", "2030-06-01T22:00:00+01:00", rollout.No, "2030-05-01", "service-hours maintenance"},
		{"HARBOUR", "2030-06-02T02:00:00+01:00", rollout.Yes, "2030-05-01", "service-hours"},
	} {
		at, err := time.Parse(time.RFC3339Nano, c.at)
		require.NoError(t, err)
		a, err := d.Serves(c.court, at)
		require.NoError(t, err)
		require.Equal(t, c.want, a.Verdict, c.at)
		require.Equal(t, c.since, a.Since.String(), c.at)
		require.Equal(t, c.steps, codes(a.Reason), c.at)
		require.NotContains(t, a.Reason.String(), "{")
		require.Equal(t, "harbour.info@2031-02", a.Reason.Data)
	}
	_, err := d.Serves("PIER", time.Unix(0, 0))
	require.ErrorIs(t, err, rollout.ErrNotListed)
	_, err = d.Serves("QUAY", time.Time{})
	require.ErrorIs(t, err, rollout.ErrQuestion)
}

// Maintenance on a day without known hours is a No: what is announced to be down is down.
func TestServesNotInMaintenance(t *testing.T) {
	d, err := rollout.LoadDirectory([]byte(change(t, "harbour-info.json", `"2030-06-01T22:00:00+01:00", "until": "2030-06-02T02:00:00+01:00"`,
		`"2030-04-01T00:00:00+01:00"`)), zone)
	require.NoError(t, err)
	a, err := d.Serves("HARBOUR", time.Date(2030, 4, 2, 12, 0, 0, 0, zone))
	require.NoError(t, err)
	require.Equal(t, rollout.No, a.Verdict)
	require.Equal(t, "no-hours maintenance", codes(a.Reason))
}

func TestLoadDirectoryRefusesValues(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"format":           {`"court-info/1"`, `"rollout/1"`, `this reads the format "court-info/1"`},
		"court twice":      {`"QUAY"`, `"HARBOUR"`, `courts[1]: court "HARBOUR" stands twice`},
		"unknown member":   {`{"court": "QUAY"}`, `{"court": "QUAY", "fax": "1"}`, "courts[1].fax: unknown member; the members here are court, offices"},
		"everywhere":       {`"everywhere": {`, `"everywhere": {"court": "QUAY",`, "everywhere.court: unknown member"},
		"kind":             {`"kind": "protocol"`, `"kind": "socket"`, "must be one of browser, setting, protocol"},
		"no names":         {`, "names": ["TLS 1.3"]`, ``, `member "names" is missing`},
		"empty contact":    {`"telephone": "+49 30 0000", "email": "ask@harbour.example", `, ``, "needs a telephone or an email"},
		"clock":            {`"21:00"`, `"9 pm"`, "not a time of day"},
		"backwards":        {`"21:00"`, `"07:00"`, "must be after opens, 08:00"},
		"days backwards":   {`"last": "2030-03-31"`, `"last": "2030-02-28"`, "before they begin on 2030-03-01"},
		"overlap":          {`"last": "2030-03-31"`, `"last": "2030-05-01"`, "the service hours from 2030-05-01 on overlap"},
		"open overlap":     {`"last": "2030-03-31", `, ``, "overlap"},
		"maintenance ends": {`"until": "2030-06-02T02:00:00+01:00"`, `"until": "2030-06-01T22:00:00+01:00"`, "until: must be after from"},
		"instant":          {`"2030-06-01T22:00:00+01:00"`, `"2030-06-01"`, "from"},
		"far away":         {`"from": "2030-06-01T22:00:00+01:00", "until": "2030-06-02T02:00:00+01:00"`, `"from": "3030-06-01T22:00:00+01:00"`, "no usable instant"},
		"notice twice": {`"maintenance": [{`, `"maintenance": [{"id": "m-1", "from": "2030-06-01T22:00:00+01:00", "provision": "note"}, {`,
			"two notices of maintenance have the same id"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := rollout.LoadDirectory([]byte(change(t, "harbour-info.json", c.old, c.new)), zone)
			require.Contains(t, refused(t, err), c.want)
		})
	}
	_, err := rollout.LoadDirectory([]byte(read(t, "harbour-info.json")), nil)
	require.Contains(t, refused(t, err), "no zone is given")
}
