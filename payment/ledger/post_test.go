package ledger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

func TestDebitMovesMoneyOnce(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1000)
	debit := ledger.Debit{
		ID: "order-1", Account: acme, Ref: "order 1", At: monday,
		To: []ledger.Posting{{Account: filing, Amount: cents(300)}, {Account: search, Amount: cents(50)}, {Account: filing, Amount: cents(100)}},
	}
	done := b.must(debit)
	require.False(t, done.Replayed)
	require.Equal(t, []ledger.Posting{{acme, cents(-450)}, {filing, cents(400)}, {search, cents(50)}}, done.Entry.Postings,
		"postings to one account are joined")
	b.balance(acme, 550, 550)

	debit.At = monday.Add(time.Hour) // a retry by a later clock is the same request
	again := b.must(debit)
	require.True(t, again.Replayed)
	require.Equal(t, done.Entry, again.Entry)
	require.Equal(t, monday, again.Entry.At)
	b.balance(acme, 550, 550)

	posted, err := b.Posted(b.ctx, filing, hkd)
	require.NoError(t, err)
	require.Equal(t, cents(400), posted)
	posted, err = b.Posted(b.ctx, bank, hkd)
	require.NoError(t, err)
	require.Equal(t, cents(-1000), posted)
	b.proven()
}

func TestOtherRequestUnderTheSameIDIsAConflict(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1000)
	debit := ledger.Debit{ID: "order-1", Account: acme, To: fee(300), Ref: "order 1", At: monday}
	b.must(debit)
	for name, other := range map[string]ledger.Request{
		"amount":  ledger.Debit{ID: "order-1", Account: acme, To: fee(301), Ref: "order 1", At: monday},
		"account": ledger.Debit{ID: "order-1", Account: acme, To: []ledger.Posting{{Account: search, Amount: cents(300)}}, Ref: "order 1", At: monday},
		"ref":     ledger.Debit{ID: "order-1", Account: acme, To: fee(300), Ref: "order 2", At: monday},
		"value":   ledger.Debit{ID: "order-1", Account: acme, To: fee(300), Ref: "order 1", At: monday, Value: monday},
		"kind":    ledger.Post{ID: "order-1", Postings: []ledger.Posting{{acme, cents(-300)}, {filing, cents(300)}}, Ref: "order 1", At: monday},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.Do(b.ctx, other)
			require.ErrorIs(t, err, ledger.ErrConflict)
			var conflict *ledger.ConflictError
			require.ErrorAs(t, err, &conflict)
			require.Equal(t, "order-1", conflict.ID)
		})
	}
	b.balance(acme, 700, 700)
}

func TestDebitNeverPassesTheFloor(t *testing.T) {
	for name, tt := range map[string]struct {
		terms  ledger.Terms
		spend  int64
		floor  int64
		short  bool
		remain int64
	}{
		"all of it":           {spend: 1000, remain: 0},
		"one too many":        {spend: 1001, short: true, remain: 1000},
		"overdraft":           {terms: ledger.Terms{Floors: []money.Amount{cents(-200)}}, spend: 1200, remain: -200},
		"overdraft exhausted": {terms: ledger.Terms{Floors: []money.Amount{cents(-200)}}, spend: 1201, floor: -200, short: true, remain: 1000},
		"minimum balance":     {terms: ledger.Terms{Floors: []money.Amount{cents(500)}}, spend: 500, remain: 500},
		"into the minimum":    {terms: ledger.Terms{Floors: []money.Amount{cents(500)}}, spend: 501, floor: 500, short: true, remain: 1000},
		"minimum of another":  {terms: ledger.Terms{Floors: []money.Amount{money.New(500, usd)}}, spend: 1000, remain: 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBooks(t, tt.terms)
			b.funded(acme, 1000)
			_, err := b.Do(b.ctx, ledger.Debit{ID: "d", Account: acme, To: fee(tt.spend), At: monday})
			b.balance(acme, tt.remain, tt.remain)
			b.proven()
			if !tt.short {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, ledger.ErrInsufficient)
			require.ErrorIs(t, err, store.ErrShort)
			var short *ledger.InsufficientError
			require.ErrorAs(t, err, &short)
			require.Equal(t, acme, short.Account)
			require.Equal(t, cents(1000), short.Available)
			require.Equal(t, cents(tt.spend), short.Needed)
			require.Equal(t, cents(tt.floor), short.Floor)
		})
	}
}

