package icms_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

// Whatever the court does in a case and in whatever order: when it is sealed it is found by nobody, when it is restricted by no public index, and when it is open by the entries with
// which it was registered.
func TestASealedCaseIsNotFoundAfterAnything(t *testing.T) {
	world, x := busyCase(t)
	registered := x.entries["case SCT/"+firstCase]
	all := deeds()
	all["unlink"] = func(c *counter) error {
		_, err := c.Registry().UnlinkParty(c.t.Context(), icms.Unlink{Court: "SCT", Case: firstCase, Party: "defendant-1", Member: "friend", By: registrar})
		return err
	}
	all["open"] = func(c *counter) error {
		_, err := c.Registry().SetAccess(c.t.Context(), icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar}, icms.CaseOpen)
		return err
	}
	all["reopen"] = func(c *counter) error {
		_, err := c.Registry().Reopen(c.t.Context(), icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar})
		return err
	}
	all["vacate"] = func(c *counter) error {
		return c.Registry().VacateHearing(c.t.Context(), icms.CaseAct{Court: "SCT", Case: firstCase, Reason: law.T("No.", ""), By: registrar})
	}
	rapid.Check(t, func(r *rapid.T) {
		for _, deed := range rapid.SliceOfN(rapid.SampledFrom(slices.Sorted(maps.Keys(all))), 1, 6).Draw(r, "deeds") {
			if err := all[deed](world); err != nil {
				require.ErrorIs(r, err, icms.ErrRefused, deed)
			}
		}
		f, err := world.Registry().Case(t.Context(), "SCT", firstCase)
		require.NoError(r, err)
		switch now := x.entries["case SCT/"+firstCase]; f.Access {
		case icms.CaseOpen:
			require.ElementsMatch(r, registered, now)
			return
		case icms.CaseRestricted:
			require.Empty(r, now, "its parties find it among their own")
			return
		}
		for _, entry := range x.naming(firstCase, "defendant 00001", "defendant-0001") {
			require.True(r, strings.HasPrefix(entry, "document.") || strings.HasPrefix(entry, "message.about"), entry)
		}
		require.Empty(r, world.box("defendant-0001"))
		require.Empty(r, world.box("friend"))
	})
	world.proven()
}
