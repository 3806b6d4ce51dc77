// Package storetest says whether a store.Store is right: one suite for everybody who writes one, run by go test or by a command.
//
//	func TestStore(t *testing.T) {
//		storetest.Run(storetest.Go(t), func(t storetest.T) store.Store {
//			return open(t.TempDir()) // a new, empty store
//		})
//	}
//
// Each case opens a store of its own, and tests one rule of package store. No case can be switched off. What a machine can't see
// from inside one process (that a commit has survived the loss of power, that two processes share the storage) is not tested
// here: a store needs tests of its own for it.
//
// The suite imports no test library, so that a command can carry it: see [Check].
package storetest
