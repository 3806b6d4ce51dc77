package rollout_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/rollout"
)

func TestMandate(t *testing.T) {
	const yes, no, unknown = rollout.Yes, rollout.No, rollout.Unknown
	table := harbour(t)
	for _, c := range []struct {
		on    string
		q     rollout.Question
		want  rollout.Verdict
		steps string
	}{
		// The days of the mandate for advocates, for a document that commences no case.
		{"2029-12-31", rollout.Question{Represented: yes, Commencing: no}, no, "voluntary"},
		{"2030-05-01", rollout.Question{Represented: yes, Commencing: no}, no, "voluntary planned"},
		{"2030-07-01", rollout.Question{Represented: yes, Commencing: no}, no, "voluntary planned"},
		{"2030-12-31", rollout.Question{Represented: yes, Commencing: no}, no, "voluntary planned in-force condition-represented condition-commencing"},
		{"2031-01-01", rollout.Question{Represented: yes, Commencing: no}, unknown, "may-bind condition-represented"},
		{"2031-01-31", rollout.Question{Represented: yes, Commencing: no}, unknown, "may-bind condition-represented"},
		{"2031-02-01", rollout.Question{Represented: yes, Commencing: no}, no, "voluntary announced in-force condition-represented condition-commencing"},
		{"2031-02-09", rollout.Question{Represented: yes, Commencing: no}, no, "voluntary announced in-force condition-represented condition-commencing"},
		{"2031-02-10", rollout.Question{Represented: yes, Commencing: no}, yes, "in-force condition-represented"},
		{"2031-02-10", rollout.Question{Represented: no}, no, "voluntary in-force condition-represented in-force condition-represented"},
		{"2031-01-01", rollout.Question{Represented: no}, no, "voluntary may-bind condition-represented in-force condition-represented"},
		{"2031-02-10", rollout.Question{Commencing: no}, unknown, "in-force condition-represented"},
		// A firm's first case.
		{"2030-07-31", rollout.Question{Represented: yes, Commencing: yes, Firm: rollout.FirmNew}, no, "voluntary planned"},
		{"2030-08-01", rollout.Question{Represented: yes, Commencing: yes, Firm: rollout.FirmNew}, yes,
			"in-force condition-represented condition-commencing condition-firm_new condition-not_permitted"},
		{"2030-08-01", rollout.Question{Represented: yes, Commencing: yes, Firm: rollout.FirmNew, Permitted: true}, no,
			"voluntary planned in-force condition-represented condition-commencing condition-firm_new condition-not_permitted"},
		{"2030-08-01", rollout.Question{Represented: yes, Commencing: yes, Firm: rollout.FirmUsed}, no,
			"voluntary planned in-force condition-represented condition-commencing condition-firm_new"},
		{"2030-08-01", rollout.Question{Represented: yes, Commencing: yes, Firm: rollout.NoFirm}, no,
			"voluntary planned in-force condition-represented condition-commencing condition-firm_new"},
		{"2030-08-01", rollout.Question{Represented: yes, Commencing: yes}, unknown,
			"in-force condition-represented condition-commencing condition-firm_new condition-not_permitted"},
		{"2030-08-01", rollout.Question{Firm: rollout.FirmNew}, unknown,
			"in-force condition-represented condition-commencing condition-firm_new condition-not_permitted"},
	} {
		c.q.Court, c.q.Type, c.q.Date = "HARBOUR", "cargo", day(c.on)
		d, err := table.Mandate(c.q)
		require.NoError(t, err)
		require.Equal(t, c.want, d.Verdict, "%+v", c.q)
		require.Equal(t, c.steps, codes(d.Reason), "%+v", c.q)
		require.NotContains(t, d.Reason.String(), "{")
		require.NotContains(t, d.Reason.Line(law.TraditionalChinese), "{")
		for _, s := range d.Reason.Steps {
			require.Len(t, s.Text(), 2, "%s has both languages", s.Code)
		}
	}
}

// A mandate binds only where filing covers the type, and is unknown where that is.
func TestMandateNeedsCoverage(t *testing.T) {
	table := harbour(t)
	q := rollout.Question{Court: "HARBOUR", Type: "note", Represented: rollout.Yes, Commencing: rollout.Yes, Firm: rollout.FirmNew}
	q.Date = day("2030-08-31")
	d, err := table.Mandate(q)
	require.NoError(t, err)
	require.Equal(t, rollout.Unknown, d.Verdict)
	require.Equal(t, "in-force unknown condition-represented condition-commencing condition-firm_new condition-not_permitted", codes(d.Reason))
	q.Date = day("2030-09-01")
	d, err = table.Mandate(q)
	require.NoError(t, err)
	require.Equal(t, rollout.Yes, d.Verdict)

	q.Court, q.Type, q.Date = "QUAY", "cargo", day("2031-02-10")
	d, err = table.Mandate(q)
	require.NoError(t, err)
	require.Equal(t, rollout.No, d.Verdict)
	require.Equal(t, "Quay Court: use is voluntary unless a mandate binds (Harbour Order 1 s. 4, confirmed)", d.Reason.String())
	require.Empty(t, d.Mandates, "no mandate is for this court")
}

func TestMandateOfATypeThatIsNotCoveredYet(t *testing.T) {
	table, err := rollout.Load([]byte(change(t, "harbour.json", `"since": "2030-03-01"`, `"since": "2031-05-01"`)))
	require.NoError(t, err)
	d, err := table.Mandate(rollout.Question{Court: "HARBOUR", Type: "cargo", Date: day("2031-04-30"), Represented: rollout.Yes, Commencing: rollout.No})
	require.NoError(t, err)
	require.Equal(t, rollout.No, d.Verdict)
	require.Equal(t, "voluntary in-force not-yet in-force not-yet", codes(d.Reason))
}

func TestMandatesOneByOne(t *testing.T) {
	d, err := harbour(t).Mandate(rollout.Question{
		Court: "HARBOUR", Type: "cargo", Date: day("2031-01-01"), Represented: rollout.Yes, Commencing: rollout.Yes, Firm: rollout.FirmNew,
	})
	require.NoError(t, err)
	require.Equal(t, rollout.Yes, d.Verdict, "one that binds decides over one that may bind")
	require.Len(t, d.Mandates, 2)
	require.Equal(t, "advocates", d.Mandates[0].Name)
	require.Equal(t, rollout.Planned, d.Mandates[0].State)
	require.Equal(t, "2031-01-01 2031-03-31", d.Mandates[0].From.String()+" "+d.Mandates[0].Latest.String())
	require.Equal(t, rollout.Unknown, d.Mandates[0].Verdict)
	require.Equal(t, rollout.InForce, d.Mandates[1].State)
	require.Equal(t, rollout.Yes, d.Mandates[1].Verdict)
	require.Equal(t, "a firm's first case: in force since 2030-08-01 (Harbour Rule 9, confirmed); the party is legally represented; "+
		"the act commences a case; the firm has never commenced a case electronically; no permission of the court to do otherwise is claimed",
		d.Reason.String())

	b, err := json.Marshal(d)
	require.NoError(t, err)
	require.Contains(t, string(b), `{"verdict":"yes","mandates":[{"name":"advocates","title":{"en":"mandate for advocates"},"state":"planned",`+
		`"from":"2031-01-01","latest":"2031-03-31","verdict":"unknown"},{"name":"first-case"`)
}
