package icms

import (
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
)

// The kinds of failure; test with errors.Is. Errors of the store and the blobs come through, wrapped with what was being done.
var (
	// ErrUnknownCourt says that the Service serves no court of that code.
	ErrUnknownCourt = errors.New("icms: unknown court")
	// ErrConflict says that a reference was used before with other bytes; it is wrapped by a *ConflictError.
	ErrConflict = errors.New("icms: the reference was used with other contents")
	// ErrInvalid says that a call lacks something or contradicts itself; the message names the field.
	ErrInvalid = errors.New("icms: invalid")
	// ErrForbidden says that the one who asks may not do it.
	ErrForbidden = errors.New("icms: not allowed")
	// ErrNotFound says that there is nothing of that name.
	ErrNotFound = errors.New("icms: not found")
)

// ConflictError is an ErrConflict that names the batch that holds the reference.
type ConflictError struct {
	// Court, Claimant and Reference say which reference is taken.
	Court, Claimant, Reference string
	// First is the content hash of the batch that was first, Received the instant at which its last byte was in.
	First    string
	Received time.Time
	// Content is the hash of the batch that was refused.
	Content string
}

// Error names the first batch and the remedy.
func (e *ConflictError) Error() string {
	return fmt.Sprintf("%v: %s of %s at %s was filed on %s with contents %.12s, this batch has %.12s: give it another reference",
		ErrConflict, e.Reference, e.Claimant, e.Court, e.Received.Format(time.RFC3339), e.First, e.Content)
}

// Unwrap gives ErrConflict.
func (e *ConflictError) Unwrap() error { return ErrConflict }

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrInvalid}, args...)...)
}

// notFound turns the store's ErrNotFound into ours, with the name of what was looked for.
func notFound(err error, format string, args ...any) error {
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("%w: "+format, append([]any{ErrNotFound}, args...)...)
	}
	return fmt.Errorf("icms: "+format+": %w", append(args, err)...)
}
