package icms_test

import (
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/payment/ledger"
)

// gasWorks is a claimant that nobody has approved yet.
func gasWorks(categories ...filing.Category) filing.Approval {
	return filing.Approval{
		Claimant:   filing.Claimant{ID: "gas-works", Name: law.T("Sample Gas Works", "範例煤氣廠")},
		Categories: categories, Provision: law.Provision{Instrument: "Approval of the day", Status: law.Assumed},
	}
}

func TestAClaimantIsApprovedWhileTheServiceRuns(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	in := batch(claims(2, "GAS"))
	in.Claimant, in.Account = "Sample Gas Works", string(ledger.Deposit("gas-works", "main"))
	in.By = icms.Filer{Organisation: "gas-works", User: "gas-1"}
	r, err := w.Registry().Preflight(ctx, in)
	require.NoError(t, err)
	require.Equal(t, icms.Refused, r.State)

	require.Equal(t, "access.denied", deniedBy(t, w.as("judge").ApproveClaimant(ctx, "SCT", gasWorks())))
	require.NoError(t, w.as("chief").ApproveClaimant(ctx, "SCT", gasWorks()))
	links, err := w.Audit().Links(ctx, "SCT", 2026, 0, 1000)
	require.NoError(t, err)
	require.NoError(t, w.as("chief").ApproveClaimant(ctx, "SCT", gasWorks()))
	again, err := w.Audit().Links(ctx, "SCT", 2026, 0, 1000)
	require.NoError(t, err)
	require.Len(t, again, len(links), "the same again changes nothing")
	require.JSONEq(t, `{"action":"claimant approved","organisation":"court","user":"chief","claimant":"gas-works"}`, string(links[len(links)-1].Note))

	r, err = w.Registry().Preflight(ctx, in)
	require.NoError(t, err)
	require.Equal(t, icms.Ready, r.State, "%v", r.Findings)
	w.open(nil) // as after a restart
	r, err = w.Registry().File(ctx, in)
	require.NoError(t, err)
	require.Equal(t, icms.Accepted, r.State, "%v", r.Findings)

	in.Reference, in.Claims = "another", batch(claims(1, "GAS2")).Claims
	require.NoError(t, w.as("chief").ApproveClaimant(ctx, "SCT", gasWorks("surcharge")))
	r, err = w.Registry().Preflight(ctx, in)
	require.NoError(t, err)
	require.Equal(t, icms.Refused, r.State, "for another category alone")
	ended := gasWorks()
	ended.Provision.Until = w.now()
	require.NoError(t, w.as("chief").ApproveClaimant(ctx, "SCT", ended))
	r, err = w.Registry().Preflight(ctx, in)
	require.NoError(t, err)
	require.Equal(t, icms.Refused, r.State, "the approval is over")

	all, err := w.as("").Claimants(ctx, "SCT")
	require.NoError(t, err)
	n := 0
	for _, a := range all {
		if a.ID == "gas-works" {
			n++
		}
	}
	require.Equal(t, 1, n, "the last approval counts")
	require.ErrorIs(t, w.Registry().ApproveClaimant(ctx, "SCT", gasWorks(), icms.Filer{}), icms.ErrInvalid)
	require.ErrorIs(t, w.Registry().ApproveClaimant(ctx, "SCT", filing.Approval{}, registrar), icms.ErrInvalid)
	require.ErrorIs(t, w.Registry().ApproveClaimant(ctx, "XYZ", gasWorks(), registrar), icms.ErrUnknownCourt)
	w.proven()
}

// TestTwoApproveAtOnce has ten officers approve a claimant each.
func TestTwoApproveAtOnce(t *testing.T) {
	w := newTown(t)
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() {
			a := gasWorks()
			a.ID += string(rune('a' + i))
			a.Name = law.T(a.ID, "")
			require.NoError(t, w.Registry().ApproveClaimant(t.Context(), "SCT", a, registrar))
		})
	}
	wg.Wait()
	all, err := w.Registry().Claimants(t.Context(), "SCT")
	require.NoError(t, err)
	before, err := newTown(t).Registry().Claimants(t.Context(), "SCT")
	require.NoError(t, err)
	require.Len(t, all, len(before)+10)
}

