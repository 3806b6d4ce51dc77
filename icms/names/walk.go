package names

import (
	"context"
	"slices"

	"courts.example/eservices/icms/store"
)

// walk is one search: streams of matches that are merged in their order.
type walk struct {
	index Index
	store Lister
	text  text
	query Query
	order order
	// from and until bound the sort keys, narrowed by the cursor; until is openEnd when there is no bound.
	from, until string
	streams     []*stream
	// reads counts the records read.
	reads int
}

// start makes the streams: one for each scope and tier.
func (w *walk) start() error {
	if w.until == "" {
		w.until = openEnd
	}
	if w.query.After != "" {
		bound, err := decodeCursor(w.query.After)
		if err != nil {
			return err
		}
		if w.order.descending {
			w.until = min(w.until, bound)
		} else {
			w.from = max(w.from, bound)
		}
	}
	at := w.from
	if w.order.descending {
		at = w.until
	}
	for _, scope := range w.query.Scopes {
		for _, t := range w.text.tiers {
			w.streams = append(w.streams, &stream{
				walk: w, scope: scope, grams: slices.Clone(t), at: at, size: min(max(w.query.Limit+2, probeSize), store.MaxPage),
			})
		}
	}
	return nil
}

// page merges the streams until the page is full, there is no more, or enough was read. A match is given when every stream has
// got past its sort key or waits with a match, so all that a page holds lies before where the slowest stream is.
func (w *walk) page(ctx context.Context) (Page, error) {
	var p Page
	last, tied := "", 0 // the sort key of the last match, and the first record under it
	for began := 0; ; {
		head := w.head()
		full := len(p.Records) >= w.query.Limit
		if full && (head == nil || head.found[0].entry.Sort != last) {
			if head != nil || w.more() {
				p.Next = encodeCursor(w.order.past(last))
			}
			return p, nil
		}
		if s := w.slowest(head); s != nil {
			if w.reads >= w.query.Reads && began >= len(w.streams) {
				p.Next = encodeCursor(s.at)
				return p, nil
			}
			began++
			if err := s.round(ctx); err != nil {
				return Page{}, err
			}
			continue
		}
		if head == nil {
			return p, nil
		}
		next := head.found[0]
		head.found = head.found[1:]
		if next.entry.Sort != last {
			last, tied = next.entry.Sort, len(p.Records)
		}
		same := func(r store.Record) bool { return r.Kind == next.record.Kind && r.ID == next.record.ID }
		if !slices.ContainsFunc(p.Records[tied:], same) { // found in another scope or tier
			p.Records = append(p.Records, next.record)
		}
	}
}

// head gives the stream with the first match in the order, nil when none waits.
func (w *walk) head() (first *stream) {
	for _, s := range w.streams {
		if len(s.found) > 0 && (first == nil || w.order.before(s.found[0].entry.Sort, first.found[0].entry.Sort)) {
			first = s
		}
	}
	return first
}

// slowest gives the stream that must move on before the head may be taken: the one furthest behind; nil when none must.
func (w *walk) slowest(head *stream) (slow *stream) {
	for _, s := range w.streams {
		if s.done || len(s.found) > 0 || head != nil && w.order.passed(s.at, head.found[0].entry.Sort) {
			continue
		}
		if slow == nil || w.order.before(s.at, slow.at) {
			slow = s
		}
	}
	return slow
}

// more reports whether a stream may have more matches.
func (w *walk) more() bool {
	return slices.ContainsFunc(w.streams, func(s *stream) bool { return !s.done })
}
