package payment_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment"
)

// TestALimitOfADayIsNotPretended: payments are held to limits one by one, so a limit over a day is refused and not silently weakened.
func TestALimitOfADayIsNotPretended(t *testing.T) {
	o := newOffice(t, 0)
	for per, refused := range map[payment.Per]bool{payment.PerDay: true, payment.PerTransaction: false} {
		policy, err := payment.NewMeansPolicy(payment.MeansRule{
			Court: "court", Means: payment.Visa, Max: payment.LimitOf(cents(100)), Per: per,
			Provision: law.Provision{Instrument: "test data", Status: law.Assumed}, Checked: "2026-03",
		})
		require.NoError(t, err)
		_, err = payment.NewCashier(payment.CashierOptions{
			Store: o.store, Orders: o.Orders, Ledger: o.books, Means: policy,
			Clock: func() time.Time { return monday }, Series: func(string, time.Time) string { return series },
		})
		if refused {
			require.ErrorIs(t, err, payment.ErrInvalid)
			require.ErrorContains(t, err, "leave the limit to the gateway")
		} else {
			require.NoError(t, err)
		}
	}
}
