package payment

import (
	"context"
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// Receipts reads a page of the receipts of a series in the order of their numbers. Limit is at most 1,000, 0 means 100; after and next
// are as in [store.Query].
func (s *Orders) Receipts(ctx context.Context, series, after string, limit int) (receipts []Receipt, next string, err error) {
	if err := checkSeries(series); err != nil {
		return nil, "", err
	}
	page, err := s.store.List(ctx, store.Query{Index: indexSeries, Prefix: key.Join(series, ""), After: after, Limit: limit})
	if err != nil {
		return nil, "", fmt.Errorf("payment: receipts of %q: %w", series, err)
	}
	for _, r := range page.Records {
		receipt, err := decodeReceipt(r)
		if err != nil {
			return nil, "", err
		}
		receipts = append(receipts, receipt)
	}
	return receipts, page.Next, nil
}

// Missing lists the numbers below the highest receipt of a series that have no receipt: none, but for payments that are certain and
// still on their way to their receipt. It stops after 1,000 of them.
func (s *Orders) Missing(ctx context.Context, series string) ([]Number, error) {
	const most = 1000
	var missing []Number
	expect := int64(1)
	for after := ""; ; {
		receipts, next, err := s.Receipts(ctx, series, after, most)
		if err != nil {
			return nil, err
		}
		for _, r := range receipts {
			for ; expect < r.Number.N && len(missing) < most; expect++ {
				missing = append(missing, Number{series, expect})
			}
			expect = r.Number.N + 1
		}
		if after = next; next == "" || len(missing) == most {
			return missing, nil
		}
	}
}
