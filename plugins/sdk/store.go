package sdk

import (
	"context"

	"google.golang.org/grpc"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/storewire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
)

// Store is what the author of a store plugin writes: store.Store, which says what each method keeps to, and a configuration. icms/store/storetest
// is the suite that tells whether it does.
//
// Parts of a change are all here before Apply runs with them: they never make a transaction wait for the host. Apply may run twice for
// one change: first with parts that fail at once, by which the host learns whether the change was committed before.
type Store interface {
	store.Store
	// Configure takes the configuration, a JSON object, before any other call. An error that is [Problems] is shown to the operator.
	Configure(ctx context.Context, config []byte) error
}

// ServeStore serves a store plugin: it is all that main does. It returns never; the process ends when its host asks for it or is gone.
func ServeStore(about About, s Store) { serve(NewStore(about, s)) }

// NewStore gives the plugin that [ServeStore] serves, for [Background].
func NewStore(about About, s Store) Plugin {
	return Plugin{
		kind: basev1.Kind_KIND_STORE, about: about, configure: s.Configure, impl: s,
		register: func(r grpc.ServiceRegistrar) { storev1.RegisterStoreServiceServer(r, storewire.Server(s)) },
	}
}
