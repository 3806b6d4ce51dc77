package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
)

var errBroken = errors.New("broken")

// breaking makes the nth statement fail, and tells which one that was.
func breaking(s *sqlite.Store, n int) *string {
	broken := new(string)
	s.OnStep(func(query string) error {
		if n--; n == 0 {
			*broken = query
			return errBroken
		}
		return nil
	})
	return broken
}

// A statement that fails at any place of a group fails no more than its own change, unless it is the one that commits.
func TestAFailureOfAnyStatementOfAGroup(t *testing.T) {
	s := open(t, sqlite.Options{Path: file(t)})
	applied, failures := 0, map[int]int{}
	for n := 1; ; n++ {
		broken := breaking(s, n)
		got := grouped(s, link(fmt.Sprint(n, "a"), 1), link(fmt.Sprint(n, "b"), 1), link(fmt.Sprint(n, "c"), 1))
		s.OnStep(nil)
		failed := 0
		for _, a := range got {
			if a.err != nil {
				require.ErrorIs(t, a.err, errBroken, "%d: %s", n, *broken)
				failed++
			}
		}
		applied += 3 - failed
		requireSound(t, s, applied)
		if *broken == "" {
			require.Zero(t, failed)
			break
		}
		if *broken == "COMMIT" {
			require.Equal(t, 3, failed)
			require.False(t, store.Decided(got[0].err))
		} else {
			require.Equal(t, 1, failed, *broken)
		}
		failures[failed]++
	}
	require.Greater(t, failures[1], 30)
	require.Equal(t, 1, failures[3])
}

// A change that can't be undone alone takes the transaction with it: then each is applied in one of its own.
func TestALostTransactionIsDoneAgainOneByOne(t *testing.T) {
	for _, query := range []string{"ROLLBACK TO icms_apply", "RELEASE icms_apply"} {
		t.Run(query, func(t *testing.T) {
			s := open(t, sqlite.Options{Path: file(t)})
			s.OnStep(func(q string) error {
				if q == query {
					return errBroken
				}
				return nil
			})
			got := grouped(s, link("a", 1), link("short", -5), link("a", 1), link("b", 1))
			s.OnStep(nil)
			require.NoError(t, got[0].err)
			require.ErrorIs(t, got[1].err, store.ErrShort)
			require.NotErrorIs(t, got[1].err, errBroken)
			require.True(t, got[2].Replayed)
			require.NoError(t, got[3].err)
			requireSound(t, s, 2)
		})
	}
}

// What a change was refused for is no answer when it was not committed.
func TestARefusalWaitsForTheCommit(t *testing.T) {
	s := open(t, sqlite.Options{Path: file(t)})
	second := link("second", 1)
	second.Puts[0].ID = "first"
	s.OnStep(func(query string) error {
		if query == "COMMIT" {
			return errBroken
		}
		return nil
	})
	got := grouped(s, link("first", 1), second)
	s.OnStep(nil)
	for _, a := range got {
		require.ErrorIs(t, a.err, errBroken)
		require.NotErrorIs(t, a.err, store.ErrVersion)
		require.Zero(t, a.Applied)
	}
	_, err := s.Apply(ctx, second)
	require.NoError(t, err)
}

func TestAContextEndsOneOfAGroup(t *testing.T) {
	for name, tt := range map[string]struct {
		at      string // the statement before which the second caller gives up; "" for while it waits
		counted bool
	}{
		"while it waits":    {"", false},
		"before its turn":   {"SAVEPOINT icms_apply", false},
		"while it writes":   {"SELECT last FROM icms_sequence WHERE name = ?", false},
		"before the commit": {"COMMIT", true},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, sqlite.Options{Path: file(t)})
			ending, cancel := context.WithCancel(ctx)
			defer cancel()
			seen := 0
			s.OnStep(func(query string) error {
				if query == tt.at {
					if seen++; seen == 2 || query == "COMMIT" {
						cancel()
					}
				}
				return nil
			})
			release := s.HoldTurn()
			answers := queued(s, caller{change: link("a", 1)}, caller{link("b", 1), ending}, caller{change: link("c", 1)})
			if tt.at == "" {
				cancel()
				waitFor(func() bool { return s.Waiting() == 2 })
			}
			release()
			got := answers()
			require.NoError(t, got[0].err)
			require.NoError(t, got[2].err)
			if tt.counted {
				require.NoError(t, got[1].err)
				requireSound(t, s, 3)
				return
			}
			require.ErrorIs(t, got[1].err, context.Canceled)
			require.NotErrorIs(t, got[1].err, store.ErrBusy)
			requireOnly(t, s, "a", "c")
			requireSound(t, s, 2)
		})
	}
}

