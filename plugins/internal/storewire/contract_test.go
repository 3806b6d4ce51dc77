package storewire_test

import (
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
)

// The whole contract of stores holds behind the wire.
func TestContract(t *testing.T) {
	storetest.Run(storetest.Go(t), func(t storetest.T) store.Store { return overWire(t, openSQLite(t)) })
}
