package icms_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/ledger"
)

// booked gives the notes of the audit trail of the deposit accounts that name a person.
func (w *town) booked() (out []string) {
	w.t.Helper()
	links, err := w.store.Links(w.t.Context(), "accounts/2026", 0, 1000)
	require.NoError(w.t, err)
	for _, l := range links {
		if strings.Contains(string(l.Note), `"user"`) {
			out = append(out, string(l.Note))
		}
	}
	return out
}

func TestDepositAccountsThroughSessions(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	_, err := w.as("util-pa").OpenBranch(ctx, members.OpenBranch{Organisation: "sample-utilities", Code: "east", Name: law.T("East", "")})
	require.NoError(t, err)
	east := ledger.Deposit("sample-utilities", "east")
	_, err = w.as("util-1").Deposit(ctx, east)
	require.ErrorIs(t, err, ledger.ErrNoAccount)
	require.ErrorIs(t, err, icms.ErrNotFound)
	for range 2 {
		a, err := w.as("util-pa").OpenDeposit(ctx, "east", hkd)
		require.NoError(t, err)
		require.Equal(t, east, a.ID)
	}
	move := ledger.Transfer{ID: "to the east", From: mainAccount, To: east, Amount: money.New(10_000, hkd)}
	for range 2 {
		_, err = w.as("util-sa").Transfer(ctx, move)
		require.NoError(t, err)
	}
	move.ID, move.Amount = "too much", money.New(1_000_000_00, hkd)
	_, err = w.as("util-sa").Transfer(ctx, move)
	require.ErrorIs(t, err, ledger.ErrInsufficient)
	move.To = ledger.Deposit("firm", "main")
	_, err = w.as("util-sa").Transfer(ctx, move)
	require.ErrorIs(t, err, icms.ErrNotFound, "to another's account")
	in := ledger.TopUp{From: ledger.Bank("test"), Reference: "slip 7", Account: east, Amount: money.New(5_000, hkd)}
	for range 2 {
		_, err = w.as("accounts-clerk").TopUp(ctx, in)
		require.NoError(t, err)
	}
	b, err := w.as("util-1").Deposit(ctx, east)
	require.NoError(t, err)
	require.Equal(t, "HKD 150.00", b.Posted.String())
	s, err := w.as("util-1").Statement(ctx, ledger.StatementQuery{Account: east})
	require.NoError(t, err)
	require.Len(t, s.Lines, 2)
	a, err := w.as("accounts-officer").MoveDeposit(ctx, east, icms.SuspendMember, "asked for by the bank")
	require.NoError(t, err)
	require.Equal(t, ledger.Suspended, a.Status)
	_, err = w.as("accounts-clerk").MoveDeposit(ctx, east, icms.ReinstateMember, "")
	require.ErrorIs(t, err, icms.ErrForbidden)
	_, err = w.as("accounts-officer").MoveDeposit(ctx, east, icms.CloseMember, "")
	require.ErrorIs(t, err, ledger.ErrStatus, "there is money on it")
	_, err = w.as("accounts-officer").MoveDeposit(ctx, ledger.Deposit("nobody", "main"), icms.SuspendMember, "")
	require.ErrorIs(t, err, icms.ErrNotFound)
	_, err = w.as("accounts-officer").MoveDeposit(ctx, east, "promote", "")
	require.ErrorIs(t, err, icms.ErrInvalid)

	require.Equal(t, []string{
		`{"action":"deposit account opened","change":"ledger/account/deposit:sample-utilities/east/0/open","organisation":"sample-utilities","user":"util-pa"}`,
		`{"action":"transfer between deposit accounts","change":"ledger/entry/to the east","organisation":"sample-utilities","user":"util-sa"}`,
		`{"action":"deposit account topped up","change":"ledger/entry/` + in.EntryID() + `","organisation":"court","user":"accounts-clerk"}`,
		`{"action":"deposit account: suspend","change":"ledger/account/deposit:sample-utilities/east/1/suspend","organisation":"court","user":"accounts-officer"}`,
	}, w.booked(), "the audit trail says who")
	w.proven()
}