func TestRefusedDebitLeavesItsIDFree(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 100)
	debit := ledger.Debit{ID: "d", Account: acme, To: fee(150), At: monday}
	_, err := b.Do(b.ctx, debit)
	require.ErrorIs(t, err, ledger.ErrInsufficient)
	b.must(ledger.TopUp{From: counter, Reference: "2", Account: acme, Amount: cents(50), At: monday})
	require.False(t, b.must(debit).Replayed)
	b.balance(acme, 0, 0)
	require.True(t, b.must(debit).Replayed, "a replay needs no money")
}

func TestTopUpIsIdempotentByItsReference(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 0)
	top := ledger.TopUp{From: bank, Reference: "FT 2026/61 #7", Account: acme, Amount: cents(700), At: monday, Value: monday.Add(-24 * time.Hour)}
	done := b.must(top)
	require.Equal(t, top.EntryID(), done.Entry.ID)
	require.Equal(t, ledger.KindTopUp, done.Entry.Kind)
	require.True(t, b.must(top).Replayed)

	other := top
	other.Amount = cents(701)
	_, err := b.Do(b.ctx, other)
	require.ErrorIs(t, err, ledger.ErrConflict)
	elsewhere := top
	elsewhere.From = counter // the same reference at another source is another payment
	require.False(t, b.must(elsewhere).Replayed)
	b.balance(acme, 1400, 1400)
	b.proven()
}

func TestTransferFundsABranch(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1000)
	b.funded(north, 0)
	_, err := b.Do(b.ctx, ledger.Debit{ID: "d", Account: north, To: fee(1), At: monday})
	require.ErrorIs(t, err, ledger.ErrInsufficient, "a branch has no way to the main account's money")
	b.must(ledger.Transfer{ID: "t1", From: acme, To: north, Amount: cents(400), At: monday})
	b.balance(acme, 600, 600)
	b.balance(north, 400, 400)
	b.must(ledger.Transfer{ID: "t2", From: north, To: acme, Amount: cents(100), At: monday})
	_, err = b.Do(b.ctx, ledger.Transfer{ID: "t3", From: north, To: acme, Amount: cents(301), At: monday})
	require.ErrorIs(t, err, ledger.ErrInsufficient)
	b.balance(north, 300, 300)
	b.proven()
}

func TestReverseCorrectsOnce(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1000)
	b.must(ledger.Debit{ID: "d", Account: acme, To: fee(300), Ref: "order 1", At: monday})
	undo := ledger.Reverse{ID: "r", Entry: "d", Note: "charged to the wrong account", At: monday}
	done := b.must(undo)
	require.Equal(t, []ledger.Posting{{acme, cents(300)}, {filing, cents(-300)}}, done.Entry.Postings)
	require.Equal(t, "d", done.Entry.Reverses)
	require.Equal(t, "order 1", done.Entry.Ref)
	require.True(t, b.must(undo).Replayed)
	b.balance(acme, 1000, 1000)

	_, err := b.Do(b.ctx, ledger.Reverse{ID: "r2", Entry: "d", At: monday})
	require.ErrorIs(t, err, ledger.ErrConflict)
	require.ErrorContains(t, err, `reversed by "r"`)
	_, err = b.Do(b.ctx, ledger.Reverse{ID: "r3", Entry: "r", At: monday})
	require.ErrorIs(t, err, ledger.ErrInvalid)
	_, err = b.Do(b.ctx, ledger.Reverse{ID: "r4", Entry: "nothing", At: monday})
	require.ErrorIs(t, err, ledger.ErrNoEntry)
	b.balance(acme, 1000, 1000)
	b.proven()
}

