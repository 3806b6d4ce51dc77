package hk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	calendarhk "courts.example/eservices/calendar/hk"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/rollout"
)

func TestCourtInfo(t *testing.T) {
	info, err := icmshk.CourtInfo()
	require.NoError(t, err)
	list, err := icmshk.Rollout()
	require.NoError(t, err)
	for _, c := range list.Courts() {
		i, ok := info.Info(c.Code)
		require.True(t, ok, c.Code)
		require.Equal(t, []rollout.Topic{rollout.Maintenance}, i.Missing(), "no notice of maintenance was found")
		var browsers, settings int
		for _, r := range i.Requirements {
			switch r.Kind {
			case rollout.Browser:
				browsers++
			case rollout.Setting:
				settings += len(r.Names)
			case rollout.Protocol:
				require.Equal(t, []string{"TLS 1.2", "TLS 1.3"}, r.Names)
			}
		}
		require.Equal(t, 4, browsers)
		require.Equal(t, 3, settings)
		for _, contact := range i.Contacts {
			require.Empty(t, contact.Email, "none was found")
		}
	}
	require.Len(t, info.Courts(), len(list.Courts()))
}

// The service hours of the first month were stated, those of the years after it were not.
func TestServiceHours(t *testing.T) {
	info, err := icmshk.CourtInfo()
	require.NoError(t, err)
	for at, want := range map[string]rollout.Verdict{
		"2022-05-05T12:00:00": rollout.Unknown,
		"2022-05-06T07:59:59": rollout.No,
		"2022-05-06T08:00:00": rollout.Yes,
		"2022-06-05T20:59:59": rollout.Yes,
		"2022-06-05T21:00:00": rollout.No,
		"2022-06-06T12:00:00": rollout.Unknown,
		"2025-08-24T12:00:00": rollout.Unknown,
		"2025-08-25T00:00:00": rollout.Yes,
		"2026-12-31T23:59:59": rollout.Yes,
	} {
		instant, err := time.ParseInLocation("2006-01-02T15:04:05", at, calendarhk.Zone())
		require.NoError(t, err)
		a, err := info.Serves(icmshk.DistrictCourt, instant)
		require.NoError(t, err)
		require.Equal(t, want, a.Verdict, at)
	}
}

// TestChineseThatWasNotReadIsAbsent lists what is known in English alone: addresses and three names, of which no official Chinese form was read.
func TestChineseThatWasNotReadIsAbsent(t *testing.T) {
	info, err := icmshk.CourtInfo()
	require.NoError(t, err)
	centre := func(field string) rollout.Untranslated {
		return rollout.Untranslated{Topic: rollout.HelpCentres, Of: "Help Centre of the integrated Court Case Management System", Field: field}
	}
	name, help := centre("name"), centre("address")
	office := func(of, field string) rollout.Untranslated {
		return rollout.Untranslated{Topic: rollout.Offices, Of: of, Field: field}
	}
	for court, want := range map[string][]rollout.Untranslated{
		"DC": {name, help}, "MC": {name, help},
		"SCT": {office("Small Claims Tribunal Registry", "address"), office("Self-help Corner", "name"), office("Self-help Corner", "address"), name, help},
		"CA":  {office("Resource Centre", "name"), office("Resource Centre", "address"), name, help},
		"CFI": {office("Resource Centre", "name"), office("Resource Centre", "address"), name, help},
	} {
		i, ok := info.Info(court)
		require.True(t, ok, court)
		require.Equal(t, want, i.Untranslated(law.TraditionalChinese), court)
		require.Empty(t, i.Untranslated(law.English), court)
	}
	sct, _ := info.Info("SCT")
	said, ok := rollout.Say(sct.Offices[0].Address, law.TraditionalChinese, law.English)
	require.True(t, ok)
	require.Equal(t, law.English, said.Tag)
	require.True(t, said.Fallback, "it is not passed off as Chinese")
	said, ok = rollout.Say(sct.Offices[0].Name, law.TraditionalChinese, law.English)
	require.True(t, ok)
	require.False(t, said.Fallback)
	_, ok = rollout.Say(sct.Offices[0].Address, law.TraditionalChinese)
	require.False(t, ok, "without a language to fall back to there is nothing")
}
