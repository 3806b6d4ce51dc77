package names

import (
	"context"
	"fmt"
	"slices"

	"courts.example/eservices/icms/store"
)

// How many records are read at a time.
const (
	probeSize    = 8    // to see how fast a gram gets on
	firstStretch = 64   // of the fastest, at least, even when enough was read
	maxTies      = 1000 // under one sort key, at most
	maxKept      = 4    // grams that are probed again after the first round
)

// stream finds the matches of a tier in a scope, in their order.
type stream struct {
	*walk
	scope string
	// grams are those of the tier that are still probed.
	grams []string
	// at is the bound up to which all matches were found; done means that there are none behind it.
	at   string
	done bool
	// found are matches before at that were not taken yet.
	found []row
	// size is the length of the next stretch, if the search may read so many.
	size int
}

// row is a record that was listed, with what it reads back as.
type row struct {
	entry  Entry
	record store.Record
}

// listing is what was read of one gram from a bound on.
type listing struct {
	gram  string
	start string
	rows  []row
	next  string // the store's cursor; empty at the end
}

func (l *listing) last() string { return l.rows[len(l.rows)-1].entry.Sort }

// round moves the stream on, at least past one sort key.
func (s *stream) round(ctx context.Context) error {
	size := s.stretch()
	if len(s.grams) > 1 {
		return s.race(ctx, size)
	}
	l := listing{gram: s.grams[0], start: s.at}
	if err := s.extend(ctx, &l, size); err != nil {
		return err
	}
	return s.settle(ctx, &l)
}

// race probes the grams and follows the one that gets furthest with as many records: all matches are among its entries.
func (s *stream) race(ctx context.Context, size int) error {
	from := s.at
	lists := make([]listing, 0, len(s.grams))
	for _, g := range s.grams {
		l := listing{gram: g, start: from}
		if err := s.extend(ctx, &l, probeSize); err != nil {
			return err
		}
		if l.next == "" {
			s.finish(l.rows)
			return nil
		}
		if first := s.order.at(l.rows[0].entry.Sort); s.order.before(from, first) {
			from = first // no match lies before
		}
		lists = append(lists, l)
	}
	slices.SortStableFunc(lists, func(a, b listing) int { return s.order.compare(b.last(), a.last()) })
	s.grams = s.grams[:0]
	for _, l := range lists[:min(len(lists), maxKept)] {
		s.grams = append(s.grams, l.gram)
	}
	if slices.ContainsFunc(lists, func(l listing) bool { return s.order.passed(from, l.last()) }) {
		s.at = from // one begins behind all that was probed of another: leap there
		return nil
	}
	if err := s.extend(ctx, &lists[0], size); err != nil {
		return err
	}
	return s.settle(ctx, &lists[0])
}

// stretch gives how many records to follow a gram this time.
func (s *stream) stretch() int {
	size := min(s.size, max(firstStretch, s.query.Reads-s.reads))
	s.size = min(4*s.size, store.MaxPage)
	return size
}

// settle takes the matches of a listing. The entries under its last sort key may not all be read: they are left to the next round.
func (s *stream) settle(ctx context.Context, l *listing) error {
	for l.next != "" && l.rows[0].entry.Sort == l.last() {
		if len(l.rows) > maxTies {
			return fmt.Errorf("%w: %q", ErrSort, l.last())
		}
		if err := s.extend(ctx, l, store.MaxPage); err != nil {
			return err
		}
	}
	if l.next == "" {
		s.finish(l.rows)
		return nil
	}
	last := l.last()
	s.at = s.order.at(last)
	s.take(l.rows[:slices.IndexFunc(l.rows, func(r row) bool { return r.entry.Sort == last })])
	return nil
}

// finish takes the last entries of a gram.
func (s *stream) finish(rows []row) {
	s.done = true
	s.take(rows)
}

func (s *stream) take(rows []row) {
	for _, r := range rows {
		if s.text.in(r.entry.Names) {
			s.found = append(s.found, r)
		}
	}
}

// extend reads up to n more records of a gram.
func (s *stream) extend(ctx context.Context, l *listing, n int) error {
	prefix := keyPrefix(s.scope, l.gram)
	q := store.Query{Index: s.index.Name, Prefix: prefix, After: l.next, Limit: n, Descending: s.order.descending}
	if s.order.descending {
		q.From, q.Until = prefix+s.from, prefix+l.start
	} else {
		q.From, q.Until = prefix+l.start, prefix+s.until
	}
	page, err := s.store.List(ctx, q)
	for err == nil && len(page.Records) == 0 && page.Next != "" {
		q.After = page.Next
		page, err = s.store.List(ctx, q)
	}
	if err != nil {
		return fmt.Errorf("names: search %s: %w", s.index.Name, err)
	}
	s.reads += len(page.Records)
	l.next = page.Next
	for _, r := range page.Records {
		e, err := s.index.read(r, s.scope)
		if err != nil {
			return err
		}
		if s.order.passed(l.start, e.Sort) || len(l.rows) > 0 && s.order.before(e.Sort, l.last()) {
			return fmt.Errorf("%w: %s %q is out of order by its sort key", ErrRead, r.Kind, r.ID)
		}
		l.rows = append(l.rows, row{e, r})
	}
	return nil
}
