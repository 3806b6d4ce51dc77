package sqlite_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
)

var (
	ctx  = context.Background()
	noon = time.Date(2031, time.May, 6, 12, 0, 0, 0, time.UTC)
)

func file(t testing.TB) string { return filepath.Join(t.TempDir(), "store.db") }

// open opens a store and closes it at the end of the test.
func open(t testing.TB, o sqlite.Options) *sqlite.Store {
	s, err := sqlite.Open(ctx, o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// change is a change with something of everything: n new records, an update, a deletion, sums, numbers, events, work, a link. The
// changes 1, 2, 3 ... can be applied one after another.
func change(i, n int) store.Change {
	id := func(k int) string { return fmt.Sprintf("%d-%d", i, k) }
	body := fmt.Appendf(nil, `{"change":%d}`, i)
	c := store.Change{
		ID: fmt.Sprint("change-", i), At: noon, Chain: "audit", Note: []byte(`{"by":"test"}`),
		Sums:   []store.Sum{{Name: "sum", Delta: int64(n)}, {Name: "other", Delta: 1, HasFloor: true}},
		Draw:   []store.Draw{{Sequence: "numbers", Count: int64(n)}},
		Events: []store.Event{{ID: id(0), Stream: "s", Type: "t", Data: []byte("{}")}},
		Work:   []store.Work{{Kind: "w", ID: id(0), Due: noon, Body: []byte("{}")}},
	}
	for k := range n {
		c.Puts = append(c.Puts, store.Put{
			Kind: "k", ID: id(k), Body: body, Index: []store.Entry{{Index: "all", Key: id(k)}}, Unique: []store.Entry{{Index: "unique", Key: id(k)}},
		})
	}
	c.Puts = append(c.Puts, store.Put{Kind: "k", ID: "shared", Expect: int64(i) - 1, Body: body, Index: []store.Entry{{Index: "shared", Key: fmt.Sprint(i)}}})
	if i > 1 {
		c.Deletes = []store.Key{{Kind: "k", ID: fmt.Sprintf("%d-0", i-1), Expect: 1}}
	}
	return c
}

// requireApplied makes sure that exactly the changes 1 to n, of size records each, are in the store, and all of each.
func requireApplied(t testing.TB, s *sqlite.Store, n, size int) {
	require.NoError(t, s.Check(ctx))
	require.NoError(t, store.Verify(ctx, s, "audit"))
	links, err := s.Links(ctx, "audit", 0, n+2)
	require.NoError(t, err)
	require.Len(t, links, n)
	sums, err := s.Sums(ctx, "sum", "other")
	require.NoError(t, err)
	require.Equal(t, []int64{int64(n * size), int64(n)}, sums)
	count := 0
	q := store.Query{Index: "all", Limit: 1000}
	for {
		p, err := s.List(ctx, q)
		require.NoError(t, err)
		count += len(p.Records)
		if q.After = p.Next; p.Next == "" {
			break
		}
	}
	require.Equal(t, n*size-max(0, n-1), count)
	work, err := s.Reader().Query("SELECT count(*) FROM icms_work UNION ALL SELECT count(*) FROM icms_event UNION ALL SELECT count(*) FROM icms_change")
	require.NoError(t, err)
	defer work.Close()
	for work.Next() {
		var rows int
		require.NoError(t, work.Scan(&rows))
		require.Equal(t, n, rows)
	}
	require.NoError(t, work.Err())
	if n == 0 {
		_, err = s.Get(ctx, "k", "shared")
		require.ErrorIs(t, err, store.ErrNotFound)
		return
	}
	shared, err := s.Get(ctx, "k", "shared")
	require.NoError(t, err)
	require.EqualValues(t, n, shared.Version)
	require.Equal(t, fmt.Sprintf(`{"change":%d}`, n), string(shared.Body))
}
