package main

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/plugins/host"
	"github.com/stretchr/testify/require"
)

// Parts may read the store while their change waits for them, however many do it at once: changes never take the last place of a plugin.
func TestPartsReadTheStoreWithFewPlaces(t *testing.T) {
	dir, digest := program(storetest.Go(t))
	s, _ := hostedBy(storetest.Go(t), dir, host.Plugin{
		SHA256: digest, Config: configuration(filepath.Join(t.TempDir(), "store.db"), "process"), Concurrency: 2, Timeout: host.Duration(20 * time.Second),
	})
	const n = 8
	errs := make(chan error, n)
	for i := range n {
		go func() {
			_, err := s.Apply(t.Context(), store.Change{ID: fmt.Sprint(i), Parts: func(yield func([]store.Put, error) bool) {
				_, err := s.Sums(t.Context(), "a")
				if err == nil {
					_, err = s.Match(t.Context(), "i", []string{"a"})
				}
				yield([]store.Put{{Kind: "k", ID: fmt.Sprint(i), Body: []byte("1")}}, err)
			}})
			errs <- err
		}()
	}
	for range n {
		require.NoError(t, <-errs)
	}
}

// One place alone would have a change wait for itself: the manifest is refused.
func TestAStoreNeedsTwoPlaces(t *testing.T) {
	dir, digest := program(storetest.Go(t))
	_, err := host.New(host.Options{Dir: dir, Manifest: host.Manifest{Plugins: []host.Plugin{{
		Name: "sqlite", Kind: host.Store, Version: "1.0.0", Path: "sqlite", SHA256: digest, Concurrency: 1,
	}}}})
	require.ErrorContains(t, err, "a store needs 2 or more")
}
