package storetest_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var noon = time.Date(2031, time.May, 6, 12, 0, 0, 0, time.UTC)

// drawPut makes a put in a world so small that puts often meet.
func drawPut(t *rapid.T, versions map[string]int64) store.Put {
	p := store.Put{Kind: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "kind"), ID: rapid.SampledFrom([]string{"1", "2", "3", "4"}).Draw(t, "id")}
	p.Expect = versions[p.Kind+p.ID]
	if rapid.IntRange(0, 19).Draw(t, "stale") == 0 {
		p.Expect++
	}
	p.Body = fmt.Append(nil, rapid.IntRange(0, 99).Draw(t, "body"))
	entry := rapid.Custom(func(t *rapid.T) store.Entry {
		return store.Entry{Index: rapid.SampledFrom([]string{"i", "j", "u"}).Draw(t, "index"), Key: rapid.SampledFrom([]string{"", "k", "kk", "é", `"`, "z"}).Draw(t, "key")}
	})
	p.Index = rapid.SliceOfN(entry, 0, 3).Draw(t, "plain")
	if rapid.IntRange(0, 3).Draw(t, "unique") == 0 {
		p.Unique = []store.Entry{{Index: rapid.SampledFrom([]string{"u", "v"}).Draw(t, "index"), Key: p.ID + rapid.SampledFrom([]string{"", "x"}).Draw(t, "key")}}
	}
	versions[p.Kind+p.ID] = p.Expect + 1
	return p
}

func drawChange(t *rapid.T, n int, versions map[string]int64) store.Change {
	c := store.Change{ID: fmt.Sprint(n), At: noon.Add(time.Duration(n) * time.Second), Chain: rapid.SampledFrom([]string{"", "c", "d"}).Draw(t, "chain")}
	for range rapid.IntRange(0, 6).Draw(t, "puts") {
		c.Puts = append(c.Puts, drawPut(t, versions))
	}
	var part []store.Put
	for range rapid.IntRange(0, 4).Draw(t, "in parts") {
		part = append(part, drawPut(t, versions))
	}
	c.Parts = func(yield func([]store.Put, error) bool) { yield(part, nil) }
	if rapid.IntRange(0, 2).Draw(t, "delete") == 0 {
		id := rapid.SampledFrom([]string{"1", "2", "3", "4"}).Draw(t, "deleted")
		if v := versions["a"+id]; v > 0 {
			c.Deletes = []store.Key{{Kind: "a", ID: id, Expect: v}}
			delete(versions, "a"+id)
		}
	}
	c.Sums = []store.Sum{{Name: "s", Delta: rapid.Int64Range(-5, 6).Draw(t, "delta"), HasFloor: true}}
	c.Draw = []store.Draw{{Sequence: "q", Count: rapid.Int64Range(1, 3).Draw(t, "count")}}
	return c
}

// Whatever is done to both, SQLite and the plain store in memory agree on all that can be read.
func TestSQLiteAgreesWithMemory(t *testing.T) {
	root := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp(root, "")
		require.NoError(t, err)
		ctx := context.Background()
		file, err := sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(dir, "store.db"), Durability: sqlite.Process})
		require.NoError(t, err)
		defer file.Close()
		plain := newMemory("")
		versions := map[string]int64{}
		for n := range rapid.IntRange(1, 12).Draw(t, "changes") {
			trial := map[string]int64{}
			for k, v := range versions {
				trial[k] = v
			}
			c := drawChange(t, n, trial)
			want, refused := plain.Apply(ctx, c)
			got, err := file.Apply(ctx, c)
			if refused != nil {
				require.Error(t, err, "memory says %v", refused)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, want, got)
			versions = trial
			requireSame(t, plain, file)
		}
		require.NoError(t, file.Check(ctx))
	})
}

// requireSame compares all that two stores give.
func requireSame(t *rapid.T, want, got store.Store) {
	ctx := context.Background()
	for _, index := range []string{"i", "j", "u", "v"} {
		for _, q := range []store.Query{{Index: index}, {Index: index, Descending: true, Kind: "a"}, {Index: index, From: "k", Until: "z"}, {Index: index, Prefix: "k", Limit: 2}} {
			w, err := want.List(ctx, q)
			require.NoError(t, err)
			g, err := got.List(ctx, q)
			require.NoError(t, err)
			require.Equal(t, w.Records, g.Records, "%+v", q)
			require.Equal(t, w.Next == "", g.Next == "")
		}
		keys := []string{"é", "z", "1", "1x", "none", "", "k", `"`}
		w, err := want.Match(ctx, index, keys)
		require.NoError(t, err)
		g, err := got.Match(ctx, index, keys)
		require.NoError(t, err)
		require.Equal(t, w, g)
	}
	w, err := want.Sums(ctx, "s")
	require.NoError(t, err)
	g, err := got.Sums(ctx, "s")
	require.NoError(t, err)
	require.Equal(t, w, g)
	for _, chain := range []string{"c", "d"} {
		w, err := want.Links(ctx, chain, 0, 100)
		require.NoError(t, err)
		g, err := got.Links(ctx, chain, 0, 100)
		require.NoError(t, err)
		require.Equal(t, len(w), len(g))
		for i := range w {
			require.Equal(t, w[i], g[i])
			require.Equal(t, changed(t, want, w[i]), changed(t, got, g[i]))
		}
		require.NoError(t, store.Verify(ctx, got, chain))
	}
}

func changed(t *rapid.T, s store.Store, l store.Link) (all []store.Record) {
	for r, err := range s.Changed(context.Background(), l) {
		require.NoError(t, err)
		all = append(all, r)
	}
	return all
}
