package storewire_test

import (
	"context"
	"net"
	"path/filepath"

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
	s, err := sqlite.Open(context.Background(), sqlite.Options{Path: filepath.Join(t.TempDir(), "store.db"), Durability: sqlite.Process})
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

// connect serves stores over a connection in memory, with the limits of plugins.
func connect(t storetest.T, server storev1.StoreServiceServer) *grpc.ClientConn {
	conn, _ := connectServer(t, server)
	return conn
}

// connectServer gives the server too, for tests that end it.
func connectServer(t storetest.T, server storev1.StoreServiceServer) (*grpc.ClientConn, *grpc.Server) {
	listener := bufconn.Listen(1 << 20)
	s := grpc.NewServer(grpc.MaxRecvMsgSize(wire.MaxMessage), grpc.MaxSendMsgSize(wire.MaxMessage))
	storev1.RegisterStoreServiceServer(s, server)
	served := make(chan error, 1)
	go func() { served <- s.Serve(listener) }()
	conn, err := grpc.NewClient("passthrough:store",
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(wire.MaxMessage), grpc.MaxCallSendMsgSize(wire.MaxMessage)),
	)
	if err != nil {
		t.Fatalf("%v", err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Errorf("%v", err)
		}
		s.Stop()
		if err := <-served; err != nil {
			t.Errorf("%v", err)
		}
	})
	return conn, s
}

// overWire puts a store behind the wire.
func overWire(t storetest.T, s store.Store) store.Store {
	return storewire.Client(connect(t, storewire.Server(s)))
}
