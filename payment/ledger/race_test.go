package ledger_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment/ledger"
)

// twoBooks are two ledgers on two handles of one file, as two processes have them.
func twoBooks(t *testing.T) [2]books {
	path := filepath.Join(t.TempDir(), "books.db")
	return [2]books{booksOn(t, openStore(t, path), ledger.Terms{}), booksOn(t, openStore(t, path), ledger.Terms{})}
}

// all runs n calls at once and gives their errors.
func all(n int, call func(i int) error) []error {
	errs := make([]error, n)
	start := make(chan struct{})
	var wait sync.WaitGroup
	for i := range n {
		wait.Add(1)
		go func() {
			defer wait.Done()
			<-start
			errs[i] = call(i)
		}()
	}
	close(start)
	wait.Wait()
	return errs
}

// TestThousandSpendsOfSixHundred spends 1 a thousand times at once on a balance of 600: by one handle, whose commits are shared,
// and by two handles of one file.
func TestThousandSpendsOfSixHundred(t *testing.T) {
	for handles := 1; handles <= 2; handles++ {
		t.Run(fmt.Sprint(handles, " handles"), func(t *testing.T) {
			two := twoBooks(t)
			two[0].funded(acme, 600)
			errs := all(1000, func(i int) error {
				b := two[i%handles]
				_, err := b.Do(b.ctx, ledger.Debit{ID: fmt.Sprint("spend ", i), Account: acme, To: fee(1), At: monday})
				return err
			})
			spent := 0
			for _, err := range errs {
				if err == nil {
					spent++
					continue
				}
				require.ErrorIs(t, err, ledger.ErrInsufficient)
			}
			require.Equal(t, 600, spent)
			two[0].balance(acme, 0, 0)
			posted, err := two[1].Posted(t.Context(), filing, hkd)
			require.NoError(t, err)
			require.Equal(t, cents(600), posted)
			two[1].proven()
		})
	}
}

// TestSameRequestByMany does each request many times at once: one does it, the others get its answer.
func TestSameRequestByMany(t *testing.T) {
	two := twoBooks(t)
	two[0].funded(acme, 1000)
	two[0].must(ledger.Place{ID: "h1", Account: acme, Amount: cents(100), At: monday})
	two[0].must(ledger.Place{ID: "h2", Account: acme, Amount: cents(100), At: monday})
	for _, r := range []ledger.Request{
		ledger.Debit{ID: "d", Account: acme, To: fee(10), At: monday},
		ledger.TopUp{From: bank, Reference: "7", Account: acme, Amount: cents(10), At: monday},
		ledger.Place{ID: "h3", Account: acme, Amount: cents(10), At: monday},
		ledger.Capture{Hold: "h1", To: fee(60), At: monday},
		ledger.Release{Hold: "h2", At: monday},
		ledger.Reverse{ID: "r", Entry: "d", At: monday},
		ledger.OpenAccount{Account: north, Currency: hkd, At: monday},
		ledger.SuspendAccount{Account: north, At: monday},
		ledger.CloseAccount{Account: north, At: monday},
	} {
		var first atomic.Int64
		for _, err := range all(24, func(i int) error {
			done, err := two[i%2].Do(t.Context(), r)
			if err == nil && !done.Replayed {
				first.Add(1)
			}
			return err
		}) {
			require.NoError(t, err, "%T", r)
		}
		require.Equal(t, int64(1), first.Load(), "%T", r)
	}
	two[0].balance(acme, 950, 940)
	two[0].proven()
}

// TestOneIDForManyRequests gives one id to different amounts at once: one wins, all others learn of the conflict.
func TestOneIDForManyRequests(t *testing.T) {
	two := twoBooks(t)
	two[0].funded(acme, 10000)
	conflicts := 0
	for _, err := range all(24, func(i int) error {
		_, err := two[i%2].Do(t.Context(), ledger.Debit{ID: "d", Account: acme, To: fee(int64(i + 1)), At: monday})
		return err
	}) {
		if err != nil {
			require.ErrorIs(t, err, ledger.ErrConflict)
			conflicts++
		}
	}
	require.Equal(t, 23, conflicts)
	two[0].proven()
}

