package names

import "errors"

// The kinds of failure; test with errors.Is. A malformed scope, sort key, limit or cursor is store.ErrInvalid, and errors of the storage
// come through unchanged.
var (
	// ErrText says that a text can't be searched for: it has no letter or digit, is one letter of a word still being typed, or is longer
	// than MaxText. It is the user's to correct.
	ErrText = errors.New("names: not a text to search for")
	// ErrSort says that more than 1,000 entries of a scope share a sort key, so that no page could end between them.
	ErrSort = errors.New("names: too many entries under one sort key")
	// ErrRead says that a record does not read back as it was indexed: Index.Read disagrees with what Index.Entries was given.
	ErrRead = errors.New("names: record reads back otherwise than it was indexed")
)
