package hk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/rollout"
)

// Bulk claims of 31 October 2024 and later are inspected electronically, older ones at the counter; how long a search is open is our policy.
func TestInspectionOfBulkClaims(t *testing.T) {
	court, err := icmshk.SmallClaims(icmshk.Options{})
	require.NoError(t, err)
	require.Equal(t, law.Assumed, court.Inspection.Provision.Status)
	require.Equal(t, icmshk.Inspection(), court.Inspection)
	today := calendar.MustDate("2026-03-02")
	for day, want := range map[calendar.Date]rollout.Verdict{
		calendar.MustDate("2024-10-30"): rollout.No, calendar.MustDate("2024-10-31"): rollout.Yes,
	} {
		a, err := court.Coverage.CoversCase(court.Code, court.Filing.Type, rollout.Inspection, day, today)
		require.NoError(t, err)
		require.Equal(t, want, a.Verdict)
	}
	_, err = icms.New(icms.Options{Courts: []icms.Court{court}})
	require.NotContains(t, err.Error(), "Inspection")
}
