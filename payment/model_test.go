package payment_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/internal/model"
)

// TestEveryStateOfAPayment explores the design whole: whatever crashes, gets lost, comes late, twice or in another order, no state breaks a
// rule, and from every state all money comes to be explained and the order decided, once the faults end.
func TestEveryStateOfAPayment(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	scenarios := model.Scenarios()
	results := make([]*model.Result, len(scenarios))
	t.Run("scenarios", func(t *testing.T) {
		for i, sc := range scenarios {
			t.Run(sc.Name, func(t *testing.T) {
				t.Parallel()
				r, err := model.Run(sc, model.Full())
				require.NoError(t, err)
				for _, f := range r.Faults {
					t.Errorf("%s:\n%s", f, r.Story(f))
				}
				results[i] = r
			})
		}
	})
	var (
		states, moves int
		outcomes      model.Outcomes
		places        model.Places
	)
	for i, r := range results {
		require.NotNil(t, r, scenarios[i].Name)
		t.Logf("%-16s %7d states, %8d moves, %5d states at rest, at most %2d moves deep, at most %d taken or back", scenarios[i].Name,
			r.States, r.Moves, r.Rests, r.Depth, r.Most)
		states, moves = states+r.States, moves+r.Moves
		outcomes |= r.Outcomes
		places.Join(r.Places)
	}
	t.Logf("%-16s %7d states, %8d moves", "in all", states, moves)
	require.Equal(t, model.AllOutcomes, outcomes, "what never happens was not explored: only %s", outcomes)
	everyRowIsUsed(t, places)
}

// everyRowIsUsed has no row of the tables stand outside what was explored.
func everyRowIsUsed(t *testing.T, places model.Places) {
	t.Helper()
	for _, row := range payment.Transitions() {
		require.True(t, places.Order(row.From, row.Event), "%v", row)
	}
	for _, row := range payment.AttemptTransitions() {
		if row.From == payment.AttemptUnknown && row.Reported == payment.AttemptAuthorised {
			continue // the payer can't pay on a page that is not shown to him
		}
		require.True(t, places.Attempt(row.From, row.Reported), "%v", row)
	}
	for _, row := range payment.OperationTransitions() {
		require.True(t, places.Operation(row.From, row.Reported), "%v", row)
	}
}

// TestModelUsesTheTables holds the tables of the model against those of the package.
func TestModelUsesTheTables(t *testing.T) {
	real := model.Real()
	require.ElementsMatch(t, payment.Transitions(), real.Orders)
	require.ElementsMatch(t, payment.AttemptTransitions(), real.Attempts)
	require.ElementsMatch(t, payment.OperationTransitions(), real.Operations)
	for _, s := range payment.AttemptStates() {
		if s.Active() {
			require.Contains(t, real.Active, s)
		} else {
			require.NotContains(t, real.Active, s)
		}
	}
	d := model.Full()
	d.Tables.Orders = append(d.Tables.Orders, payment.Transition{From: "lost", Event: payment.EventPay, To: payment.Paid})
	_, err := model.Run(model.Scenarios()[0], d)
	require.ErrorContains(t, err, "no lost among", "a state that the model does not know")
}
