package payment_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/ledger"
)

// TestOneEndOfAReservedOrder lets captures and releases of one order race under change ids of their own, by two handles of one
// file: one wins, and the money agrees with the order.
func TestOneEndOfAReservedOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "office.db")
	offices := []office{officeAt(t, path), officeAt(t, path)}
	o := offices[0]
	_, err := o.books.Do(o.ctx, ledger.OpenAccount{Account: acme, Currency: hkd, At: monday})
	require.NoError(t, err)
	_, err = o.books.Do(o.ctx, ledger.TopUp{From: bank, Reference: "1", Account: acme, Amount: cents(100000), At: monday})
	require.NoError(t, err)

	left := int64(100000)
	for round := range 10 {
		id := fmt.Sprintf("o%d", round)
		reserved, n := o.reserve(newOrder(t, func(o *payment.Order) { o.ID, o.For.ID = id, id }))
		results := make([]error, 8)
		var wait sync.WaitGroup
		for i := range results {
			wait.Add(1)
			go func() {
				defer wait.Done()
				results[i] = end(offices[i%2], reserved, n, fmt.Sprintf("%s by %d", id, i), i)
			}()
		}
		wait.Wait()
		winners := 0
		for _, err := range results {
			if err == nil {
				winners++
				continue
			}
			require.ErrorIs(t, err, payment.ErrChanged)
		}
		require.Equal(t, 1, winners)
		now, err := o.Get(o.ctx, id)
		require.NoError(t, err)
		_, err = o.ReceiptOf(o.ctx, id)
		if now.State == payment.Paid {
			left -= 4200
			require.NoError(t, err)
		} else {
			require.Equal(t, payment.Open, now.State)
			require.ErrorIs(t, err, payment.ErrNoReceipt)
		}
		o.balance(left, left)
	}
}

func end(o office, reserved payment.Order, n payment.Number, id string, i int) error {
	var step payment.Step
	var err error
	if i < 4 {
		step, err = o.Capture(o.ctx, reserved, n, monday)
	} else {
		step, err = o.Release(o.ctx, reserved, "", monday)
	}
	if err != nil {
		return err
	}
	whole := store.Change{ID: id, At: monday}
	whole.Merge(step.Change)
	_, err = o.Apply(o.ctx, whole)
	return err
}

// TestOneOrderPaidByMany lets many pay the same new order: one is charged.
func TestOneOrderPaidByMany(t *testing.T) {
	o := newOffice(t, 100000)
	order := newOrder(t, nil)
	results := make([]error, 16)
	var wait sync.WaitGroup
	for i := range results {
		wait.Add(1)
		go func() {
			defer wait.Done()
			step, err := o.Debit(o.ctx, order, acme, number(1), monday)
			if err == nil {
				whole := store.Change{ID: fmt.Sprint("payer ", i), At: monday}
				whole.Merge(step.Change)
				_, err = o.Apply(o.ctx, whole)
			}
			results[i] = err
		}()
	}
	wait.Wait()
	winners := 0
	for _, err := range results {
		if err == nil {
			winners++
		} else {
			require.ErrorIs(t, err, payment.ErrChanged)
		}
	}
	require.Equal(t, 1, winners)
	o.balance(95800, 95800)
}
