package names

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"courts.example/eservices/icms/store"
)

// The limits of this package, in bytes.
const (
	// MaxScope and MaxSort bound the scope and the sort key of an entry.
	MaxScope = 120
	MaxSort  = 200
	// MaxText bounds the text of a query.
	MaxText = 500
)

// Index is an index of names in a store. It is safe for concurrent use.
type Index struct {
	// Name is the name of the store's index. Only the keys of Entries may stand in it, each record's from one call.
	Name string
	// Read gives the entries of a record from its body, equal to those that Entries was given when the record was last put. It is called
	// for every record that a search looks at.
	Read func(store.Record) ([]Entry, error)
}

// Entry is what a record is found by in one scope.
type Entry struct {
	// Scope is who may find it: see the package's comment. Sort is its place in the order of the scope, compared as bytes; it should
	// be the record's own, as a date with a number is: entries that share one come on one page together, in no order.
	// Both are valid UTF-8 without control characters, not empty, and of at most MaxScope and MaxSort bytes.
	Scope, Sort string
	// Names are the persons and companies, each with what it is called in all languages. Any text is taken; of one with more than
	// 1,000 bytes the rest is not found.
	Names []string
}

// Entries gives the keys by which a record is found, for its store.Put. The entries of one record are of different scopes and
// have the same sort key. There are some 15 keys for a person with a name of three words and one of three characters, some 35 for a company
// with a name in two languages. The error wraps store.ErrInvalid.
func (x Index) Entries(entries ...Entry) ([]store.Entry, error) {
	var keys []store.Entry
	for i, e := range entries {
		if err := e.check(entries[:i]); err != nil {
			return nil, fmt.Errorf("names: entries[%d]: %w", i, err)
		}
		for _, g := range gramsOf(e.Names) {
			keys = append(keys, store.Entry{Index: x.Name, Key: keyPrefix(e.Scope, g) + e.Sort})
		}
	}
	return keys, nil
}

func (e Entry) check(before []Entry) error {
	if err := checkPart("Scope", e.Scope, MaxScope); err != nil {
		return err
	}
	if err := checkPart("Sort", e.Sort, MaxSort); err != nil {
		return err
	}
	for _, b := range before {
		if b.Scope == e.Scope {
			return fmt.Errorf("%w: the scope %q is given twice: give all its names in one entry", store.ErrInvalid, e.Scope)
		}
		if b.Sort != e.Sort {
			return fmt.Errorf("%w: Sort is %q here and %q before: a record has one place in the order", store.ErrInvalid, e.Sort, b.Sort)
		}
	}
	return nil
}

// separator stands between the parts of a key: scope, gram, sort key. No part has a control character.
const separator = "\x1f"

func keyPrefix(scope, gram string) string { return scope + separator + gram + separator }

// checkPart checks a part of a key.
func checkPart(place, text string, most int) error {
	switch {
	case text == "":
		return fmt.Errorf("%w: %s is empty", store.ErrInvalid, place)
	case len(text) > most:
		return fmt.Errorf("%w: %s is %d bytes long, at most %d are allowed", store.ErrInvalid, place, len(text), most)
	case !utf8.ValidString(text):
		return fmt.Errorf("%w: %s %q is not UTF-8", store.ErrInvalid, place, text)
	case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || r == utf8.MaxRune }):
		return fmt.Errorf("%w: %s %q has a control character", store.ErrInvalid, place, text)
	}
	return nil
}

// read gives the entry of a record in a scope.
func (x Index) read(r store.Record, scope string) (Entry, error) {
	entries, err := x.Read(r)
	if err != nil {
		return Entry{}, fmt.Errorf("names: read %s %q: %w", r.Kind, r.ID, err)
	}
	i := slices.IndexFunc(entries, func(e Entry) bool { return e.Scope == scope })
	if i < 0 {
		return Entry{}, fmt.Errorf("%w: %s %q has no entry in the scope under which it was listed", ErrRead, r.Kind, r.ID)
	}
	return entries[i], nil
}
