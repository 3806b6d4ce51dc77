package main

import (
	"context"
	"database/sql"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/plugins/host"
	"github.com/stretchr/testify/require"
)

// killer is a store that kills its plugin once: at a call, before or while it runs.
type killer struct {
	store.Store
	t        *testing.T
	host     *host.Host
	calls    int
	at       int
	during   bool
	finished chan struct{}
}

// kill kills the plugin's process, without a word.
func (k *killer) kill() {
	defer close(k.finished)
	pid, err := strconv.Atoi(k.host.Status()[0].PID)
	if err != nil {
		return // it is between two processes
	}
	if p, err := os.FindProcess(pid); err == nil {
		_ = p.Kill()
	}
}

// now counts a call and kills when it is time.
func (k *killer) now() {
	if k.calls++; k.calls != k.at {
		return
	}
	if k.during {
		go k.kill()
	} else {
		k.kill()
	}
}

func (k *killer) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	k.now()
	if parts := c.Parts; parts != nil {
		c.Parts = k.between(parts)
	}
	return k.Store.Apply(ctx, c)
}

// between counts every part as a call.
func (k *killer) between(parts iter.Seq2[[]store.Put, error]) iter.Seq2[[]store.Put, error] {
	return func(yield func([]store.Put, error) bool) {
		for part, err := range parts {
			if k.now(); !yield(part, err) {
				return
			}
		}
	}
}

func (k *killer) Get(ctx context.Context, kind, id string) (store.Record, error) {
	k.now()
	return k.Store.Get(ctx, kind, id)
}

func (k *killer) Match(ctx context.Context, index string, keys []string) ([]store.Hit, error) {
	k.now()
	return k.Store.Match(ctx, index, keys)
}

// filed files claims through the plugin, again and again until they are registered, and gives what the database then holds: records by kind,
// changes, links, and every sum.
func filed(t *testing.T, dir, digest string, at int, during bool) (holds map[string]int64, calls int) {
	path := filepath.Join(t.TempDir(), "court.db")
	s, h := hosted(storetest.Go(t), dir, digest, configuration(path, "process"))
	k := &killer{Store: s, t: t, host: h, at: at, during: during, finished: make(chan struct{})}
	counter(t, s)
	c := service(t, k)
	registered := false
	for try := 0; !registered && try < 10; try++ {
		r, err := file(t.Context(), c, claims(3000))
		registered = err == nil && r.State == icms.Registered
	}
	require.True(t, registered)
	if at > 0 && k.calls >= at {
		<-k.finished
	}
	if at > 0 && !during {
		require.Greater(t, h.Status()[0].Process, uint64(1), "the plugin was killed and started again")
	}
	require.NoError(t, c.Audit().Verify(t.Context(), "SCT", now().Year()))
	require.NoError(t, h.Close(t.Context()))
	return contents(t, path), k.calls
}

// contents counts what a database holds.
func contents(t *testing.T, path string) map[string]int64 {
	db, err := sql.Open("sqlite", "file:"+path)
	require.NoError(t, err)
	defer db.Close()
	rows, err := db.Query(`
SELECT 'records of ' || kind, count(*) FROM icms_record GROUP BY kind UNION ALL
SELECT 'changes', count(*) FROM icms_change UNION ALL
SELECT 'links', count(*) FROM icms_link UNION ALL
SELECT 'sum ' || name, value FROM icms_sum`)
	require.NoError(t, err)
	defer rows.Close()
	all := map[string]int64{}
	for rows.Next() {
		var what string
		var n int64
		require.NoError(t, rows.Scan(&what, &n))
		all[what] = n
	}
	require.NoError(t, rows.Err())
	return all
}

// The plugin is killed at a random moment of a filing: the same database as without, so every claim is filed once and charged once.
func TestFilingOutlivesItsStore(t *testing.T) {
	if testing.Short() {
		t.Skip("files many batches")
	}
	dir, digest := program(storetest.Go(t))
	want, calls := filed(t, dir, digest, 0, false)
	require.Equal(t, int64(3000), want["records of case"])
	random := rand.New(rand.NewPCG(1, 2))
	for range 16 {
		at, during := 1+random.IntN(calls), random.IntN(2) == 0
		got, _ := filed(t, dir, digest, at, during)
		require.Equal(t, want, got, "killed at call %d of %d, while it ran: %v", at, calls, during)
	}
}
