package law_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/law"
)

func TestStatus(t *testing.T) {
	names := []string{"unstated", "assumed", "inferred", "secondary", "confirmed"}
	for i, name := range names {
		s, err := law.ParseStatus(name)
		require.NoError(t, err)
		require.Equal(t, law.Status(i), s)
		require.Equal(t, name, s.String())
		b, err := json.Marshal(s)
		require.NoError(t, err)
		var back law.Status
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, s, back)
	}
	require.Less(t, law.Unstated, law.Assumed)
	require.Less(t, law.Assumed, law.Inferred)
	require.Less(t, law.Inferred, law.Secondary)
	require.Less(t, law.Secondary, law.Confirmed)

	for _, name := range []string{"", "Confirmed", "certain", "status(9)"} {
		_, err := law.ParseStatus(name)
		require.ErrorContains(t, err, "is none of assumed, inferred, secondary, confirmed")
	}
	require.Equal(t, "status(9)", law.Status(9).String())
	_, err := json.Marshal(law.Status(9))
	require.ErrorContains(t, err, "no status has the number 9")
	s := law.Confirmed
	require.Error(t, json.Unmarshal([]byte(`"certain"`), &s))
	require.Equal(t, law.Confirmed, s, "an error changes nothing")
}

func FuzzParseStatus(f *testing.F) {
	for _, s := range []string{"assumed", "confirmed", "", "Confirmed"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if s, err := law.ParseStatus(name); err == nil {
			require.Equal(t, name, s.String())
		}
	})
}

func TestProvision(t *testing.T) {
	p := law.Provision{
		Instrument: "Rules of Court", Section: "r. 9", Status: law.Secondary,
		From: time.Date(2024, 10, 31, 0, 0, 0, 0, time.UTC), Until: time.Date(2027, 10, 31, 0, 0, 0, 0, time.UTC),
	}
	require.Equal(t, "Rules of Court r. 9", p.Cite())
	require.Equal(t, "Rules of Court r. 9 [secondary]", p.String())
	require.Equal(t, "Rules of Court", law.Provision{Instrument: "Rules of Court"}.Cite())
	require.Empty(t, law.Provision{}.String())
	require.True(t, law.Provision{}.IsZero())
	require.False(t, p.IsZero())
	require.True(t, p.AppliesAt(p.From))
	require.False(t, p.AppliesAt(p.From.Add(-1)))
	require.True(t, p.AppliesAt(p.Until.Add(-1)))
	require.False(t, p.AppliesAt(p.Until))
	require.True(t, law.Provision{}.AppliesAt(p.From), "open on both sides")

	b, err := json.Marshal(p)
	require.NoError(t, err)
	require.Equal(t, `{"instrument":"Rules of Court","section":"r. 9","status":"secondary","from":"2024-10-31T00:00:00Z","until":"2027-10-31T00:00:00Z"}`, string(b))
	var back law.Provision
	require.NoError(t, json.Unmarshal(b, &back))
	require.Equal(t, p, back)
	b, err = json.Marshal(law.Provision{Instrument: "Rules of Court"})
	require.NoError(t, err)
	require.Equal(t, `{"instrument":"Rules of Court","status":"unstated"}`, string(b))
}
