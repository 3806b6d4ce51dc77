//go:build unix

package host_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/host"
)

const secret = "sk_live_0123456789"

// configured is the plugin with a configuration by the host.
func configured(config string) host.Plugin {
	p := echo()
	p.Config = host.Secret(config)
	return p
}

func TestAConfigurationIsRefusedWithEverythingThatIsWrong(t *testing.T) {
	r := newRig(t, host.Limits{}, configured(`{"secret":"`+secret+`","refuse":60}`))
	err := r.refused()
	require.ErrorIs(t, err, host.ErrConfig)
	var refused *host.ConfigError
	require.ErrorAs(t, err, &refused)
	require.Len(t, refused.Problems, 51)
	require.Equal(t, host.Problem{Path: "/field0", Text: "wrong: <config /secret>"}, refused.Problems[0])
	require.Equal(t, "and 10 more", refused.Problems[50].Text)
	require.Equal(t, host.Quarantined, r.status().State)
	require.NotContains(t, r.log.String(), secret)
}

func TestASecretStandsNowhere(t *testing.T) {
	r := newRig(t, host.Limits{}, configured(`{"secret":"`+secret+`"}`))
	require.Equal(t, secret, r.ask("secret:"), "the plugin has it")
	require.NotContains(t, r.ask("env:"), secret)
	require.NotContains(t, r.ask("args:"), secret)
	r.ask("log:my key is " + secret)
	_, err := query(r.ctx(), r.conn(), "fail:3")
	require.ErrorContains(t, err, "as asked, with <config /secret>")
	require.NotContains(t, err.Error(), secret)
	eventually(t, "the line is in the log", func() bool { return strings.Contains(r.log.String(), "my key is <config /secret>") })
	require.NotContains(t, r.log.String(), secret)

	r = newRig(t, host.Limits{}, configured(`{"secret":"`+secret+`","repeat":true}`))
	err = r.refused()
	require.ErrorIs(t, err, host.ErrStart)
	require.ErrorContains(t, err, "my secret is <config /secret>")
	require.NotContains(t, err.Error()+r.log.String(), secret)

	shown, err := json.Marshal(configured(secret))
	require.NoError(t, err)
	require.NotContains(t, fmt.Sprintf("%s %v %+v %#v %q %x", shown, configured(secret), configured(secret), configured(secret),
		configured(secret).Config, configured(secret).Config), secret)
}

func TestAConfigurationIsReadFromBesideTheManifest(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		return file
	}
	manifest := write("plugins.json", fmt.Sprintf(`{"plugins":[{"name":"echo","kind":"gateway","version":"1.0.0","path":%q,"sha256":%q,
		"config":"echo.json","timeout":"5s"}]}`, program, built.digest))
	m, err := host.ReadManifest(manifest)
	require.NoError(t, err)
	r := newRigOf(t, host.Options{Manifest: m, Dir: built.dir})
	for config, problem := range map[string]string{
		"": "no such file", `[1]`: "no JSON object", `{"a":`: "no JSON object", `null`: "no JSON object",
		`{"a":"` + strings.Repeat("x", 1<<20) + `"}`: "longer than a configuration may be",
	} {
		if config != "" {
			write("echo.json", config)
		}
		err := r.refused()
		require.ErrorIs(t, err, host.ErrConfig)
		require.ErrorContains(t, err, problem)
		require.NoError(t, r.Reset("echo"))
		require.NoError(t, os.RemoveAll(filepath.Join(dir, "echo.json")))
	}
	require.NoError(t, os.Symlink("/etc/hostname", filepath.Join(dir, "echo.json")))
	require.ErrorContains(t, r.refused(), "escapes")
	require.NoError(t, os.Remove(filepath.Join(dir, "echo.json")))
	require.NoError(t, r.Reset("echo"))
	write("echo.json", `{"secret":"from a file"}`)
	require.Equal(t, "from a file", r.ask("secret:"))
}

// A file that is being replaced when it is read is read again at the next start, as is one for which the host had no handle; one that is not there
// won't come by itself.
func TestAConfigurationThatIsHalfWrittenIsReadAgain(t *testing.T) {
	dir := t.TempDir()
	manifest, file := filepath.Join(dir, "plugins.json"), filepath.Join(dir, "echo.json")
	require.NoError(t, os.WriteFile(manifest, fmt.Appendf(nil, `{"plugins":[{"name":"echo","kind":"gateway","version":"1.0.0","path":%q,"sha256":%q,
		"config":"echo.json"}]}`, program, built.digest), 0o600))
	m, err := host.ReadManifest(manifest)
	require.NoError(t, err)
	r := newRigOf(t, host.Options{Manifest: m, Dir: built.dir, Limits: host.Limits{BackoffMin: time.Millisecond}})
	require.NoError(t, os.WriteFile(file, []byte(`{"secret":"wh`), 0o600))
	require.ErrorIs(t, r.refused(), host.ErrConfig)
	require.Equal(t, host.Backoff, r.status().State)
	require.NoError(t, os.WriteFile(file, []byte(`{"secret":"whole"}`), 0o600))
	require.Equal(t, "whole", r.ask("secret:"))

	require.NoError(t, os.Remove(file))
	r.kill(r.pid())
	require.ErrorIs(t, r.refused(), host.ErrConfig)
	require.Equal(t, host.Quarantined, r.status().State)
}
