package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/conformance"
	"courts.example/eservices/plugins/host"
)

// The test's own program is the helper host when it is asked to.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == helper {
		if err := conformance.HelperHost(os.Stdin, os.Stdout); err != nil {
			os.Exit(exitUsage)
		}
		return
	}
	os.Exit(m.Run())
}

// build builds a program of this module.
func build(t *testing.T, name string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "plugin")
	text, err := exec.Command("go", "build", "-o", out, "courts.example/eservices/plugins/"+name).CombinedOutput()
	require.NoError(t, err, string(text))
	return out
}

func TestACourtIsCertifiedAndPinned(t *testing.T) {
	plugin, report := build(t, "districtcourt"), filepath.Join(t.TempDir(), "report.json")
	var out, errs bytes.Buffer
	require.Equal(t, exitCertified, certify(t.Context(), []string{"court", plugin, "-report", report, "-seed", "1"}, &out, &errs), "%s%s", &out, &errs)
	require.Empty(t, errs.String())
	require.Contains(t, out.String(), "passed      T1   the tables can be read, and are proven\n")
	require.Contains(t, out.String(), "passed      P2 ", "the command is its own helper host")
	text, err := os.ReadFile(report)
	require.NoError(t, err)
	var r conformance.Report
	require.NoError(t, json.Unmarshal(text, &r))
	digest, err := host.Digest(plugin)
	require.NoError(t, err)
	require.Equal(t, digest, r.Plugin.SHA256)
	require.Contains(t, out.String(), `"sha256":"`+digest+`"`)
}

func TestTheExitStatusTellsAFailureFromAMisuse(t *testing.T) {
	plugin := build(t, "conformance/internal/broken")
	settings := filepath.Join(t.TempDir(), "settings.json")
	require.NoError(t, os.WriteFile(settings, []byte(`{"config":{"url":"{{url}}"},"sandbox":{"kind":"simpay"},"args":["prints-first"]}`), 0o600))
	for name, c := range map[string]struct {
		args []string
		want int
		says string
	}{
		"a plugin that fails": {[]string{"-q", "gateway", "-config", settings, plugin}, exitFailed, "NOT CERTIFIED"},
		"nothing":             {nil, exitUsage, "usage: certify"},
		"no plugin":           {[]string{"gateway"}, exitUsage, "give a kind and a plugin"},
		"no such plugin":      {[]string{"gateway", plugin + "-none"}, exitUsage, "no such file"},
		"no such kind":        {[]string{"printer", plugin}, exitUsage, "gateway, store or court"},
		"no such flag":        {[]string{"gateway", plugin, "-skip", "A1"}, exitUsage, "not defined: -skip"},
		"no such settings":    {[]string{"gateway", plugin, "-config", settings + "-none"}, exitUsage, "no such file"},
		"no place":            {[]string{"-q", "gateway", "-config", settings, plugin, "-report", settings + "/none"}, exitUsage, "not a directory"},
	} {
		var out, errs bytes.Buffer
		require.Equal(t, c.want, certify(t.Context(), c.args, &out, &errs), name)
		require.Contains(t, out.String()+errs.String(), c.says, name)
	}
}

func TestSettingsAreReadStrictly(t *testing.T) {
	for _, text := range []string{`{"confg":{}}`, `{} {}`, `[]`, ``, `{"sandbox":{"kind":"simpay","skip":["C1"]}}`} {
		file := filepath.Join(t.TempDir(), "settings.json")
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		_, err := conformance.ReadSettings(file)
		require.ErrorIs(t, err, conformance.ErrUsage, text)
	}
}
