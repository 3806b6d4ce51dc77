package storewire_test

import (
	"context"
	"errors"
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/plugins/internal/storewire"
	"courts.example/eservices/plugins/internal/wire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// change is a request that begins a change of one record and parts.
func change(id string) *storev1.ApplyRequest {
	return &storev1.ApplyRequest{Message: &storev1.ApplyRequest_Change{Change: &storev1.Change{
		Id: id, Parts: true, Puts: []*storev1.Put{{Kind: "k", Id: id, Body: []byte("1")}},
	}}}
}

func part(id string) *storev1.ApplyRequest {
	return &storev1.ApplyRequest{Message: &storev1.ApplyRequest_Puts{Puts: &storev1.Puts{Puts: []*storev1.Put{{Kind: "k", Id: id, Body: []byte("1")}}}}}
}

// unused makes sure that an id was not committed, and that nothing of a change stayed.
func unused(t *testing.T, s store.Store, id string, records ...string) {
	t.Helper()
	for _, r := range records {
		_, err := s.Get(t.Context(), "k", r)
		require.ErrorIs(t, err, store.ErrNotFound)
	}
	a, err := s.Apply(t.Context(), store.Change{ID: id})
	require.NoError(t, err)
	require.False(t, a.Replayed)
}

// A host that ends the stream, leaves it or loses its connection between parts has committed nothing.
func TestAHostThatDiesBetweenPartsCommitsNothing(t *testing.T) {
	for name, die := range map[string]func(context.CancelFunc, *grpc.ClientConn, grpc.ClientStream) error{
		"ends the stream": func(_ context.CancelFunc, _ *grpc.ClientConn, s grpc.ClientStream) error { return s.CloseSend() },
		"leaves":          func(cancel context.CancelFunc, _ *grpc.ClientConn, _ grpc.ClientStream) error { cancel(); return nil },
		"is gone":         func(_ context.CancelFunc, c *grpc.ClientConn, _ grpc.ClientStream) error { return c.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			inside := openSQLite(storetest.Go(t))
			ended := make(chan error, 1)
			server, left := storewire.ServerWithin(inside, 1<<20)
			conn := dial(t, watched{server, ended})
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			s, err := storev1.NewStoreServiceClient(conn).Apply(ctx)
			require.NoError(t, err)
			require.NoError(t, s.Send(change("1")))
			m, err := s.Recv()
			require.NoError(t, err)
			require.NotNil(t, m.GetWantParts())
			require.NoError(t, s.Send(part("2")))
			require.NoError(t, die(cancel, conn, s))
			require.Error(t, <-ended)
			unused(t, inside, "1", "1", "2")
			require.Equal(t, int64(1<<20), left(), "the memory was given back")
		})
	}
}

// watched tells how Apply has ended.
type watched struct {
	storev1.StoreServiceServer
	ended chan error
}

func (w watched) Apply(to grpc.BidiStreamingServer[storev1.ApplyRequest, storev1.ApplyResponse]) error {
	err := w.StoreServiceServer.Apply(to)
	w.ended <- err
	return err
}

func dial(t *testing.T, server storev1.StoreServiceServer) *grpc.ClientConn {
	conn, s := newConnection(storetest.Go(t), server)
	t.Cleanup(func() {
		_ = conn.Close() // some tests have closed it
		s.stop()
	})
	return conn
}

// While the host has not sent all, a transaction that others have to wait for is not open.
func TestNoTransactionWaitsForTheHost(t *testing.T) {
	s := overWire(storetest.Go(t), openSQLite(storetest.Go(t)))
	_, err := s.Apply(t.Context(), store.Change{ID: "long", Parts: func(yield func([]store.Put, error) bool) {
		_, err := s.Apply(t.Context(), store.Change{ID: "meanwhile", Puts: []store.Put{{Kind: "k", ID: "1", Body: []byte("1")}}})
		yield([]store.Put{{Kind: "k", ID: "2", Body: []byte("1")}}, err)
	}})
	require.NoError(t, err)
}

