package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
)

// answer is what one of several callers got.
type answer struct {
	store.Applied
	err error
}

// caller is a change with the context under which it is applied; nil means ctx.
type caller struct {
	change store.Change
	ctx    context.Context
}

// queued starts the callers, each once the one before it waits, and gives the function that waits for their answers.
func queued(s *sqlite.Store, callers ...caller) (answers func() []answer) {
	all := make([]answer, len(callers))
	done := make(chan struct{})
	for i, c := range callers {
		if c.ctx == nil {
			c.ctx = ctx
		}
		before := s.Waiting()
		go func() {
			defer func() { done <- struct{}{} }()
			all[i].err = errors.New("the goroutine left")
			all[i].Applied, all[i].err = s.Apply(c.ctx, c.change)
		}()
		waitFor(func() bool { return s.Waiting() > before })
	}
	return func() []answer {
		for range callers {
			<-done
		}
		return all
	}
}

func waitFor(that func() bool) {
	for !that() {
		runtime.Gosched()
	}
}

// grouped applies the changes in one group and gives their answers.
func grouped(s *sqlite.Store, changes ...store.Change) []answer {
	callers := make([]caller, len(changes))
	for i, c := range changes {
		callers[i].change = c
	}
	release := s.HoldTurn()
	answers := queued(s, callers...)
	release()
	return answers()
}

// link is a small change with a link, a number and a record of its own, that adds nine deltas to a sum which may not fall below 0.
func link(id string, delta int64) store.Change {
	return store.Change{
		ID: id, At: noon, Chain: "audit", Note: fmt.Appendf(nil, `{"id":%q}`, id), Draw: []store.Draw{{Sequence: "numbers", Count: 1}},
		Puts: []store.Put{{Kind: "k", ID: id, Body: []byte("{}"), Index: []store.Entry{{Index: "all", Key: id}}}},
		Sums: []store.Sum{{Name: "left", Delta: 10 * delta}, {Name: "left", Delta: -delta, HasFloor: true}},
	}
}

// counting counts the statements of a text from now on.
func counting(s *sqlite.Store, text string) *int {
	n := new(int)
	s.OnStep(func(query string) error {
		if query == text {
			*n++
		}
		return nil
	})
	return n
}

func TestWaitingChangesShareACommit(t *testing.T) {
	s := open(t, sqlite.Options{Path: file(t)})
	_, err := s.Apply(ctx, link("before", 1))
	require.NoError(t, err)
	commits := counting(s, "COMMIT")
	short, invalid, exists := link("short", 1), link("invalid", 1), link("exists", 1)
	short.Sums = []store.Sum{{Name: "left", Delta: -1000, HasFloor: true}}
	invalid.Events = []store.Event{{}}
	exists.Puts = append(exists.Puts, store.Put{Kind: "k", ID: "b", Body: []byte("{}")})
	got := grouped(s, link("a", 1), short, link("b", 1), link("a", 1), invalid, link("before", 1), exists, link("c", 1), link("short", 1))
	require.Equal(t, 1, *commits)

	for i, seq := range map[int]int64{0: 2, 2: 3, 7: 4, 8: 5} {
		require.NoError(t, got[i].err, i)
		require.False(t, got[i].Replayed, i)
		require.Equal(t, seq, got[i].Seq)
		require.Equal(t, []int64{seq}, got[i].First, "numbers are drawn without gaps")
		require.Equal(t, seq, got[i].Link.Seq)
	}
	require.Equal(t, got[0].Link.Hash, got[2].Link.Before, "the chain goes in the order of the answers")
	require.ErrorIs(t, got[1].err, store.ErrShort)
	require.ErrorIs(t, got[4].err, store.ErrInvalid)
	require.ErrorIs(t, got[6].err, store.ErrVersion)
	for i, first := range map[int]int64{3: 2, 5: 1} {
		require.NoError(t, got[i].err)
		require.True(t, got[i].Replayed)
		require.Equal(t, first, got[i].Seq)
	}
	require.Equal(t, got[0].Link, got[3].Link)
	requireOnly(t, s, "before", "a", "b", "c", "short")
	requireSound(t, s, 5)
}

// requireSound makes sure that n changes made by link are in the store, each whole.
func requireSound(t *testing.T, s *sqlite.Store, n int) {
	require.NoError(t, s.Check(ctx))
	require.NoError(t, store.Verify(ctx, s, "audit"))
	sums, err := s.Sums(ctx, "left")
	require.NoError(t, err)
	require.Equal(t, []int64{int64(9 * n)}, sums)
	p, err := s.List(ctx, store.Query{Index: "all", Limit: 1000})
	require.NoError(t, err)
	require.Len(t, p.Records, n)
	links, err := s.Links(ctx, "audit", 0, n+1)
	require.NoError(t, err)
	require.Len(t, links, n)
}

func TestAChangeWithPartsGoesAlone(t *testing.T) {
	s := open(t, sqlite.Options{Path: file(t)})
	savepoints := counting(s, "SAVEPOINT icms_apply")
	release := s.HoldTurn()
	answers := queued(s, caller{change: link("a", 1)})
	streamed := make(chan error)
	go func() {
		c := link("streamed", 1)
		c.Parts = func(yield func([]store.Put, error) bool) {}
		_, err := s.Apply(ctx, c)
		streamed <- err
	}()
	release()
	require.NoError(t, answers()[0].err)
	require.NoError(t, <-streamed)
	require.Zero(t, *savepoints)
	requireSound(t, s, 2)
}

// Callers that never stop leave others their turn.
func TestGroupsLetOthersWrite(t *testing.T) {
	s := open(t, sqlite.Options{Path: file(t), Durability: sqlite.Process})
	stop, done := make(chan struct{}), make(chan error)
	for i := range 4 {
		go func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					done <- nil
					return
				default:
				}
				if _, err := s.Apply(ctx, store.Change{ID: fmt.Sprintf("%d/%d", i, n), At: noon}); err != nil {
					done <- err
					return
				}
			}
		}()
	}
	for n := range 20 {
		_, err := s.Apply(ctx, store.Change{
			ID: fmt.Sprint("streamed ", n), At: noon, Work: []store.Work{{Kind: "w", ID: fmt.Sprint(n), Due: noon}},
			Parts: func(func([]store.Put, error) bool) {},
		})
		require.NoError(t, err)
		work, err := s.ClaimWork(ctx, store.Claim{Now: noon, Lease: time.Second})
		require.NoError(t, err)
		require.Len(t, work, 1)
	}
	close(stop)
	for range 4 {
		require.NoError(t, <-done)
	}
}

// In a group of its own or not, what does not fit is refused, and what fits is taken.
func TestAFullQuotaRefusesOneOfAGroup(t *testing.T) {
	dsn, err := sqlite.DSN(sqlite.Options{Path: file(t)})
	require.NoError(t, err)
	writer, err := sql.Open("sqlite", dsn+"&_pragma=max_page_count(150)")
	require.NoError(t, err)
	defer writer.Close()
	s, err := sqlite.New(ctx, writer, nil, sqlite.Options{})
	require.NoError(t, err)
	defer s.Close()
	large := link("large", 1)
	for i := range 600 {
		large.Puts = append(large.Puts, store.Put{Kind: "k", ID: fmt.Sprint(i), Body: fmt.Appendf(nil, "%q", filler+filler+filler)})
	}
	got := grouped(s, link("a", 1), large, link("b", 1))
	require.NoError(t, got[0].err)
	require.ErrorIs(t, got[1].err, store.ErrFull)
	require.NoError(t, got[2].err)
	requireOnly(t, s, "a", "b")
	requireSound(t, s, 2)
}
