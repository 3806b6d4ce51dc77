package pdf

import "fmt"

// MalformedError says that a file isn't a PDF whose pages can be found, even by looking for its objects one by one.
type MalformedError struct {
	// Offset is where in the file, or in an unpacked part of it, the trouble was seen.
	Offset int64
	Detail string
}

func (e *MalformedError) Error() string {
	return fmt.Sprintf("pdf: %s (at byte %d); save the file again", e.Detail, e.Offset)
}

// BoundError says that looking further would pass a bound; the file may be sound.
type BoundError struct {
	// Bound is "objects", "depth" or "updates", of which Limit is the number, or "unpacked", "object stream" or "work", of which it is
	// the number of bytes.
	Bound string
	Limit int64
}

func (e *BoundError) Error() string {
	return fmt.Sprintf("pdf: the file goes beyond the bound %q of %d; raise the limit or have a person look at it", e.Bound, e.Limit)
}

// UnsupportedError says that the file packs its objects in a way that this package doesn't unpack; the file may be sound.
type UnsupportedError struct {
	// Feature names it, such as a filter.
	Feature string
}

func (e *UnsupportedError) Error() string {
	return fmt.Sprintf("pdf: %s is not unpacked here; have a person look at the file", e.Feature)
}
