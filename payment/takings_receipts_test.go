package payment_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
)

// TestReceiptsOfACourt pays orders of two courts a minute apart and reads those of one between two instants, page by page.
func TestReceiptsOfACourt(t *testing.T) {
	o := newOffice(t, 100000)
	for i := range 10 {
		id := fmt.Sprint("o", i)
		order := newOrder(t, func(o *payment.Order) {
			o.ID, o.For.ID, o.Court = id, id, []string{"court", "court-2"}[i%2]
		})
		o.applied(o.Debit(o.ctx, order, acme, number(int64(i+1)), monday.Add(time.Duration(i)*time.Minute)))
	}
	q := payment.ReceiptsQuery{Court: "court", From: monday.Add(2 * time.Minute), Until: monday.Add(8 * time.Minute), Limit: 2}
	var got []string
	for {
		some, next, err := o.ReceiptsOf(o.ctx, q)
		require.NoError(t, err)
		for _, r := range some {
			got = append(got, r.OrderID)
		}
		if q.After = next; next == "" {
			break
		}
	}
	require.Equal(t, []string{"o2", "o4", "o6"}, got)
	all, _, err := o.ReceiptsOf(o.ctx, payment.ReceiptsQuery{Court: "court-2"})
	require.NoError(t, err)
	require.Len(t, all, 5)
	_, _, err = o.ReceiptsOf(o.ctx, payment.ReceiptsQuery{})
	require.ErrorIs(t, err, payment.ErrInvalid)
}
