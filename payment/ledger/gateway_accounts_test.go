package ledger_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/payment/ledger"
)

var (
	gate     = ledger.Clearing("gate")
	gateFees = ledger.Fees("gate")
)

// move posts an amount from an account to another, as the arrows of the package's comment do.
func (b books) move(id string, from, to ledger.AccountID, minor int64) {
	b.t.Helper()
	b.must(ledger.Post{ID: id, At: monday, Postings: []ledger.Posting{
		{Account: from, Amount: cents(-minor)}, {Account: to, Amount: cents(minor)},
	}})
}

func (b books) posted(a ledger.AccountID) int64 {
	b.t.Helper()
	sum, err := b.Posted(b.ctx, a, hkd)
	require.NoError(b.t, err)
	return sum.Minor()
}

// TestMoneyOfAGateway walks a day at a gateway by hand: what was taken is paid out less what was charged and given back, and then nothing is open.
func TestMoneyOfAGateway(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.move("pay 1", gate, filing, 5000)
	b.move("pay 2", gate, ledger.Unallocated, 700)
	b.move("pay 3", gate, search, 300)
	b.move("refund 1 approved", ledger.Unallocated, ledger.RefundPayable, 700)
	b.move("refund 1 sent", ledger.RefundPayable, gate, 700)
	b.move("refund 2 approved", filing, ledger.RefundPayable, 1000)
	b.move("refund 2 failed", ledger.RefundPayable, filing, 1000)
	b.move("dispute opened", search, ledger.DisputeReserve, 300)
	b.move("dispute lost", ledger.DisputeReserve, gate, 300)
	b.move("charge", gateFees, gate, 150)
	require.Equal(t, int64(-4850), b.posted(gate), "what the gateway still owes")
	b.move("payout", bank, gate, 4850)

	for a, want := range map[ledger.AccountID]int64{
		gate: 0, gateFees: -150, ledger.Unallocated: 0, ledger.RefundPayable: 0, ledger.DisputeReserve: 0, filing: 5000, search: 0, bank: -4850,
	} {
		require.Equal(t, want, b.posted(a), a)
	}
	b.proven()

	s, err := b.Statement(b.ctx, ledger.StatementQuery{Account: ledger.RefundPayable, Currency: hkd})
	require.NoError(t, err)
	require.Len(t, s.Lines, 4)
	require.Equal(t, cents(700), s.Lines[0].Balance)
	require.True(t, s.Closing.IsZero())
	_, err = b.Statement(b.ctx, ledger.StatementQuery{Account: gateFees})
	require.ErrorIs(t, err, ledger.ErrInvalid, "an account in every currency needs one to be named")
	_, err = b.Do(b.ctx, ledger.Post{ID: "x", At: monday, Postings: []ledger.Posting{
		{Account: "refund:other", Amount: cents(1)}, {Account: gate, Amount: cents(-1)},
	}})
	require.ErrorIs(t, err, ledger.ErrInvalid)
}

// TestGatewayAccountsBalance posts random movements between the accounts of gateways: the proof holds, and every balance is that of a plain sum.
func TestGatewayAccountsBalance(t *testing.T) {
	accounts := []ledger.AccountID{gate, gateFees, bank, filing, ledger.Unallocated, ledger.RefundPayable, ledger.DisputeReserve}
	rapid.Check(t, func(r *rapid.T) {
		b := newBooks(t, ledger.Terms{})
		want := make(map[ledger.AccountID]int64)
		for i := range rapid.IntRange(1, 12).Draw(r, "movements") {
			pair := rapid.Permutation(accounts).Draw(r, "accounts")
			minor := rapid.Int64Range(1, 100_000).Draw(r, "minor")
			b.move(fmt.Sprint("move ", i), pair[0], pair[1], minor)
			want[pair[0]] -= minor
			want[pair[1]] += minor
		}
		for _, a := range accounts {
			require.Equal(t, want[a], b.posted(a), a)
		}
		b.proven()
	})
}
