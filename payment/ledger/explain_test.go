package ledger_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/ledger"
)

// merged is a caller's own change that the ledger's change is merged into.
func merged(id string, c store.Change) store.Change {
	whole := store.Change{ID: id, At: monday, Puts: []store.Put{{Kind: "test.filing", ID: id, Body: []byte(`{}`)}}}
	whole.Merge(c)
	return whole
}

// TestWhatHappensBetweenChangeAndApply builds a change, lets something happen, and applies it inside a larger one: the whole is
// refused, for the reason that holds by then.
func TestWhatHappensBetweenChangeAndApply(t *testing.T) {
	debit := ledger.Debit{ID: "d", Account: acme, To: fee(600), At: monday}
	place := ledger.Place{ID: "new", Account: acme, Amount: cents(600), At: monday}
	capture := ledger.Capture{Hold: "h", To: fee(100), At: monday}
	release := ledger.Release{Hold: "h", At: monday}
	spend := ledger.Debit{ID: "other", Account: acme, To: fee(500), At: monday}
	suspend := ledger.SuspendAccount{Account: acme, At: monday}
	reopen := ledger.ReopenAccount{Account: acme, At: monday}
	for name, tt := range map[string]struct {
		build     ledger.Request
		meanwhile []ledger.Request
		want      error
	}{
		"debit, spent":              {debit, []ledger.Request{spend}, ledger.ErrInsufficient},
		"debit, suspended":          {debit, []ledger.Request{suspend}, ledger.ErrSuspended},
		"debit, suspended for once": {debit, []ledger.Request{suspend, reopen}, ledger.ErrChanged},
		"debit, done":               {debit, []ledger.Request{debit}, ledger.ErrDone},
		"debit, id taken":           {debit, []ledger.Request{ledger.Debit{ID: "d", Account: acme, To: fee(1), At: monday}}, ledger.ErrConflict},
		"place, spent":              {place, []ledger.Request{spend}, ledger.ErrInsufficient},
		"place, done":               {place, []ledger.Request{place}, ledger.ErrDone},
		"place, id taken":           {place, []ledger.Request{ledger.Place{ID: "new", Account: acme, Amount: cents(1), At: monday}}, ledger.ErrConflict},
		"capture, released":         {capture, []ledger.Request{release}, ledger.ErrHold},
		"capture, done":             {capture, []ledger.Request{capture}, ledger.ErrDone},
		"capture, other":            {capture, []ledger.Request{ledger.Capture{Hold: "h", To: fee(99), At: monday}}, ledger.ErrConflict},
		"release, captured":         {release, []ledger.Request{capture}, ledger.ErrHold},
		"release, done":             {release, []ledger.Request{release}, ledger.ErrDone},
		"reverse, reversed": {
			ledger.Reverse{ID: "r", Entry: "first", At: monday},
			[]ledger.Request{ledger.Reverse{ID: "r0", Entry: "first", At: monday}}, ledger.ErrConflict,
		},
		"reverse, done": {
			ledger.Reverse{ID: "r", Entry: "first", At: monday},
			[]ledger.Request{ledger.Reverse{ID: "r", Entry: "first", At: monday}}, ledger.ErrDone,
		},
		"branch, main suspended": {
			ledger.OpenAccount{Account: north, Currency: hkd, At: monday}, []ledger.Request{suspend}, ledger.ErrSuspended,
		},
		"reopen, closed": {
			reopen, []ledger.Request{
				release, ledger.Post{ID: "out", Postings: []ledger.Posting{{acme, cents(-900)}, {bank, cents(900)}}, At: monday},
				suspend, ledger.CloseAccount{Account: acme, At: monday},
			}, ledger.ErrClosed,
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBooks(t, ledger.Terms{})
			b.funded(acme, 1000)
			b.must(ledger.Debit{ID: "first", Account: acme, To: fee(100), At: monday})
			b.must(ledger.Place{ID: "h", Account: acme, Amount: cents(100), At: monday})
			if name == "reopen, closed" {
				b.must(suspend)
			}
			c, err := b.Change(b.ctx, tt.build)
			require.NoError(t, err)
			if name == "reopen, closed" {
				b.must(reopen)
			}
			for _, r := range tt.meanwhile {
				b.must(r)
			}
			before, err := b.Balance(b.ctx, acme)
			require.NoError(t, err)

			whole := merged("filing 1", c)
			_, err = b.store.Apply(b.ctx, whole)
			require.Error(t, err)
			require.ErrorIs(t, b.Explain(b.ctx, whole, err), tt.want)
			_, err = b.store.Get(b.ctx, "test.filing", "filing 1")
			require.ErrorIs(t, err, store.ErrNotFound, "nothing of the whole was written")
			after, err := b.Balance(b.ctx, acme)
			require.NoError(t, err)
			require.Equal(t, before, after)
			b.proven()
		})
	}
}

