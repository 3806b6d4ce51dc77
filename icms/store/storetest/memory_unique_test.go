package storetest_test

import (
	"math"
	"slices"

	"courts.example/eservices/icms/store"
)

// unique looks for another record that stands in the way of the keys of r, which replaces old.
func (w *applying) unique(r, old row) error {
	switch {
	case w.m.has("unique/but-not-before"), // looked at when the change is complete
		w.m.has("unique/holds-at-an-update") && old.Version > 0,
		w.m.has("parts/a-taken-key-in-a-part") && w.parts,
		w.m.has("concurrent/one-winner-of-64-at-a-key") && w.m.crowded():
		return nil
	case w.m.has("unique/stays-with-its-record") && len(slices.Compact(slices.Clone(r.unique))) < len(r.unique):
		return &store.TakenError{Index: r.unique[0].Index, Key: r.unique[0].Key, Kind: r.Kind, ID: r.ID}
	}
	for _, e := range r.keys() {
		if w.reserved[e] {
			return &store.TakenError{Index: e.Index, Key: e.Key}
		}
		if holder, taken := w.holder(r, e); taken {
			return &store.TakenError{Index: e.Index, Key: e.Key, Kind: holder.Kind, ID: holder.ID}
		}
	}
	return nil
}

// most is the number of records up to which a store without an index looks at all of them.
const most = 320

// holder finds the record that keeps r from carrying the key.
func (w *applying) holder(r row, e store.Entry) (row, bool) {
	if w.m.has("unique/is-free-once-given-up") {
		for _, h := range w.before.records {
			if !same(h, r) && slices.Contains(h.unique, e) && slices.Contains(r.unique, e) {
				return h, true
			}
		}
	}
	if len(w.records) > most {
		return row{}, false // a store in memory has no index, and no case has as many that conflict
	}
	for n, h := range w.records {
		if same(h, r) || w.m.has("unique/holds-within-a-change") && w.wrote[n] || w.m.has("unique/holds-across-kinds") && h.Kind != r.Kind {
			continue
		}
		theirs := h.unique
		if w.m.has("unique/names-the-holder") && len(theirs) > 1 {
			theirs = theirs[:1]
		}
		held, mine := slices.Contains(theirs, e), slices.Contains(r.unique, e)
		if w.m.has("unique/holds-in-its-index-only") && mine {
			held = held || slices.ContainsFunc(theirs, func(o store.Entry) bool { return o.Key == e.Key })
		}
		if w.m.has("unique/nobody-may-carry-it-as-a-plain-key") {
			held = held && mine
		} else {
			held = held || mine && slices.Contains(h.index, e)
		}
		if held {
			return h, true
		}
	}
	return row{}, false
}

func same(a, b row) bool { return a.Kind == b.Kind && a.ID == b.ID }

// uniqueAtTheEnd is the fault of looking at unique keys only when the change is complete.
func (w *applying) uniqueAtTheEnd() error {
	if !w.m.has("unique/but-not-before") {
		return nil
	}
	holder := func(e store.Entry, besides row) (first row) {
		first.Seq = math.MaxInt64
		for _, h := range w.records {
			if !same(h, besides) && h.Seq < first.Seq && (slices.Contains(h.unique, e) || slices.Contains(besides.unique, e) && slices.Contains(h.index, e)) {
				first = h
			}
		}
		return first
	}
	for n := range w.wrote {
		r := w.records[n]
		if len(w.records) > most {
			break
		}
		for _, e := range r.keys() {
			if h := holder(e, r); h.Kind != "" && h.Seq < r.Seq {
				return &store.TakenError{Index: e.Index, Key: e.Key, Kind: h.Kind, ID: h.ID}
			}
		}
	}
	return nil
}
