package host_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/host"
)

const zeros = "0000000000000000000000000000000000000000000000000000000000000000"

func TestAManifestIsRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "plugins.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"plugins":[
		{"name":"acme-live","plugin":"acme","kind":"gateway","version":"1.2.0","path":"acme/acme","sha256":"`+zeros+`",
		 "interpreter":{"path":"/usr/bin/node","sha256":"`+zeros+`"},"entry":"lib/main.js","args":["-v"],"env":["HTTPS_PROXY"],"config":"acme.json",
		 "timeout":"5s","concurrency":8,"health":"1m","crashes":3},
		{"name":"court","kind":"court","version":"2","path":"court","sha256":"`+zeros+`"}]}`), 0o600))
	m, err := host.ReadManifest(file)
	require.NoError(t, err)
	require.Len(t, m.Plugins, 2)
	require.Equal(t, "acme", m.Plugins[0].Plugin)
	require.Equal(t, 5*time.Second, time.Duration(m.Plugins[0].Timeout))
	again, err := json.Marshal(m)
	require.NoError(t, err)
	_, err = host.ParseManifest(again, t.TempDir())
	require.NoError(t, err, "what is written can be read")
	_, err = host.ReadManifest(file + "x")
	require.ErrorContains(t, err, "cannot read the manifest of plugins")
}

func TestAManifestIsRefusedWithEverythingThatIsWrong(t *testing.T) {
	_, err := host.ParseManifest([]byte(`{"plugins":[
		{"name":"A b","plugin":"-","kind":"bank","version":"","path":"../x","sha256":"12","entry":"/etc","interpreter":{"path":"node","sha256":"x"},
		 "args":["a\u0000b"],"env":["A=B","PLUGIN_X","ICMS_PLUGIN","TMPDIR"],"config":"../c","timeout":"-1s","concurrency":-1,"health":"11m","crashes":-1},
		{"name":"b","kind":"store","version":"1","path":"b","sha256":"`+zeros+`"},
		{"name":"b","kind":"store","version":"1","path":"b\\c","sha256":"`+strings.ToUpper(strings.ReplaceAll(zeros, "0", "a"))+`"}]}`), "/etc")
	var wrong *host.ManifestError
	require.ErrorAs(t, err, &wrong)
	var paths []string
	for _, p := range wrong.Problems {
		paths = append(paths, p.Path)
		require.NotEmpty(t, p.Text)
		require.Contains(t, err.Error(), p.Path)
	}
	require.ElementsMatch(t, []string{
		"/plugins/0/name", "/plugins/0/plugin", "/plugins/0/kind", "/plugins/0/version", "/plugins/0/path", "/plugins/0/sha256", "/plugins/0/entry",
		"/plugins/0/interpreter/path", "/plugins/0/interpreter/sha256", "/plugins/0/args/0", "/plugins/0/env/0", "/plugins/0/env/1",
		"/plugins/0/env/2", "/plugins/0/env/3", "/plugins/0/config", "/plugins/0/timeout", "/plugins/0/concurrency", "/plugins/0/health",
		"/plugins/0/crashes", "/plugins/2/path", "/plugins/2/sha256", "/plugins/2/name",
	}, paths)
}

func TestAManifestIsStrict(t *testing.T) {
	for text, problem := range map[string]string{
		``:                         "no JSON",
		`{"plugins":[}`:            "no JSON",
		`{"plugins":[]} x`:         "text after the document",
		`{"plugins":[]}{}`:         "text after the document",
		`{"plugin":[]}`:            "unknown field",
		`{"plugins":[{"nme":""}]}`: "unknown field",
		`{"plugins":[{"name":"a","sha256":"1","sha256":"2"}]}`:                                                     "/plugins/0/sha256: stands twice",
		`{"plugins":[{"name":"a","sha256":"1","SHA256":"2"}]}`:                                                     "/plugins/0/SHA256: is no member of a manifest",
		`{"plugins":[{"\u212aind":"store"}]}`:                                                                      "is no member of a manifest",
		`{"plugins":[{"timeout":"soon"}]}`:                                                                         `write "30s"`,
		`{"plugins":[{"timeout":5}]}`:                                                                              "cannot unmarshal",
		strings.Repeat("[", 100) + strings.Repeat("]", 100):                                                        "nested too deeply",
		`{"plugins":"` + strings.Repeat("x", 1<<20) + `"}`:                                                         "longer than",
		`{"plugins":[{"name":"a","config":"c","kind":"store","version":"1","path":"a","sha256":"` + zeros + `"}]}`: "there is no folder",
	} {
		_, err := host.ParseManifest([]byte(text), "")
		require.ErrorContains(t, err, problem)
		require.ErrorContains(t, err, "manifest of plugins")
	}
}

func TestAConfigurationByTheHostIsChecked(t *testing.T) {
	p := host.Plugin{Name: "a", Kind: host.Store, Version: "1", Path: "a", SHA256: zeros, Config: host.Secret("[]")}
	require.ErrorContains(t, host.Manifest{Plugins: []host.Plugin{p}}.Check(), "/plugins/0/config the configuration is no JSON object")
	p.Config, p.ConfigFile = host.Secret("{}"), "a.json"
	require.ErrorContains(t, host.Manifest{Plugins: []host.Plugin{p}}.Check(), "leave out the file")
}

// A store that is at a large change says so every five seconds: a shorter time would end each such change, and a batch could never be filed.
func TestAStoreHasTimeToSayThatItIsAtIt(t *testing.T) {
	p := host.Plugin{Name: "a", Kind: host.Store, Version: "1", Path: "a", SHA256: zeros}
	check := func(timeout time.Duration) error {
		p.Timeout = host.Duration(timeout)
		return host.Manifest{Plugins: []host.Plugin{p}}.Check()
	}
	require.ErrorContains(t, check(15*time.Second-1), "/plugins/0/timeout 14.999999999s: a store needs 15s or more")
	require.NoError(t, check(15*time.Second))
	require.NoError(t, check(0))
	p.Kind = host.Court
	require.NoError(t, check(time.Second))
}

func TestOptionsAreChecked(t *testing.T) {
	_, err := host.New(host.Options{})
	require.ErrorContains(t, err, "Options.Dir is empty")
	_, err = host.New(host.Options{Dir: "x", Limits: host.Limits{Drain: -1}})
	require.ErrorContains(t, err, "Limits.Drain is negative")
	_, err = host.New(host.Options{Dir: "x", Manifest: host.Manifest{Plugins: []host.Plugin{{}}}})
	require.ErrorContains(t, err, "/plugins/0/name")
}

func FuzzParseManifest(f *testing.F) {
	f.Add([]byte(`{"plugins":[{"name":"a","kind":"store","version":"1","path":"a","sha256":"` + zeros + `","timeout":"1s"}]}`))
	f.Add([]byte(`{"plugins":[{"env":["A"],"args":[""],"interpreter":{}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := host.ParseManifest(data, "/x")
		if err != nil {
			return
		}
		require.NoError(t, m.Check())
		for _, p := range m.Plugins {
			require.True(t, filepath.IsLocal(p.Path))
			require.Len(t, p.SHA256, 64)
		}
	})
}
