package sdk_test

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/internal/gatewaywire"
	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
)

// The end of stdin is the end of the process, and its author's type is closed.
func TestLifeLine(t *testing.T) {
	p := start(t, "plain")
	closed := filepath.Join(t.TempDir(), "closed")
	p.configure(settings{Secret: "a secret", Closed: closed})
	require.NoError(t, p.query(payment.QueryRequest{Reference: "A-1"}))
	require.NoError(t, p.stdin.Close())
	require.Equal(t, 0, p.end(), "%s", p.stderr)
	require.FileExists(t, closed)
	require.Contains(t, p.stderr.String(), "life line")
}

// A host that is gone before it ever called leaves no process.
func TestLifeLineBeforeAnyCall(t *testing.T) {
	p := start(t, "plain")
	require.NoError(t, p.stdin.Close())
	require.Equal(t, 0, p.end(), "%s", p.stderr)
}

// A call that hangs does not keep the process when the host is gone.
func TestLifeLineWithACallThatHangs(t *testing.T) {
	p := start(t, "plain")
	if testing.Short() {
		t.Skip("the call is given some seconds")
	}
	closed := filepath.Join(t.TempDir(), "closed")
	p.configure(settings{Secret: "a secret", Closed: closed})
	inside := p.stderr.wait("hanging")
	done := make(chan error, 1)
	go func() { done <- p.query(payment.QueryRequest{Reference: "hang"}) }()
	<-inside
	require.NoError(t, p.stdin.Close())
	require.Equal(t, 0, p.end(), "%s", p.stderr)
	require.Error(t, <-done)
	require.FileExists(t, closed)
	require.Contains(t, p.stderr.String(), "ends with calls running")
}

// A panic is answered, told without what was asked, and the last of the process.
func TestPanicEndsTheProcess(t *testing.T) {
	for reference, says := range map[string]string{"panic": "a value of type string", "nil": "assignment to entry in nil map"} {
		p := start(t, "plain")
		p.configure(settings{Secret: "a secret"})
		err := p.query(payment.QueryRequest{Reference: reference, GatewayRef: "the payer's own words"})
		var g *payment.GatewayError
		require.ErrorAs(t, err, &g)
		require.Equal(t, payment.Unknown, g.Class)
		require.Equal(t, codes.Internal, status.Code(g.Cause), "%v", g.Cause)
		require.Equal(t, 2, p.end())
		require.Contains(t, p.stderr.String(), says)
		require.Contains(t, p.stderr.String(), "sdk_test.(*trial).Query", "the stack")
		require.NotContains(t, p.stderr.String(), "own words")
		require.Equal(t, "error", p.logged()[0]["@level"])
	}
}

// What a program prints neither breaks the handshake nor blocks it: it is logged.
func TestPrintsAreLogged(t *testing.T) {
	p := start(t, "plain")
	p.configure(settings{Secret: "a secret", Print: 20_000}) // more than any pipe holds
	require.NoError(t, p.query(payment.QueryRequest{Reference: "A-1"}))
	require.NoError(t, p.stdin.Close())
	require.Equal(t, 0, p.end())
	require.Contains(t, p.stderr.String(), "line 100 of a program that prints")
	p.logged()
}

// A program that prints while it starts to serve has its handshake in a line of its own.
func TestChatterBesideTheHandshake(t *testing.T) {
	cmd, stderr := command(t, "chatter", wire.CookieKey+"="+wire.CookieValue, "PLUGIN_PROTOCOL_VERSIONS=1")
	stdin, err := cmd.StdinPipe()
	require.NoError(t, err)
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(stdout)
	found := false
	for !found && lines.Scan() { // what was printed before Serve is there too; nothing can be done about that
		found = strings.HasPrefix(lines.Text(), "1|1|unix|")
	}
	require.True(t, found)
	<-stderr.wait("chatter 19999")
	require.NoError(t, stdin.Close())
	for lines.Scan() {
		require.Empty(t, lines.Text(), "after the handshake nothing comes on stdout")
	}
	require.NoError(t, cmd.Wait())
}

func TestWithoutAHost(t *testing.T) {
	for mode, says := range map[string]string{"plain": "trial-pay 1.2.3 is a plugin", "nameless": `Name "No Name"`} {
		cmd, stderr := command(t, mode)
		require.Error(t, cmd.Run())
		require.Equal(t, 1, cmd.ProcessState.ExitCode())
		require.Contains(t, stderr.String(), says)
	}
}

// The stock client of go-plugin starts it with mutual TLS and ends it.
func TestStockClient(t *testing.T) {
	cmd, _ := command(t, "plain")
	cmd.Stderr = nil // the client sets it
	closed := filepath.Join(t.TempDir(), "closed")
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  plugin.HandshakeConfig{ProtocolVersion: wire.Protocol, MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue},
		VersionedPlugins: map[int]plugin.PluginSet{wire.Protocol: {"icms": connection{}}},
		Cmd:              cmd, AutoMTLS: true, SkipHostEnv: true, AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		Logger: hclog.NewNullLogger(),
	})
	defer client.Kill()
	protocol, err := client.Client()
	require.NoError(t, err)
	dispensed, err := protocol.Dispense("icms")
	require.NoError(t, err)
	conn := dispensed.(grpc.ClientConnInterface)
	base := basev1.NewPluginServiceClient(conn)
	info, err := base.Info(t.Context(), &basev1.InfoRequest{})
	require.NoError(t, err)
	require.Equal(t, basev1.Kind_KIND_GATEWAY, info.GetKind())
	require.Equal(t, []string{"trial-pay", "1.2.3", "icms-sdk-go"}, []string{info.GetName(), info.GetVersion(), info.GetSdk()})
	_, err = base.Configure(t.Context(), &basev1.ConfigureRequest{Config: []byte(`{"secret":"a secret","closed":"` + closed + `"}`)})
	require.NoError(t, err)
	_, err = gatewaywire.Client(conn).Query(t.Context(), payment.QueryRequest{Reference: "A-1"})
	require.NoError(t, err)
	client.Kill()
	require.True(t, client.Exited())
	require.FileExists(t, closed)
}

// connection has go-plugin give its connection.
type connection struct{ plugin.NetRPCUnsupportedPlugin }

// In debug mode a program prints where it is and serves until interrupted.
func TestDebugMode(t *testing.T) {
	cmd, stderr := command(t, "plain", "ICMS_PLUGIN_DEBUG=1")
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	line, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err, "%s", stderr)
	at, err := wire.ParseReattach(line)
	require.NoError(t, err)
	require.Equal(t, cmd.Process.Pid, at.PID)
	for range 2 { // one host after the other
		conn, err := grpc.NewClient("unix:"+at.Address, grpc.WithTransportCredentials(insecure.NewCredentials()))
		require.NoError(t, err)
		_, err = basev1.NewPluginServiceClient(conn).Info(t.Context(), &basev1.InfoRequest{})
		require.NoError(t, err)
		require.NoError(t, conn.Close())
	}
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	require.NoError(t, cmd.Wait(), "%s", stderr)
	require.NoFileExists(t, at.Address)
	require.NoDirExists(t, filepath.Dir(at.Address))
}
