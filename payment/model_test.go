package payment_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment/internal/model"
)

// TestEveryStateOfAPayment explores the design whole: whatever crashes, gets lost, comes late, twice or in another order, no state breaks a
// rule, and from every state the money is explained and the order decided once the faults end.
func TestEveryStateOfAPayment(t *testing.T) {
	for _, sc := range model.Scenarios() {
		t.Run(sc.Name, func(t *testing.T) {
			r, err := model.Run(sc, model.Full())
			require.NoError(t, err)
			for _, f := range r.Faults {
				t.Errorf("%s:\n%s", f, r.Story(f))
			}
			t.Logf("%d states, %d moves, %d of them at rest, at most %d moves deep", r.States, r.Moves, r.Rests, r.Depth)
		})
	}
}
