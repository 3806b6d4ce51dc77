package icms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/access"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/payment"
)

// cases lists the cases that a person sees as its own.
func (w *town) cases(name string) []string {
	w.t.Helper()
	all, next, err := w.as(name).Cases(w.t.Context(), "", 100)
	require.NoError(w.t, err)
	require.Empty(w.t, next)
	out := []string{}
	for _, f := range all {
		out = append(out, f.Number)
	}
	return out
}

func TestTheOwnCases(t *testing.T) {
	w := newTown(t)
	require.Equal(t, []string{number(1), number(2), number(4), number(5)}, w.cases("dora"), "the sealed ones are not there")
	require.Equal(t, []string{number(1), number(2), number(4), number(5)}, w.cases("firm-1"))
	require.Equal(t, []string{number(2), number(5)}, w.cases("firm-2"), "the others are linked to a colleague")
	require.Empty(t, w.cases("ivan"))
	for _, name := range []string{"firm-pa", "stranger"} {
		_, _, err := w.as(name).Cases(t.Context(), "", 100)
		require.ErrorIs(t, err, icms.ErrForbidden, name)
	}
	_, _, err := w.as("judge").Cases(t.Context(), "", 100)
	require.ErrorIs(t, err, icms.ErrForbidden, "staff have no cases of their own")
}

// abouts are the cases, and whatever else, of which the messages to a person tell.
func (w *town) abouts(name string) map[string]bool {
	w.t.Helper()
	all, _, err := w.as(name).Inbox(w.t.Context(), "", 1000)
	require.NoError(w.t, err)
	out := map[string]bool{}
	for _, m := range all {
		require.Empty(w.t, m.Body, "the list is no reading")
		out[m.About] = true
	}
	return out
}

func TestMessagesInCasesThatAUserDoesNotSee(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	require.True(t, w.abouts("firm-1")[number(1)])
	require.False(t, w.abouts("firm-2")[number(1)], "the case is linked to a colleague")
	require.True(t, w.abouts("firm-2")[number(2)])
	require.False(t, w.abouts("firm-1")[number(3)], "sealed")
	all, _, err := w.as("firm-1").Unread(ctx, "", 1000)
	require.NoError(t, err)
	for _, m := range all {
		_, err := w.as("firm-2").OpenMessage(ctx, m.ID)
		if m.About == number(1) || m.About == number(4) {
			require.ErrorIs(t, err, icms.ErrNotFound)
			_, err = w.as("firm-2").MessagePaper(ctx, m.ID)
			require.ErrorIs(t, err, icms.ErrNotFound)
		} else {
			require.NoError(t, err)
		}
	}
	m, err := w.as("dora").OpenMessage(ctx, w.told)
	require.NoError(t, err)
	require.NotEmpty(t, m.Body)
	require.Equal(t, icms.Filer{Organisation: "dora", User: "dora"}, m.Read.By)
	d, err := w.as("dora").MessagePaper(ctx, w.told)
	require.NoError(t, err)
	require.Equal(t, icms.PaperNotice, d.Kind)
	_, err = w.as("dora").OpenMessage(ctx, w.sealed)
	require.ErrorIs(t, err, icms.ErrNotFound)
}

func TestPapersThatAreNotInTheFile(t *testing.T) {
	w := newTown(t)
	serials := func(name string) []int {
		all, _, err := w.as(name).Papers(t.Context(), "SCT", number(1), "", 100)
		require.NoError(t, err)
		out := []int{}
		for _, d := range all {
			out = append(out, d.Serial)
		}
		return out
	}
	require.Equal(t, []int{noticeSerial, defenceSerial, refusedSerial}, serials("dora"), "the sender sees that it was refused")
	require.Equal(t, []int{noticeSerial, defenceSerial}, serials("util-1"), "the other side does not")
	require.Equal(t, []int{noticeSerial, defenceSerial}, serials("firm-1"), "who acts for the party did not send it")
	require.Equal(t, []int{noticeSerial, defenceSerial, refusedSerial}, serials("clerk"))
	_, err := w.as("util-1").Paper(t.Context(), "SCT", number(1), refusedSerial)
	require.ErrorIs(t, err, icms.ErrNotFound)
	f, err := w.as("util-1").PaperFile(t.Context(), "SCT", number(1), defenceSerial, 0)
	require.NoError(t, err)
	require.NoError(t, f.Close())
}

