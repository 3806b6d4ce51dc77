package conformance_test

import (
	"encoding/json"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
	"courts.example/eservices/plugins/conformance"
	"courts.example/eservices/plugins/host"
)

// shipped certifies a plugin of this repository.
func shipped(t *testing.T, kind host.Kind, name, config string) conformance.Report {
	t.Helper()
	o := gateways(t, "")
	o.Kind, o.Path, o.Settings = kind, filepath.Join(built, name), conformance.Settings{Config: json.RawMessage(config)}
	report, err := conformance.Certify(t.Context(), o, noon)
	require.NoError(t, err)
	require.True(t, report.Certified, failures(report))
	return report
}

func TestTheShippedStoreIsCertified(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the whole suite takes a while")
	}
	report := shipped(t, host.Store, "sqlite", `{"path":"{{dir}}/court.db"}`)
	left := report.IDs(conformance.NotChecked)
	slices.Sort(left)
	require.Equal(t, []string{"A12", "A13", "K3", "K8", "K9", "M1", "M2", "S3"}, left, report.String())
	require.Subset(t, report.IDs(conformance.Passed), []string{"A11", "S1", "S2", "chain/verifies"})
}

func TestTheShippedCourtIsCertified(t *testing.T) {
	report := shipped(t, host.Court, "districtcourt", `{}`)
	require.Subset(t, report.IDs(conformance.Passed), []string{"T1", "T2", "T5"})
	require.Equal(t, []string{"T3", "T4"}, report.IDs(conformance.Skipped))
}

// A company's own sandbox, which is another process for all that the suite knows.
func TestASandboxThatIsControlled(t *testing.T) {
	const merchant, control = "the merchant's own secret", "the secret of the control API"
	sim, err := simpay.NewSim(simpay.Options{
		Secrets: []simpay.Secret{merchant}, Control: control, Clock: time.Now,
		Terms: simpay.Terms{Currencies: []string{"HKD", "JPY"}, Means: []payment.Means{"card", "wallet"}, RefundWindow: 180 * 24 * time.Hour},
	})
	require.NoError(t, err)
	server := httptest.NewServer(sim.Handler())
	t.Cleanup(server.Close)
	o := gateways(t, "")
	o.Settings.Sandbox = conformance.Company{Kind: "control", URL: server.URL, Secret: control, Merchant: merchant}
	some := []string{"A1", "A2", "A11", "A12", "C4", "C8", "D1", "D2", "F1", "F2", "F4", "G4", "H1", "H2", "H7", "I2", "J5", "K1", "M1"}
	report, err := conformance.CertifyOnly(t.Context(), o, noon, func(id string) bool { return slices.Contains(some, id) })
	require.NoError(t, err)
	require.Empty(t, report.IDs(conformance.Failed), failures(report))
	require.Subset(t, report.IDs(conformance.Passed), []string{"A1", "A2", "A11", "A12", "D2", "F1", "F2", "H7", "J5", "K1", "M1"}, report.String())
	require.Subset(t, report.IDs(conformance.NotChecked), []string{"C8", "F4", "I2"})
	require.Contains(t, report.Unproven(), "I2")
}

// Without a payer, what needs one is left, and the report says what that leaves open.
func TestNoSandboxIsNoPass(t *testing.T) {
	o := gateways(t, "")
	o.Settings = conformance.Settings{
		Config: json.RawMessage(`{"url":"http://127.0.0.1:9","secrets":["a secret without a mark"],"currencies":["HKD"],"means":["card"]}`),
	}
	some := []string{"A1", "A2", "A5", "A9", "A12", "D3", "D12", "M1", "P3"}
	report, err := conformance.CertifyOnly(t.Context(), o, noon, func(id string) bool { return slices.Contains(some, id) })
	require.NoError(t, err)
	require.Equal(t, []string{"A1", "A2", "A9", "P3"}, report.IDs(conformance.Passed), failures(report))
	require.Subset(t, report.IDs(conformance.NotChecked), []string{"A5", "A12", "D3", "D12", "M1"}, report.String())
	require.Contains(t, report.Unproven(), "D12")
	require.Contains(t, report.String(), "were not checked: C1 C2")
}
