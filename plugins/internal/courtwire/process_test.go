package courtwire_test

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/plugins/internal/courtwire"
	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
	"courts.example/eservices/plugins/sdk"
)

// The test program is a plugin when a host starts it: the court of Ballymore with its hooks.
func TestMain(m *testing.M) {
	if os.Getenv(wire.CookieKey) != "" {
		document, err := os.ReadFile(os.Getenv("BALLYMORE"))
		if err != nil {
			panic(err)
		}
		sdk.ServeCourt(sdk.About{Name: "ballymore", Version: "1.0.0"}, &served{asked{plain: document}})
	}
	os.Exit(m.Run())
}

// served is a court whose assessor dies with its process when it meets a claim K.
type served struct{ asked }

func (*served) Configure(context.Context, []byte) error { return nil }

func (s *served) Assess(ctx context.Context, claimant filing.Claimant, at time.Time, claims []*filing.Claim) ([]filing.Assessed, error) {
	for _, c := range claims {
		if c.Reference == "K-1" {
			if me, err := os.FindProcess(os.Getpid()); err == nil {
				_ = me.Kill()
			}
			<-ctx.Done()
		}
	}
	return s.asked.Assess(ctx, claimant, at, claims)
}

// start runs the court in a process of its own, over mutual TLS.
func start(t *testing.T) grpc.ClientConnInterface {
	t.Helper()
	path := t.TempDir() + "/ballymore.json"
	require.NoError(t, os.WriteFile(path, ballymore(t, filing.AssessHook), 0o600))
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "BALLYMORE="+path)
	c := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion: wire.Protocol, MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue,
		},
		VersionedPlugins: map[int]plugin.PluginSet{wire.Protocol: {}}, Cmd: cmd, AutoMTLS: true,
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC}, Logger: hclog.NewNullLogger(),
	})
	t.Cleanup(c.Kill)
	client, err := c.Client()
	require.NoError(t, err)
	conn := client.(*plugin.GRPCClient).Conn
	said, err := basev1.NewPluginServiceClient(conn).Configure(t.Context(), &basev1.ConfigureRequest{Config: []byte("{}")})
	require.NoError(t, err)
	require.Empty(t, said.GetProblems())
	return conn
}

// later is a connection that can be exchanged, as a host does when a plugin is started anew.
type later struct{ grpc.ClientConnInterface }

// A court in a process of its own files a batch from a deposit account in its currency. When it dies in the middle of File, nothing is left behind, and
// the next process files the same bytes.
func TestAForeignCourtInItsOwnProcess(t *testing.T) {
	conn := &later{start(t)}
	served, err := courtwire.Client(t.Context(), conn)
	require.NoError(t, err)
	s := counter(t, served)
	r, err := s.Registry().File(t.Context(), batch(claims("A-1", "A-2"), "gaelic-gas"))
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State, "%v", r.Findings)
	require.Equal(t, "EUR 170.00", balance(t, s))
	require.Equal(t, "D-0001/2026", r.Acknowledgement.FirstCase)

	for _, references := range [][]string{{"K-1"}, {"B-1"}} { // the first kills it, the second finds it dead
		_, err = s.Registry().File(t.Context(), batch(claims(references...), "gaelic-gas"))
		var failed *filing.HookError
		require.ErrorAs(t, err, &failed)
		require.Equal(t, filing.AssessHook, failed.Hook)
		require.Equal(t, "EUR 170.00", balance(t, s))
	}
	conn.ClientConnInterface = start(t)
	r, err = s.Registry().File(t.Context(), batch(claims("B-1"), "gaelic-gas"))
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State)
	require.False(t, r.Replayed)
	require.Equal(t, "D-0003/2026", r.Acknowledgement.FirstCase)
	require.Equal(t, "EUR 155.00", balance(t, s))
	require.NoError(t, s.Audit().Verify(t.Context(), "BMC", 2026))
}