func TestMergedChangeCommitsWithTheWhole(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1000)
	b.funded(north, 500)
	whole := store.Change{ID: "whole", At: monday, Chain: "audit"}
	for _, r := range []ledger.Request{
		ledger.Debit{ID: "d1", Account: acme, To: fee(100), At: monday},
		ledger.Debit{ID: "d2", Account: acme, To: fee(200), At: monday},
		ledger.Transfer{ID: "t", From: acme, To: north, Amount: cents(50), At: monday},
		ledger.Place{ID: "h", Account: north, Amount: cents(550), At: monday},
	} {
		c, err := b.Change(b.ctx, r)
		require.NoError(t, err)
		whole.Merge(c)
	}
	applied, err := b.store.Apply(b.ctx, whole)
	require.NoError(t, err)
	require.Equal(t, int64(4), applied.Link.Records)
	b.balance(acme, 650, 650)
	b.balance(north, 550, 0)
	b.proven()
	_, err = b.Change(b.ctx, ledger.Debit{ID: "d1", Account: acme, To: fee(100), At: monday})
	require.ErrorIs(t, err, ledger.ErrDone)
	require.True(t, b.must(ledger.Debit{ID: "d1", Account: acme, To: fee(100), At: monday}).Replayed)
}

func TestExplainLeavesOtherErrorsAlone(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	for _, err := range []error{
		nil, errors.New("other"), store.ErrBusy,
		&store.VersionError{Kind: "test.filing", ID: "1"},
		&store.VersionError{Kind: "ledger.entry", ID: "not in the change"},
		&store.TakenError{Index: "test.index", Key: "k"},
		&store.ShortError{Name: "quota/of/others"},
		&store.ShortError{Name: "ledger/XXX/deposit:a/main/available"},
	} {
		require.Equal(t, err, b.Explain(b.ctx, store.Change{}, err))
	}
}

// TestExplainDoesNotDependOnWhichGuardFails gives the errors that another storage may find first.
func TestExplainDoesNotDependOnWhichGuardFails(t *testing.T) {
	b := newBooks(t, ledger.Terms{})
	b.funded(acme, 1000)
	b.must(ledger.Debit{ID: "d", Account: acme, To: fee(100), At: monday})
	b.must(ledger.Place{ID: "h", Account: acme, Amount: cents(100), At: monday})
	reverse, err := b.Change(b.ctx, ledger.Reverse{ID: "r", Entry: "d", At: monday})
	require.NoError(t, err)
	capture, err := b.Change(b.ctx, ledger.Capture{Hold: "h", To: fee(60), At: monday})
	require.NoError(t, err)
	b.must(ledger.Reverse{ID: "r", Entry: "d", At: monday})
	b.must(ledger.Capture{Hold: "h", To: fee(60), At: monday})
	for name, tt := range map[string]struct {
		change store.Change
		err    error
		want   error
	}{
		"reversal by its key":     {reverse, &store.TakenError{Index: "ledger.reversal", Key: "d", Kind: "ledger.entry", ID: "r"}, ledger.ErrDone},
		"reversal by its id":      {reverse, &store.VersionError{Kind: "ledger.entry", ID: "r", Found: 1}, ledger.ErrDone},
		"another reversal's key":  {capture, &store.TakenError{Index: "ledger.reversal", Key: "d", Kind: "ledger.entry", ID: "r"}, ledger.ErrConflict},
		"capture by its hold":     {capture, &store.VersionError{Kind: "ledger.hold", ID: "h", Expected: 1, Found: 2}, ledger.ErrDone},
		"capture by its entry":    {capture, &store.VersionError{Kind: "ledger.entry", ID: "capture/h", Found: 1}, ledger.ErrDone},
		"a hold without an entry": {store.Change{Puts: capture.Puts[1:]}, &store.VersionError{Kind: "ledger.hold", ID: "h"}, store.ErrVersion},
	} {
		t.Run(name, func(t *testing.T) { require.ErrorIs(t, b.Explain(b.ctx, tt.change, tt.err), tt.want) })
	}
}

func TestErrorsNameThingAndRemedy(t *testing.T) {
	for want, err := range map[string]error{
		"ledger: insufficient funds: deposit:acme/main has HKD 1.00 available, HKD 2.00 is needed": &ledger.InsufficientError{
			Account: acme, Available: cents(100), Needed: cents(200), Floor: cents(0),
		},
		"ledger: insufficient funds: deposit:acme/main has HKD 1.00 available, HKD 2.00 is needed and HKD 0.50 must stay": &ledger.InsufficientError{
			Account: acme, Available: cents(100), Needed: cents(200), Floor: cents(50),
		},
		`ledger: id used for another request: entry "d"; give a new request a new id`: &ledger.ConflictError{Kind: "entry", ID: "d"},
		`ledger: hold not open: there is no hold "h"`:                                 &ledger.HoldError{ID: "h"},
		`ledger: hold not open: hold "h" is released`:                                 &ledger.HoldError{ID: "h", State: ledger.Released},
		`ledger: already done: hold "h" is captured`: &ledger.DoneError{Done: ledger.Done{
			Hold: ledger.Hold{ID: "h", State: ledger.Captured},
		}},
		`ledger: already done: entry "e"`: &ledger.DoneError{Done: ledger.Done{Entry: ledger.Entry{ID: "e"}}},
		"ledger: already done: account deposit:acme/main is open": &ledger.DoneError{Done: ledger.Done{
			Account: ledger.Account{ID: acme, Status: ledger.Open},
		}},
	} {
		require.EqualError(t, err, want)
	}
}
