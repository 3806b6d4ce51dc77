package ledger_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/ledger"
)

func TestAccountIDs(t *testing.T) {
	for id, class := range map[ledger.AccountID]ledger.Class{
		acme: ledger.Liability, north: ledger.Liability, filing: ledger.Income, bank: ledger.Asset, counter: ledger.Asset,
		ledger.Fees("gate"): ledger.Expense, ledger.Unallocated: ledger.Liability, ledger.RefundPayable: ledger.Liability,
		ledger.DisputeReserve: ledger.Liability,
	} {
		require.NoError(t, id.Check())
		require.Equal(t, class, id.Class(), id)
	}
	require.Equal(t, ledger.AccountID("deposit:acme/main"), acme)
	require.Equal(t, acme, north.Parent())
	require.Empty(t, acme.Parent())
	require.Empty(t, filing.Parent())
	require.Equal(t, "acme", north.Org())
	require.Equal(t, "liability", ledger.Liability.String())
	require.Equal(t, "expense", ledger.Expense.String())
	require.Equal(t, "class(9)", ledger.Class(9).String())

	for _, id := range []ledger.AccountID{
		"", "acme", "deposit:", "deposit:acme", "deposit:acme/", "deposit:/main", "deposit:a/b/c", "deposit:a b/main", "Deposit:a/main",
		"revenue:court", "revenue:court:", "revenue:court/x:y", "revenue:a:b:c", "bank:", "bank:a|b", "bank:é", "other:x",
		"fees:", "fees:a:b", "excess:", "excess:other", "excess:unallocated/x", "refund:pending", "refund:payable ", "dispute:reserve:x", "dispute:",
		ledger.Bank(strings.Repeat("x", 61)),
	} {
		require.ErrorIs(t, id.Check(), ledger.ErrInvalid, id)
	}
	require.Zero(t, ledger.AccountID("other:x").Class())
}

// TestEveryStepInEveryStatus walks the whole table: what is not in it is refused, and repeating a step is a replay.
func TestEveryStepInEveryStatus(t *testing.T) {
	suspend := ledger.SuspendAccount{Account: acme, At: monday}
	reopen := ledger.ReopenAccount{Account: acme, At: monday}
	closing := ledger.CloseAccount{Account: acme, At: monday}
	open := ledger.OpenAccount{Account: acme, Currency: hkd, At: monday}
	for _, tt := range []struct {
		name   string
		before []ledger.Request
		step   ledger.Request
		want   ledger.Status
		replay bool
		err    error
	}{
		{"open anew", nil, open, ledger.Open, false, nil},
		{"suspend none", nil, suspend, 0, false, ledger.ErrNoAccount},
		{"reopen none", nil, reopen, 0, false, ledger.ErrNoAccount},
		{"close none", nil, closing, 0, false, ledger.ErrNoAccount},
		{"open open", []ledger.Request{open}, open, ledger.Open, true, nil},
		{"suspend open", []ledger.Request{open}, suspend, ledger.Suspended, false, nil},
		{"reopen open", []ledger.Request{open}, reopen, ledger.Open, true, nil},
		{"close open", []ledger.Request{open}, closing, ledger.Open, false, ledger.ErrStatus},
		{"open suspended", []ledger.Request{open, suspend}, open, ledger.Suspended, true, nil},
		{"suspend suspended", []ledger.Request{open, suspend}, suspend, ledger.Suspended, true, nil},
		{"reopen suspended", []ledger.Request{open, suspend}, reopen, ledger.Open, false, nil},
		{"close suspended", []ledger.Request{open, suspend}, closing, ledger.Closed, false, nil},
		{"open closed", []ledger.Request{open, suspend, closing}, open, ledger.Closed, false, ledger.ErrClosed},
		{"suspend closed", []ledger.Request{open, suspend, closing}, suspend, ledger.Closed, false, ledger.ErrClosed},
		{"reopen closed", []ledger.Request{open, suspend, closing}, reopen, ledger.Closed, false, ledger.ErrClosed},
		{"close closed", []ledger.Request{open, suspend, closing}, closing, ledger.Closed, true, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBooks(t, ledger.Terms{})
			for _, r := range tt.before {
				b.must(r)
			}
			done, err := b.Do(b.ctx, tt.step)
			require.ErrorIs(t, err, tt.err)
			require.Equal(t, tt.replay, done.Replayed)
			if tt.want == 0 {
				return
			}
			a, err := b.Account(b.ctx, acme)
			require.NoError(t, err)
			require.Equal(t, tt.want, a.Status)
			if tt.err == nil {
				require.Equal(t, a, done.Account)
			}
		})
	}
}

