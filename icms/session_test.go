package icms_test

import (
	"io"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/payment/ledger"
)

// deniedBy gives the code by which a session refuses.
func deniedBy(t testing.TB, err error) string {
	t.Helper()
	var denied *icms.DeniedError
	require.ErrorAs(t, err, &denied)
	speaksBothLanguages(t, denied)
	return string(denied.Finding.Code)
}

func TestARefusalSaysWhatIsInTheWay(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	w.do(members.Close{ID: "ivan", By: members.By{Organisation: "registry", User: "officer"}, At: w.now()})
	w.do(members.ApplyIndividual{ID: "rejected", Subject: "host:rejected", Name: law.T("Defendant", ""), Eligible: icmshk.PartyToCase, At: w.now()})
	w.do(members.Decide{ID: "rejected", Reason: law.T("No.", ""), By: members.By{Organisation: "registry", User: "officer"}, At: w.now()})
	for name, want := range map[string]string{
		"stranger": "access.registration-required", "applicant": "access.account.pending", "suspended": "access.account.suspended",
		"ivan": "access.account.closed", "rejected": "access.account.refused", "util-pa": "access.administrator", "auditor": "access.denied",
		"firm-1": "access.denied",
	} {
		_, err := w.as(name).File(ctx, batch(claims(1, "X")))
		require.ErrorIs(t, err, icms.ErrForbidden, name)
		require.Equal(t, want, deniedBy(t, err), name)
	}
	_, err := w.as("util-pa").File(ctx, batch(claims(1, "X")))
	require.ErrorContains(t, err, "Judiciary FAQ on e-filing in the Small Claims Tribunal Q3, confirmed", "it cites what it rests on")

	_, err = w.as("elsewhere").AnnounceClosure(ctx, "SCT", icms.RegistryOffice, registryClosure())
	require.Equal(t, "access.court", deniedBy(t, err))
	_, err = w.as("accounts-officer").ApproveRefund(ctx, w.refund)
	require.Equal(t, "access.second-person", deniedBy(t, err))
	_, err = w.as("dora").Case(ctx, "SCT", number(3))
	require.Equal(t, "access.not-there", deniedBy(t, err))
	_, err = w.as("firm-2").Case(ctx, "SCT", number(1))
	require.Equal(t, "access.case.not-party", deniedBy(t, err), "an administrator linked it to others")
}

func TestAnUnknownCourtIsARefusalOfTheCatalogue(t *testing.T) {
	w := newTown(t)
	_, err := w.as("").Status(t.Context(), "XYZ")
	require.ErrorIs(t, err, icms.ErrUnknownCourt)
	require.Equal(t, "court.unknown", refusal(t, err))
	_, err = w.as("dora").Case(t.Context(), "XYZ", number(1))
	require.Equal(t, "court.unknown", refusal(t, err))
	_, err = w.as("util-1").File(t.Context(), icms.Batch{Court: "XYZ"})
	require.Equal(t, "court.unknown", refusal(t, err))
}

func TestWithoutRulesOfRegistrationThereAreNoSessions(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 0)
	_, err := c.Session(t.Context(), members.Subject("host:dora"))
	require.ErrorIs(t, err, icms.ErrInvalid)
	require.Nil(t, c.Members())
	w := newTown(t)
	x, err := w.Session(t.Context(), nil)
	require.NoError(t, err)
	me, err := x.Me(t.Context())
	require.NoError(t, err)
	require.Empty(t, me.Subject)
}