func TestReversingTwiceIsAConflictEvenWithoutMoney(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 0)
	top := ledger.TopUp{From: bank, Reference: "1", Account: acme, Amount: cents(100), At: monday}
	b.must(top)
	b.must(ledger.Reverse{ID: "r", Entry: top.EntryID(), At: monday})
	_, err := b.Change(b.ctx, ledger.Reverse{ID: "r2", Entry: top.EntryID(), At: monday})
	require.ErrorIs(t, err, ledger.ErrConflict)
	b.balance(acme, 0, 0)
}

func TestReversingASpentTopUpIsRefused(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 0)
	top := ledger.TopUp{From: bank, Reference: "1", Account: acme, Amount: cents(100), At: monday}
	b.must(top)
	b.must(ledger.Debit{ID: "d", Account: acme, To: fee(1), At: monday})
	_, err := b.Do(b.ctx, ledger.Reverse{ID: "r", Entry: top.EntryID(), At: monday})
	require.ErrorIs(t, err, ledger.ErrInsufficient)
	b.balance(acme, 99, 99)
}

func TestBadRequestsAreRefusedBeforeAnythingIsWritten(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1000)
	b.must(ledger.OpenAccount{Account: ledger.Deposit("other", ledger.Main), Currency: usd, At: monday})
	long := strings.Repeat("x", 1000)
	pay := func(change func(*ledger.Debit)) ledger.Request {
		d := ledger.Debit{ID: "d", Account: acme, To: fee(1), At: monday}
		change(&d)
		return d
	}
	for name, tt := range map[string]struct {
		request ledger.Request
		want    error
	}{
		"no id":                {pay(func(d *ledger.Debit) { d.ID = "" }), ledger.ErrInvalid},
		"long id":              {pay(func(d *ledger.Debit) { d.ID = long }), ledger.ErrInvalid},
		"bar in id":            {pay(func(d *ledger.Debit) { d.ID = "a|b" }), ledger.ErrInvalid},
		"control in id":        {pay(func(d *ledger.Debit) { d.ID = "a\nb" }), ledger.ErrInvalid},
		"broken utf-8 in note": {pay(func(d *ledger.Debit) { d.Note = "\xff" }), ledger.ErrInvalid},
		"long reference":       {pay(func(d *ledger.Debit) { d.Ref = long }), ledger.ErrInvalid},
		"no instant":           {pay(func(d *ledger.Debit) { d.At = time.Time{} }), ledger.ErrInvalid},
		"year 10000":           {pay(func(d *ledger.Debit) { d.Value = monday.AddDate(9000, 0, 0) }), ledger.ErrInvalid},
		"nobody credited":      {pay(func(d *ledger.Debit) { d.To = nil }), ledger.ErrInvalid},
		"negative":             {pay(func(d *ledger.Debit) { d.To = fee(-1) }), ledger.ErrInvalid},
		"nothing":              {pay(func(d *ledger.Debit) { d.To = fee(0) }), ledger.ErrInvalid},
		"two currencies": {pay(func(d *ledger.Debit) { d.To = append(d.To, ledger.Posting{Account: search, Amount: money.New(1, usd)}) }),
			money.ErrCurrency},
		"other currency":     {pay(func(d *ledger.Debit) { d.To[0].Amount = money.New(1, usd) }), money.ErrCurrency},
		"no currency":        {pay(func(d *ledger.Debit) { d.To[0].Amount = money.New(1, money.Currency{}) }), ledger.ErrInvalid},
		"overflow":           {pay(func(d *ledger.Debit) { d.To = append(fee(1<<62), fee(1<<62)...) }), money.ErrOverflow},
		"unknown account":    {pay(func(d *ledger.Debit) { d.To[0].Account = "revenues:court:filing" }), ledger.ErrInvalid},
		"to a deposit":       {pay(func(d *ledger.Debit) { d.To[0].Account = north }), ledger.ErrInvalid},
		"from revenue":       {pay(func(d *ledger.Debit) { d.Account = filing }), ledger.ErrInvalid},
		"never opened":       {pay(func(d *ledger.Debit) { d.Account = north }), ledger.ErrNoAccount},
		"unbalanced post":    {ledger.Post{ID: "p", Postings: []ledger.Posting{{acme, cents(-2)}, {filing, cents(1)}}, At: monday}, ledger.ErrInvalid},
		"one posting":        {ledger.Post{ID: "p", Postings: []ledger.Posting{{acme, cents(-2)}}, At: monday}, ledger.ErrInvalid},
		"cancelled posting":  {ledger.Post{ID: "p", Postings: []ledger.Posting{{acme, cents(-2)}, {acme, cents(2)}}, At: monday}, ledger.ErrInvalid},
		"empty post":         {ledger.Post{ID: "p", At: monday}, ledger.ErrInvalid},
		"top-up from income": {ledger.TopUp{From: filing, Reference: "1", Account: acme, Amount: cents(1), At: monday}, ledger.ErrInvalid},
		"top-up of income":   {ledger.TopUp{From: bank, Reference: "1", Account: filing, Amount: cents(1), At: monday}, ledger.ErrInvalid},
		"top-up of nothing":  {ledger.TopUp{From: bank, Reference: "1", Account: acme, At: monday}, ledger.ErrInvalid},
		"no reference":       {ledger.TopUp{From: bank, Account: acme, Amount: cents(1), At: monday}, ledger.ErrInvalid},
		"to itself":          {ledger.Transfer{ID: "t", From: acme, To: acme, Amount: cents(1), At: monday}, ledger.ErrInvalid},
		"to another org": {ledger.Transfer{ID: "t", From: acme, To: ledger.Deposit("other", ledger.Main), Amount: cents(1), At: monday},
			ledger.ErrInvalid},
		"transfer of a debt": {ledger.Transfer{ID: "t", From: acme, To: north, Amount: cents(-1), At: monday}, ledger.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.Do(b.ctx, tt.request)
			require.ErrorIs(t, err, tt.want)
			_, err = b.Change(b.ctx, tt.request)
			require.ErrorIs(t, err, tt.want)
		})
	}
	b.balance(acme, 1000, 1000)
	b.proven()
}

