package icms

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/icms/blob"
)

// sweeper is a blob.Store that can take away what nobody needs, as blob.Folder can.
type sweeper interface {
	Sweep(ctx context.Context, olderThan time.Time, keep func(hash string) (bool, error)) (removed int, err error)
}

var _ sweeper = (*blob.Folder)(nil)

// Sweep takes away bytes older than the instant that no record needs: those of batches whose acceptance lost a race, or whose process
// died, between keeping the bytes and keeping the batch. Choose the instant well before the longest time that File takes. It gives the number
// of contents removed. A blob store that can't sweep is an error (ErrInvalid).
func (s *Service) Sweep(ctx context.Context, olderThan time.Time) (int, error) {
	blobs, ok := s.blobs.(sweeper)
	if !ok {
		return 0, invalid("the blob store %T has no Sweep", s.blobs)
	}
	removed, err := blobs.Sweep(ctx, olderThan, func(hash string) (bool, error) {
		hits, err := s.store.Match(ctx, indexBlob, []string{hash})
		return len(hits) > 0, err
	})
	if err != nil {
		return removed, fmt.Errorf("icms: sweeping bytes: %w", err)
	}
	return removed, nil
}
