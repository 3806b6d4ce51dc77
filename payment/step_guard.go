package payment

import "courts.example/eservices/icms/store"

// Unmoved is a guard for a change that rests on an order as it was read: the change is refused (ErrChanged, when Explain tells it) once the
// order has moved on.
func (s *Orders) Unmoved(o Order) store.Key {
	return store.Key{Kind: kindOrder, ID: o.ID, Expect: o.Version}
}