func TestSealedCasesAreLeftOutOfEveryList(t *testing.T) {
	w := newTown(t)
	lines := func(name string) (out []string) {
		for l, err := range w.as(name).BatchLines(t.Context(), w.batch) {
			require.NoError(t, err)
			out = append(out, l.Number)
		}
		return out
	}
	open := []string{number(1), number(2), number(4), number(5)}
	everything := []string{number(1), number(2), number(3), number(4), number(5), number(6)}
	require.Equal(t, open, lines("util-1"))
	require.Equal(t, open, lines("clerk"))
	require.Equal(t, everything, lines("judge"))
	register := func(name string) (out []string) {
		for e, err := range w.as(name).Register(t.Context(), icms.RegisterQuery{Court: "SCT", Year: 2026}) {
			require.NoError(t, err)
			out = append(out, e.Number)
		}
		return out
	}
	require.Equal(t, open, register("clerk"))
	require.Equal(t, everything, register("officer"))
	entries, _, err := w.as("util-1").CauseBookDay(t.Context(), "SCT", civilDate("2026-02-27"), "", 100)
	require.NoError(t, err)
	require.Len(t, entries, 2, "restricted ones are left out too")
	_, err = w.as("util-1").CauseBookEntry(t.Context(), "SCT", number(3))
	require.ErrorIs(t, err, icms.ErrNotFound)
}

func TestADefendantJoinsByTheCodeOfItsLetter(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	_, err := w.as("officer").UnlinkParty(ctx, icms.Unlink{Court: "SCT", Case: number(1), Party: "defendant-1", Member: "dora", Reason: why})
	require.NoError(t, err)
	_, err = w.as("dora").Case(ctx, "SCT", number(1))
	require.Equal(t, "access.case.not-party", deniedBy(t, err))
	code, err := w.as("officer").LinkCode(ctx, "SCT", number(1), "defendant-1", hk("2026-03-31 00:00:00"))
	require.NoError(t, err)
	link := icms.Link{Court: "SCT", Case: number(1), Party: "defendant-1", Member: "sample-utilities", Code: "WRONG", Proof: "my word"}
	_, err = w.as("dora").JoinCase(ctx, link)
	require.Equal(t, "court.link.code", deniedBy(t, err))
	link.Code = code
	f, err := w.as("dora").JoinCase(ctx, link)
	require.NoError(t, err)
	require.Equal(t, "dora", f.Parties[1].Member, "in its own name, whatever it said")

	require.NoError(t, w.as("firm-1").LeaveCase(ctx, "SCT", number(1), "defendant-1"))
	_, err = w.as("firm-1").Case(ctx, "SCT", number(1))
	require.Equal(t, "access.case.not-party", deniedBy(t, err))
	require.Error(t, w.as("dora").LeaveCase(ctx, "SCT", number(1), "defendant-1"), "a party does not leave its case")
	_, err = w.as("officer").LinkParty(ctx, icms.Link{
		Court: "SCT", Case: number(1), Party: "defendant-1", Member: "firm", Represents: true, Proof: "letter", Code: "not looked at"})
	require.NoError(t, err)
}

func TestAPartySendsForItselfAlone(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	in := sent(1, icmshk.Evidence)
	in.By, in.Reference = icms.Filer{Organisation: "sample-utilities", User: "forged"}, "mine"
	r, err := w.as("firm-1").Submit(ctx, in)
	require.NoError(t, err)
	require.Equal(t, icms.Filer{Organisation: "firm", User: "firm-1"}, r.Document.By, "in its own name, whatever it said")
	in.Party = "claimant-1"
	_, err = w.as("firm-1").Submit(ctx, in)
	require.Equal(t, "access.case.not-party", deniedBy(t, err))
	_, err = w.as("firm-1").PreflightSubmission(ctx, in)
	require.Equal(t, "access.case.not-party", deniedBy(t, err))
	limit, err := w.as("firm-1").LimitOf(ctx, icms.LimitQuestion{Court: "SCT", Case: number(1), Party: "defendant-1", Kind: icmshk.Defence})
	require.NoError(t, err)
	require.Nil(t, limit)
}

