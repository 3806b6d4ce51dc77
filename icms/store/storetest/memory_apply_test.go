package storetest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"time"

	"courts.example/eservices/icms/store"
)

// applying is one change on its way.
type applying struct {
	m      *memory
	before *state
	*state
	c      store.Change
	digest store.Digest
	wrote  map[name]bool
	parts  bool // the records of Parts are being written
}

func (m *memory) Apply(ctx context.Context, c store.Change) (a store.Applied, err error) {
	err = m.write(ctx, func(s *state) error {
		a, err = m.apply(s, c)
		return err
	})
	if err != nil {
		return store.Applied{}, err
	}
	return a, nil
}

func (m *memory) apply(s *state, c store.Change) (store.Applied, error) {
	if err := c.CheckID(); err != nil && !m.has("invalid/changes") {
		return store.Applied{}, err
	}
	if m.has("replay/looks-at-nothing-of-the-new-call") {
		if err := c.Check(); err != nil {
			return store.Applied{}, err
		}
	}
	if a, there := s.done[c.ID]; there {
		return m.replay(s, c, a), nil
	}
	if err := c.Check(); err != nil && !m.has("invalid/changes") {
		return store.Applied{}, err
	}
	if m.has("invalid/the-longest-names") && len(c.ID) > 255 {
		return store.Applied{}, store.ErrInvalid
	}
	w := &applying{m: m, before: m.now.Load(), state: s, c: c, wrote: map[name]bool{}}
	w.changes++
	a := store.Applied{Seq: w.changes}
	for _, step := range []func() error{w.require, w.puts, w.deletes, w.uniqueAtTheEnd, w.numbers(&a), w.tasks} {
		if err := step(); err != nil {
			return store.Applied{}, err
		}
	}
	w.emit()
	if c.Chain != "" || m.has("chain/no-chain-no-link") {
		a.Link = w.link()
	}
	w.done[c.ID] = a
	return a, nil
}

func (m *memory) replay(s *state, c store.Change, a store.Applied) store.Applied {
	s.replays[c.ID]++
	a.Replayed = !m.has("replay/one-winner-of-many") || s.replays[c.ID] < 2
	if m.has("replay/gives-the-first-answer") {
		a.Link = store.Link{}
	}
	if m.has("replay/writes-nothing") {
		for _, p := range c.Puts {
			if _, there := s.records[name{p.Kind, p.ID}]; !there {
				s.records[name{p.Kind, p.ID}] = row{Record: store.Record{Kind: p.Kind, ID: p.ID, Version: 1, Body: p.Body}}
			}
		}
	}
	return a
}

// leak gives the state after a failed change: the one before it, or what a fault leaves of it.
func (m *memory) leak(before, s *state, err error) *state {
	b := before.clone()
	switch {
	case m.has("apply/whole-or-nothing") && errors.Is(err, store.ErrLease):
		b.events = s.events
		if len(b.events) == len(before.events) {
			b.events = append(b.events, out{Event: store.Event{ID: "leaked", Seq: math.MaxInt32, Type: "t"}})
		}
	case m.has("draw/no-gap-after-a-failure"):
		b.last = s.last
	case m.has("parts/an-error-half-way") && err.Error() == "the file ends here":
		return s
	}
	return b
}

func (w *applying) require() error {
	if w.m.has("replay/a-refused-change-may-be-tried-again") {
		w.done[w.c.ID] = store.Applied{}
	}
	if w.m.has("version/require-refuses") {
		return nil
	}
	for _, k := range w.c.Require {
		if found := w.records[name{k.Kind, k.ID}].Version; found != k.Expect {
			return &store.VersionError{Kind: k.Kind, ID: k.ID, Expected: k.Expect, Found: found}
		}
		if w.m.has("version/require-writes-nothing") {
			w.digest.Add(k.Kind, k.ID, k.Expect, nil)
		}
	}
	return nil
}

func (w *applying) puts() error {
	first, then := w.putAll, w.putParts
	if w.m.has("parts/are-written-after-the-puts") {
		first, then = then, first
	}
	if err := first(); err != nil {
		return err
	}
	return then()
}

func (w *applying) putAll() error {
	for i, p := range w.c.Puts {
		if err := w.put(p); err != nil {
			return err
		}
		if w.m.has("concurrent/reads-see-whole-changes") && i == 0 && len(w.c.Puts) > 1 {
			w.m.now.Store(w.state.clone())
			for range 100 {
				runtime.Gosched()
			}
		}
	}
	return nil
}