func TestAMemberRegistersWithProofs(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	x := w.as("new-admin")
	apply := members.ApplyOrganisation{
		ID: "new-firm", Name: law.T("New Sample Firm", "新範例律師行"), Kind: icmshk.LawFirm,
		Administrator: members.Person{ID: "new-admin", Name: law.T("Administrator 0001", "")},
	}
	_, err := x.ApplyOrganisation(ctx, apply, icms.Proofs{})
	require.ErrorIs(t, err, members.ErrEligible)
	require.Equal(t, members.CodeProof, refusal(t, err))
	files := icms.Proofs{Files: fstest.MapFS{"certificate.pdf": {Data: []byte(goodPDF)}}, Names: []string{"certificate.pdf", "missing.pdf"}}
	_, err = x.ApplyOrganisation(ctx, apply, files)
	require.Equal(t, members.CodeProofForm, refusal(t, err))
	files.Names = files.Names[:1]
	o, err := x.ApplyOrganisation(ctx, apply, files)
	require.NoError(t, err)
	require.Equal(t, members.Applied, o.Status)
	again, err := x.ApplyOrganisation(ctx, apply, files)
	require.NoError(t, err)
	require.Equal(t, o.Hash, again.Hash)

	officer := w.as("officer")
	waiting, _, err := officer.OrganisationsIn(ctx, members.Applied, "", 10)
	require.NoError(t, err)
	require.Len(t, waiting, 1)
	f, err := officer.OpenProof(ctx, "new-firm", 0)
	require.NoError(t, err)
	bytes, err := io.ReadAll(io.NewSectionReader(f, 0, f.Size()))
	require.NoError(t, err)
	require.NoError(t, f.Close())
	require.Equal(t, goodPDF, string(bytes))
	_, err = officer.OpenProof(ctx, "new-firm", 1)
	require.ErrorIs(t, err, icms.ErrNotFound)
	require.NoError(t, officer.DecideApplication(ctx, "new-firm", true, nil))

	found, _, err := officer.SearchMembers(ctx, "新範例", "", 10)
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, "new-firm", found[0].ID)
	found, _, err = officer.SearchMembers(ctx, "sample fi", "", 10)
	require.NoError(t, err)
	require.Len(t, found, 1)

	user, err := x.OpenUser(ctx, members.OpenAccount{Person: members.Person{ID: "new-1", Subject: "host:new-1", Name: law.T("Solicitor", "")}, Organisation: "new-firm"})
	require.NoError(t, err)
	require.Equal(t, members.OrganisationUser, user.Kind)
	_, err = w.as("new-1").OpenUser(ctx, members.OpenAccount{Organisation: "new-firm"})
	require.Equal(t, "access.denied", deniedBy(t, err))
	sa, err := x.OpenAdministrator(ctx, members.OpenAccount{Person: members.Person{ID: "new-2", Subject: "host:new-2", Name: law.T("Clerk", "")}, Organisation: "new-firm"})
	require.NoError(t, err)
	_, err = w.as("new-2").MoveUser(ctx, "new-1", icms.SuspendMember, why)
	require.NoError(t, err)
	_, err = w.as("new-2").MoveUser(ctx, sa.ID, icms.CloseMember, why)
	require.ErrorIs(t, err, icms.ErrNotFound, "it is no user's account")
	_, err = x.HandOver(ctx, "new-firm", sa.ID)
	require.NoError(t, err)
	_, err = w.as("new-2").MoveAdministrator(ctx, "new-admin", icms.CloseMember, nil)
	require.NoError(t, err)
	_, err = w.as("new-2").OpenBranch(ctx, members.OpenBranch{Organisation: "new-firm", Code: "east", Name: law.T("East", "")})
	require.NoError(t, err)
	a, err := w.as("new-2").OpenDeposit(ctx, "", hkd)
	require.NoError(t, err)
	require.Equal(t, ledger.Deposit("new-firm", "main"), a.ID)
	a, err = w.as("new-2").OpenDeposit(ctx, "east", hkd)
	require.NoError(t, err)
	require.Equal(t, ledger.Deposit("new-firm", "east"), a.ID)
	_, err = w.as("new-2").OpenDeposit(ctx, "west", hkd)
	require.ErrorIs(t, err, icms.ErrNotFound)
	require.NoError(t, w.as("new-2").CloseOrganisation(ctx, "new-firm", why))
	require.NoError(t, w.as("auditor").VerifyMembers(ctx, 2026))
	removed, err := w.Sweep(ctx, w.now())
	require.ErrorIs(t, err, icms.ErrInvalid, "blobs in memory can't be swept: %d", removed)
}

func TestAnAccountIsGivenUp(t *testing.T) {
	w := newTown(t)
	require.NoError(t, w.as("ivan").CloseAccount(t.Context()))
	me, err := w.as("ivan").Me(t.Context())
	require.NoError(t, err)
	require.Equal(t, members.Closed, me.Status)
	require.Equal(t, "access.account.closed", deniedBy(t, w.as("ivan").CloseAccount(t.Context())))
	require.Equal(t, "access.registration-required", deniedBy(t, w.as("stranger").CloseAccount(t.Context())))
	require.Error(t, w.as("util-1").CloseAccount(t.Context()), "its administrator closes it")
}

// TestASessionNoticesAtOnce suspends a person who has a session.
func TestASessionNoticesAtOnce(t *testing.T) {
	w := newTown(t)
	x := w.as("dora")
	_, err := x.Case(t.Context(), "SCT", number(1))
	require.NoError(t, err)
	require.NoError(t, w.as("officer").MoveMember(t.Context(), "dora", icms.SuspendMember, why))
	_, err = x.Case(t.Context(), "SCT", number(1))
	require.Equal(t, "access.account.suspended", deniedBy(t, err))
	require.NoError(t, w.as("officer").MoveMember(t.Context(), "dora", icms.ReinstateMember, nil))
	_, err = x.Case(t.Context(), "SCT", number(1))
	require.NoError(t, err)
	require.ErrorIs(t, w.as("officer").MoveMember(t.Context(), "util-1", icms.CloseMember, nil), icms.ErrNotFound, "a user is its administrator's")
	require.ErrorIs(t, w.as("officer").MoveMember(t.Context(), "dora", "promote", nil), icms.ErrInvalid)
}

// registryClosure is a closure that nobody may announce here.
func registryClosure() calendar.Closure {
	return calendar.Closure{ID: "storm", Cause: "test", From: hk("2026-03-02 11:00:00")}
}

// TestEveryCodeOfMembersIsPublished looks the codes of the register of members up in the catalogue.
func TestEveryCodeOfMembersIsPublished(t *testing.T) {
	for _, code := range members.Codes() {
		e, ok := filing.Describe(filing.Code(code))
		require.True(t, ok, code)
		require.NotEmpty(t, e.Text[law.TraditionalChinese], code)
	}
}