// TestCaptureOrRelease ends each hold by several captures and releases at once: it ends exactly once.
func TestCaptureOrRelease(t *testing.T) {
	two := twoBooks(t)
	two[0].funded(acme, 10000)
	taken := int64(0)
	for round := range 15 {
		hold := fmt.Sprint("h", round)
		two[0].must(ledger.Place{ID: hold, Account: acme, Amount: cents(100), At: monday})
		for i, err := range all(8, func(i int) error {
			var r ledger.Request = ledger.Release{Hold: hold, At: monday}
			if i < 4 {
				r = ledger.Capture{Hold: hold, To: fee(70), At: monday}
			}
			_, err := two[i%2].Do(t.Context(), r)
			return err
		}) {
			if err != nil {
				require.ErrorIs(t, err, ledger.ErrHold, i)
			}
		}
		h, err := two[1].Hold(t.Context(), hold)
		require.NoError(t, err)
		if h.State == ledger.Captured {
			taken += 70
		}
		two[1].balance(acme, 10000-taken, 10000-taken)
	}
	two[0].proven()
}

// TestAccountsChangeUnderTheDebits suspends and reopens an account while it is debited, and opens branches beside: a debit is
// carried out or refused as suspended, and none is lost.
func TestAccountsChangeUnderTheDebits(t *testing.T) {
	two := twoBooks(t)
	two[0].funded(acme, 10000)
	var spent atomic.Int64
	errs := all(60, func(i int) error {
		b := two[i%2]
		var r ledger.Request
		switch {
		case i%10 == 0:
			r = ledger.SuspendAccount{Account: acme, At: monday}
		case i%10 == 5:
			r = ledger.ReopenAccount{Account: acme, At: monday}
		case i%10 == 7:
			r = ledger.OpenAccount{Account: ledger.Deposit("acme", fmt.Sprint("b", i)), Currency: hkd, At: monday}
		default:
			r = ledger.Debit{ID: fmt.Sprint(i), Account: acme, To: fee(1), At: monday}
		}
		_, err := b.Do(t.Context(), r)
		if _, debit := r.(ledger.Debit); debit && err == nil {
			spent.Add(1)
		}
		return err
	})
	for _, err := range errs {
		if err != nil {
			require.True(t, errors.Is(err, ledger.ErrSuspended) || errors.Is(err, ledger.ErrChanged), "%v", err)
		}
	}
	two[0].balance(acme, 10000-spent.Load(), 10000-spent.Load())
	two[0].proven()
}

// TestNothingEntersAClosingAccount closes an account while money comes in and branches are opened: what is closed is empty.
func TestNothingEntersAClosingAccount(t *testing.T) {
	for range 10 {
		two := twoBooks(t)
		two[0].funded(acme, 0)
		all(8, func(i int) error {
			b := two[i%2]
			var err error
			switch i % 4 {
			case 0:
				_, err = b.Do(t.Context(), ledger.TopUp{From: bank, Reference: fmt.Sprint(i), Account: acme, Amount: cents(1), At: monday})
			case 1:
				_, err = b.Do(t.Context(), ledger.OpenAccount{Account: ledger.Deposit("acme", fmt.Sprint("b", i)), Currency: hkd, At: monday})
			default:
				if _, err = b.Do(t.Context(), ledger.SuspendAccount{Account: acme, At: monday}); err == nil {
					_, err = b.Do(t.Context(), ledger.CloseAccount{Account: acme, At: monday})
				}
			}
			return err
		})
		a, err := two[0].Account(t.Context(), acme)
		require.NoError(t, err)
		if a.Status == ledger.Closed {
			two[0].balance(acme, 0, 0)
			require.Zero(t, a.Branches)
			accounts, _, err := two[0].Accounts(t.Context(), "acme", "", 0)
			require.NoError(t, err)
			require.Len(t, accounts, 1)
		}
		two[0].proven()
	}
}
