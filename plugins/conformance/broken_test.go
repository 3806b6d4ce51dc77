package conformance_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/conformance"
	"courts.example/eservices/plugins/host"
)

// unchecked are the rules that no command can check of a gateway.
func unchecked() []string {
	return []string{"C8", "I1", "I16", "I18", "J3", "J6", "K3", "K6", "K8", "K9", "L2", "M2"}
}

// broken says of each bug which rules it breaks, and no other.
func broken() map[string][]string {
	return map[string][]string{
		"serves-anybody":               {"A1"},
		"is-never-the-same":            {"A2"},
		"declares-nonsense":            {"A3"},
		"takes-anything":               {"A4"},
		"believes-everybody":           {"A5"},
		"is-never-well":                {"A6"},
		"knows-every-field":            {"A7"},
		"answers-anything":             {"A8"},
		"takes-few-at-once":            {"A9", "P6"},
		"takes-not-many-at-once":       {"P6"},
		"ignores-sigterm":              {"A10"},
		"leaves-a-child":               {"A10", "P2", "P4"},
		"remembers":                    {"A11", "D12"},
		"outlives-its-deadline":        {"A12", "A13"},
		"is-never-given-up":            {"A13"},
		"hopes":                        {"D12"},
		"makes-keys-of-its-own":        {"D12"},
		"trusts-everybody":             {"D3", "K5"},
		"logs-its-configuration":       {"K1"},
		"repeats-its-configuration":    {"K1"},
		"repeats-the-request":          {"K1"},
		"writes-elsewhere":             {"K2"},
		"tells-a-child":                {"K4"},
		"panics":                       {"K7"},
		"is-always-well":               {"K10"},
		"is-slow":                      {"M1"},
		"lets-strangers-in":            {"P1"},
		"ignores-stdin":                {"P2"},
		"prints":                       {"P3"},
		"watches-the-clock":            {"P4"},
		"dies-of-size":                 {"P7"},
		"drains-nothing":               {"P8"},
		"lets-calls-in":                {"P8"},
		"takes-another-configuration":  {"P9"},
		"serves-without-configuration": {"A4", "P9"},
		"rounds":                       {"B2"},
	}
}

// brokenStores and brokenCourts are the bugs of the other kinds.
func brokenStores() map[string][]string {
	return map[string][]string{
		"store":                          {},
		"store-forgets":                  {"A11", "S1"},
		"store-tears":                    {"S1"},
		"store-keeps-what-was-abandoned": {"S2"},
	}
}

func brokenCourts() map[string][]string {
	return map[string][]string{
		"court":                                {},
		"court-has-no-name":                    {"P2", "T1", "T5"},
		"court-is-another-every-time":          {"A7", "T2"},
		"court-finds-what-it-does-not-declare": {"T3"},
		"court-takes-few-claims":               {"T3"},
		"court-draws-lots":                     {"T4"},
		"court-changes-its-mind":               {"T5"},
	}
}

// asked gives the rules that a broken plugin is asked about: those about processes, but the costly ones only when it breaks them. Of the others,
// which the suite of gateways proves itself by broken adapters, one is tried.
func asked(breaks []string) func(id string) bool {
	costly := []string{"K7", "M1", "P2", "P5", "P6"}
	return func(id string) bool {
		switch {
		case slices.Contains(breaks, id) || id == "A1":
			return true
		case slices.Contains(costly, id):
			return false
		}
		return strings.ContainsAny(id[:1], "AKMP") || slices.Contains([]string{"B2", "D3", "D12"}, id)
	}
}

func TestEachBrokenPluginFailsItsRuleAndNoOther(t *testing.T) {
	for bug, rules := range broken() {
		t.Run(bug, func(t *testing.T) {
			t.Parallel()
			if testing.Short() && bug != "logs-its-configuration" && bug != "lets-strangers-in" && bug != "makes-keys-of-its-own" {
				t.Skip("the three of the short run are others")
			}
			if bug == "writes-elsewhere" {
				t.Cleanup(func() { _ = os.Remove("/tmp/acme-pay-broken.log") })
			}
			report, err := conformance.CertifyOnly(t.Context(), gateways(t, bug), noon, asked(rules))
			require.NoError(t, err)
			slices.Sort(rules)
			failed := report.IDs(conformance.Failed)
			slices.Sort(failed)
			require.Equal(t, rules, failed, "%s", failures(report))
			require.False(t, report.Certified)
		})
	}
}

// failures prints what failed.
func failures(r conformance.Report) string {
	var b strings.Builder
	for _, result := range r.Results {
		if result.Status == conformance.Failed {
			fmt.Fprintf(&b, "%s: %.2000s\n", result.ID, strings.Join(result.Failures, "\n    "))
		}
	}
	return b.String()
}

func TestEachBrokenStoreAndCourtFailsItsRuleAndNoOther(t *testing.T) {
	ballymore, err := os.ReadFile("../../icms/tables/testdata/ballymore.json")
	require.NoError(t, err)
	hooked := strings.Replace(string(ballymore), "{", `{"hooks": ["assess"], "codes": [{"code": "ballymore.meter", "severity": "refusal",
		"text": {"en": "The meter {meter} is not in the register.", "ga": "The meter {meter}."}, "rule": "the meter is registered",
		"remedy": {"en": "Give the number on the meter."}, "provision": "practice"}],`, 1)
	for kind, c := range map[host.Kind]struct {
		config string
		bugs   map[string][]string
	}{
		host.Store: {`{"path":"{{dir}}/court.db"}`, brokenStores()},
		host.Court: {`{"document":` + hooked + `}`, brokenCourts()},
	} {
		for bug, rules := range c.bugs {
			t.Run(bug, func(t *testing.T) {
				t.Parallel()
				o := gateways(t, bug)
				o.Kind, o.Settings = kind, conformance.Settings{Config: json.RawMessage(c.config)}
				report, err := conformance.CertifyOnly(t.Context(), o, noon, func(id string) bool {
					return strings.ContainsAny(id[:1], "ST") || slices.Contains([]string{"A1", "A2", "A7", "A11", "K7", "P2", "P8"}, id)
				})
				require.NoError(t, err)
				require.Equal(t, rules, report.IDs(conformance.Failed), "%s", failures(report))
			})
		}
	}
}

func TestARightPluginIsCertified(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the whole suite takes a while")
	}
	report, err := conformance.Certify(t.Context(), gateways(t, ""), noon)
	require.NoError(t, err)
	require.True(t, report.Certified, report.String())
	require.Equal(t, []string{"C11", "E3", "H13"}, report.IDs(conformance.Skipped))
	left := report.IDs(conformance.NotChecked)
	slices.Sort(left)
	require.Equal(t, unchecked(), left, report.String())
	require.Empty(t, report.Unproven())
}

func TestAPluginThatDoesNotStartFailsTheStartAndNothingElse(t *testing.T) {
	report, err := conformance.Certify(t.Context(), gateways(t, "prints-first"), noon)
	require.NoError(t, err)
	require.Equal(t, []string{"A1"}, report.IDs(conformance.Failed), report.String())
	require.Empty(t, report.IDs(conformance.Passed))
	require.Len(t, report.Results, len(conformance.Rules("gateway")))
	require.False(t, report.Certified)
}