func TestLargestEntry(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1000)
	to := make([]ledger.Posting, ledger.MaxPostings)
	for i := range to {
		to[i] = ledger.Posting{Account: ledger.Revenue("court", fmt.Sprint("item", i)), Amount: cents(1)}
	}
	_, err := b.Do(b.ctx, ledger.Debit{ID: "d", Account: acme, To: to, At: monday})
	require.ErrorIs(t, err, ledger.ErrInvalid)
	require.ErrorContains(t, err, "1001 accounts")
	b.must(ledger.Debit{ID: "d", Account: acme, To: to[1:], At: monday})
	b.balance(acme, 1, 1)
	b.proven()
}

// TestSumsStandInOneOrder keeps two changes from waiting for each other's rows in a storage that locks rows.
func TestSumsStandInOneOrder(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1000)
	b.funded(north, 0)
	b.must(ledger.Place{ID: "h", Account: acme, Amount: cents(9), At: monday})
	to := []ledger.Posting{{Account: search, Amount: cents(1)}, {Account: filing, Amount: cents(1)}}
	for _, r := range []ledger.Request{
		ledger.Debit{ID: "d", Account: acme, To: to, At: monday},
		ledger.Transfer{ID: "t", From: acme, To: north, Amount: cents(1), At: monday},
		ledger.Transfer{ID: "u", From: north, To: acme, Amount: cents(1), At: monday},
		ledger.Capture{Hold: "h", To: to, At: monday},
	} {
		c, err := b.Change(b.ctx, r)
		require.NoError(t, err)
		require.True(t, slices.IsSortedFunc(c.Sums, func(a, b store.Sum) int { return strings.Compare(a.Name, b.Name) }), "%T", r)
	}
}

func TestNewChecksItsOptions(t *testing.T) {
	_, err := ledger.New(ledger.Options{})
	require.ErrorIs(t, err, ledger.ErrInvalid)
	s := newBooks(t, ledger.Terms{}).store
	_, err = ledger.New(ledger.Options{Store: s, Terms: ledger.Terms{Floors: []money.Amount{{}}}})
	require.ErrorIs(t, err, ledger.ErrInvalid)
	_, err = ledger.New(ledger.Options{Store: s, Terms: ledger.Terms{Floors: []money.Amount{cents(1), cents(2)}}})
	require.ErrorIs(t, err, ledger.ErrInvalid)
}
