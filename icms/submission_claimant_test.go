package icms_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// clients is the data of an agent: whom it acts for, and what those are called; nil words where it doesn't know.
type clients map[string]law.Text

func (c clients) Agents(_ context.Context, organisation string, claimants []string) ([]string, error) {
	if organisation != "firm" {
		return nil, nil
	}
	return slices.DeleteFunc(slices.Clone(claimants), func(id string) bool { _, ok := c[id]; return !ok }), nil
}

func (c clients) Client(_ context.Context, _, claimant string) (law.Text, error) {
	if claimant == "broken-client" {
		return nil, errors.New("the agent's book is shut")
	}
	return c[claimant], nil
}

// singleTown is a town that takes single claims, in which the firm has clients.
func singleTown(t *testing.T) *town {
	t.Helper()
	w := newTown(t)
	single := w.court.Filing
	single.Approvals = nil
	w.court.Single = &single
	w.court.Agents = clients{
		"pat-example": law.T("Pat Example", "範例柏"), "ivan": law.T("Somebody Else", ""), "sample-utilities": nil, "nameless": nil,
		"broken-client": nil, "badly-tagged": {"claim\"": "Padraig"},
	}
	w.open(nil)
	return w
}

func singleClaim(reference string) icms.SingleClaim {
	return icms.SingleClaim{Court: "SCT", Claim: filing.Claim{
		Reference: reference, Category: "other", Amount: money.New(100_00, hkd), Nature: "services",
		Defendants: []filing.Party{{Name: "Defendant 0009", Address: "9 Sample Street"}}, Particulars: "Unpaid work", Calculation: "One invoice",
		AroseOn: civilDate("2025-11-03"),
	}}
}

// TestAFirmCommencesForAClient for whom the court's Agents let it, under the name that the data have.
func TestAFirmCommencesForAClient(t *testing.T) {
	w := singleTown(t)
	for client, name := range map[string]string{
		"pat-example": "Pat Example", "ivan": "Defendant ivan", "sample-utilities": "Sample Utilities Limited", "": "Organisation firm",
	} {
		in := singleClaim("FOR-" + client)
		in.For = client
		r, err := w.as("firm-1").FileClaim(t.Context(), in)
		require.NoError(t, err, client)
		require.Equal(t, icms.Accepted, r.State, "%v", r.Findings)
		_, err = w.AccountsOffice().Collect(t.Context(), r.ID, "slip-"+r.ID, registrar)
		require.NoError(t, err)
		r, err = w.as("firm-1").FileClaim(t.Context(), in)
		require.NoError(t, err)
		require.Equal(t, icms.Registered, r.State)
		require.Equal(t, name, r.Acknowledgement.ClaimantName.In(law.English))
		f, err := w.Registry().Case(t.Context(), "SCT", r.Acknowledgement.FirstCase)
		require.NoError(t, err)
		member := client
		if client == "" {
			member = "firm"
		}
		require.Equal(t, member, f.Parties[0].Member)
		require.NotEmpty(t, w.box("firm"))
	}
	w.proven()
}

// TestForWhomNobodyCommences says who may not, and under which names.
func TestForWhomNobodyCommences(t *testing.T) {
	w := singleTown(t)
	for who, client := range map[string]string{"firm-1": "dora", "ivan": "pat-example", "util-1": "firm"} {
		in := singleClaim("NOT-" + who)
		in.For = client
		for _, file := range []func(context.Context, icms.SingleClaim) (icms.Result, error){w.as(who).FileClaim, w.as(who).PreflightClaim} {
			_, err := file(t.Context(), in)
			var denied *icms.DeniedError
			require.ErrorAs(t, err, &denied, who)
			require.ErrorIs(t, err, icms.ErrForbidden)
		}
		in.By = icms.Filer{Organisation: map[string]string{"firm-1": "firm", "ivan": "ivan", "util-1": "sample-utilities"}[who]}
		_, err := w.Registry().FileClaim(t.Context(), in)
		require.ErrorIs(t, err, icms.ErrForbidden)
	}
	in := singleClaim("NAMELESS")
	in.For, in.Claimant = "nameless", law.T("Whoever", "")
	_, err := w.as("firm-1").FileClaim(t.Context(), in)
	requireRefusal(t, err, filing.SubmissionClaimant)
	in.For = "badly-tagged"
	_, err = w.as("firm-1").FileClaim(t.Context(), in)
	require.ErrorIs(t, err, icms.ErrRefused)
	in.For = "broken-client"
	_, err = w.as("firm-1").FileClaim(t.Context(), in)
	var hook *filing.HookError
	require.ErrorAs(t, err, &hook)

	for client, said := range map[string]law.Text{
		"": law.T("The Bank of Somewhere", ""), "ivan": law.T("Somebody Else", ""), "pat-example": law.T("Pat Example", "柏"),
	} {
		in := singleClaim("CALLED-" + client)
		in.For, in.Claimant = client, said
		_, err := w.as("firm-1").PreflightClaim(t.Context(), in)
		requireRefusal(t, err, filing.SubmissionCalled)
	}
	in = singleClaim("CALLED")
	in.Claimant = law.T("organisation  FIRM", "")
	_, err = w.as("firm-1").PreflightClaim(t.Context(), in)
	require.NoError(t, err, "case and white space do not count")
}
