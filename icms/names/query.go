package names

import (
	"context"
	"fmt"
	"slices"

	"courts.example/eservices/icms/store"
)

// Query asks for a page of the records with a name.
type Query struct {
	// Scopes are where to look, 1 to 16. What stands in another scope has no influence on the answer.
	Scopes []string
	// Text is what to look for, at most MaxText bytes; see the package's comment. Any bytes are taken.
	Text string
	// Typing says that the last word may go on, if nothing follows it that ends a word. One letter is too little of a word to be looked
	// up alone.
	Typing bool
	// From and Until bound the sort keys, half-open; an empty Until is open.
	From, Until string
	// Descending turns the order around.
	Descending bool
	// After is the cursor of the page before, of the same query; empty for the first page.
	After string
	// Limit is the number of records wanted, at most store.MaxPage; 0 means 100. A page has more only where its last ones share a sort
	// key.
	Limit int
	// Reads ends the page when about so many records were read, even if it has fewer than Limit or none; 0 means 1,000. What goes
	// beyond is bounded: some hundreds in each scope.
	Reads int
}

// Page is a page of records in the order of their sort keys, with the cursor of the next page; an empty Next ends the list. A page may be
// short of its limit, or empty, and have a Next: see [Query.Reads]. Records that are put while the pages are read are seen or
// not, but none is given twice under one sort key, and none that stays is left out.
type Page struct {
	Records []store.Record
	Next    string
}

// Lister is the part of store.Store that a search needs.
type Lister interface {
	// List reads a page of an index; see store.Store.
	List(ctx context.Context, q store.Query) (store.Page, error)
}

const (
	usualLimit = 100
	usualReads = 1000
	maxScopes  = 16
)

// Search gives a page of the records that have a name with all that is asked for.
func (x Index) Search(ctx context.Context, s Lister, q Query) (Page, error) {
	if x.Read == nil {
		return Page{}, fmt.Errorf("names: search %s: %w: Index.Read is missing", x.Name, store.ErrInvalid)
	}
	if err := q.check(); err != nil {
		return Page{}, fmt.Errorf("names: search %s: %w", x.Name, err)
	}
	t, err := parse(q.Text, q.Typing)
	if err != nil {
		return Page{}, err
	}
	w := &walk{index: x, store: s, text: t, query: q, order: order{q.Descending}, from: q.From, until: q.Until}
	if w.query.Limit == 0 {
		w.query.Limit = usualLimit
	}
	if w.query.Reads == 0 {
		w.query.Reads = usualReads
	}
	if err := w.start(); err != nil {
		return Page{}, fmt.Errorf("names: search %s: %w", x.Name, err)
	}
	return w.page(ctx)
}

func (q *Query) check() error {
	if len(q.Scopes) == 0 || len(q.Scopes) > maxScopes {
		return fmt.Errorf("%w: it names %d scopes: name 1 to %d", store.ErrInvalid, len(q.Scopes), maxScopes)
	}
	for i, s := range q.Scopes {
		if err := checkPart("Scopes", s, MaxScope); err != nil {
			return err
		}
		if slices.Contains(q.Scopes[:i], s) {
			return fmt.Errorf("%w: the scope %q is named twice", store.ErrInvalid, s)
		}
	}
	for place, bound := range map[string]string{"From": q.From, "Until": q.Until} {
		if bound != "" {
			if err := checkPart(place, bound, MaxSort); err != nil {
				return err
			}
		}
	}
	if q.Limit < 0 || q.Limit > store.MaxPage || q.Reads < 0 {
		return fmt.Errorf("%w: Limit is %d and Reads is %d: ask for up to %d records, or 0 for the usual number",
			store.ErrInvalid, q.Limit, q.Reads, store.MaxPage)
	}
	return nil
}
