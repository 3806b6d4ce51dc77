package storewire_test

import (
	"context"

	"courts.example/eservices/icms/store"
)

// sink is a store that counts what it is given and keeps the last record.
type sink struct {
	store.Store
	records, parts int
	last           store.Put
	// each, when set, is called after each part.
	each func()
}

func (s *sink) Apply(_ context.Context, c store.Change) (store.Applied, error) {
	s.records, s.parts = 0, 0
	for part, err := range c.Parts {
		if err != nil {
			return store.Applied{}, err
		}
		s.parts++
		s.records += len(part)
		s.last = part[len(part)-1]
		if s.each != nil {
			s.each()
		}
	}
	return store.Applied{Seq: 1}, nil
}

// applyFunc is a store of one method.
func applyFunc(f func(store.Change) error) store.Store { return applier{f: f} }

type applier struct {
	store.Store
	f func(store.Change) error
}

func (a applier) Apply(_ context.Context, c store.Change) (store.Applied, error) {
	return store.Applied{Seq: 1}, a.f(c)
}
