package hk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

func TestEveryKindOfPaperHasItsGround(t *testing.T) {
	limited := map[string]icms.CaseEvent{}
	for _, k := range icmshk.Papers() {
		require.NotEmpty(t, k.Name[law.English], k.Code)
		require.NotEmpty(t, k.Name[law.TraditionalChinese], k.Code)
		require.NotEmpty(t, k.Provision.Cite(), k.Code)
		require.Empty(t, k.Fee, "no fee of a later paper is known")
		require.NotEqual(t, law.Unstated, k.Provision.Status, k.Code)
		require.NotEqual(t, law.Confirmed, k.Provision.Status, "none was read in the law in force: %s", k.Code)
		require.Equal(t, k.OnPaper, k.Code == icmshk.Original)
		if k.Event == "" {
			continue
		}
		limited[k.Code] = k.Event
		require.Equal(t, 7, k.Days, k.Code)
		require.Equal(t, law.Secondary, k.Limit.Status, k.Code)
		require.Equal(t, "Cap. 338", k.Limit.Instrument)
		require.NotEmpty(t, k.Limit.URL)
		require.True(t, k.Afterwards, "it attacks what concludes a case: %s", k.Code)
	}
	require.Equal(t, map[string]icms.CaseEvent{
		icmshk.Review: icms.AwardMade, icmshk.SettingAside: icms.HearingHeld, icmshk.Reasons: icms.AwardServed,
		icmshk.LeaveToAppeal: icms.AwardServed, icmshk.TransferReview: icms.TransferDecided,
	}, limited)
}

func day(text string) time.Time { return calendar.MustDate(text).Start(calendarhk.Zone()) }

// TestTimeLimitsHeedClosuresAndWarnings counts seven days from Monday 2 March 2026 with what is known.
func TestTimeLimitsHeedClosuresAndWarnings(t *testing.T) {
	for name, c := range map[string]struct {
		closures []calendar.Closure
		warnings []calendar.Warning
		want     string
	}{
		"nothing": {want: "2026-03-11"},
		"closed all day": {
			closures: []calendar.Closure{{ID: "1", Cause: calendarhk.Direction, From: day("2026-03-03"), Reopens: day("2026-03-04")}}, want: "2026-03-12",
		},
		"closed for an hour": {
			closures: []calendar.Closure{{ID: "1", Cause: calendarhk.Direction, From: day("2026-03-03"), Reopens: day("2026-03-03").Add(10 * time.Hour)}},
			want:     "2026-03-11",
		},
		"closed for an hour for a warning": {
			closures: []calendar.Closure{{ID: "1", Cause: calendarhk.GaleWarning, From: day("2026-03-03"), Reopens: day("2026-03-03").Add(10 * time.Hour)}},
			want:     "2026-03-12",
		},
		"closed for an hour in extreme conditions": {
			closures: []calendar.Closure{{ID: "1", Cause: calendarhk.ExtremeConditions, From: day("2026-03-03"), Reopens: day("2026-03-03").Add(10 * time.Hour)}},
			want:     "2026-03-11",
		},
		"a warning at night": {
			warnings: []calendar.Warning{{ID: "1", Kind: calendarhk.BlackRainstorm, From: day("2026-03-04"), Until: day("2026-03-04").Add(time.Hour)}},
			want:     "2026-03-12",
		},
		"a warning that does not count": {
			warnings: []calendar.Warning{{ID: "1", Kind: "red_rainstorm", From: day("2026-03-04"), Until: day("2026-03-04").Add(time.Hour)}},
			want:     "2026-03-11",
		},
	} {
		t.Run(name, func(t *testing.T) {
			court, err := icmshk.SmallClaims(icmshk.Options{Warnings: c.warnings})
			require.NoError(t, err)
			registry, err := court.Registry.With(c.closures...)
			require.NoError(t, err)
			limits, err := court.Limits(registry)
			require.NoError(t, err)
			e, err := limits.Expires(calendar.MustDate("2026-03-02"), 7)
			require.NoError(t, err)
			require.Equal(t, c.want, e.Date.String(), "%s", e.Reason())
		})
	}
}

func TestSingleClaimsAreFiledOnPaper(t *testing.T) {
	court, err := icmshk.SmallClaims(icmshk.Options{})
	require.NoError(t, err)
	require.Nil(t, court.Single)
	require.Equal(t, law.Confirmed, court.NoSingle.Status)
	require.Equal(t, law.Assumed, court.Policies.Time.Provision.Status)
	require.True(t, court.Policies.Time.Asked)
}
