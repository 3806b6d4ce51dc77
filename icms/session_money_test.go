package icms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/payment"
)

// TestSessionPaysByTheFiling: where an officer decides, money is held at a gateway that can hold it, whoever starts to pay and whatever is asked for.
func TestSessionPaysByTheFiling(t *testing.T) {
	w := newTown(t)
	w.court.Policies.Acceptance.Choice = icms.ByOfficer
	w.open(nil)
	for i, asked := range []bool{false, true} {
		in := batch(claims(2, string(rune('B'+i))))
		in.Account = ""
		r, err := w.as("util-1").File(t.Context(), in)
		require.NoError(t, err)
		require.Equal(t, icms.Accepted, r.State, "%v", r.Findings)
		a, err := w.as("util-1").Pay(t.Context(), payment.StartRequest{Order: r.ID, Gateway: "simpay", Means: payment.Visa, Authorise: asked})
		require.NoError(t, err)
		require.True(t, a.Authorise)
	}
}

// TestSessionPaysAtOnceWhatNobodyTakesLater: a payer can't have money held for a fine or a search, which would stay so for ever.
func TestSessionPaysAtOnceWhatNobodyTakesLater(t *testing.T) {
	w := newTown(t)
	w.court.Policies.Acceptance.Choice = icms.ByOfficer
	w.open(nil)
	q, err := w.as("stranger").Search(t.Context(), icms.Search{Court: "SCT", Reference: "z", Number: number(1)})
	require.NoError(t, err)
	for _, order := range []string{w.fine, q.Order} {
		a, err := w.as("stranger").Pay(t.Context(), payment.StartRequest{Order: order, Gateway: "simpay", Means: payment.Visa, Authorise: true})
		require.NoError(t, err)
		require.False(t, a.Authorise, order)
	}
}
