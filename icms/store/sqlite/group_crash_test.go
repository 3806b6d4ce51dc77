//go:build unix

package sqlite_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
)

// The job of a child process that commits in groups: so many goroutines, each so many changes.
const (
	goroutines         = 8
	changesOfGoroutine = 6
)

func groups(s *sqlite.Store) error {
	errs := make(chan error)
	for i := range goroutines {
		go func() {
			var err error
			for k := 0; k < changesOfGoroutine && err == nil; k++ {
				c := link(fmt.Sprintf("%d/%d", i, k), 1)
				a, e := s.Apply(ctx, c)
				if err = e; err == nil {
					fmt.Println(c.ID, a.Replayed)
				}
			}
			errs <- err
		}()
	}
	var all error
	for range goroutines {
		all = errors.Join(all, <-errs)
	}
	return all
}

// A process that dies while it commits in groups leaves each change whole or not at all, and every one that it has acknowledged.
func TestDeathWithinAGroup(t *testing.T) {
	const stride = 19
	deaths := 0
	for n, done := 1, false; !done; n += stride {
		path := file(t)
		cmd, out := start(t, "group", n, path, nil)
		var acknowledged []string
		for out.Scan() {
			id, replayed, _ := strings.Cut(out.Text(), " ")
			require.Equal(t, "false", replayed)
			acknowledged = append(acknowledged, id)
		}
		if done = cmd.Wait() == nil; !done {
			deaths++
		}
		s, err := sqlite.Open(ctx, sqlite.Options{Path: path})
		require.NoError(t, err)
		links, err := s.Links(ctx, "audit", 0, 1000)
		require.NoError(t, err)
		require.GreaterOrEqual(t, len(links), len(acknowledged))
		requireSound(t, s, len(links))
		for _, id := range acknowledged {
			a, err := s.Apply(ctx, link(id, 1))
			require.NoError(t, err)
			require.True(t, a.Replayed, id)
		}
		require.NoError(t, s.Close())
	}
	require.Greater(t, deaths, 20)
}

// Several processes apply the same changes in groups: each change has one winner.
func TestProcessesCommitInGroupsAtOnce(t *testing.T) {
	path := file(t)
	first := winners(t, "group", path, 3)
	require.Len(t, first, goroutines*changesOfGoroutine)
	for id, winners := range first {
		require.Equal(t, 1, winners, "change %s", id)
	}
	requireSound(t, open(t, sqlite.Options{Path: path}), goroutines*changesOfGoroutine)
}
