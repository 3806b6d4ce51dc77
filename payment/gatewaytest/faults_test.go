package gatewaytest_test

import (
	"testing"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"courts.example/eservices/payment/simpay"
	"github.com/stretchr/testify/require"
)

// fault is a gateway that breaks one rule.
type fault struct {
	// id is the rule, what says how it is broken; terms are the company's, plain ones when nil.
	id, what string
	terms    func() simpay.Terms
	set      func(b *bug)
}

func faults() []fault {
	var all []fault
	for _, group := range [][]fault{
		createFaults(), keyFaults(), unknownFaults(), queryFaults(), payerFaults(), operationFaults(), refundFaults(), mailFaults(),
		settlementFaults(), timeFaults(),
	} {
		all = append(all, group...)
	}
	return all
}

// broken gives the harness of simpay with a fault.
func (f fault) broken() gatewaytest.Harness {
	if f.terms == nil {
		f.terms = plain
	}
	memories := map[*sandbox]*memory{}
	return harness(f.terms(), func(s *sandbox, g gateway) payment.Gateway {
		if memories[s] == nil {
			memories[s] = newMemory()
		}
		b := &bug{gateway: g, s: s, seen: memories[s], mine: newMemory()}
		f.set(b)
		return b
	})
}

// Every rule has a fault that it finds, and that no other rule finds.
func TestEachRuleFindsItsFault(t *testing.T) {
	found := map[string]bool{}
	for _, f := range faults() {
		found[f.id] = true
		t.Run(f.id+" "+f.what, func(t *testing.T) {
			t.Parallel()
			report, err := gatewaytest.Check(f.broken())
			require.NoError(t, err)
			require.Equal(t, []string{f.id}, report.IDs(gatewaytest.Failed), "%s", report)
		})
	}
	report, err := gatewaytest.Check(harness(plain(), nil))
	require.NoError(t, err)
	for _, r := range report.Results {
		if r.Status != gatewaytest.NotChecked {
			require.True(t, found[r.ID], "the rule %s has no fault that it finds: %s", r.ID, r.Rule)
		}
	}
}

// A wrapper that changes nothing passes: what the faults show is the faults' own.
func TestAWrapperWithoutAFaultPasses(t *testing.T) {
	report, err := gatewaytest.Check(fault{set: func(*bug) {}}.broken())
	require.NoError(t, err)
	require.Empty(t, report.IDs(gatewaytest.Failed), "%s", report)
}

// A gateway that has references in the place of keys passes when it asks before it sends.
func TestAGatewayByReferencePasses(t *testing.T) {
	report, err := gatewaytest.Check(fault{set: asksFirst}.broken())
	require.NoError(t, err)
	require.Empty(t, report.IDs(gatewaytest.Failed), "%s", report)
	require.NotContains(t, report.IDs(gatewaytest.Skipped), "C11")
}
