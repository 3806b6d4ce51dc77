package model

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment/internal/model/explore"
)

// TestWhatIsWipedOutNeverMattered compares runs with every state kept as it is: the same faults and outcomes, by every variant.
func TestWhatIsWipedOutNeverMattered(t *testing.T) {
	whole, part := 0, 0
	for _, c := range Columns() {
		c.Single = true
		c.Refunds = min(c.Refunds, 1)
		for _, v := range Variants() {
			d := Full().Without(v.Off | Of(Reconcile)) // the net would hide half of it
			plain, err := run(c.Scenario, d, false, true)
			require.NoError(t, err)
			settled, err := run(c.Scenario, d, false, false)
			require.NoError(t, err)
			require.Equal(t, sorted(plain.Faults), sorted(settled.Faults), "%s: %s", c.Name, v.Name)
			require.Equal(t, plain.Outcomes, settled.Outcomes, "%s: %s", c.Name, v.Name)
			require.LessOrEqual(t, settled.States, plain.States)
			whole, part = whole+plain.States, part+settled.States
		}
	}
	t.Logf("%d states settled to %d", whole, part)
	require.Less(t, 2*part, whole)
}

func sorted(faults []explore.Fault) []explore.Fault {
	slices.Sort(faults)
	return faults
}
