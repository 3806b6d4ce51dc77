package storetest_test

import (
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"github.com/stretchr/testify/require"
)

var _ store.Store = (*memory)(nil)

func TestARightStorePasses(t *testing.T) {
	storetest.Run(storetest.Go(t), func(storetest.T) store.Store { return newMemory("") })
}

// failed runs the suite on a store with one fault and gives the cases that failed.
func failed(t *testing.T, bug string) (all []string, failures []string) {
	results, err := storetest.Check(func(storetest.T) store.Store { return newMemory(bug) })
	require.NoError(t, err)
	for _, r := range results {
		if len(r.Failures) > 0 {
			all, failures = append(all, r.Name), append(failures, r.Failures...)
		}
	}
	return all, failures
}

// Every case has a fault that it finds, and that no other case finds.
func TestEachCaseFindsItsFault(t *testing.T) {
	results, err := storetest.Check(func(storetest.T) store.Store { return newMemory("") })
	require.NoError(t, err)
	require.Greater(t, len(results), 90)
	for _, r := range results {
		require.Empty(t, r.Failures, r.Name)
		t.Run(r.Name, func(t *testing.T) {
			found, failures := failed(t, r.Name)
			require.Equal(t, []string{r.Name}, found, "%v", failures)
		})
	}
}
