//go:build unix

package host_test

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/host"
	"courts.example/eservices/plugins/sdk"
	"courts.example/eservices/plugins/simpay/simpayplugin"
)

// company is a configuration of the simulated company. Nobody listens there: describing needs no network.
const company = `{"url":"http://127.0.0.1:9","secrets":["0123456789abcdef0123"],"currencies":["HKD"]}`

// shipped builds the plugin of a folder of the library.
func shipped(t *testing.T, dir, name string, kind host.Kind, version, config string) host.Plugin {
	t.Helper()
	out, err := exec.Command("go", "build", "-o", filepath.Join(dir, name), "courts.example/eservices/plugins/"+name).CombinedOutput()
	require.NoError(t, err, "%s", out)
	return host.Plugin{Name: name, Kind: kind, Version: version, Path: name, SHA256: digest(t, filepath.Join(dir, name)), Config: host.Secret(config)}
}

func TestNothingDownstreamCanTell(t *testing.T) {
	dir := t.TempDir()
	court := shipped(t, dir, "districtcourt", host.Court, "1.0.0", `{}`)
	court.Plugin = "hk-district-court"
	r := newRigOf(t, host.Options{Dir: dir, Manifest: host.Manifest{Plugins: []host.Plugin{
		shipped(t, dir, "simpay", host.Gateway, simpayplugin.About().Version, company),
		shipped(t, dir, "sqlite", host.Store, "1.0.0", `{"path":"`+filepath.Join(t.TempDir(), "court.db")+`"}`),
		court,
	}}})
	gateway, err := r.Gateway(r.ctx(), "simpay")
	require.NoError(t, err)
	require.Equal(t, []string{"HKD"}, gateway.Describe().Currencies)
	_, err = gateway.Query(r.ctx(), payment.QueryRequest{Reference: "R1"})
	var refused *payment.GatewayError
	require.ErrorAs(t, err, &refused)

	records, err := r.Store(r.ctx(), "sqlite")
	require.NoError(t, err)
	_, err = records.Get(r.ctx(), "case", "none")
	require.ErrorIs(t, err, store.ErrNotFound)

	district, err := r.Court(r.ctx(), "districtcourt")
	require.NoError(t, err)
	require.NotEmpty(t, district.Code)

	require.NoError(t, r.Close(r.ctx()))
	_, err = gateway.Query(r.ctx(), payment.QueryRequest{Reference: "R1"})
	require.ErrorAs(t, err, &refused)
	require.Equal(t, payment.Unavailable, refused.Class, "it was not sent")
	require.False(t, refused.Sent)
	_, err = records.Get(r.ctx(), "case", "none")
	require.ErrorIs(t, err, store.ErrBusy)
}

func TestAnAuthorAttachesToAPluginInADebugger(t *testing.T) {
	running := sdk.Background(t, sdk.NewGateway(simpayplugin.About(), new(simpayplugin.Plugin)))
	p := host.Plugin{Name: "acme", Plugin: "simpay", Kind: host.Gateway, Version: simpayplugin.About().Version, Path: "any", SHA256: zeros,
		Config: host.Secret(company)}
	o := host.Options{Dir: t.TempDir(), Manifest: host.Manifest{Plugins: []host.Plugin{p}}, Reattach: map[string]string{"acme": running.Reattach()}}
	for range 2 { // The plugin serves one host after the other.
		r := newRigOf(t, o)
		gateway, err := r.Gateway(r.ctx(), "acme")
		require.NoError(t, err)
		require.Equal(t, []string{"HKD"}, gateway.Describe().Currencies)
		require.Contains(t, r.log.String(), "attached to a plugin that nobody has checked")
		require.NoError(t, r.Close(r.ctx()))
	}

	for text, problem := range map[string]string{
		"junk": "reattach string",
		`{"network":"tcp","address":"192.0.2.1:80","pid":1,"protocol":1}`: "no port of the loopback",
	} {
		o.Reattach = map[string]string{"acme": text}
		r := newRigOf(t, o)
		_, err := r.Gateway(r.ctx(), "acme")
		require.ErrorContains(t, err, problem)
		require.Contains(t, remedy(t, err), "debug mode")
	}
	o.Reattach = map[string]string{"other": "x"}
	_, err := host.New(o)
	require.ErrorContains(t, err, `Reattach names "other"`)
}
