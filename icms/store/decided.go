package store

import "errors"

// Decided reports whether an error of Apply leaves no doubt that nothing was committed. After any other error the change may
// have been committed: apply the same id again to learn it.
func Decided(err error) bool {
	for _, known := range []error{ErrVersion, ErrTaken, ErrShort, ErrLease, ErrInvalid, ErrBusy, ErrFull, ErrCorrupt, ErrClosed, ErrNotFound} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}
