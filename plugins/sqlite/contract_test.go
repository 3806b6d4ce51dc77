package main

import (
	"path/filepath"
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
)

// The whole contract of stores holds with a real process, one for each case.
func TestContractInAProcess(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a hundred processes")
	}
	dir, digest := program(storetest.Go(t))
	storetest.Run(storetest.Go(t), func(t storetest.T) store.Store {
		s, _ := hosted(t, dir, digest, configuration(filepath.Join(t.TempDir(), "store.db"), "process"))
		return s
	})
}
