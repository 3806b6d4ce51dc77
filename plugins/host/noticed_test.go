package host

import (
	"context"
	"io"
	"net"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/connectivity"
	"google.golang.org/grpc/credentials/insecure"
)

// The end of a connection is known before a call learns that it has failed, however long the news of it takes on other ways.
func TestTheEndOfAConnectionIsKnownAtOnce(t *testing.T) {
	for how, end := range map[string]func(ours, theirs net.Conn) error{
		"read": func(ours, theirs net.Conn) error {
			_ = theirs.Close()
			_, err := ours.Read(make([]byte, 1))
			return err
		},
		"write": func(ours, theirs net.Conn) error { _ = theirs.Close(); _, err := ours.Write([]byte("x")); return err },
		"close": func(ours, _ net.Conn) error { _ = ours.Close(); return io.EOF },
	} {
		var p process
		near, theirs := net.Pipe()
		ours := noticed{near, &p.broken}
		go func() { _, _ = theirs.Write([]byte("x")) }()
		_, err := ours.Read(make([]byte, 1))
		require.NoError(t, err)
		require.False(t, p.broken.Load(), "%s: it stands", how)
		require.Error(t, end(ours, theirs), how)
		require.True(t, p.broken.Load(), how)
		_, _ = near.Close(), theirs.Close()
	}
}

// gRPC still says that the connection is ready, and the process has not ended yet: a call that has failed is told that the plugin died all the same.
func TestACallIsToldOfAnEndBeforeTheNewsIsEverywhere(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := grpc.NewServer()
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	p := &process{run: &attached{dead: make(chan struct{})}, addr: listener.Addr()}
	p.conn, err = grpc.NewClient("passthrough:///plugin", append(p.dialOptions(), grpc.WithTransportCredentials(insecure.NewCredentials()))...)
	require.NoError(t, err)
	t.Cleanup(func() { _ = p.conn.Close() })
	p.conn.Connect()
	for state := p.conn.GetState(); state != connectivity.Ready; state = p.conn.GetState() {
		require.True(t, p.conn.WaitForStateChange(t.Context(), state))
	}
	var s supervisor
	require.NoError(t, s.lostWith(p), "both stand")
	p.broken.Store(true)
	require.ErrorContains(t, s.lostWith(p), "it closed the connection")
	require.NoError(t, p.run.Kill(context.Background()))
}
