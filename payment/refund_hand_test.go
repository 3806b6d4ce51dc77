package payment_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// number draws the number of a receipt of an order.
func (d *desk) receiptNumber(order string) payment.Number {
	d.t.Helper()
	n, err := d.ReceiptNumber(d.ctx, series, order, monday, "", nil)
	require.NoError(d.t, err)
	return n
}

func TestRefundToADepositAccount(t *testing.T) {
	d := newDesk(t, nil)
	_, err := d.books.Do(d.ctx, ledger.TopUp{From: bank, Reference: "1", Account: acme, Amount: cents(5000), At: monday})
	require.NoError(t, err)
	o := d.applied(d.Open(newOrder(t, nil)))
	d.applied(d.Debit(d.ctx, o, acme, d.receiptNumber(o.ID), monday))
	d.balance(800, 800)
	r := d.refund("o1", 4000, payment.OperationSucceeded)
	require.Equal(t, acme, r.Account)
	require.Empty(t, r.Gateway)
	require.Equal(t, int64(1), r.Note.N)
	d.balance(4800, 4800)
	d.stands(filing, 200)
	_, err = d.Propose(d.ctx, payment.Proposal{Order: "o1", Amount: cents(201), Reason: "r", By: "clerk-1"})
	require.ErrorIs(t, err, payment.ErrRefundable)
	_, err = d.SettleRefund(d.ctx, r.ID, payment.OperationFailed, "none", "clerk-1", "clerk-2")
	require.ErrorIs(t, err, payment.ErrTransition, "the ledger has done it")

	last := d.propose("o1", 0)
	_, err = d.books.Do(d.ctx, ledger.SuspendAccount{Account: acme, Reason: "terms", At: monday})
	require.NoError(t, err)
	_, err = d.Approve(d.ctx, last.ID, "clerk-2")
	require.ErrorIs(t, err, ledger.ErrSuspended)
	require.Equal(t, payment.StageProposed, d.reads(last.ID, "").Stage())
	_, err = d.books.Do(d.ctx, ledger.ReopenAccount{Account: acme, At: monday})
	require.NoError(t, err)
	last, err = d.Approve(d.ctx, last.ID, "clerk-2")
	require.NoError(t, err)
	require.Equal(t, int64(2), last.Note.N)
	d.balance(5000, 5000)
	d.stands(filing, 0)
	d.explained()
}

func TestRefundAtTheCounter(t *testing.T) {
	d := newDesk(t, nil)
	o := d.applied(d.Open(newOrder(t, nil)))
	d.applied(d.Collect(d.ctx, o, payment.Collection{Slip: "slip-1", At: monday, Number: d.receiptNumber(o.ID)}))
	till := ledger.Clearing(string(payment.Counter))
	d.stands(till, -4200)
	r := d.refund("o1", 1000, payment.OperationPending)
	require.True(t, r.ByHand)
	d.stands(ledger.RefundPayable, 1000)
	d.work()
	d.reads(r.ID, payment.OperationPending)

	_, err := d.SettleRefund(d.ctx, r.ID, payment.OperationSucceeded, "", "clerk-1", "clerk-2")
	require.ErrorIs(t, err, payment.ErrInvalid, "no evidence")
	_, err = d.SettleRefund(d.ctx, r.ID, payment.OperationPending, "cheque 1", "clerk-1", "clerk-2")
	require.ErrorIs(t, err, payment.ErrInvalid)
	for _, second := range []string{"", "clerk-1"} {
		_, err = d.SettleRefund(d.ctx, r.ID, payment.OperationSucceeded, "cheque 1", "clerk-1", second)
		require.ErrorIs(t, err, payment.ErrFourEyes)
	}
	r, err = d.SettleRefund(d.ctx, r.ID, payment.OperationSucceeded, "cheque 1", "clerk-1", "clerk-2")
	require.NoError(t, err)
	require.Equal(t, int64(1), r.Note.N)
	d.stands(till, -3200)
	d.stands(ledger.RefundPayable, 0)
	_, err = d.SettleRefund(d.ctx, r.ID, payment.OperationSucceeded, "cheque 1", "clerk-1", "clerk-2")
	require.ErrorIs(t, err, payment.ErrTransition, "once")

	r, err = d.SettleRefund(d.ctx, r.ID, payment.OperationFailed, "the cheque came back", "clerk-3", "clerk-2")
	require.NoError(t, err)
	require.True(t, r.Returned)
	d.stands(till, -4200)
	d.stands(filing, 4200)
	d.explained()
}
