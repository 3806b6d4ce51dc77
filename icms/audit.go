package icms

import (
	"context"
	"fmt"

	"courts.example/eservices/icms/store"
)

// Verify walks the audit chain of a court and year and holds every link and every record it covers against their hashes. The
// error wraps store.ErrCorrupt and names the first link that does not hold; nil means that nothing was changed, taken out or reordered.
func (a Audit) Verify(ctx context.Context, court string, year int) error {
	d, err := a.s.court(court)
	if err != nil {
		return err
	}
	if err := store.Verify(ctx, a.s.store, fmt.Sprintf("%s/%d", d.court.Code, year)); err != nil {
		return fmt.Errorf("icms: audit of %s %d: %w", court, year, err)
	}
	return nil
}

// VerifyAccounts does the same for what was done to deposit accounts by themselves in a year (UTC): opening, topping up, transfers. What a
// batch paid is in its court's chain.
func (a Audit) VerifyAccounts(ctx context.Context, year int) error {
	if err := store.Verify(ctx, a.s.store, fmt.Sprintf("accounts/%d", year)); err != nil {
		return fmt.Errorf("icms: audit of the accounts %d: %w", year, err)
	}
	return nil
}

// Links reads up to n links of the audit chain of a court and year after a sequence number, oldest first.
func (a Audit) Links(ctx context.Context, court string, year int, after int64, n int) ([]store.Link, error) {
	d, err := a.s.court(court)
	if err != nil {
		return nil, err
	}
	return a.s.store.Links(ctx, fmt.Sprintf("%s/%d", d.court.Code, year), after, n)
}
