package storewire_test

import (
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/plugins/internal/storewire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"github.com/stretchr/testify/require"
)

// A change that takes long says so, and a host hears the answer after it.
func TestALongChangeSaysThatItLives(t *testing.T) {
	heard := make(chan struct{})
	server := storewire.ServerBeating(applyFunc(func(store.Change) error { <-heard; return nil }))
	conn := connect(storetest.Go(t), server)
	s, err := storev1.NewStoreServiceClient(conn).Apply(t.Context())
	require.NoError(t, err)
	require.NoError(t, s.Send(&storev1.ApplyRequest{Message: &storev1.ApplyRequest_Change{Change: &storev1.Change{Id: "1"}}}))
	for range 3 {
		m, err := s.Recv()
		require.NoError(t, err)
		require.NotNil(t, m.GetWorking())
	}
	close(heard)
	a, err := storewire.Client(conn).Apply(t.Context(), store.Change{ID: "2"})
	require.NoError(t, err)
	require.Equal(t, int64(1), a.Seq)

	working := &storev1.ApplyResponse{Message: &storev1.ApplyResponse_Working{Working: &storev1.Working{}}}
	_, err = told(t, &liar{apply: append([]*storev1.ApplyResponse{working, working}, answers(&storev1.Applied{Seq: 1})...)}).
		Apply(t.Context(), store.Change{ID: "1"})
	require.NoError(t, err)
}
