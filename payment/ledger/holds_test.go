package ledger_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment/ledger"
)

func TestCaptureTakesWhatWasHeld(t *testing.T) {
	for name, tt := range map[string]struct{ take, posted int64 }{
		"all":  {300, 700},
		"part": {120, 880},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBooks(t, ledger.Terms{})
			b.funded(acme, 1000)
			placed := b.must(ledger.Place{ID: "h", Account: acme, Amount: cents(300), Ref: "order 1", At: monday})
			require.Equal(t, ledger.Held, placed.Hold.State)
			b.balance(acme, 1000, 700)
			b.proven()

			capture := ledger.Capture{Hold: "h", To: fee(tt.take), At: monday.Add(time.Hour)}
			done := b.must(capture)
			require.Equal(t, capture.EntryID(), done.Entry.ID)
			require.Equal(t, "order 1", done.Entry.Ref)
			require.Equal(t, ledger.Captured, done.Hold.State)
			require.Equal(t, cents(tt.take), done.Hold.Taken)
			b.balance(acme, tt.posted, tt.posted)
			b.proven()

			again := b.must(capture)
			require.True(t, again.Replayed)
			require.Equal(t, done.Entry, again.Entry)
			require.Equal(t, done.Hold, again.Hold)
			_, err := b.Do(b.ctx, ledger.Capture{Hold: "h", To: fee(tt.take - 1), At: monday})
			require.ErrorIs(t, err, ledger.ErrConflict)
			_, err = b.Do(b.ctx, ledger.Release{Hold: "h", At: monday})
			require.ErrorIs(t, err, ledger.ErrHold)
			b.balance(acme, tt.posted, tt.posted)
		})
	}
}

func TestReleaseGivesItBackOnce(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1000)
	b.must(ledger.Place{ID: "h", Account: acme, Amount: cents(1000), At: monday})
	_, err := b.Do(b.ctx, ledger.Debit{ID: "d", Account: acme, To: fee(1), At: monday})
	require.ErrorIs(t, err, ledger.ErrInsufficient, "held money can't be spent")

	done := b.must(ledger.Release{Hold: "h", Reason: "refused by the registry", At: monday})
	require.Equal(t, ledger.Released, done.Hold.State)
	b.balance(acme, 1000, 1000)
	again := b.must(ledger.Release{Hold: "h", Reason: "once more", At: monday})
	require.True(t, again.Replayed)
	require.Equal(t, done.Hold, again.Hold)
	b.balance(acme, 1000, 1000)

	_, err = b.Do(b.ctx, ledger.Capture{Hold: "h", To: fee(1), At: monday})
	var hold *ledger.HoldError
	require.ErrorAs(t, err, &hold)
	require.Equal(t, ledger.Released, hold.State)
	b.proven()
}

func TestPlaceIsIdempotent(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1000)
	place := ledger.Place{ID: "h", Account: acme, Amount: cents(600), Ref: "order 1", At: monday}
	first := b.must(place)
	place.At = monday.Add(time.Minute)
	again := b.must(place)
	require.True(t, again.Replayed)
	require.Equal(t, first.Hold, again.Hold)
	place.Amount = cents(601)
	_, err := b.Do(b.ctx, place)
	require.ErrorIs(t, err, ledger.ErrConflict)
	_, err = b.Do(b.ctx, ledger.Place{ID: "h2", Account: acme, Amount: cents(401), At: monday})
	require.ErrorIs(t, err, ledger.ErrInsufficient)
	b.must(ledger.Release{Hold: "h", At: monday})
	require.Equal(t, ledger.Released, b.must(ledger.Place{ID: "h", Account: acme, Amount: cents(600), Ref: "order 1", At: monday}).Hold.State,
		"a hold that ended is not placed again")
	b.balance(acme, 1000, 1000)
}

func TestHoldsAreListedWhileOpen(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1000)
	for i, id := range []string{"c", "a", "b"} {
		b.must(ledger.Place{ID: id, Account: acme, Amount: cents(10), At: monday.Add(time.Duration(i) * time.Hour)})
	}
	b.must(ledger.Release{Hold: "a", At: monday})
	holds, next, err := b.Holds(b.ctx, acme, "", 1)
	require.NoError(t, err)
	require.Equal(t, "c", holds[0].ID)
	holds, next, err = b.Holds(b.ctx, acme, next, 10)
	require.NoError(t, err)
	require.Len(t, holds, 1)
	require.Equal(t, "b", holds[0].ID)
	require.Empty(t, next)
}

func TestBadHolds(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1000)
	b.must(ledger.Place{ID: "h", Account: acme, Amount: cents(100), At: monday})
	for name, tt := range map[string]struct {
		request ledger.Request
		want    error
	}{
		"no id":               {ledger.Place{Account: acme, Amount: cents(1), At: monday}, ledger.ErrInvalid},
		"no amount":           {ledger.Place{ID: "x", Account: acme, At: monday}, ledger.ErrInvalid},
		"negative":            {ledger.Place{ID: "x", Account: acme, Amount: cents(-1), At: monday}, ledger.ErrInvalid},
		"no instant":          {ledger.Place{ID: "x", Account: acme, Amount: cents(1)}, ledger.ErrInvalid},
		"control in ref":      {ledger.Place{ID: "x", Account: acme, Amount: cents(1), Ref: "\x00", At: monday}, ledger.ErrInvalid},
		"no deposit":          {ledger.Place{ID: "x", Account: filing, Amount: cents(1), At: monday}, ledger.ErrInvalid},
		"never opened":        {ledger.Place{ID: "x", Account: north, Amount: cents(1), At: monday}, ledger.ErrNoAccount},
		"other currency":      {ledger.Place{ID: "x", Account: acme, Amount: money.New(1, usd), At: monday}, money.ErrCurrency},
		"too much":            {ledger.Place{ID: "x", Account: acme, Amount: cents(901), At: monday}, ledger.ErrInsufficient},
		"capture of none":     {ledger.Capture{Hold: "none", To: fee(1), At: monday}, ledger.ErrHold},
		"capture of more":     {ledger.Capture{Hold: "h", To: fee(101), At: monday}, ledger.ErrInvalid},
		"capture of nothing":  {ledger.Capture{Hold: "h", At: monday}, ledger.ErrInvalid},
		"capture in other":    {ledger.Capture{Hold: "h", To: []ledger.Posting{{filing, money.New(1, usd)}}, At: monday}, money.ErrCurrency},
		"capture sans clock":  {ledger.Capture{Hold: "h", To: fee(1)}, ledger.ErrInvalid},
		"release of none":     {ledger.Release{Hold: "none", At: monday}, ledger.ErrHold},
		"release sans clock":  {ledger.Release{Hold: "h"}, ledger.ErrInvalid},
		"release bad reason":  {ledger.Release{Hold: "h", Reason: "\x07", At: monday}, ledger.ErrInvalid},
		"capture to deposits": {ledger.Capture{Hold: "h", To: []ledger.Posting{{north, cents(1)}}, At: monday}, ledger.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.Do(b.ctx, tt.request)
			require.ErrorIs(t, err, tt.want)
		})
	}
	b.balance(acme, 1000, 900)
	b.proven()
}
