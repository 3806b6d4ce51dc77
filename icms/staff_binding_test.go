package icms_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/ledger"
)

// house registers an organisation with one user through the register of members, as the host may.
func (w *town) house(id, prefix string) {
	by, at := members.By{Organisation: "registry", User: "officer"}, w.now()
	who := func(id string) members.Person {
		return members.Person{ID: id, Subject: string(subject(id)), Name: law.T("Person "+id, "")}
	}
	w.do(members.ApplyOrganisation{
		ID: id, Name: law.T("Organisation "+id, "範例機構"), Kind: icmshk.StatutoryBody, Administrator: who(prefix + "-pa"), At: at,
		Proofs: []members.Proof{{Name: "certificate.pdf", SHA256: strings.Repeat("0a", 32)}},
	})
	w.do(members.Decide{ID: id, Approve: true, By: by, At: at})
	w.do(members.OpenAccount{Person: who(prefix + "-1"), Organisation: id, Kind: members.OrganisationUser, By: by, At: at})
}

func gasBatch(csv string) icms.Batch {
	in := batch(csv)
	in.Claimant, in.Account, in.By = "gas-works", "", icms.Filer{}
	return in
}

// TestRegisteringWithTheIdOfAnApprovalMakesNobodyTheClaimant has somebody take the id of an approved claimant before and after its approval.
func TestRegisteringWithTheIdOfAnApprovalMakesNobodyTheClaimant(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	require.NoError(t, w.as("chief").ApproveClaimant(ctx, "SCT", gasWorks()))
	_, err := w.as("nora").ApplyIndividual(ctx, members.ApplyIndividual{ID: "gas-works", Name: law.T("Nobody 0001", ""), Eligible: icmshk.PartyToCase}, icms.Proofs{})
	require.Equal(t, "claimant.id.reserved", refusal(t, err))
	_, err = w.as("nora").ApplyOrganisation(ctx, members.ApplyOrganisation{ID: "gas-works", Name: law.T("Nobody", ""), Kind: icmshk.StatutoryBody}, icms.Proofs{})
	require.Equal(t, "claimant.id.reserved", refusal(t, err))
	w.house("gas-works", "gas") // the host lets it in all the same
	_, err = w.as("gas-1").Preflight(ctx, gasBatch(claims(1, "GAS")))
	require.Equal(t, "access.claimant.unbound", deniedBy(t, err))

	w.house("water-works", "water")
	water := gasWorks()
	water.ID, water.Name = "water-works", law.T("Sample Water Works", "範例水廠")
	err = w.as("chief").ApproveClaimant(ctx, "SCT", water)
	require.Equal(t, "claimant.id.registered", refusal(t, err), "staff approve nobody by the likeness of names")
	require.NoError(t, w.as("chief").BindClaimant(ctx, "SCT", "water-works", "water-works"))
	require.NoError(t, w.as("chief").ApproveClaimant(ctx, "SCT", water))
}

// TestAClaimantIsBoundToARegisteredUser binds a claimant to an organisation of another id, which files, is told and has the cases; it is then
// bound to another one.
func TestAClaimantIsBoundToARegisteredUser(t *testing.T) {
	w := newTown(t)
	ctx, chief := t.Context(), w.as("chief")
	require.NoError(t, chief.ApproveClaimant(ctx, "SCT", gasWorks()))
	w.house("gas-company", "gas")
	_, err := w.as("gas-1").File(ctx, gasBatch(claims(2, "GAS")))
	require.Equal(t, "access.denied", deniedBy(t, err))
	require.Equal(t, "access.denied", deniedBy(t, w.as("officer").BindClaimant(ctx, "SCT", "gas-works", "gas-company")))
	for range 2 {
		require.NoError(t, chief.BindClaimant(ctx, "SCT", "gas-works", "gas-company"))
	}
	bound, err := w.Registry().Bindings(ctx, "SCT")
	require.NoError(t, err)
	require.Len(t, bound, 2, "the town's own, and this once")
	require.Equal(t, icms.Filer{Organisation: "court", User: "chief"}, bound[1].By)
	links, err := w.Audit().Links(ctx, "SCT", 2026, 0, 1000)
	require.NoError(t, err)
	require.JSONEq(t, `{"action":"claimant bound","organisation":"court","user":"chief","claimant":"gas-works","member":"gas-company"}`, string(links[len(links)-1].Note))

	l := w.AccountsOffice().Ledger()
	for _, r := range []ledger.Request{
		ledger.OpenAccount{Account: "deposit:gas-company/main", Currency: hkd, At: w.now()},
		ledger.TopUp{From: ledger.Bank("test"), Reference: "gas", Account: "deposit:gas-company/main", Amount: money.New(100_000, hkd), At: w.now()},
	} {
		_, err = l.Do(ctx, r)
		require.NoError(t, err)
	}
	in := gasBatch(claims(2, "GAS"))
	in.Account = "deposit:gas-company/main"
	r, err := w.as("gas-1").File(ctx, in)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State, "%v", r.Findings)
	require.Equal(t, []string{number(7), number(8)}, w.cases("gas-1"), "nothing has happened in them yet")
	box, _, err := w.as("gas-1").Inbox(ctx, "", 10)
	require.NoError(t, err)
	require.Len(t, box, 1)
	_, err = w.as("gas-1").Case(ctx, "SCT", number(7))
	require.NoError(t, err)

	w.house("gas-heirs", "heirs")
	require.NoError(t, chief.BindClaimant(ctx, "SCT", "gas-works", "gas-heirs"))
	_, err = w.as("gas-1").Preflight(ctx, gasBatch(claims(1, "HEIR")))
	require.Equal(t, "access.denied", deniedBy(t, err))
	_, err = w.as("heirs-1").Preflight(ctx, gasBatch(claims(1, "HEIR")))
	require.NoError(t, err)
	require.Len(t, w.cases("gas-1"), 2, "whose cases they are stays as it was")
	require.Empty(t, w.cases("heirs-1"))
	require.NoError(t, chief.BindClaimant(ctx, "SCT", "gas-works", ""))
	_, err = w.as("heirs-1").Preflight(ctx, gasBatch(claims(1, "HEIR")))
	require.Equal(t, "access.denied", deniedBy(t, err))
	for _, who := range []string{"", "stranger", "judge"} {
		_, err = w.as(who).Preflight(ctx, gasBatch(claims(1, "HEIR")))
		require.ErrorIs(t, err, icms.ErrForbidden, "whoever is no registered user is nobody's claimant")
	}
	require.ErrorIs(t, w.Registry().BindClaimant(ctx, "SCT", "", "x", registrar), icms.ErrInvalid)
	require.ErrorIs(t, w.Registry().BindClaimant(ctx, "SCT", "a|b", "x", registrar), icms.ErrInvalid)
	require.ErrorIs(t, w.Registry().BindClaimant(ctx, "SCT", "x", "x", icms.Filer{}), icms.ErrInvalid)
	require.ErrorIs(t, w.Registry().BindClaimant(ctx, "XYZ", "x", "x", registrar), icms.ErrUnknownCourt)
	w.proven()
}
