package icms_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
)

// lawFirm registers a law firm with one user.
func (w *town) lawFirm() {
	by, at := members.By{Organisation: "registry", User: "officer"}, w.now()
	who := func(id string) members.Person {
		return members.Person{ID: id, Subject: string(subject(id)), Name: law.T("Solicitor "+id, "")}
	}
	w.do(members.ApplyOrganisation{
		ID: "solicitors", Name: law.T("Sample Solicitors", "範例律師行"), Kind: icmshk.LawFirm, Administrator: who("sol-pa"), At: at,
		Proofs: []members.Proof{{Name: "certificate.pdf", SHA256: sample32}},
	})
	w.do(members.Decide{ID: "solicitors", Approve: true, By: by, At: at})
	w.do(members.OpenAccount{Person: who("sol-1"), Organisation: "solicitors", Kind: members.OrganisationUser, By: by, At: at})
}

const sample32 = "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"

// TestALawFirmActsForNobodyWhereTheCourtBarsIt: not by a code, right or wrong, nor by the hand of staff, who can't give a leave of which the
// court's data knows nothing; as a party it acts for itself.
func TestALawFirmActsForNobodyWhereTheCourtBarsIt(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	w.lawFirm()
	code, err := w.as("officer").LinkCode(ctx, "SCT", number(2), "defendant-1", hk("2026-03-31 00:00:00"))
	require.NoError(t, err)
	barred := func(err error) {
		t.Helper()
		var refused *icms.RefusalError
		require.True(t, errors.As(err, &refused), "%v", err)
		f := refused.Finding
		require.Equal(t, filing.LegalRepresentative, f.Code)
		require.Equal(t, w.court.Filing.Grounds.Representation, f.Provision)
		require.Equal(t, "A legal representative is named, Sample Solicitors; none has audience in this court.", f.Text().In(law.English))
		require.Equal(t, "列有法律代表「範例律師行」；本法庭不容許法律代表出席。", f.Text().In(law.TraditionalChinese))
	}
	link := icms.Link{Court: "SCT", Case: number(2), Party: "defendant-1", Represents: true}
	for range 60 { // more than any code bears
		link.Code = "WRONG"
		_, err = w.as("sol-1").JoinCase(ctx, link)
		barred(err)
	}
	link.Code = code
	_, err = w.as("sol-1").JoinCase(ctx, link)
	barred(err)
	by := link
	by.Member, by.Code, by.Proof, by.Leave = "solicitors", "", "letter", "order of 2 March"
	_, err = w.as("officer").LinkParty(ctx, by)
	barred(err)
	by.Member, by.Lawyer, by.Leave, by.By = "nobody-known", true, "", registrar
	_, err = w.Registry().LinkParty(ctx, by)
	require.Equal(t, string(filing.LegalRepresentative), refusal(t, err), "one whom the host calls a lawyer")

	f, err := w.as("ivan").JoinCase(ctx, link) // no lawyer, and the code is as good as new
	require.NoError(t, err)
	require.Contains(t, f.Parties[1].Representatives, "ivan")
	_, err = w.as("officer").UnlinkParty(ctx, icms.Unlink{Court: "SCT", Case: number(2), Party: "defendant-1", Member: "dora", Reason: why})
	require.NoError(t, err)
	by = icms.Link{Court: "SCT", Case: number(2), Party: "defendant-1", Member: "solicitors", Proof: "letter"}
	_, err = w.as("officer").LinkParty(ctx, by)
	require.NoError(t, err, "it is the party itself")
	w.proven()
}

// TestLeaveAdmitsALawFirmWhereTheCourtGivesIt, by the hand of an officer who names it; and a court without a bar admits everybody.
func TestLeaveAdmitsALawFirmWhereTheCourtGivesIt(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	w.lawFirm()
	by := icms.Link{Court: "SCT", Case: number(1), Party: "defendant-1", Member: "solicitors", Represents: true, Proof: "letter", Leave: "order of 2 March"}
	w.court.Filing.Grounds.Leave = law.Provision{Instrument: "test data", Section: "s. 1", Status: law.Assumed}
	w.open(nil)
	code, err := w.as("officer").LinkCode(ctx, "SCT", number(1), "defendant-1", hk("2026-03-31 00:00:00"))
	require.NoError(t, err)
	_, err = w.as("sol-1").JoinCase(ctx, icms.Link{Court: "SCT", Case: number(1), Party: "defendant-1", Represents: true, Code: code, Leave: "my word"})
	require.Equal(t, string(filing.LegalRepresentative), refusal(t, err), "nobody gives leave to itself")
	without := by
	without.Leave = ""
	_, err = w.as("officer").LinkParty(ctx, without)
	require.Equal(t, string(filing.LegalRepresentative), refusal(t, err))
	f, err := w.as("officer").LinkParty(ctx, by)
	require.NoError(t, err)
	require.Contains(t, f.Parties[1].Representatives, "solicitors")

	w.court.Filing.Grounds.Leave.Until, w.court.Filing.Grounds.Representation.Until = w.now(), w.now()
	w.open(nil)
	by.Case, by.Leave = number(2), ""
	_, err = w.as("officer").LinkParty(ctx, by)
	require.NoError(t, err, "the bar is over")

	for _, edit := range []func(*icms.Link){
		func(in *icms.Link) { in.Leave = "a\nb" }, func(in *icms.Link) { in.Leave, in.Represents = "order", false },
		func(in *icms.Link) { in.Leave, in.Proof, in.Code = "order", "", "CODE" },
	} {
		bad := by
		bad.By = registrar
		edit(&bad)
		_, err := w.Registry().LinkParty(ctx, bad)
		require.ErrorIs(t, err, icms.ErrInvalid)
	}
	w.proven()
}