func TestSuspendedAndClosedAccountsTakeNothingNew(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1000)
	b.funded(north, 0)
	b.must(ledger.Debit{ID: "before", Account: acme, To: fee(100), At: monday})
	b.must(ledger.Place{ID: "kept", Account: acme, Amount: cents(100), At: monday})
	b.must(ledger.Place{ID: "given", Account: acme, Amount: cents(100), At: monday})
	b.must(ledger.SuspendAccount{Account: acme, Reason: "terms not accepted", At: monday})
	refused := map[string]ledger.Request{
		"debit":    ledger.Debit{ID: "d", Account: acme, To: fee(1), At: monday},
		"top-up":   ledger.TopUp{From: bank, Reference: "9", Account: acme, Amount: cents(1), At: monday},
		"transfer": ledger.Transfer{ID: "t", From: acme, To: north, Amount: cents(1), At: monday},
		"place":    ledger.Place{ID: "h", Account: acme, Amount: cents(1), At: monday},
		"reverse":  ledger.Reverse{ID: "r", Entry: "before", At: monday},
		"post":     ledger.Post{ID: "p", Postings: []ledger.Posting{{acme, cents(-1)}, {bank, cents(1)}}, At: monday},
		"branch":   ledger.OpenAccount{Account: ledger.Deposit("acme", "south"), Currency: hkd, At: monday},
	}
	for name, r := range refused {
		_, err := b.Do(b.ctx, r)
		require.ErrorIs(t, err, ledger.ErrSuspended, name)
	}
	require.True(t, b.must(ledger.Debit{ID: "before", Account: acme, To: fee(100), At: monday}).Replayed, "a replay answers as before")
	b.must(ledger.Capture{Hold: "kept", To: fee(100), At: monday})
	b.must(ledger.Release{Hold: "given", At: monday})
	b.balance(acme, 800, 800)

	_, err := b.Do(b.ctx, ledger.CloseAccount{Account: acme, At: monday})
	require.ErrorIs(t, err, ledger.ErrStatus)
	require.ErrorContains(t, err, "branches")
	b.must(ledger.ReopenAccount{Account: acme, At: monday})
	b.must(ledger.Post{ID: "out", Postings: []ledger.Posting{{acme, cents(-800)}, {bank, cents(800)}}, Note: "balance paid out", At: monday})
	for _, a := range []ledger.AccountID{north, acme} {
		b.must(ledger.SuspendAccount{Account: a, At: monday})
		b.must(ledger.CloseAccount{Account: a, At: monday})
	}
	for name, r := range refused {
		_, err := b.Do(b.ctx, r)
		require.ErrorIs(t, err, ledger.ErrClosed, name)
	}
	b.proven()
}

func TestAnAccountIsClosedOnlyWhenEmpty(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 100)
	b.must(ledger.Place{ID: "h", Account: acme, Amount: cents(100), At: monday})
	b.must(ledger.SuspendAccount{Account: acme, At: monday})
	for _, obstacle := range []string{"HKD 1.00 is held", "it holds HKD 1.00"} {
		_, err := b.Do(b.ctx, ledger.CloseAccount{Account: acme, At: monday})
		var status *ledger.StatusError
		require.ErrorAs(t, err, &status)
		require.ErrorContains(t, err, obstacle)
		b.must(ledger.Release{Hold: "h", At: monday})
	}
}

func TestBranchesFollowTheirMainAccount(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	_, err := b.Do(b.ctx, ledger.OpenAccount{Account: north, Currency: hkd, At: monday})
	require.ErrorIs(t, err, ledger.ErrNoAccount, "the main account comes first")
	b.funded(acme, 0)
	_, err = b.Do(b.ctx, ledger.OpenAccount{Account: north, Currency: usd, At: monday})
	require.ErrorIs(t, err, money.ErrCurrency)
	b.funded(north, 0)
	_, err = b.Do(b.ctx, ledger.OpenAccount{Account: north, Currency: usd, At: monday})
	require.ErrorIs(t, err, ledger.ErrConflict)

	b.funded(ledger.Deposit("acme2", ledger.Main), 0)
	accounts, next, err := b.Accounts(b.ctx, "acme", "", 0)
	require.NoError(t, err)
	require.Empty(t, next)
	require.Len(t, accounts, 2)
	require.Equal(t, int64(1), accounts[0].Branches)
	require.Equal(t, north, accounts[1].ID)
	accounts, _, err = b.Accounts(b.ctx, "", "", 0)
	require.NoError(t, err)
	require.Len(t, accounts, 3)
	_, _, err = b.Accounts(b.ctx, "a/b", "", 0)
	require.ErrorIs(t, err, ledger.ErrInvalid)
}

func TestBadAccounts(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	for name, r := range map[string]ledger.Request{
		"no currency":    ledger.OpenAccount{Account: acme, At: monday},
		"no instant":     ledger.OpenAccount{Account: acme, Currency: hkd},
		"no deposit":     ledger.OpenAccount{Account: filing, Currency: hkd, At: monday},
		"bad id":         ledger.OpenAccount{Account: "deposit:a/b c", Currency: hkd, At: monday},
		"reason":         ledger.SuspendAccount{Account: acme, Reason: "\n", At: monday},
		"step sans time": ledger.SuspendAccount{Account: acme},
	} {
		_, err := b.Do(b.ctx, r)
		require.ErrorIs(t, err, ledger.ErrInvalid, name)
	}
	_, err := b.Balance(b.ctx, acme)
	require.ErrorIs(t, err, ledger.ErrNoAccount)
	_, err = b.Posted(b.ctx, "x", hkd)
	require.ErrorIs(t, err, ledger.ErrInvalid)
	_, _, err = b.Holds(b.ctx, acme, "", 0)
	require.ErrorIs(t, err, ledger.ErrNoAccount)
}

func TestTermsSayWhatIsAssumed(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	require.Equal(t, law.Assumed, b.Terms().Status())
	require.Len(t, b.Terms().Steps, 3)
	require.Contains(t, b.Terms().String(), "never overdrawn")

	read := law.Provision{Instrument: "Invented Terms", Section: "cl. 7", Status: law.Confirmed}
	b = booksOn(t, b.store, ledger.Terms{Floors: []money.Amount{cents(-50000)}, Provision: read})
	floor := b.Terms().Steps[0]
	require.Equal(t, read, floor.Provision)
	require.Equal(t, "A deposit account keeps at least HKD -500.00 available.", floor.Text().In(law.English))
}
