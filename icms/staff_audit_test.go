package icms_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// deed is something that a member of staff does through a session.
type deed struct {
	name, who string
	do        func(x *icms.Session) error
}

// TestEveryActOfStaffIsSigned has staff do all that is theirs, one after the other, each through a session: each leaves a link of the audit
// trail that names the person.
func TestEveryActOfStaffIsSigned(t *testing.T) {
	w := newTown(t)
	w.court.Policies.Acceptance.Choice = icms.ByOfficer
	w.open(nil)
	first, second := w.held("first"), w.held("second")
	for _, a := range w.acts(first, second) {
		before := w.signed(a.who)
		require.NoError(t, a.do(w.as(a.who)), a.name)
		require.Greater(t, w.signed(a.who), before, "%s leaves no link that names %s", a.name, a.who)
	}
	w.proven()
	require.NoError(t, w.Audit().VerifyMembers(t.Context(), 2026))
}

// held files a batch that waits for an officer.
func (w *town) held(reference string) string {
	in := batch(claims(1, reference))
	in.Reference = reference
	w.topUpMore(reference)
	r, err := w.Registry().File(w.t.Context(), in)
	require.NoError(w.t, err)
	require.Equal(w.t, icms.Held, r.State, "%v", r.Findings)
	return r.ID
}

func (w *town) topUpMore(reference string) {
	_, err := w.AccountsOffice().Ledger().Do(w.t.Context(), ledger.TopUp{
		From: ledger.Bank("test"), Reference: reference, Account: mainAccount, Amount: money.New(100_000, hkd), At: w.now(),
	})
	require.NoError(w.t, err)
}

// signed counts the links of the audit trail that name somebody.
func (w *town) signed(who string) int {
	n := 0
	for _, chain := range []string{"SCT/2026", "members/2026", "accounts/2026"} {
		links, err := w.store.Links(w.t.Context(), chain, 0, 100_000)
		require.NoError(w.t, err)
		for _, l := range links {
			if strings.Contains(string(l.Note), fmt.Sprintf("%q", who)) {
				n++
			}
		}
	}
	return n
}