// A plugin that dies before the commit, or after it and before the answer: the caller does not know, and the same id again gives the
// answer of the one commit that there is.
func TestAPluginThatDiesLeavesTheSameAnswer(t *testing.T) {
	for name, committed := range map[string]bool{"amid the parts": false, "before the commit": false, "after the commit": true} {
		t.Run(name, func(t *testing.T) {
			inside := openSQLite(storetest.Go(t))
			dying := &dies{Store: inside, before: name == "before the commit", after: committed}
			conn, server := newConnection(storetest.Go(t), storewire.Server(dying))
			dying.die = server.stop
			c := store.Change{ID: "1", At: noon, Chain: "c", Draw: []store.Draw{{Sequence: "q", Count: 3}}, Parts: one(listed(2000, 2000))}
			first := c
			if name == "amid the parts" {
				first.Parts = func(yield func([]store.Put, error) bool) {
					for i, p := range listed(2000, 2000) {
						if i == 1000 {
							server.stop()
						}
						if !yield([]store.Put{p}, nil) {
							return
						}
					}
				}
			}
			_, err := storewire.Client(conn).Apply(t.Context(), first)
			require.Error(t, err)
			require.False(t, store.Decided(err), "%v", err)
			require.ErrorContains(t, err, "apply the same id again")
			require.NoError(t, conn.Close())

			s := overWire(storetest.Go(t), inside)
			a, err := s.Apply(t.Context(), c)
			require.NoError(t, err)
			require.Equal(t, committed, a.Replayed)
			require.Equal(t, []int64{1}, a.First)
			require.Equal(t, int64(2000), a.Link.Records)
			again, err := s.Apply(t.Context(), c)
			require.NoError(t, err)
			again.Replayed = a.Replayed
			require.Equal(t, a, again)
		})
	}
}

// dies is a store whose server ends around the commit of a change with parts.
type dies struct {
	store.Store
	before, after bool
	die           func()
}

func (d *dies) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	if d.before {
		parts := c.Parts
		c.Parts = func(yield func([]store.Put, error) bool) {
			for part, err := range parts {
				if err == nil {
					go d.die()
					<-ctx.Done()
				}
				if !yield(part, err) {
					return
				}
			}
		}
	}
	a, err := d.Store.Apply(ctx, c)
	if err == nil && d.after {
		go d.die()
		<-ctx.Done()
	}
	return a, err
}

// A call that never left is busy, whatever it was: nothing was committed.
func TestACallThatWasNotSentIsBusy(t *testing.T) {
	s := storewire.Client(silent{wire.ErrNotSent})
	for name, err := range everyCall(t.Context(), s) {
		require.ErrorIs(t, err, store.ErrBusy, name)
		require.ErrorIs(t, err, wire.ErrNotSent, name)
		require.True(t, store.Decided(err))
	}
}

// Any other failure of a call is none of the sentinels.
func TestACallThatFailedIsUnknown(t *testing.T) {
	lost := status.Error(codes.Unavailable, "the plugin sqlite 1.0.0 (incarnation 3) has died")
	s := storewire.Client(silent{lost})
	for name, err := range everyCall(t.Context(), s) {
		require.False(t, store.Decided(err), name)
		require.ErrorContains(t, err, "incarnation 3", name)
		require.Equal(t, codes.Unavailable, status.Code(err), name)
	}
}

func TestACallOfAContextThatHasEndedSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, cause := range []error{wire.ErrNotSent, status.Error(codes.Canceled, "gone"), context.Canceled} {
		for name, err := range everyCall(ctx, storewire.Client(silent{cause})) {
			require.ErrorIs(t, err, context.Canceled, name)
			require.False(t, errors.Is(err, store.ErrBusy), name)
		}
	}
}

// everyCall makes each call and gives the errors.
func everyCall(ctx context.Context, s store.Store) map[string]error {
	all := map[string]error{}
	_, all["apply"] = s.Apply(ctx, store.Change{ID: "1", Parts: one(nil)})
	_, all["get"] = s.Get(ctx, "k", "1")
	_, all["list"] = s.List(ctx, store.Query{Index: "i"})
	_, all["match"] = s.Match(ctx, "i", []string{"a"})
	_, all["sums"] = s.Sums(ctx, "a")
	_, all["claim work"] = s.ClaimWork(ctx, store.Claim{Now: noon, Lease: 1})
	_, all["claim events"] = s.ClaimEvents(ctx, store.Claim{Now: noon, Lease: 1})
	all["acknowledge"] = s.AckEvents(ctx, []store.Event{{ID: "1"}})
	_, all["links"] = s.Links(ctx, "c", 0, 1)
	for _, err := range s.Changed(ctx, store.Link{ChangeSeq: 1}) {
		all["changed"] = err
	}
	return all
}

// silent is a connection on which every call fails.
type silent struct{ err error }

func (s silent) Invoke(context.Context, string, any, any, ...grpc.CallOption) error { return s.err }

func (s silent) NewStream(context.Context, *grpc.StreamDesc, string, ...grpc.CallOption) (grpc.ClientStream, error) {
	return nil, s.err
}