func TestRequestsForTime(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	_, err := w.as("judge").IssueOrder(ctx, icms.Issue{Court: "SCT", Case: number(1), Kind: icms.PaperAward, Words: law.T("Judgment.", "判決。")})
	require.NoError(t, err)
	ask := icms.TimeRequest{Court: "SCT", Case: number(1), Party: "defendant-1", Kind: icmshk.Review, Until: civilDate("2026-03-31"), Reason: why}
	_, err = w.as("util-1").RequestTime(ctx, ask)
	require.Equal(t, "access.case.not-party", deniedBy(t, err))
	r, err := w.as("dora").RequestTime(ctx, ask)
	require.NoError(t, err)
	for name, want := range map[string]int{"dora": 1, "firm-1": 1, "util-1": 0} {
		own, _, err := w.as(name).TimeRequestsIn(ctx, "SCT", number(1), "", 10)
		require.NoError(t, err)
		require.Len(t, own, want, name)
	}
	waiting, _, err := w.as("judge").TimeRequests(ctx, "SCT", "", 10)
	require.NoError(t, err)
	require.Len(t, waiting, 1)
	_, err = w.as("dora").AllowTime(ctx, r.ID, true, why)
	require.ErrorIs(t, err, icms.ErrForbidden)
	_, err = w.as("judge").AllowTime(ctx, madeUp, true, why)
	require.ErrorIs(t, err, icms.ErrNotFound)
	decided, err := w.as("judge").AllowTime(ctx, r.ID, true, why)
	require.NoError(t, err)
	require.Equal(t, icms.Filer{Organisation: "court", User: "judge"}, decided.Decision.By)
}

func TestDeliveries(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	proof, err := w.as("clerk").Deliveries(ctx, "SCT", number(1), noticeSerial)
	require.NoError(t, err)
	require.Len(t, proof, 3, "claimant, defendant and who acts for it")
	_, err = w.as("clerk").Deliveries(ctx, "SCT", number(3), noticeSerial)
	require.ErrorIs(t, err, icms.ErrNotFound, "sealed")
	_, err = w.as("officer").Deliveries(ctx, "SCT", number(3), noticeSerial)
	require.NoError(t, err)
	_, err = w.as("judge").Deliveries(ctx, "SCT", number(1), noticeSerial)
	require.ErrorIs(t, err, icms.ErrForbidden)
	_, err = w.as("clerk").Deliveries(ctx, "SCT", number(1), 9)
	require.ErrorIs(t, err, icms.ErrNotFound)
}

// TestDeliveriesOfAnotherCourt asks as a registry officer posted elsewhere: one answer, whether there is such a case and such a paper or not.
func TestDeliveriesOfAnotherCourt(t *testing.T) {
	w := newTown(t)
	w.do(members.ChangePosts{ID: "elsewhere", Posts: []access.Role{access.RegistryOfficer}, Courts: []string{"DC", "BMC"}, By: members.By{Organisation: "court", User: "chief"}, At: w.now()})
	_, want := w.as("elsewhere").Deliveries(t.Context(), "SCT", number(1), noticeSerial)
	require.Equal(t, "access.court", deniedBy(t, want))
	for _, absent := range []struct {
		number string
		serial int
	}{{number(1), 99}, {number(3), noticeSerial}, {"SCTC999999/2026", 1}, {madeUp, 1}} {
		_, err := w.as("elsewhere").Deliveries(t.Context(), "SCT", absent.number, absent.serial)
		require.EqualError(t, err, want.Error(), "%v", absent)
	}
}

func TestTheCourtAtWorkThroughSessions(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	_, err := w.as("clerk").IssueNotice(ctx, icms.Issue{Court: "SCT", Case: number(1), Kind: icms.PaperAward, Words: why})
	require.ErrorIs(t, err, icms.ErrInvalid, "an award is no notice")
	_, err = w.as("clerk").IssueNotice(ctx, icms.Issue{Court: "SCT", Case: number(1), Kind: icms.PaperRecord, Event: icms.AwardMade, Words: why})
	require.ErrorIs(t, err, icms.ErrInvalid, "nor is the record of one")
	out, err := w.as("clerk").IssueNotice(ctx, icms.Issue{Court: "SCT", Case: number(1), Kind: icms.PaperNotice, Words: why})
	require.NoError(t, err)
	require.Equal(t, icms.Filer{Organisation: "court", User: "clerk"}, out.Document.By)
	h, err := w.as("clerk").FixHearing(ctx, "SCT", number(1), icms.Appointment{At: hk("2026-03-20 10:00:00"), Place: "Court 1"})
	require.NoError(t, err)
	require.Equal(t, "clerk", h.FixedBy.User)
	list, _, err := w.as("judge").Hearings(ctx, "SCT", civilDate("2026-03-20"), "", 10)
	require.NoError(t, err)
	require.Len(t, list, 1)
	_, err = w.as("officer").RecordService(ctx, icms.ServedPaper{Court: "SCT", Case: number(1), Party: "defendant-1", How: "post", At: hk("2026-03-01 10:00:00")})
	require.NoError(t, err)
	f, err := w.as("judge").Conclude(ctx, icms.CaseAct{Court: "SCT", Case: number(1), Reason: why})
	require.NoError(t, err)
	require.Equal(t, icms.CaseConcluded, f.State)
	_, err = w.as("chief").Reopen(ctx, icms.CaseAct{Court: "SCT", Case: number(1), Reason: why})
	require.NoError(t, err)
	_, err = w.as("officer").SetAccess(ctx, icms.CaseAct{Court: "SCT", Case: number(1)}, icms.CaseSealed)
	require.Equal(t, "access.denied", deniedBy(t, err))
	_, err = w.as("judge").SetAccess(ctx, icms.CaseAct{Court: "SCT", Case: number(1), Reason: why}, icms.CaseSealed)
	require.NoError(t, err)
	_, err = w.as("clerk").Case(ctx, "SCT", number(1))
	require.ErrorIs(t, err, icms.ErrNotFound)
	w.proven()
}

