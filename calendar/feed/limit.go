package feed

import (
	"fmt"
	"io"
)

// The bounds of what is read. The largest feed known has some hundred events and 20 KB.
const (
	// MaxBytes is the largest feed that is read.
	MaxBytes = 4 << 20
	// MaxEvents is the largest number of events.
	MaxEvents = 20_000

	maxLine  = 64 << 10 // bytes of an unfolded line
	maxDepth = 8        // components inside one another
)

// ReadAll reads a whole feed of at most MaxBytes, without a byte order mark. A longer one is ErrTooLarge, an empty one ErrCutShort;
// an error of r is returned wrapped and is none of the kinds: fetch the feed again.
func ReadAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("calendar/feed: read: %w", err)
	case len(data) > MaxBytes:
		return nil, Refuse(ErrTooLarge, "it has more than %d bytes", MaxBytes)
	}
	if len(data) >= 3 && data[0] == 0xEF && data[1] == 0xBB && data[2] == 0xBF {
		data = data[3:]
	}
	if len(data) == 0 {
		return nil, Refuse(ErrCutShort, "it is empty")
	}
	return data, nil
}
