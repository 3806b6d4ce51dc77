package main

import (
	"path/filepath"
	"testing"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/plugins/host"
	"github.com/stretchr/testify/require"
)

// Parts may read the store while their change waits for them, also where the operator lets one call in at a time.
func TestPartsReadTheStoreWithOnePlace(t *testing.T) {
	dir, digest := program(storetest.Go(t))
	s, _ := hostedBy(storetest.Go(t), dir, host.Plugin{
		SHA256: digest, Config: configuration(filepath.Join(t.TempDir(), "store.db"), "process"), Concurrency: 2, Timeout: host.Duration(5 * time.Second),
	})
	began := time.Now()
	_, err := s.Apply(t.Context(), store.Change{ID: "1", Parts: func(yield func([]store.Put, error) bool) {
		_, err := s.Sums(t.Context(), "a")
		if err == nil {
			_, err = s.Match(t.Context(), "i", []string{"a"})
		}
		yield([]store.Put{{Kind: "k", ID: "1", Body: []byte("1")}}, err)
	}})
	require.NoError(t, err)
	t.Log(time.Since(began))
}
