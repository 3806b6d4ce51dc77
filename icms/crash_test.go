package icms_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/store"
)

// errDead is what everything says once the process has died.
var errDead = errors.New("the process is dead")

// reaper counts durable writes and lets the process die at one of them: before it, after it, or with only the reply lost.
type reaper struct {
	at    int // the write to die at, from 1; 0 never
	when  string
	seen  int
	dead  bool
	lived bool // the reply was lost and the process went on
}

func (r *reaper) write(commit func() error) error {
	if r.dead {
		return errDead
	}
	r.seen++
	switch {
	case r.seen != r.at:
		return commit()
	case r.when == "before":
		r.dead = true
		return errDead
	case r.when == "after":
		err := commit()
		r.dead = true
		return errors.Join(errDead, err)
	default: // the write is committed, its reply lost, and the process lives
		if err := commit(); err != nil {
			return err
		}
		r.lived = true
		return io.ErrUnexpectedEOF
	}
}

type mortalStore struct {
	store.Store
	*reaper
}

func (m mortalStore) Apply(ctx context.Context, c store.Change) (a store.Applied, err error) {
	err = m.write(func() error { a, err = m.Store.Apply(ctx, c); return err })
	return a, err
}

func (m mortalStore) Get(ctx context.Context, kind, id string) (store.Record, error) {
	if m.dead {
		return store.Record{}, errDead
	}
	return m.Store.Get(ctx, kind, id)
}

type mortalBlobs struct {
	blob.Store
	*reaper
}

type mortalStaged struct {
	blob.Staged
	*reaper
}

func (m mortalBlobs) Stage(ctx context.Context, r io.Reader, max int64) (blob.Staged, error) {
	s, err := m.Store.Stage(ctx, r, max)
	if err != nil {
		return nil, err
	}
	return mortalStaged{s, m.reaper}, nil
}

func (m mortalStaged) Keep(ctx context.Context) error {
	return m.write(func() error { return m.Staged.Keep(ctx) })
}

// TestDieAnywhere lets the process die before and after each durable write of filing a batch, and lose the reply of each, then
// files the same bytes again: filed once, charged once, one acknowledgement.
func TestDieAnywhere(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	csv := claims(7, "INV")
	writes := 0
	for _, when := range []string{"before", "after", "reply lost"} {
		for at := 1; ; at++ {
			c := newCounter(t, "2026-03-02 10:00:00", 1000)
			whole, kept := c.store, c.blobs
			r := &reaper{at: at, when: when}
			c.store, c.blobs = mortalStore{whole, r}, mortalBlobs{kept, r}
			c.open()
			first, err := c.Registry().File(t.Context(), batch(csv))
			if r.seen < at {
				require.NoError(t, err)
				writes = max(writes, at-1)
				break
			}
			name := fmt.Sprintf("%s write %d", when, at)
			if when != "reply lost" {
				require.ErrorIs(t, err, errDead, name)
			} else {
				require.True(t, r.lived, name)
			}
			if err == nil {
				require.Equal(t, icms.Registered, first.State, name)
			}
			c.store, c.blobs = whole, kept
			c.open()
			again, err := c.Registry().File(t.Context(), batch(csv))
			require.NoError(t, err, name)
			requireFiledOnce(t, c, again, name)
			if first.Acknowledged != nil {
				require.Equal(t, string(first.Acknowledged), string(again.Acknowledged), name)
			}
		}
	}
	t.Logf("%d durable writes, each died before, after, and with its reply lost", writes)
	require.GreaterOrEqual(t, writes, 8)
}

// TestResumeAfterDeath lets the process die at each write and leaves the rest to another node that never saw the bytes.
func TestResumeAfterDeath(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	csv := claims(3, "INV")
	for at := 1; ; at++ {
		c := newCounter(t, "2026-03-02 10:00:00", 1000)
		whole, kept := c.store, c.blobs
		r := &reaper{at: at, when: "after"}
		c.store, c.blobs = mortalStore{whole, r}, mortalBlobs{kept, r}
		c.open()
		_, _ = c.Registry().File(t.Context(), batch(csv))
		if r.seen < at {
			return
		}
		c.store, c.blobs = whole, kept
		c.open()
		c.set("2026-03-02 10:10:00")
		finished, err := c.Resume(t.Context())
		require.NoError(t, err)
		result, err := c.Registry().Preflight(t.Context(), batch(csv))
		require.NoError(t, err)
		if !result.Replayed {
			require.Zero(t, finished, "a batch that was never accepted is nobody's work")
			require.Equal(t, "HKD 1000.00", c.balance())
			continue
		}
		requireFiledOnce(t, c, result, fmt.Sprintf("after write %d", at))
		again, err := c.Resume(t.Context())
		require.NoError(t, err)
		require.Zero(t, again)
	}
}

// requireFiledOnce holds what is kept against a batch that was filed exactly once.
func requireFiledOnce(t *testing.T, c *counter, r icms.Result, name string) {
	t.Helper()
	require.Equal(t, icms.Registered, r.State, name)
	spent := r.Quote.Total.Payable.Decimal()
	require.Equal(t, "HKD "+decimal.NewFromInt(1000).Sub(spent).StringFixed(2), c.balance(), name)
	require.Equal(t, r.Accepted, countCases(t, c, r.Receipt.Deemed.In(c.court.Zone()).Format("2006-01-02")), name)
	require.Equal(t, "SCTC000001/2026", r.Acknowledgement.FirstCase, name)
	require.Equal(t, "SCT/2026/000001", r.Acknowledgement.PaymentReceipt, name)
	require.NoError(t, c.Registry().Verify(t.Context(), *r.Acknowledgement), name)
	require.NoError(t, c.Audit().Verify(t.Context(), "SCT", 2026), name)
	requireBalanced(t, c)
	inbox, _, err := c.Messages().Inbox(t.Context(), "sample-utilities", "", 10)
	require.NoError(t, err, name)
	require.Len(t, inbox, 1, name)
}

func countCases(t *testing.T, c *counter, day string) int {
	t.Helper()
	date, err := calendar.ParseDate(day)
	require.NoError(t, err)
	n := 0
	for e, err := range pages(func(after string) ([]icms.Entry, string, error) {
		return c.CauseBook().Day(t.Context(), "SCT", date, after, 2)
	}) {
		require.NoError(t, err)
		require.NotEmpty(t, e.Number)
		n++
	}
	return n
}

// pages streams a paged answer.
func pages[E any](page func(after string) ([]E, string, error)) iter.Seq2[E, error] {
	return func(yield func(E, error) bool) {
		for after := ""; ; {
			entries, next, err := page(after)
			if err != nil {
				var none E
				yield(none, err)
				return
			}
			for _, e := range entries {
				if !yield(e, nil) {
					return
				}
			}
			if after = next; after == "" {
				return
			}
		}
	}
}

// requireBalanced proves the books.
func requireBalanced(t *testing.T, c *counter) {
	t.Helper()
	proofs, err := c.AccountsOffice().Ledger().Prove(t.Context())
	require.NoError(t, err)
	for _, p := range proofs {
		require.Empty(t, p.Faults)
	}
}
