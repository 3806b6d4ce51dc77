package storetest_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/icms/store/storetest"
)

// openSQLite opens a new store for a case. Durability does not matter here, speed does.
func openSQLite(t storetest.T) store.Store {
	s, err := sqlite.Open(context.Background(), sqlite.Options{Path: filepath.Join(t.TempDir(), "store.db"), Durability: sqlite.Process})
	if err != nil {
		t.Fatalf("%v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("%v", err)
		}
	})
	return s
}

// In a test file: the whole suite against a store.
func ExampleRun() {
	_ = func(t *testing.T) {
		storetest.Run(storetest.Go(t), openSQLite)
	}
	// Output:
}

// In a command: the same suite without go test, as a report.
func ExampleCheck() {
	results, err := storetest.Check(openSQLite)
	if err != nil {
		fmt.Println(err)
		return
	}
	passed := 0
	for _, r := range results {
		if len(r.Failures) == 0 {
			passed++
			continue
		}
		fmt.Println(r.Name, r.Failures)
	}
	fmt.Println("all passed:", passed == len(results))
	fmt.Println("the first:", results[0].Name)
	// Output:
	// all passed: true
	// the first: apply/keeps-what-it-was-given
}
