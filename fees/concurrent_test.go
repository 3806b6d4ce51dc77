package fees_test

import (
	"sync"
	"testing"

	"courts.example/eservices/fees"
	"github.com/stretchr/testify/require"
)

// TestConcurrentUse shares a schedule, a pricer and a line between goroutines; the race detector is the judge.
func TestConcurrentUse(t *testing.T) {
	s := harbour(t)
	p := pricer(t, s, "claim", fees.Electronic, "2026-02-01T00:00:00Z")
	shared, err := p.Line(amount(t, s, "299.99"))
	require.NoError(t, err)
	want := shared.Reason().String()
	reasons := make([]string, 8)
	var group sync.WaitGroup
	for i := range reasons {
		group.Go(func() {
			line, err := p.Line(shared.Amount)
			if err != nil || line != shared {
				return
			}
			if _, err := s.Quote(fees.Request{At: at(t, "2026-02-01T00:00:00Z"), Asks: []fees.Ask{{Item: "seal", Mode: fees.Paper}}}); err == nil {
				reasons[i] = shared.Reason().String()
			}
		})
	}
	group.Wait()
	for _, got := range reasons {
		require.Equal(t, want, got)
	}
}