func TestMaintenanceIsPublished(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	notice := calendar.Maintenance{ID: "upgrade", From: hk("2026-03-03 22:00:00"), Until: hk("2026-03-04 02:00:00"), Note: law.T("An upgrade.", "系統提升。")}
	require.Equal(t, "access.denied", deniedBy(t, w.as("officer").PublishMaintenance(ctx, "SCT", notice)))
	require.NoError(t, w.as("operator").PublishMaintenance(ctx, "SCT", notice))
	require.NoError(t, w.as("operator").PublishMaintenance(ctx, "SCT", notice), "the same again changes nothing")
	s, err := w.as("").Status(ctx, "SCT")
	require.NoError(t, err)
	require.True(t, s.Up)
	require.Equal(t, "upgrade", s.Next.ID)
	w.set("2026-03-03 23:00:00")
	s, err = w.as("").Status(ctx, "SCT")
	require.NoError(t, err)
	require.False(t, s.Up)
	require.Equal(t, "An upgrade.", s.Maintenance.Note.In(law.English))
	longer := notice
	longer.Until = hk("2026-03-04 04:00:00")
	w.set("2026-03-01 00:00:00") // the clock has jumped back
	require.NoError(t, w.as("operator").PublishMaintenance(ctx, "SCT", longer))
	w.set("2026-03-04 03:00:00")
	s, err = w.Status(ctx, "SCT")
	require.NoError(t, err)
	require.False(t, s.Up, "the correction counts")
	longer.Withdrawn = true
	require.NoError(t, w.as("operator").PublishMaintenance(ctx, "SCT", longer))
	s, err = w.Status(ctx, "SCT")
	require.NoError(t, err)
	require.True(t, s.Up)
	require.ErrorIs(t, w.PublishMaintenance(ctx, "SCT", calendar.Maintenance{}, registrar), icms.ErrInvalid)
	require.ErrorIs(t, w.PublishMaintenance(ctx, "SCT", notice, icms.Filer{}), icms.ErrInvalid)
	require.ErrorIs(t, w.PublishMaintenance(ctx, "XYZ", notice, registrar), icms.ErrUnknownCourt)
	w.proven()
}

func TestAClosureThroughASession(t *testing.T) {
	w := newTown(t)
	storm := registryClosure()
	_, err := w.as("officer").AnnounceClosure(t.Context(), "SCT", icms.RegistryOffice, storm)
	require.NoError(t, err)
	w.set("2026-03-02 11:30:00")
	s, err := w.as("").Status(t.Context(), "SCT")
	require.NoError(t, err)
	require.False(t, s.RegistryOpen)
	require.True(t, s.Receipt.Pending)
	storm.Reopens = hk("2026-03-02 14:00:00")
	_, err = w.as("chief").AnnounceClosure(t.Context(), "SCT", icms.RegistryOffice, storm)
	require.NoError(t, err)
	s, err = w.as("").Status(t.Context(), "SCT")
	require.NoError(t, err)
	require.Equal(t, hk("2026-03-02 14:00:00").UTC(), s.Receipt.Deemed.UTC())
}

// TestProofsAreKeptAsLongAsTheirMembers sweeps a folder of bytes: what proves a member stays, what a refused application brought does not.
func TestProofsAreKeptAsLongAsTheirMembers(t *testing.T) {
	w := newTown(t)
	folder := filepath.Join(t.TempDir(), "blobs")
	blobs, err := blob.OpenFolder(folder)
	require.NoError(t, err)
	w.blobs = blobs
	w.open(nil)
	proof := func(text string) icms.Proofs {
		return icms.Proofs{Files: fstest.MapFS{"proof.pdf": {Data: []byte(goodPDF + text)}}, Names: []string{"proof.pdf"}}
	}
	apply := members.ApplyIndividual{ID: "nora", Name: law.T("Solicitor 0001", ""), Eligible: icmshk.LegalRepresentative}
	_, err = w.as("nora").ApplyIndividual(t.Context(), apply, proof("kept"))
	require.NoError(t, err)
	apply.ID = "dora"
	_, err = w.as("nora2").ApplyIndividual(t.Context(), apply, proof("refused"))
	require.ErrorIs(t, err, members.ErrTaken)
	_, err = w.Sweep(t.Context(), w.now().Add(100*365*24*time.Hour))
	require.NoError(t, err)
	f, err := w.as("officer").OpenProof(t.Context(), "nora", 0)
	require.NoError(t, err)
	require.NoError(t, f.Close())
}