func TestMoneyThroughSessions(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	_, err := w.as("stranger").Pay(ctx, payment.StartRequest{Order: w.owed, Gateway: "simpay", Means: payment.Visa})
	require.ErrorIs(t, err, icms.ErrNotFound)
	a, err := w.as("stranger").Pay(ctx, payment.StartRequest{Order: w.fine, Gateway: "simpay", Means: payment.Visa, Registered: true})
	require.NoError(t, err, "who is not registered pays a fine")
	_, err = w.sim.Pay(a.ID)
	require.NoError(t, err)
	a, err = w.as("accounts-clerk").CheckAttempt(ctx, a.ID)
	require.NoError(t, err)
	require.Equal(t, payment.AttemptSucceeded, a.State)
	receipt, err := w.as("stranger").Receipt(ctx, w.fine)
	require.NoError(t, err)
	require.Equal(t, "HKD 100.00", receipt.Amount.String())
	_, err = w.as("").Order(ctx, w.fine)
	require.ErrorIs(t, err, icms.ErrNotFound, "nobody in particular owns nothing")

	r, err := w.as("accounts-officer-2").ApproveRefund(ctx, w.refund)
	require.NoError(t, err)
	require.Equal(t, "accounts-officer-2", r.ApprovedBy)
	b, err := w.as("util-pa").Deposit(ctx, mainAccount)
	require.NoError(t, err)
	require.Equal(t, "HKD 1000.00", b.Posted.String(), "the fee is back")
	all, _, err := w.as("accounts-clerk").AttemptsIn(ctx, payment.AttemptPending, "", 10)
	require.NoError(t, err)
	require.Len(t, all, 1)
	all, _, err = w.as("elsewhere").AttemptsIn(ctx, payment.AttemptPending, "", 10)
	require.ErrorIs(t, err, icms.ErrForbidden)
	require.Empty(t, all)
	done, err := w.as("accounts-officer-2").ConfirmResolution(ctx, w.resolution)
	require.NoError(t, err)
	require.NotEqual(t, payment.AttemptPending, done.State)
	w.proven()
}

// TestPostsAtAnotherCourt gives a clerk of accounts a post elsewhere only.
func TestPostsAtAnotherCourt(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	operator := w.as("operator")
	_, err := operator.AppointStaff(ctx, members.AppointStaff{
		Person: members.Person{ID: "far", Subject: "host:far", Name: law.T("Far", "")}, Office: "accounts",
		Posts: []access.Role{access.AccountsClerk}, Courts: []string{"DC"},
	})
	require.NoError(t, err)
	all, _, err := w.as("far").AttemptsIn(ctx, payment.AttemptPending, "", 10)
	require.NoError(t, err)
	require.Empty(t, all, "those of the Tribunal are not its own")
	_, err = w.as("far").Attempt(ctx, w.attempt)
	require.ErrorIs(t, err, icms.ErrNotFound)
	_, err = operator.ChangePosts(ctx, members.ChangePosts{ID: "far", Posts: []access.Role{access.AccountsClerk}})
	require.NoError(t, err)
	_, err = w.as("far").Attempt(ctx, w.attempt)
	require.NoError(t, err)
	_, err = operator.ChangePosts(ctx, members.ChangePosts{ID: "operator", Posts: []access.Role{access.AccountsOfficer}})
	require.Equal(t, "access.second-person", deniedBy(t, err), "nobody promotes himself")
	_, err = operator.MoveStaff(ctx, "far", icms.CloseMember, nil)
	require.NoError(t, err)
	staff, _, err := w.as("auditor").Staff(ctx, members.Closed, "", 10)
	require.NoError(t, err)
	require.Len(t, staff, 1)
	_, err = operator.MoveStaff(ctx, "dora", icms.CloseMember, nil)
	require.ErrorIs(t, err, icms.ErrNotFound, "no member of staff")
}
