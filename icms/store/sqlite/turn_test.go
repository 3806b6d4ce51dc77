package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
)

// held applies a change that stands still in its parts until the function is called.
func held(t *testing.T, s *sqlite.Store) (release func()) {
	inside, let, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		_, err := s.Apply(ctx, store.Change{ID: "held", At: noon, Parts: func(func([]store.Put, error) bool) {
			close(inside)
			<-let
		}})
		done <- err
	}()
	<-inside
	return func() {
		close(let)
		require.NoError(t, <-done)
	}
}

func TestAWriterWaitsForItsTurn(t *testing.T) {
	path := file(t)
	s := open(t, sqlite.Options{Path: path, Wait: 100 * time.Millisecond})
	other := open(t, sqlite.Options{Path: path, Wait: 100 * time.Millisecond})
	release := held(t, s)
	for name, waiting := range map[string]*sqlite.Store{"in the same process": s, "in another": other} {
		_, err := waiting.Apply(ctx, change(1, 1))
		require.ErrorIs(t, err, store.ErrBusy, name)
		short, cancel := context.WithTimeout(ctx, 10*time.Millisecond)
		_, err = waiting.Apply(short, change(1, 1))
		require.ErrorIs(t, err, context.DeadlineExceeded, name)
		require.NotErrorIs(t, err, store.ErrBusy, name)
		cancel()
		_, err = waiting.Get(ctx, "k", "1-0")
		require.ErrorIs(t, err, store.ErrNotFound, "reading goes on")
		works, err := waiting.ClaimWork(ctx, store.Claim{Now: noon, Lease: time.Second})
		require.NoError(t, err, "looking for work that is not there takes no turn")
		require.Empty(t, works)
	}
	release()
	_, err := other.Apply(ctx, change(1, 1))
	require.NoError(t, err)
	requireOnly(t, s, "held", "change-1")
}

// requireOnly makes sure which changes are in the store.
func requireOnly(t *testing.T, s *sqlite.Store, want ...string) {
	rows, err := s.Reader().Query("SELECT id FROM icms_change ORDER BY seq")
	require.NoError(t, err)
	defer rows.Close()
	var got []string
	for rows.Next() {
		var id string
		require.NoError(t, rows.Scan(&id))
		got = append(got, id)
	}
	require.NoError(t, rows.Err())
	require.Equal(t, want, got)
}

func TestTwoStoresOnOneFileTakeTurns(t *testing.T) {
	path := file(t)
	stores := []*sqlite.Store{open(t, sqlite.Options{Path: path}), open(t, sqlite.Options{Path: path})}
	errs := make(chan error)
	for i := range 8 {
		go func() {
			var err error
			for k := range 25 {
				_, e := stores[i%2].Apply(ctx, store.Change{ID: fmt.Sprintf("%d/%d", i, k), At: noon, Sums: []store.Sum{{Name: "n", Delta: 1}}})
				err = errors.Join(err, e)
			}
			errs <- err
		}()
	}
	for range 8 {
		require.NoError(t, <-errs)
	}
	n, err := stores[0].Sums(ctx, "n")
	require.NoError(t, err)
	require.Equal(t, []int64{200}, n)
}

func TestAContextEndsAWrite(t *testing.T) {
	s := open(t, sqlite.Options{Path: file(t)})
	for name, parts := range map[string]func(cancel func()) func(func([]store.Put, error) bool){
		"between parts": func(cancel func()) func(func([]store.Put, error) bool) {
			return func(yield func([]store.Put, error) bool) {
				require.True(t, yield(change(1, 50).Puts, nil))
				cancel()
				require.False(t, yield(nil, nil))
			}
		},
		"after the last part": func(cancel func()) func(func([]store.Put, error) bool) {
			return func(yield func([]store.Put, error) bool) { cancel() }
		},
	} {
		ending, cancel := context.WithCancel(ctx)
		_, err := s.Apply(ending, store.Change{ID: name, At: noon, Parts: parts(cancel)})
		require.ErrorIs(t, err, context.Canceled, name)
	}
	requireApplied(t, s, 0, 50)
}

func TestAPanicOfThePartsFreesTheTurn(t *testing.T) {
	s := open(t, sqlite.Options{Path: file(t), Wait: time.Second})
	require.PanicsWithValue(t, "oops", func() {
		_, _ = s.Apply(ctx, store.Change{ID: "1", At: noon, Puts: change(1, 5).Puts, Parts: func(func([]store.Put, error) bool) { panic("oops") }})
	})
	requireApplied(t, s, 0, 5)
	_, err := s.Apply(ctx, change(1, 5))
	require.NoError(t, err)
	requireApplied(t, s, 1, 5)
}

// A statement that fails at any place undoes the whole change, and the next change succeeds.
func TestAFailureOfAnyStatement(t *testing.T) {
	s := open(t, sqlite.Options{Path: file(t)})
	_, err := s.Apply(ctx, change(1, 20))
	require.NoError(t, err)
	broken := errors.New("broken")
	for n := 1; ; n++ {
		left := n
		s.OnStep(func(string) error {
			if left--; left == 0 {
				return broken
			}
			return nil
		})
		_, err = s.Apply(ctx, change(2, 20))
		s.OnStep(nil)
		if err == nil {
			require.Greater(t, n, 15)
			break
		}
		require.ErrorIs(t, err, broken)
		requireApplied(t, s, 1, 20)
	}
	requireApplied(t, s, 2, 20)
}
