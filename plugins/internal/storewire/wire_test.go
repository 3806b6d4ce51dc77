package storewire_test

import (
	"context"
	"errors"
	"net"
	"path/filepath"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/plugins/internal/storewire"
	"courts.example/eservices/plugins/internal/wire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"
)

// openSQLite opens a store in a new file. Durability does not matter here.
func openSQLite(t storetest.T) *sqlite.Store {
	s, err := sqlite.Open(context.Background(), sqlite.Options{Path: filepath.Join(t.TempDir(), "store.db"), Durability: sqlite.Process, Wait: 5 * time.Minute})
	if err != nil {
		t.Fatalf("%v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

// connect serves stores over a connection in memory, with the limits of plugins, until the case has ended.
func connect(t storetest.T, server storev1.StoreServiceServer) *grpc.ClientConn {
	conn, s := newConnection(t, server)
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Errorf("%v", err)
		}
		s.stop()
	})
	return conn
}

// serving is a server that is running.
type serving struct {
	grpc   *grpc.Server
	served chan error
}

// stop cuts all calls, and may be called by many.
func (s *serving) stop() {
	s.grpc.Stop()
	<-s.served
}

func newConnection(t storetest.T, server storev1.StoreServiceServer) (*grpc.ClientConn, *serving) {
	listener := bufconn.Listen(1 << 20)
	s := &serving{
		grpc:   grpc.NewServer(grpc.MaxRecvMsgSize(wire.MaxMessage), grpc.MaxSendMsgSize(wire.MaxMessage)),
		served: make(chan error),
	}
	storev1.RegisterStoreServiceServer(s.grpc, server)
	go func() {
		defer close(s.served)
		if err := s.grpc.Serve(listener); err != nil && !errors.Is(err, grpc.ErrServerStopped) {
			t.Errorf("%v", err)
		}
	}()
	conn, err := grpc.NewClient("passthrough:store",
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(wire.MaxMessage), grpc.MaxCallSendMsgSize(wire.MaxMessage)),
	)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return conn, s
}

// overWire puts a store behind the wire.
func overWire(t storetest.T, s store.Store) store.Store {
	return storewire.Client(connect(t, storewire.Server(s)))
}