// acts are what staff do, in an order in which each can be done.
func (w *town) acts(first, second string) []deed {
	ctx := w.t.Context()
	storm := calendar.Closure{ID: "storm", Cause: "direction", From: hk("2026-03-10 09:00:00")}
	reopened := storm
	reopened.Reopens = hk("2026-03-10 14:00:00")
	act := func(n int) icms.CaseAct { return icms.CaseAct{Court: "SCT", Case: number(n), Reason: why} }
	return []deed{
		{"approve a claimant", "chief", func(x *icms.Session) error { return x.ApproveClaimant(ctx, "SCT", gasWorks()) }},
		{"bind a claimant", "chief", func(x *icms.Session) error { return x.BindClaimant(ctx, "SCT", "gas-works", "firm") }},
		{"direct a closure", "officer", func(x *icms.Session) error {
			_, err := x.AnnounceClosure(ctx, "SCT", icms.BothOffices, storm)
			return err
		}},
		{"direct the reopening", "chief", func(x *icms.Session) error {
			_, err := x.AnnounceClosure(ctx, "SCT", icms.BothOffices, reopened)
			return err
		}},
		{"accept a batch", "officer", func(x *icms.Session) error { _, err := x.DecideBatch(ctx, first, true, nil); return err }},
		{"refuse a batch", "officer", func(x *icms.Session) error { _, err := x.DecideBatch(ctx, second, false, why); return err }},
		{"refuse a paper", "officer", func(x *icms.Session) error {
			_, err := x.RefuseDocument(ctx, "SCT", number(1), defenceSerial, why)
			return err
		}},
		{"issue a notice", "clerk", func(x *icms.Session) error {
			in := notice(1)
			in.Reference = "another"
			_, err := x.IssueNotice(ctx, in)
			return err
		}},
		{"issue an order", "judge", func(x *icms.Session) error {
			in := notice(1)
			in.Kind, in.Reference = icms.PaperOrder, "an order"
			_, err := x.IssueOrder(ctx, in)
			return err
		}},
		{"fix a hearing", "officer", func(x *icms.Session) error {
			_, err := x.FixHearing(ctx, "SCT", number(1), icms.Appointment{At: hk("2026-03-20 10:00:00"), Place: "Court 1"})
			return err
		}},
		{"vacate a hearing", "officer", func(x *icms.Session) error { return x.VacateHearing(ctx, act(1)) }},
		{"fix a sitting", "officer", func(x *icms.Session) error {
			_, err := x.FixSitting(ctx, w.batch, icms.Appointment{At: hk("2026-03-20 10:00:00"), Place: "Court 1"})
			return err
		}},
		{"vacate a sitting", "officer", func(x *icms.Session) error { _, err := x.VacateSitting(ctx, w.batch, why); return err }},
		{"seal a case", "judge", func(x *icms.Session) error { _, err := x.SetAccess(ctx, act(4), icms.CaseSealed); return err }},
		{"conclude a case", "judge", func(x *icms.Session) error { _, err := x.Conclude(ctx, act(1)); return err }},
		{"reopen a case", "judge", func(x *icms.Session) error { _, err := x.Reopen(ctx, act(1)); return err }},
		{"set the amount of an order", "accounts-officer", func(x *icms.Session) error {
			c := fine(200)
			c.ID, c.Payer, c.By = "copies", "dora", icms.Filer{}
			_, err := x.Charge(ctx, c)
			return err
		}},
		{"withdraw an order", "accounts-officer", func(x *icms.Session) error {
			c := fine(200)
			c.ID, c.Payer, c.By = "copies", "dora", icms.Filer{}
			o, err := x.Charge(ctx, c)
			if err != nil {
				return err
			}
			return x.WithdrawCharge(ctx, o.ID, "a mistake")
		}},
		{"take money at the counter", "accounts-clerk", func(x *icms.Session) error { _, err := x.Collect(ctx, w.fine, "slip-9"); return err }},
		{"refuse what a colleague proposed about a payment", "accounts-officer-2", func(x *icms.Session) error { _, err := x.RejectResolution(ctx, w.resolution); return err }},
		{"propose how a payment ended", "accounts-officer", func(x *icms.Session) error {
			p, err := x.ProposeResolution(ctx, payment.Resolution{Attempt: w.attempt, Outcome: payment.AttemptFailed, Evidence: "a letter"})
			w.resolution = p.ID
			return err
		}},
		{"confirm how a payment ended", "accounts-officer-2", func(x *icms.Session) error { _, err := x.ConfirmResolution(ctx, w.resolution); return err }},
		{"decline a refund", "accounts-officer-2", func(x *icms.Session) error { _, err := x.DeclineRefund(ctx, w.refund, "no"); return err }},
		{"propose a refund", "accounts-officer", func(x *icms.Session) error {
			r, err := x.ProposeRefund(ctx, payment.Proposal{Order: w.order, Reason: "paid twice"})
			w.refund = r.ID
			return err
		}},
		{"approve a refund", "accounts-officer-2", func(x *icms.Session) error { _, err := x.ApproveRefund(ctx, w.refund); return err }},
		{"publish maintenance", "operator", func(x *icms.Session) error {
			return x.PublishMaintenance(ctx, "SCT", calendar.Maintenance{ID: "night", From: hk("2026-03-11 22:00:00"), Until: hk("2026-03-12 02:00:00"), Note: why})
		}},
		{"approve a member", "officer", func(x *icms.Session) error { return x.DecideApplication(ctx, "applicant", true, nil) }},
		{"suspend a member", "officer", func(x *icms.Session) error { return x.MoveMember(ctx, "ivan", icms.SuspendMember, why) }},
		{"change the posts of a colleague", "operator", func(x *icms.Session) error {
			_, err := x.ChangePosts(ctx, members.ChangePosts{ID: "clerk", Posts: []access.Role{access.RegistryOfficer}, Courts: []string{"SCT", "DC"}})
			return err
		}},
	}
}
