package payment

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
)

// ReceiptNumber draws the number of an order's receipt in a series: once, whoever asks and however often. Draw it when the payment is
// certain; see [DrawReceipt]. Chain is the audit chain that gets a link with the note when the number is drawn; empty for none.
func (s *Orders) ReceiptNumber(ctx context.Context, series, order string, at time.Time, chain string, note []byte) (Number, error) {
	draw, err := DrawReceipt(series)
	if err != nil {
		return Number{}, err
	}
	change := store.Change{ID: numberID(series, order), At: at, Draw: []store.Draw{draw}, Chain: chain}
	if chain != "" {
		change.Note = note
	}
	applied, err := s.store.Apply(ctx, change)
	if err != nil {
		return Number{}, fmt.Errorf("payment: receipt number of order %.80q: %w", order, err)
	}
	return Number{Series: series, N: applied.First[0]}, nil
}

// numberID names the change that draws the number of an order's receipt, so that it happens once.
func numberID(series, order string) string { return "receipt-number/" + series + "/" + order }
