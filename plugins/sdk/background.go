package sdk

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/courtwire"
	"courts.example/eservices/plugins/internal/gatewaywire"
	"courts.example/eservices/plugins/internal/storewire"
	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
)

// TB is what Background needs of a testing.TB.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
	Cleanup(f func())
	Context() context.Context
}

// Running is a plugin that serves in the background of a test: the calls make the whole way over gRPC and a socket, through all that stands
// before an author's type in a process of its own.
type Running struct {
	t        TB
	server   *server
	conn     *grpc.ClientConn
	reattach wire.Reattach
}

// Background serves a plugin until the test ends; then it is closed. What fails fails the test.
func Background(t TB, p Plugin) *Running {
	t.Helper()
	if err := p.about.check(); err != nil {
		t.Fatalf("%v", err)
	}
	l, remove, err := listen()
	if err != nil {
		t.Fatalf("sdk: the background has no socket: %v", err)
	}
	s := newServer(p, Logger())
	s.verbose = true
	served := s.alone(l)
	target := "passthrough:" + l.Addr().String()
	if l.Addr().Network() == "unix" {
		target = "unix:" + l.Addr().String()
	}
	conn, err := grpc.NewClient(target, grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(wire.MaxMessage), grpc.MaxCallSendMsgSize(wire.MaxMessage)))
	if err != nil {
		t.Fatalf("sdk: %v", err)
	}
	t.Cleanup(func() {
		conn.Close()
		s.stop(graceReply)
		<-served
		s.close()
		remove()
	})
	return &Running{t: t, server: s, conn: conn, reattach: reattachTo(l.Addr())}
}

// Conn is a connection to the plugin, for the clients of package proto.
func (r *Running) Conn() *grpc.ClientConn { return r.conn }

// Reattach is the line that a program prints in debug mode: where a host of another process finds the plugin.
func (r *Running) Reattach() string { return r.reattach.String() }

// Panicked says that a call has panicked, after which a process of its own would have ended.
func (r *Running) Panicked() bool { return r.server.panicked.Load() }

// Configure hands over a configuration. The error is [Problems] when it can't be used.
func (r *Running) Configure(config []byte) error {
	a, err := basev1.NewPluginServiceClient(r.conn).Configure(r.t.Context(), &basev1.ConfigureRequest{Config: config})
	if err != nil {
		return err
	}
	var p Problems
	for _, q := range a.GetProblems() {
		p = append(p, Problem{Path: q.GetPath(), Text: q.GetText()})
	}
	return p.Err()
}

// configured hands over a configuration that must be taken.
func (r *Running) configured(config string) {
	r.t.Helper()
	if err := r.Configure([]byte(config)); err != nil {
		r.t.Fatalf("Configure: %v", err)
	}
}

// Gateway configures the plugin and gives the gateway as a host sees it.
func (r *Running) Gateway(config string) payment.Gateway {
	r.t.Helper()
	r.configured(config)
	g, err := gatewaywire.Load(r.t.Context(), r.conn)
	if err != nil {
		r.t.Fatalf("Describe: %v", err)
	}
	return g
}

// Store configures the plugin and gives the store as a host sees it.
func (r *Running) Store(config string) store.Store {
	r.t.Helper()
	r.configured(config)
	return storewire.Client(r.conn)
}

// Court configures the plugin and gives the court as a host sees it.
func (r *Running) Court(config string) icms.Court {
	r.t.Helper()
	r.configured(config)
	c, err := courtwire.Client(r.t.Context(), r.conn)
	if err != nil {
		r.t.Fatalf("Tables: %v", err)
	}
	return c
}
