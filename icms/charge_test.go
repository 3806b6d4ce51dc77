package icms_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

func fine(dollars int64) icms.Charge {
	amount := money.New(dollars*100, money.MustCurrency("HKD"))
	return icms.Charge{
		ID: "KCS000123", Court: "SCT", Payer: "sample-utilities", Purpose: "fine", By: registrar,
		Lines: []payment.Line{{Item: "fine", Description: law.T("Fine", "罰款"), Count: 1, Amount: amount}},
	}
}

func TestAChargeIsPaidOnce(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	office := c.AccountsOffice()
	o, err := office.Charge(t.Context(), fine(450))
	require.NoError(t, err)
	require.Equal(t, payment.Open, o.State)
	same, err := office.Charge(t.Context(), fine(450))
	require.NoError(t, err)
	require.Equal(t, o, same)
	_, err = office.Charge(t.Context(), fine(460))
	require.ErrorIs(t, err, icms.ErrCharged)

	payer := icms.Filer{Organisation: "sample-utilities", User: "clerk-1"}
	var receipts [8]payment.Receipt
	var wg sync.WaitGroup
	for i := range receipts {
		wg.Go(func() {
			var err error
			receipts[i], err = office.PayFromAccount(t.Context(), o.ID, account, payer)
			require.NoError(t, err)
		})
	}
	wg.Wait()
	for _, r := range receipts {
		require.Equal(t, receipts[0], r)
	}
	require.Equal(t, "SCT/2026/000001", receipts[0].Number.String())
	require.Equal(t, "HKD 550.00", c.balance())
	require.ErrorIs(t, office.Withdraw(t.Context(), o.ID, "a mistake", registrar), payment.ErrTransition)
	c.proven()
}

func TestAChargeIsWithdrawnAndMadeAgain(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 1000)
	office := c.AccountsOffice()
	o, err := office.Charge(t.Context(), fine(450))
	require.NoError(t, err)
	require.NoError(t, office.Withdraw(t.Context(), o.ID, "the amount was wrong", registrar))
	require.NoError(t, office.Withdraw(t.Context(), o.ID, "the amount was wrong", registrar))
	_, err = office.PayFromAccount(t.Context(), o.ID, account, icms.Filer{Organisation: "sample-utilities"})
	require.ErrorIs(t, err, payment.ErrTransition)
	again, err := office.Charge(t.Context(), fine(460))
	require.NoError(t, err)
	require.NotEqual(t, o.ID, again.ID)
	c.proven()
}

func TestChargesThatAreRefused(t *testing.T) {
	c := newCounter(t, "2026-03-02 10:00:00", 100)
	office := c.AccountsOffice()
	for name, spoil := range map[string]func(*icms.Charge){
		"no id":         func(c *icms.Charge) { c.ID = "" },
		"no officer":    func(c *icms.Charge) { c.By.User = "" },
		"no payer":      func(c *icms.Charge) { c.Payer = "" },
		"no amount":     func(c *icms.Charge) { c.Lines = nil },
		"unknown court": func(c *icms.Charge) { c.Court = "XX" },
	} {
		charge := fine(450)
		spoil(&charge)
		_, err := office.Charge(t.Context(), charge)
		require.Error(t, err, name)
	}
	o, err := office.Charge(t.Context(), fine(450))
	require.NoError(t, err)
	_, err = office.PayFromAccount(t.Context(), o.ID, account, icms.Filer{Organisation: "another"})
	require.ErrorIs(t, err, icms.ErrForbidden)
	_, err = office.PayFromAccount(t.Context(), o.ID, "deposit:another/main", icms.Filer{Organisation: "another"})
	require.ErrorIs(t, err, icms.ErrForbidden, "who does not owe it neither pays nor reads the receipt")
	_, err = office.PayFromAccount(t.Context(), o.ID, account, icms.Filer{Organisation: "sample-utilities"})
	require.ErrorContains(t, err, "100.00")
	filed, err := c.Registry().File(t.Context(), batch(claims(1, "A")))
	require.NoError(t, err)
	require.ErrorIs(t, office.Withdraw(t.Context(), filed.ID, "no", registrar), icms.ErrInvalid, "a batch's order is the registry's")
}

// TestAChargeWhosePaymentIsInterrupted dies after the money is held: Resume takes it, or a withdrawal gives it back.
func TestAChargeWhosePaymentIsInterrupted(t *testing.T) {
	for _, withdraw := range []bool{false, true} {
		c := newCounter(t, "2026-03-02 10:00:00", 1000)
		o, err := c.AccountsOffice().Charge(t.Context(), fine(450))
		require.NoError(t, err)
		lives := c.store
		m := &mortal{Store: lives}
		m.left.Store(2)
		c.store = m
		c.open()
		_, err = c.AccountsOffice().PayFromAccount(t.Context(), o.ID, account, icms.Filer{Organisation: "sample-utilities", User: "clerk-1"})
		require.ErrorIs(t, err, errDied)
		c.store = lives
		c.open()
		c.set("2026-03-02 11:00:00")
		if withdraw {
			require.NoError(t, c.AccountsOffice().Withdraw(t.Context(), o.ID, "a mistake", registrar))
		}
		_, err = c.Resume(t.Context())
		require.NoError(t, err)
		now, err := c.AccountsOffice().Orders().Get(t.Context(), o.ID)
		require.NoError(t, err)
		if withdraw {
			require.Equal(t, payment.Cancelled, now.State)
			require.Equal(t, "HKD 1000.00", c.balance())
		} else {
			require.Equal(t, payment.Paid, now.State)
			require.Equal(t, "HKD 550.00", c.balance())
		}
		c.proven()
	}
}
