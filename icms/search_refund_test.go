package icms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// TestASearchEndsWhenItsFeeGoesBack through the accounts office, and only then: what is proposed, declined, or a part of it, ends nothing, and a refund
// that comes to nothing opens it again.
func TestASearchEndsWhenItsFeeGoesBack(t *testing.T) {
	w := newTown(t)
	ctx := t.Context()
	dora, first, second := w.as("dora"), w.as("accounts-officer"), w.as("accounts-officer-2")
	q, err := dora.Search(ctx, icms.Search{Court: "SCT", Reference: "mine", Number: number(1)})
	require.NoError(t, err)
	_, err = first.Collect(ctx, q.Order, "slip-1")
	require.NoError(t, err)
	results := func() error {
		_, _, err := dora.Results(ctx, q.ID, "", 10)
		return err
	}
	propose := func(amount money.Amount) payment.Refund {
		r, err := first.ProposeRefund(ctx, payment.Proposal{Order: q.Order, Amount: amount, Reason: "a mistake"})
		require.NoError(t, err)
		require.NoError(t, results(), "proposed alone")
		return r
	}
	_, err = second.DeclineRefund(ctx, propose(money.Amount{}).ID, "it was used")
	require.NoError(t, err)
	require.NoError(t, results())
	_, err = second.ApproveRefund(ctx, propose(money.New(100, hkd)).ID)
	require.NoError(t, err)
	require.NoError(t, results(), "a part of the fee")
	whole, err := second.ApproveRefund(ctx, propose(money.Amount{}).ID)
	require.NoError(t, err)

	ended := func(err error) {
		t.Helper()
		f := deniedFor(t, err)
		require.Equal(t, filing.SearchRefunded, f.Code)
		require.Equal(t, "The fee of the search mine went back on 2026-03-02 10:00:00: its result may not be looked at any more.", f.Text().In(law.English))
	}
	ended(results())
	_, err = dora.InspectCase(ctx, q.ID, number(1))
	ended(err)
	_, _, err = dora.InspectPapers(ctx, q.ID, number(1), "", 10)
	ended(err)
	_, err = dora.InspectFile(ctx, q.ID, number(1), 1, 0)
	ended(err)
	_, _, err = w.Inspection().Results(ctx, q.ID, "", 10)
	require.Equal(t, filing.SearchRefunded, turned(t, err))
	states := map[string]icms.SearchState{}
	own, _, err := dora.Searches(ctx, "", 10)
	require.NoError(t, err)
	for _, s := range own {
		states[s.Reference] = s.State
	}
	require.Equal(t, icms.SearchEnded, states["mine"])
	require.Equal(t, icms.SearchOpen, states["dora, again"])
	again, err := dora.Search(ctx, icms.Search{Court: "SCT", Reference: "mine", Number: number(1)})
	require.NoError(t, err)
	require.Equal(t, icms.SearchEnded, again.State, "asked for again it stays ended")
	require.Equal(t, hk("2026-03-02 10:00:00").UTC(), again.Refunded.UTC())

	_, err = w.AccountsOffice().Cashier().SettleRefund(ctx, whole.ID, payment.OperationFailed, "nobody came", "accounts-officer", "accounts-officer-2")
	require.NoError(t, err)
	require.NoError(t, results(), "the money is the court's again")
	w.proven()
}

// TestASearchWhoseTimeIsOverIsCalledByItsReference and not by what it is kept under.
func TestASearchWhoseTimeIsOverIsCalledByItsReference(t *testing.T) {
	w := newTown(t)
	_, _, err := w.as("dora").Results(t.Context(), w.over, "", 10)
	f := deniedFor(t, err)
	require.Equal(t, filing.AccessEnded, f.Code)
	require.Equal(t, "dora", f.Values[0].Of)
	require.NotContains(t, f.Text().In(law.English), w.over)
}

// deniedFor is the finding of a refusal because of who asks.
func deniedFor(t testing.TB, err error) filing.Finding {
	t.Helper()
	var denied *icms.DeniedError
	require.ErrorAs(t, err, &denied)
	speaksBothLanguages(t, denied)
	return denied.Finding
}
