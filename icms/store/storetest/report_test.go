package storetest_test

import (
	"context"
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"github.com/stretchr/testify/require"
)

// panicking is a store that is no use at all.
type panicking struct{ store.Store }

func (panicking) Apply(context.Context, store.Change) (store.Applied, error) {
	panic("not yet written")
}

// Whatever a store does, Check ends, cleans up, and says so case by case.
func TestCheckOutlivesAPanic(t *testing.T) {
	var dirs []string
	cleaned := 0
	results, err := storetest.Check(func(t storetest.T) store.Store {
		dirs = append(dirs, t.TempDir())
		t.Cleanup(func() { cleaned++ })
		return panicking{newMemory("")}
	})
	require.NoError(t, err)
	require.Equal(t, len(results), cleaned)
	for _, dir := range dirs {
		require.NoDirExists(t, dir)
	}
	require.Contains(t, results[0].Failures[0], "not yet written")
}

func TestAStoreThatDoesNotOpenFailsEveryCase(t *testing.T) {
	results, err := storetest.Check(func(t storetest.T) store.Store {
		t.Helper()
		t.Fatalf("no disk in %s", t.Name())
		return nil
	})
	require.NoError(t, err)
	for _, r := range results {
		require.Equal(t, []string{"no disk in " + r.Name}, r.Failures)
	}
}
