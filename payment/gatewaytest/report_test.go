package gatewaytest_test

import (
	"context"
	"encoding/json"
	"testing"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"github.com/stretchr/testify/require"
)

// useless is a gateway that is no use at all, bare one without any optional ability, in a sandbox that supplies nothing.
type useless struct{ payment.Gateway }

func (useless) Create(context.Context, payment.CreateRequest) (payment.AttemptReply, error) {
	panic("not yet written")
}

// poor is a sandbox with nothing but its gateway.
type poor struct {
	gatewaytest.Sandbox
	wrap func(g payment.Gateway) payment.Gateway
}

func (p poor) Gateway(t gatewaytest.T) payment.Gateway { return p.wrap(p.Sandbox.Gateway(t)) }

func poorly(wrap func(g payment.Gateway) payment.Gateway) gatewaytest.Harness {
	return gatewaytest.Harness{Open: func(t gatewaytest.T) gatewaytest.Sandbox { return poor{open(t, plain(), nil), wrap} }}
}

// Whatever a gateway does, Check ends, cleans up, and says so rule by rule.
func TestCheckOutlivesAPanic(t *testing.T) {
	var dirs []string
	cleaned := 0
	h := poorly(func(g payment.Gateway) payment.Gateway { return useless{g} })
	inner := h.Open
	h.Open = func(t gatewaytest.T) gatewaytest.Sandbox {
		dirs = append(dirs, t.TempDir())
		t.Cleanup(func() { cleaned++ })
		return inner(t)
	}
	report, err := gatewaytest.Check(h)
	require.NoError(t, err)
	require.Equal(t, len(dirs), cleaned)
	for _, dir := range dirs {
		require.NoDirExists(t, dir)
	}
	require.Equal(t, "B1", report.Results[0].ID)
	require.Contains(t, report.Results[0].Failures[0], "not yet written")
	require.Contains(t, report.String(), "not yet written")
	require.Contains(t, report.IDs(gatewaytest.Failed), "C2") // where many goroutines call
	require.Contains(t, report.IDs(gatewaytest.NotChecked), "C7")
}

func TestASandboxThatDoesNotOpenFailsEveryRule(t *testing.T) {
	report, err := gatewaytest.Check(gatewaytest.Harness{Open: func(t gatewaytest.T) gatewaytest.Sandbox {
		t.Helper()
		t.Fatalf("no sandbox for %s", t.Name())
		return nil
	}})
	require.NoError(t, err)
	for _, r := range report.Results {
		if r.Status != gatewaytest.NotChecked {
			require.Equal(t, []string{"no sandbox for " + r.ID}, r.Failures)
		}
	}
}

// What a sandbox does not supply is not checked, and never passed.
func TestWhatIsNotSuppliedIsNotChecked(t *testing.T) {
	report, err := gatewaytest.Check(poorly(func(g payment.Gateway) payment.Gateway { return g }))
	require.NoError(t, err)
	require.Empty(t, report.IDs(gatewaytest.Failed), "%s", report)
	require.Equal(t, []string{"B1", "B4", "B7", "B8", "B9", "B10", "B12", "E1", "G3"}, report.IDs(gatewaytest.Passed), "%s", report)
	for _, r := range report.Results {
		require.NotEmpty(t, r.Rule, r.ID)
		require.Equal(t, r.Status == gatewaytest.Skipped || r.Status == gatewaytest.NotChecked, r.Reason != "", "%+v", r)
		require.NotContains(t, r.Reason, "not checked")
	}
}

// What a gateway declares not to have is skipped; the rest is asked as ever.
func TestWhatIsNotDeclaredIsSkipped(t *testing.T) {
	report, err := gatewaytest.Check(fault{set: declares(func(c *payment.Capabilities) {
		*c = payment.Capabilities{
			ID: "small", Version: "1", Means: c.Means, Flows: []payment.Flow{payment.Redirect}, Currencies: []string{"HKD"}, Idempotency: payment.NoKeys,
			QueryByReference: true, SessionMin: c.SessionMin, SessionMax: c.SessionMax, ReferenceMax: c.ReferenceMax, RedirectHosts: c.RedirectHosts,
		}
	})}.broken())
	require.NoError(t, err)
	require.Equal(t, "small", report.Capabilities.ID)
	require.Equal(t, []string{
		"B9", "B10", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "E3", "E4", "E5", "F8", "G1", "G2", "G3", "G4", "G5", "G6", "G7",
		"H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9", "H10", "H11", "H12", "I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "I11",
		"I12", "I13", "I14", "I15", "I17", "J1", "J2", "J3", "J4", "J5", "J6",
	}, report.IDs(gatewaytest.Skipped))
	// The adapter does refunds that it does not declare, and takes yen that it does not declare.
	require.Equal(t, []string{"B2", "H13"}, report.IDs(gatewaytest.Failed), "%s", report)
}

// Declaring an ability without having it fails the rules about it.
func TestWhatIsDeclaredMustBeThere(t *testing.T) {
	full := harness(plain(), func(_ *sandbox, g gateway) payment.Gateway { return struct{ payment.Gateway }{g} })
	report, err := gatewaytest.Check(full)
	require.NoError(t, err)
	failed := report.IDs(gatewaytest.Failed)
	for _, id := range []string{"G1", "G5", "H1", "J1"} {
		require.Contains(t, failed, id)
	}
}

// The order depends on the seed, the report does not.
func TestSeeds(t *testing.T) {
	order := func(seed uint64) (ids []string) {
		h := harness(plain(), nil)
		h.Seed = seed
		inner := h.Open
		h.Open = func(t gatewaytest.T) gatewaytest.Sandbox {
			ids = append(ids, t.Name())
			return inner(t)
		}
		report, err := gatewaytest.Check(h)
		require.NoError(t, err)
		require.Empty(t, report.IDs(gatewaytest.Failed), "%s", report)
		require.Equal(t, seed, report.Seed)
		return ids
	}
	first := order(1)
	require.Equal(t, first, order(1))
	other := order(1 << 63)
	require.NotEqual(t, first, other)
	require.ElementsMatch(t, first, other)
}

func TestAReportIsJSON(t *testing.T) {
	report, err := gatewaytest.Check(harness(plain(), nil))
	require.NoError(t, err)
	text, err := json.Marshal(report)
	require.NoError(t, err)
	var again gatewaytest.Report
	require.NoError(t, json.Unmarshal(text, &again))
	require.Equal(t, report, again)
}
