package storewire

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"google.golang.org/grpc/status"
)

type server struct {
	storev1.UnimplementedStoreServiceServer
	store  store.Store
	memory *budget
	// pulse is how often a call that takes long says that it lives.
	pulse time.Duration
}

// Server serves the store. Parts of changes are kept in memory up to a bound for all of them, and in unnamed temporary files beyond.
func Server(s store.Store) storev1.StoreServiceServer {
	return &server{store: s, memory: newBudget(partsMemory), pulse: usualPulse}
}

// refused turns an error of the store into the field `error` of a response, or into a status when it is the call that has ended.
func refused(ctx context.Context, err error) (*storev1.StoreError, error) {
	if ctx.Err() != nil && !store.Decided(err) {
		return nil, status.FromContextError(ctx.Err()).Err()
	}
	return refusalOut(err), nil
}

func (s *server) Get(ctx context.Context, m *storev1.GetRequest) (*storev1.GetResponse, error) {
	r, err := s.store.Get(ctx, m.GetKind(), m.GetId())
	if err == nil {
		err = fits(recordSize(&r), "%s %q", r.Kind, r.ID)
	}
	if err != nil {
		e, err := refused(ctx, err)
		return &storev1.GetResponse{Error: e}, err
	}
	return &storev1.GetResponse{Record: recordOut(&r)}, nil
}

func (s *server) Sums(ctx context.Context, m *storev1.SumsRequest) (*storev1.SumsResponse, error) {
	sums, err := s.store.Sums(ctx, m.GetNames()...)
	if err != nil {
		e, err := refused(ctx, err)
		return &storev1.SumsResponse{Error: e}, err
	}
	return &storev1.SumsResponse{Sums: sums}, nil
}

func (s *server) AckEvents(ctx context.Context, m *storev1.AckEventsRequest) (*storev1.AckEventsResponse, error) {
	events := make([]store.Event, len(m.GetEvents()))
	for i, e := range m.GetEvents() {
		events[i] = eventIn(e)
		events[i].At = instantIn(e.GetAt())
	}
	if err := s.store.AckEvents(ctx, events); err != nil {
		e, err := refused(ctx, err)
		return &storev1.AckEventsResponse{Error: e}, err
	}
	return &storev1.AckEventsResponse{}, nil
}

// fits makes sure that a thing can travel back.
func fits(size int, what string, args ...any) error {
	if size <= maxItem {
		return nil
	}
	return fmt.Errorf("%s takes %d bytes, at most %d travel from a store plugin: read it with a program that opens the store itself",
		fmt.Sprintf(what, args...), size, maxItem)
}
