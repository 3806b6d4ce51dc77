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

// Of the types of the High Court, three have no inspection of documents and two of these not even a cause book, on any day and for any case; nor does a
// bulk claim have one before the first day of the service.
func TestTypesWithoutInspection(t *testing.T) {
	table, err := icmshk.Rollout()
	require.NoError(t, err)
	never := map[rollout.Service][]string{rollout.Inspection: {"HCMA", "HCCP", "HCZZ"}, rollout.CauseBook: {"HCCP", "HCZZ"}}
	for service, kinds := range never {
		for _, kind := range kinds {
			for _, day := range []string{"2024-10-31", "2025-12-19", "2026-03-02", "2026-12-31"} {
				a, err := table.CoversCase("CFI", kind, service, calendar.MustDate(day), calendar.MustDate("2026-12-31"))
				require.NoError(t, err)
				require.Equal(t, rollout.No, a.Verdict, "%s %s %s", kind, service, day)
			}
		}
	}
	a, err := table.Covers("CFI", "HCMA", rollout.CauseBook, calendar.MustDate("2026-12-31"))
	require.NoError(t, err)
	require.NotEqual(t, rollout.No, a.Verdict)
	a, err = table.Covers("SCT", "bulk_claim", rollout.Inspection, calendar.MustDate("2024-10-30"))
	require.NoError(t, err)
	require.Equal(t, rollout.No, a.Verdict)
}