// While another process holds the file, whoever has the turn may give up: the others go on waiting.
func TestTheFirstOfAGroupGivesUp(t *testing.T) {
	path := file(t)
	s, other := open(t, sqlite.Options{Path: path}), open(t, sqlite.Options{Path: path})
	release := held(t, other)
	ending, cancel := context.WithCancel(ctx)
	begun := make(chan struct{}, 1000)
	s.OnStep(func(query string) error {
		if query == "BEGIN IMMEDIATE" {
			begun <- struct{}{}
		}
		return nil
	})
	first := queued(s, caller{link("a", 1), ending})
	<-begun
	others := queued(s, caller{change: link("b", 1)}, caller{change: link("c", 1)})
	cancel()
	require.ErrorIs(t, first()[0].err, context.Canceled)
	require.Equal(t, 2, s.Waiting())
	release()
	for _, a := range others() {
		require.NoError(t, a.err)
	}
	requireOnly(t, s, "held", "b", "c")
	requireSound(t, s, 2)
}

func TestAGroupWaitsNoLongerThanEachWould(t *testing.T) {
	path := file(t)
	s, other := open(t, sqlite.Options{Path: path, Wait: 100 * time.Millisecond}), open(t, sqlite.Options{Path: path})
	release := held(t, other)
	for _, a := range queued(s, caller{change: link("a", 1)}, caller{change: link("b", 1)}, caller{change: link("c", 1)})() {
		require.ErrorIs(t, a.err, store.ErrBusy)
	}
	require.Zero(t, s.Waiting())
	release()
	requireOnly(t, s, "held")
}

func TestCloseEndsThoseWhoWait(t *testing.T) {
	s, err := sqlite.Open(ctx, sqlite.Options{Path: file(t)})
	require.NoError(t, err)
	release := s.HoldTurn()
	answers := queued(s, caller{change: link("a", 1)}, caller{change: link("b", 1)})
	closed := make(chan error)
	go func() { closed <- s.Close() }()
	waitFor(func() bool { _, err := s.Get(ctx, "k", "a"); return errors.Is(err, store.ErrClosed) })
	release()
	for _, a := range answers() {
		require.ErrorIs(t, a.err, store.ErrClosed)
	}
	require.NoError(t, <-closed)
}

// A writer that panics or leaves, at whatever statement, takes nobody with it: the others learn that their outcome is unknown.
func TestAPanicWhileWritingForOthers(t *testing.T) {
	for name, leave := range map[string]func(){"panic": func() { panic("oops") }, "leave": runtime.Goexit} {
		for _, at := range []string{"SAVEPOINT icms_apply", counterWriteText, "RELEASE icms_apply", "COMMIT"} {
			t.Run(name+" at "+at, func(t *testing.T) {
				s := open(t, sqlite.Options{Path: file(t)})
				left := 3
				if at == "COMMIT" {
					left = 1
				}
				requireLeft(t, s, func(query string) {
					if query == at {
						if left--; left == 0 {
							leave()
						}
					}
				})
				requireOnly(t, s)
				for _, a := range grouped(s, link("a", 1), link("b", 1), link("c", 1), link("d", 1)) {
					require.NoError(t, a.err)
				}
				requireSound(t, s, 4)
			})
		}
	}
}

const counterWriteText = "UPDATE icms_counter SET change = ?, record = ?, event = ?, token = ?"

// requireLeft applies four changes in one group, whose writer comes to no end in the step.
func requireLeft(t *testing.T, s *sqlite.Store, step func(query string)) {
	begun, let := make(chan struct{}), make(chan struct{})
	s.OnStep(func(query string) error {
		if query == "BEGIN IMMEDIATE" {
			close(begun)
			<-let
		}
		step(query)
		return nil
	})
	defer s.OnStep(nil)
	writer := make(chan bool)
	go func() {
		ended := false
		defer func() {
			_ = recover()
			writer <- ended
		}()
		_, _ = s.Apply(ctx, link("a", 1))
		ended = true
	}()
	<-begun
	others := queued(s, caller{change: link("b", 1)}, caller{change: link("c", 1)}, caller{change: link("d", 1)})
	close(let)
	require.False(t, <-writer)
	for _, a := range others() {
		require.ErrorContains(t, a.err, "unknown")
		require.False(t, store.Decided(a.err))
		require.Zero(t, a.Applied)
	}
}
