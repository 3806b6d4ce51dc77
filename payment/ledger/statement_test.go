package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/ledger"
)

const day = 24 * time.Hour

// month fills an account with a top-up on day 0 and a debit of its number on each of the days 1 to 9, booked in another order.
func month(b books) {
	b.funded(acme, 0)
	b.must(ledger.TopUp{From: bank, Reference: "1", Account: acme, Amount: cents(1000), At: monday})
	for _, i := range []int{3, 1, 2, 9, 8, 4, 6, 5, 7} {
		b.must(ledger.Debit{
			ID: fmt.Sprintf("d%d", i), Account: acme, To: fee(int64(i)), Ref: fmt.Sprintf("order %d", i), Note: "filing",
			At: monday.Add(20 * day), Value: monday.Add(time.Duration(i) * day),
		})
	}
}

// readAll reads a statement page by page and checks that the pages join.
func readAll(b books, q ledger.StatementQuery) (opening, closing money.Amount, entries []string) {
	b.t.Helper()
	for first := true; ; first = false {
		s, err := b.Statement(b.ctx, q)
		require.NoError(b.t, err)
		if first {
			opening, closing = s.Opening, s.Opening
		}
		require.Equal(b.t, closing, s.Opening, "a page opens where the one before closed")
		for _, line := range s.Lines {
			closing, err = closing.Add(line.Amount)
			require.NoError(b.t, err)
			require.Equal(b.t, closing, line.Balance)
			entries = append(entries, line.Entry)
		}
		require.Equal(b.t, closing, s.Closing)
		if q.After = s.Next; s.Next == "" {
			return opening, closing, entries
		}
	}
}

func TestStatementByValueInstant(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	month(b)
	for name, tt := range map[string]struct {
		from, until      time.Time
		opening, closing int64
		entries          []string
	}{
		"all":       {time.Time{}, time.Time{}, 0, 955, []string{"topup/bank:main/1", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9"}},
		"half-open": {monday.Add(3 * day), monday.Add(5 * day), 997, 990, []string{"d3", "d4"}},
		"until":     {time.Time{}, monday.Add(2 * day), 0, 999, []string{"topup/bank:main/1", "d1"}},
		"from":      {monday.Add(9 * day), time.Time{}, 964, 955, []string{"d9"}},
		"before":    {monday.Add(-9 * day), monday, 0, 0, nil},
		"after":     {monday.Add(30 * day), time.Time{}, 955, 955, nil},
	} {
		for _, limit := range []int{0, 1, 3, 1000} {
			t.Run(fmt.Sprint(name, " by ", limit), func(t *testing.T) {
				b.t = t
				opening, closing, entries := readAll(b, ledger.StatementQuery{Account: acme, From: tt.from, Until: tt.until, Limit: limit})
				require.Equal(t, cents(tt.opening), opening)
				require.Equal(t, cents(tt.closing), closing)
				require.Equal(t, tt.entries, entries)
			})
		}
	}
}

func TestStatementLine(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	month(b)
	s, err := b.Statement(b.ctx, ledger.StatementQuery{Account: acme, From: monday.Add(3 * day), Limit: 1})
	require.NoError(t, err)
	require.Equal(t, hkd, s.Currency)
	require.Equal(t, []ledger.Line{{
		Entry: "d3", Kind: ledger.KindDebit, Ref: "order 3", Note: "filing", At: monday.Add(20 * day), Value: monday.Add(3 * day),
		Amount: cents(-3), Balance: cents(994),
	}}, s.Lines)

	s, err = b.Statement(b.ctx, ledger.StatementQuery{Account: filing, Currency: hkd})
	require.NoError(t, err)
	require.Len(t, s.Lines, 9)
	require.Equal(t, cents(45), s.Closing)
	s, err = b.Statement(b.ctx, ledger.StatementQuery{Account: filing, Currency: usd})
	require.NoError(t, err)
	require.Equal(t, money.New(0, usd), s.Closing)
}

// TestStatementStandsStill books entries before, between and after the page that was read: later pages show the ledger as it was.
func TestStatementStandsStill(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	month(b)
	q := ledger.StatementQuery{Account: acme, From: monday.Add(2 * day), Limit: 2}
	first, err := b.Statement(b.ctx, q)
	require.NoError(t, err)
	for i, value := range []time.Duration{0, 2 * day, 3*day + 1, 8 * day, 40 * day} {
		b.must(ledger.Debit{ID: fmt.Sprint("late ", i), Account: acme, To: fee(100), At: monday.Add(50 * day), Value: monday.Add(value)})
	}
	q.After = first.Next
	for {
		s, err := b.Statement(b.ctx, q)
		require.NoError(t, err)
		for _, line := range s.Lines {
			require.NotContains(t, line.Entry, "late")
		}
		if q.After = s.Next; s.Next == "" {
			require.Equal(t, cents(955), s.Closing)
			break
		}
	}
	_, closing, entries := readAll(b, ledger.StatementQuery{Account: acme, Limit: 2})
	require.Equal(t, cents(455), closing)
	require.Len(t, entries, 15)
	b.proven()
}

func TestBadStatements(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	month(b)
	first, err := b.Statement(b.ctx, ledger.StatementQuery{Account: acme, Limit: 2})
	require.NoError(t, err)
	for name, tt := range map[string]struct {
		query ledger.StatementQuery
		want  error
	}{
		"no account":           {ledger.StatementQuery{}, ledger.ErrInvalid},
		"never opened":         {ledger.StatementQuery{Account: north}, ledger.ErrNoAccount},
		"no currency":          {ledger.StatementQuery{Account: filing}, ledger.ErrInvalid},
		"other currency":       {ledger.StatementQuery{Account: acme, Currency: usd}, money.ErrCurrency},
		"cursor of nobody":     {ledger.StatementQuery{Account: acme, After: "!"}, ledger.ErrInvalid},
		"cursor of no mark":    {ledger.StatementQuery{Account: acme, After: "e30"}, ledger.ErrInvalid},
		"cursor of another":    {ledger.StatementQuery{Account: filing, Currency: hkd, After: first.Next}, ledger.ErrInvalid},
		"cursor of other time": {ledger.StatementQuery{Account: acme, From: monday, After: first.Next}, ledger.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.Statement(b.ctx, tt.query)
			require.ErrorIs(t, err, tt.want)
		})
	}
	empty := newBooks(t, ledger.Terms{})
	empty.must(ledger.OpenAccount{Account: acme, Currency: hkd, At: monday})
	s, err := empty.Statement(empty.ctx, ledger.StatementQuery{Account: acme})
	require.NoError(t, err)
	require.Equal(t, cents(0), s.Closing)
	require.Empty(t, s.Lines)
}
