package names

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"courts.example/eservices/icms/store"
)

// A bound is a place between sort keys, compared with them as bytes: a sort key is the bound before itself, and after gives the bound
// behind it.
func after(sort string) string { return sort + "\x01" }

// openEnd is after all sort keys.
const openEnd = string(utf8.MaxRune)

// order is a direction through the sort keys.
type order struct{ descending bool }

// before reports whether a comes before b.
func (o order) before(a, b string) bool { return o.compare(a, b) < 0 }

// compare is less than 0 when a comes before b, 0 when they are equal.
func (o order) compare(a, b string) int {
	if o.descending {
		a, b = b, a
	}
	return strings.Compare(a, b)
}

// at gives the bound that the order meets before a sort key, past the one behind it.
func (o order) at(sort string) string {
	if o.descending {
		return after(sort)
	}
	return sort
}

func (o order) past(sort string) string {
	if o.descending {
		return sort
	}
	return after(sort)
}

// passed reports whether all entries of a sort key lie behind a bound.
func (o order) passed(bound, sort string) bool {
	if o.descending {
		return sort >= bound
	}
	return sort < bound
}

func encodeCursor(bound string) string { return base64.RawURLEncoding.EncodeToString([]byte(bound)) }

func decodeCursor(text string) (string, error) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b) == 0 || len(b) > MaxSort+1 || !utf8.Valid(b) {
		return "", fmt.Errorf("%w: After %q is no cursor of a page", store.ErrInvalid, text)
	}
	return string(b), nil
}
