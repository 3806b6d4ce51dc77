package conformance

import (
	"courts.example/eservices/icms/store"
)

// storeRules are the rules about processes that serve stores.
func storeRules() []rule { return nil }

func (s *subject) newStore(t T) store.Store {
	config, err := fill(s.o.Settings.Config, filling{dir: t.TempDir()})
	if err != nil {
		t.Fatalf("the configuration: %v", err)
	}
	return s.hostedStore(t, config)
}
