package conformance_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/conformance"
	"courts.example/eservices/plugins/host"
)

// few certifies the plugin by what takes no time.
func few(t *testing.T, bug string, ids ...string) conformance.Report {
	t.Helper()
	report, err := conformance.CertifyOnly(t.Context(), gateways(t, bug), noon, func(id string) bool { return slices.Contains(ids, id) })
	require.NoError(t, err)
	return report
}

func TestTheDigestOfAReportIsTheOneThatAManifestPins(t *testing.T) {
	report := few(t, "", "A1", "A2")
	digest, err := host.Digest(filepath.Join(built, "broken"))
	require.NoError(t, err)
	require.Equal(t, digest, report.Plugin.SHA256)

	company := gateways(t, "")
	h, err := host.New(host.Options{Dir: built, Manifest: host.Manifest{Plugins: []host.Plugin{{
		Name: report.Plugin.Name, Kind: host.Gateway, Version: report.Plugin.Version, Path: "broken", SHA256: report.Plugin.SHA256,
		Config: host.Secret(`{"url":"http://127.0.0.1:9","secrets":["a secret of the tests"],"currencies":["HKD"],"means":["card"]}`),
	}}}})
	require.NoError(t, err)
	defer func() { require.NoError(t, h.Close(t.Context())) }()
	g, err := h.Gateway(t.Context(), report.Plugin.Name)
	require.NoError(t, err)
	require.Equal(t, "acme", g.Describe().ID)
	require.Equal(t, host.Kind(report.Plugin.Kind), company.Kind)
}

func TestAReportSaysWhatWasChecked(t *testing.T) {
	report := few(t, "is-never-well", "A1", "A2", "A6")
	text, err := json.Marshal(report)
	require.NoError(t, err)
	var again conformance.Report
	require.NoError(t, json.Unmarshal(text, &again))
	require.Equal(t, noon(), again.Date)
	require.Equal(t, conformance.Suite, again.Suite)
	require.Equal(t, 1, again.Protocol)
	require.Equal(t, payment.ByKey, again.Capabilities.Idempotency)
	require.Len(t, again.Results, len(conformance.Rules(host.Gateway)))
	require.Equal(t, map[conformance.Status]int{
		conformance.Passed: 2, conformance.Failed: 1, conformance.Skipped: 0, conformance.NotChecked: len(again.Results) - 3,
	}, again.Counts)
	require.False(t, again.Certified)
	for _, r := range again.Results {
		require.NotEmpty(t, r.Rule, r.ID)
		require.Equal(t, r.Status == conformance.Failed, len(r.Failures) > 0, r.ID)
		require.Equal(t, r.Status == conformance.NotChecked, r.Reason != "", r.ID)
	}
	require.Contains(t, report.String(), "NOT CERTIFIED: gateway acme-pay 2.1.0")
	require.NotContains(t, report.String(), "Pin it")
}

// Who reads the verdict by a program finds beside it what it leaves open; a store's rules leave no money open.
func TestTheVerdictInJSONSaysWhatItLeavesOpen(t *testing.T) {
	report := conformance.Report{Certified: true, Plugin: conformance.Plugin{Kind: "gateway"}, Results: []conformance.Result{
		{ID: "A1", Status: conformance.Passed}, {ID: "A12", Status: conformance.NotChecked}, {ID: "K1", Status: conformance.NotChecked},
	}}
	read := func() (got struct {
		Certified bool
		Unproven  []string
		Results   []conformance.Result
	}) {
		text, err := json.Marshal(report)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &got))
		return got
	}
	got := read()
	require.True(t, got.Certified)
	require.Equal(t, []string{"K1"}, got.Unproven)
	require.Len(t, got.Results, 3)
	report.Plugin.Kind = "store"
	require.Equal(t, []string{}, read().Unproven, "an empty list, not null")
}

func TestIdsAreUnique(t *testing.T) {
	for _, kind := range []host.Kind{host.Gateway, host.Store, host.Court} {
		seen := map[string]bool{}
		for _, r := range conformance.Rules(kind) {
			require.False(t, seen[r.ID], "%s: %s stands twice", kind, r.ID)
			require.NotEmpty(t, r.Text)
			seen[r.ID] = true
		}
	}
}

func TestWhatCannotBeCheckedIsAnErrorAndNoVerdict(t *testing.T) {
	good := gateways(t, "")
	for name, change := range map[string]func(o *conformance.Options){
		"no such kind":        func(o *conformance.Options) { o.Kind = "printer" },
		"no such plugin":      func(o *conformance.Options) { o.Path = filepath.Join(built, "none") },
		"a folder, no entry":  func(o *conformance.Options) { o.Path = built },
		"a file and an entry": func(o *conformance.Options) { o.Entry = "main" },
		"no such interpreter": func(o *conformance.Options) { o.Interpreter = "no-such-interpreter" },
		"no such sandbox":     func(o *conformance.Options) { o.Settings.Sandbox.Kind = "bank" },
		"nowhere the url":     func(o *conformance.Options) { o.Settings.Config = json.RawMessage(`{}`) },
		"no configuration":    func(o *conformance.Options) { o.Settings.Config = json.RawMessage(`{`) },
		"control without url": func(o *conformance.Options) { o.Settings.Sandbox = conformance.Company{Kind: "control"} },
		"a store's sandbox":   func(o *conformance.Options) { o.Kind = host.Store },
	} {
		o := good
		change(&o)
		_, err := conformance.Certify(t.Context(), o, noon)
		require.ErrorIs(t, err, conformance.ErrUsage, name)
	}
}
