package icms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
)

// bookName is what the cause book calls the claimant of the first case.
func (c *counter) bookName(q icms.BookQuery) string {
	c.t.Helper()
	q.Court = "SCT"
	page, _, err := c.CauseBook().Find(c.t.Context(), q)
	require.NoError(c.t, err)
	require.NotEmpty(c.t, page)
	require.Equal(c.t, firstCase, page[0].Number)
	return page[0].ClaimantName.In(law.English)
}

// TestCauseBookKeepsTheNameOfTheTime: a case bears the name under which it was filed, whatever the claimant is called later, and when the
// register has it no longer. It is found by the claimant as before, in pages of the same cost.
func TestCauseBookKeepsTheNameOfTheTime(t *testing.T) {
	c := newCounter(t, "2026-02-27 10:00:00", 1000)
	_, err := c.Registry().File(t.Context(), batch(claims(2, "A")))
	require.NoError(t, err)
	const name = "Sample Utilities Limited"
	require.Equal(t, name, c.bookName(icms.BookQuery{}))

	renamed := sample
	renamed.Name = law.T("Pattern Power plc", "")
	c.court.Filing.Approvals = []filing.Approval{renamed}
	c.open()
	require.Equal(t, name, c.bookName(icms.BookQuery{}), "renamed")
	require.Equal(t, name, c.bookName(icms.BookQuery{Party: "pattern power"}), "found by what it is called now")
	c.access(icms.CaseSealed)
	c.access(icms.CaseOpen)
	require.Equal(t, name, c.bookName(icms.BookQuery{}), "opened again")

	other := sample
	other.ID, other.Name = "other-utilities", law.T("Other Utilities", "")
	c.court.Filing.Approvals = []filing.Approval{other}
	c.open()
	require.Equal(t, name, c.bookName(icms.BookQuery{}), "dropped")
}

// TestRegisteringWithTheIdOfAClaimantThatWasDropped makes nobody the party of its cases.
func TestRegisteringWithTheIdOfAClaimantThatWasDropped(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	in := batch(claims(2, "GAS"))
	in.Claimant, in.Account, in.By = "gas-works", "", icms.Filer{Organisation: "gas-works", User: "gas-1"}
	w.court.Filing.Approvals = append(w.court.Filing.Approvals[:1:1], gasWorks())
	w.open(nil)
	r, err := w.Registry().File(ctx, in)
	require.NoError(t, err)
	require.Equal(t, icms.Accepted, r.State, "%v", r.Findings)
	w.court.Filing.Approvals = w.court.Filing.Approvals[:1]
	w.open(nil)

	individual := individualOf("gas-works")
	_, err = w.as("nora").ApplyIndividual(ctx, individual, icms.Proofs{})
	require.Equal(t, "claimant.id.reserved", refusal(t, err))
	_, err = w.as("nora").ApplyOrganisation(ctx, members.ApplyOrganisation{ID: "gas-works", Name: law.T("Nobody", ""), Kind: icmshk.StatutoryBody}, icms.Proofs{})
	require.Equal(t, "claimant.id.reserved", refusal(t, err))
	require.NoError(t, w.as("chief").BindClaimant(ctx, "SCT", "gas-works", "gas-works"))
	for range 2 {
		_, err = w.as("nora").ApplyIndividual(ctx, individual, icms.Proofs{})
		require.NoError(t, err, "staff said that it is that one")
		require.NoError(t, w.as("chief").BindClaimant(ctx, "SCT", "gas-works", "")) // it is registered: the register of members answers
	}
	_, err = w.as("stranger").ApplyIndividual(ctx, individual, icms.Proofs{})
	require.ErrorIs(t, err, members.ErrTaken)
	_, err = w.as("stranger").ApplyIndividual(ctx, individualOf(""), icms.Proofs{})
	require.ErrorIs(t, err, members.ErrInvalid)
}

func individualOf(id string) members.ApplyIndividual {
	return members.ApplyIndividual{ID: id, Name: law.T("Nobody 0001", ""), Eligible: icmshk.PartyToCase}
}