func (w *applying) putParts() error {
	if w.c.Parts == nil {
		return nil
	}
	if w.m.has("parts/may-read-the-store") {
		w.m.now.Store(w.state.clone())
	}
	w.parts = true
	for part, err := range w.c.Parts {
		if err != nil {
			return err
		}
		for _, p := range part {
			if err := p.Check(); err != nil && !w.m.has("parts/a-bad-record-in-a-part") {
				return err
			}
			if err := w.put(p); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *applying) put(p store.Put) error {
	n := name{p.Kind, p.ID}
	old, there := w.records[n]
	if err := w.version(p, old, there); err != nil {
		return err
	}
	r := row{Record: store.Record{Kind: p.Kind, ID: p.ID, Version: p.Expect + 1, Seq: old.Seq, Body: bytes.Clone(p.Body)}, first: old.first, unique: slices.Clone(p.Unique)}
	if r.index = slices.Clone(p.Index); w.m.has("list/a-put-replaces-all-entries") {
		r.index = append(r.index, old.index...)
	}
	if w.m.has("parts/may-use-their-memory-again") && w.parts {
		r.Body = p.Body
	}
	if compact := new(bytes.Buffer); w.m.has("apply/keeps-what-it-was-given") && json.Compact(compact, p.Body) == nil {
		r.Body = compact.Bytes()
	}
	if w.m.has("version/grow-by-one") && r.Version == 40 {
		r.Version = 41
	}
	if !there || w.m.has("apply/numbers-grow-in-the-order-of-commit") {
		w.inserted++
		r.Seq = w.inserted
	}
	if !there {
		r.first = r.Body
		if w.m.has("delete/a-record-made-again-is-a-new-one") {
			r.Version += w.tokens[name{"deleted " + p.Kind, p.ID}]
		}
	}
	if err := w.unique(r, old); err != nil {
		return err
	}
	w.digest.Add(r.Kind, r.ID, r.Version, r.Body)
	w.log[w.changes] = append(w.log[w.changes], r.Record)
	if w.m.has("version/puts-count-in-their-order") && w.wrote[n] {
		r.Body = old.Body
	}
	w.records[n], w.wrote[n] = r, true
	for _, e := range r.keys() {
		w.used[e.Index] = true
	}
	return nil
}

func (w *applying) version(p store.Put, old row, there bool) error {
	wrong := &store.VersionError{Kind: p.Kind, ID: p.ID, Expected: p.Expect, Found: old.Version}
	mine := w.wrote[name{p.Kind, p.ID}]
	switch {
	case p.Expect == old.Version:
		return nil
	case p.Expect == 0 && !w.parts && !mine && w.m.has("version/a-new-record-must-not-exist"),
		p.Expect == 0 && !w.parts && mine && w.m.has("version/nor-twice-in-one-change"),
		w.m.crowded() && w.m.has("concurrent/one-winner-of-64-at-a-version"):
		return nil
	case !there && w.m.has("version/a-missing-record-is-at-0"):
		return fmt.Errorf("%w: %w", store.ErrVersion, store.ErrNotFound)
	case there && p.Expect > 0 && w.m.has("version/an-old-version-is-refused"):
		wrong.Found = p.Expect
	}
	return wrong
}

func (w *applying) deletes() error {
	for _, k := range w.c.Deletes {
		n := name{k.Kind, k.ID}
		old := w.records[n]
		if old.Version != k.Expect && !w.m.has("delete/needs-the-version") {
			return &store.VersionError{Kind: k.Kind, ID: k.ID, Expected: k.Expect, Found: old.Version}
		}
		if w.m.has("delete/takes-the-record-away") {
			for _, e := range old.index {
				w.ghosts[e.Index+"\x00"+e.Key] = old.Record
			}
		}
		if w.m.has("unique/is-free-after-a-deletion") {
			for _, e := range old.unique {
				w.reserved[e] = true
			}
		}
		w.tokens[name{"deleted " + k.Kind, k.ID}] = old.Version
		delete(w.records, n)
		gone := store.Record{Kind: k.Kind, ID: k.ID, Version: k.Expect + 1, Seq: old.Seq}
		w.log[w.changes] = append(w.log[w.changes], gone)
		if !w.m.has("chain/the-digest-is-that-of-the-records") {
			w.digest.Add(gone.Kind, gone.ID, gone.Version, nil)
		}
	}
	return nil
}

func (w *applying) numbers(a *store.Applied) func() error {
	return func() error {
		if err := w.addSums(); err != nil {
			return err
		}
		for _, d := range w.c.Draw {
			last := w.last[d.Sequence]
			if w.m.has("draw/start-at-1-and-follow") {
				last = w.before.last[d.Sequence]
			}
			a.First = append(a.First, last+1)
			if !w.m.has("draw/no-number-twice") || !w.m.crowded() {
				w.last[d.Sequence] = last + d.Count
			}
		}
		return nil
	}
}

func (w *applying) addSums() error {
	for _, s := range w.c.Sums {
		have, touched := w.sums[s.Name]
		sum := have + s.Delta
		if (sum > have) != (s.Delta > 0) && s.Delta != 0 && !w.m.has("sum/never-wrap-round") {
			return fmt.Errorf("%w: the sum would leave its range", store.ErrInvalid)
		}
		w.sums[s.Name] = sum
		switch {
		case !s.HasFloor || sum >= s.Floor:
		case w.m.has("sum/keep-above-the-floor") && !touched, w.m.has("sum/a-floor-holds-for-what-is-added-too") && s.Delta > 0,
			w.m.has("sum/a-thousand-debits-at-once") && w.m.crowded(), w.m.has("sum/count-in-their-order") && len(w.c.Sums) > 1:
		default:
			return &store.ShortError{Name: s.Name, Have: have, Delta: s.Delta, Floor: s.Floor}
		}
	}
	return nil
}

// link gives the change its audit link.
func (w *applying) link() store.Link {
	l := store.Link{
		Chain: w.c.Chain, ChangeID: w.c.ID, ChangeSeq: w.changes, At: time.UnixMicro(w.c.At.UnixMicro()).UTC(), Note: append([]byte{}, w.c.Note...),
	}
	chain := w.links[l.Chain]
	l.Seq = int64(len(chain)) + 1
	if w.m.has("chain/chains-are-separate") {
		l.Seq = 1
		for _, other := range w.links {
			l.Seq += int64(len(other))
		}
	}
	if len(chain) > 0 && !w.m.has("chain/each-follows-the-one-before") {
		l.Before = chain[len(chain)-1].Hash
	}
	l.Records, l.Content = w.digest.Sum()
	l.Hash = l.Sum()
	w.links[l.Chain] = append(slices.Clip(chain), l)
	return l
}
