package icms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

var (
	registrar = icms.Filer{Organisation: "registry", User: "officer-1"}
	tooVague  = law.T("The particulars of claim 2 do not say what was supplied.", "第 2 宗申索的詳情未有說明提供了甚麼。")
)

// officerCounter is a counter whose court has an officer decide on each batch.
func officerCounter(t testing.TB, deposit int64) *counter {
	c := newCounter(t, "2026-03-02 10:00:00", deposit)
	c.court.Policies.Acceptance = icms.AcceptancePolicy{Choice: icms.ByOfficer}
	c.open()
	return c
}

func (c *counter) order(batch string) payment.Order {
	c.t.Helper()
	orders, _, err := c.AccountsOffice().Orders().List(c.t.Context(), payment.Query{For: payment.Subject{Kind: "batch", ID: batch}})
	require.NoError(c.t, err)
	require.NotEmpty(c.t, orders)
	return orders[len(orders)-1]
}

// proven asserts that books, orders and chains hold together.
func (c *counter) proven() {
	c.t.Helper()
	proofs, err := c.AccountsOffice().Ledger().Prove(c.t.Context())
	require.NoError(c.t, err)
	for _, p := range proofs {
		require.Empty(c.t, p.Faults)
	}
	p, err := c.AccountsOffice().Orders().Prove(c.t.Context())
	require.NoError(c.t, err)
	require.Empty(c.t, p.Faults)
	require.NoError(c.t, c.Audit().Verify(c.t.Context(), c.court.Code, c.now().Year()))
	require.NoError(c.t, c.Audit().VerifyAccounts(c.t.Context(), c.now().Year()))
}

func TestAnOfficerAcceptsABatchWhoseMoneyWasHeld(t *testing.T) {
	c := officerCounter(t, 1000)
	held, err := c.Registry().File(t.Context(), batch(claims(3, "A")))
	require.NoError(t, err)
	require.Equal(t, icms.Held, held.State)
	require.Nil(t, held.Payment, "held money is not taken")
	require.Equal(t, payment.Reserved, c.order(held.ID).State)
	require.Equal(t, "HKD 1000.00", c.balance())

	again, err := c.Registry().File(t.Context(), batch(claims(3, "A")))
	require.NoError(t, err)
	require.Equal(t, icms.Held, again.State)
	waiting, next, err := c.Registry().Waiting(t.Context(), "SCT", "", 10)
	require.NoError(t, err)
	require.Empty(t, next)
	require.Len(t, waiting, 1)
	require.Equal(t, held.ID, waiting[0].ID)

	c.set("2026-03-03 11:00:00")
	done, err := c.Registry().Decide(t.Context(), held.ID, true, nil, registrar)
	require.NoError(t, err)
	require.Equal(t, icms.Registered, done.State)
	require.True(t, done.Decision.Accepted)
	require.Equal(t, hk("2026-03-02 10:00:00"), done.Acknowledgement.Deemed.In(hk("2026-03-02 10:00:00").Location()), "the money counts from when it was held")
	require.NotNil(t, done.Payment)
	same, err := c.Registry().Decide(t.Context(), held.ID, true, nil, registrar)
	require.NoError(t, err)
	require.Equal(t, done.Acknowledged, same.Acknowledged)
	_, err = c.Registry().Decide(t.Context(), held.ID, false, tooVague, registrar)
	require.ErrorIs(t, err, icms.ErrDecided)
	waiting, _, err = c.Registry().Waiting(t.Context(), "SCT", "", 10)
	require.NoError(t, err)
	require.Empty(t, waiting)
	c.proven()
}

func TestAnOfficerRefusesABatch(t *testing.T) {
	for name, account := range map[string]string{"money held": account, "no money yet": ""} {
		t.Run(name, func(t *testing.T) {
			c := officerCounter(t, 1000)
			in := batch(claims(2, "A"))
			in.Account = account
			held, err := c.Registry().File(t.Context(), in)
			require.NoError(t, err)

			_, err = c.Registry().Decide(t.Context(), held.ID, false, nil, registrar)
			require.ErrorIs(t, err, icms.ErrInvalid, "a refusal has a reason")
			refused, err := c.Registry().Decide(t.Context(), held.ID, false, tooVague, registrar)
			require.NoError(t, err)
			require.Equal(t, icms.Rejected, refused.State)
			require.Equal(t, tooVague, refused.Decision.Reason)
			require.Nil(t, refused.Payment)
			require.Equal(t, payment.Cancelled, c.order(held.ID).State)
			b, err := c.AccountsOffice().Ledger().Balance(t.Context(), ledger.AccountID("deposit:sample-utilities/main"))
			require.NoError(t, err)
			require.Equal(t, b.Posted, b.Available, "nothing is held")
			box, _, err := c.Messages().Inbox(t.Context(), "sample-utilities", "", 10)
			require.NoError(t, err)
			require.Len(t, box, 1)
			require.Contains(t, box[0].Body.In("en"), "do not say what was supplied")
			require.Contains(t, box[0].Body.In("zh-Hant"), "未有說明提供了甚麼")

			again, err := c.Registry().File(t.Context(), in)
			require.NoError(t, err)
			require.Equal(t, icms.Rejected, again.State, "the same reference answers as it did")
			in.Reference, in.Account = "second-try", "deposit:sample-utilities/main"
			second, err := c.Registry().File(t.Context(), in)
			require.NoError(t, err)
			require.Equal(t, icms.Held, second.State, "the claims are free: %v", codes(second.Findings))
			done, err := c.Registry().Decide(t.Context(), second.ID, true, nil, registrar)
			require.NoError(t, err)
			require.Equal(t, icms.Registered, done.State)
			c.proven()
		})
	}
}

func TestWhatNobodyDecides(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	done, err := c.Registry().File(t.Context(), batch(claims(1, "A")))
	require.NoError(t, err)
	_, err = c.Registry().Decide(t.Context(), done.ID, false, tooVague, registrar)
	require.ErrorIs(t, err, icms.ErrNotHeld)
	_, err = c.Registry().Decide(t.Context(), "nothing", true, nil, registrar)
	require.ErrorIs(t, err, icms.ErrNotFound)
	_, err = c.Registry().Decide(t.Context(), done.ID, true, nil, icms.Filer{})
	require.ErrorIs(t, err, icms.ErrInvalid)
}

func TestABatchWithoutMoneyIsNotAccepted(t *testing.T) {
	c := officerCounter(t, 0)
	waiting, err := c.Registry().File(t.Context(), batch(claims(1, "A")))
	require.NoError(t, err)
	require.Equal(t, icms.Accepted, waiting.State)
	require.ErrorIs(t, waiting.Unpaid, icms.ErrUnpaid)
	_, err = c.Registry().Decide(t.Context(), waiting.ID, true, nil, registrar)
	require.ErrorIs(t, err, icms.ErrNotHeld)
}
