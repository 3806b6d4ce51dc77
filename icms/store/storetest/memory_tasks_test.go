package storetest_test

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"courts.example/eservices/icms/store"
)

// tasks ends work that is done and writes work.
func (w *applying) tasks() error {
	steps := []func() error{w.endWork, w.putWork}
	if w.m.has("work/done-and-put-again-in-one-change") {
		slices.Reverse(steps)
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (w *applying) endWork() error {
	for _, d := range w.c.Done {
		n := name{d.Kind, d.ID}
		t, there := w.work[n]
		lost := !there || t.Token != d.Token
		if w.m.has("work/fenced-when-the-lease-has-passed-on") && there && t.Attempt > 1 {
			lost = false
		}
		if w.m.has("work/done-late-when-nobody-took-over") && w.c.At.UnixMicro() >= t.until {
			lost = true
		}
		if lost {
			return store.ErrLease
		}
		delete(w.work, n)
		if w.m.has("work/goes-when-done") {
			maps.DeleteFunc(w.work, func(n name, _ task) bool { return n.kind == d.Kind })
		}
	}
	return nil
}

func (w *applying) putWork() error {
	for _, p := range w.c.Work {
		n := name{p.Kind, p.ID}
		old, there := w.work[n]
		if there && w.m.has("work/put-again-replaces-it") {
			continue
		}
		if p.Token = 0; w.m.has("work/a-token-is-never-used-again") {
			p.Token = old.Token
		}
		if !w.m.has("work/comes-as-it-was-given") {
			p.Attempt = 0
		}
		w.work[n] = task{Work: p}
	}
	return nil
}

// emit puts the events into the outbox.
func (w *applying) emit() {
	for _, e := range w.c.Events {
		w.emitted++
		e.Seq, e.Token = w.emitted, 0
		if !w.m.has("event/come-as-they-were-given") {
			e.At = w.c.At
		}
		w.events = append(w.events, out{Event: e})
	}
}

// free says whether a lease has run out.
func (m *memory) free(topic string, until int64, now time.Time) bool {
	at := now.UnixMicro()
	switch m.bug {
	case topic + "/a-lease-hides-" + map[string]string{"event": "them", "work": "it"}[topic]:
		at += time.Second.Microseconds()
	case topic + "/until-it-runs-out":
		return until < at
	}
	return until <= at
}

func (m *memory) ClaimWork(ctx context.Context, c store.Claim) (all []store.Work, err error) {
	if err := m.checkClaim(&c); err != nil {
		return nil, err
	}
	if c.Max == 0 {
		if c.Max = 100; m.has("work/as-much-as-usual") {
			c.Max = 1 << 20
		}
	}
	err = m.write(ctx, func(s *state) error {
		var ready []task
		for _, t := range s.work {
			due := t.Due
			if m.has("work/when-it-is-due") {
				due = due.Truncate(time.Microsecond)
			}
			other := c.Kind != "" && t.Kind != c.Kind && !m.has("work/of-one-kind")
			if !other && !due.After(c.Now) && m.free("work", t.until, c.Now) {
				ready = append(ready, t)
			}
		}
		slices.SortFunc(ready, func(a, b task) int {
			if m.has("work/the-longest-due-first") {
				return cmp.Compare(a.ID, b.ID)
			}
			return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
		})
		s.token++
		for _, t := range ready[:min(c.Max, len(ready))] {
			t.Attempt++
			if t.Token++; !m.has("work/a-token-is-never-used-again") {
				t.Token = s.token
			}
			t.until = c.Now.Add(c.Lease).UnixMicro()
			if !m.has("work/each-to-one-claimer") || !m.crowded() {
				s.work[name{t.Kind, t.ID}] = t
			}
			all = append(all, t.Work)
		}
		return nil
	})
	return all, err
}

func (m *memory) checkClaim(c *store.Claim) error {
	err := c.Check()
	if m.has("invalid/claims") && c.Max >= 0 {
		return nil
	}
	return err
}

func (m *memory) ClaimEvents(ctx context.Context, c store.Claim) (all []store.Event, err error) {
	if err := m.checkClaim(&c); err != nil {
		return nil, err
	}
	if c.Max == 0 {
		if c.Max = 100; m.has("event/as-many-as-wanted") {
			c.Max = 1 << 20
		}
	}
	err = m.write(ctx, func(s *state) error {
		if m.has("event/in-the-order-of-commit") {
			slices.SortStableFunc(s.events, func(a, b out) int { return a.At.Compare(b.At) })
		}
		s.token++
		before := slices.Clone(s.events)
		for i := range s.events {
			e := &s.events[i]
			if e.dead && !m.free("event", e.until, c.Now) && m.has("event/go-when-acknowledged") {
				continue
			}
			if len(all) == c.Max || !m.free("event", e.until, c.Now) || m.waits(before[:i], e, c.Now) {
				continue
			}
			e.Token, e.until = s.token, c.Now.Add(c.Lease).UnixMicro()
			all = append(all, e.Event)
		}
		return nil
	})
	return all, err
}

// waits says whether an event must wait for one before it in its stream.
func (m *memory) waits(before []out, e *out, now time.Time) bool {
	if e.Stream == "" && !m.has("event/without-a-stream-nothing-waits") {
		return false
	}
	var stream []out
	for _, b := range before {
		if b.Stream == e.Stream && !b.dead {
			stream = append(stream, b)
		}
	}
	leased := func(b out) bool { return !m.free("event", b.until, now) }
	switch {
	case len(stream) == 0:
		return false
	case m.has("event/a-stream-keeps-its-order"): // looks at its neighbour only
		return leased(stream[len(stream)-1])
	case m.has("event/a-stream-waits-in-the-middle"): // looks at the first one there ever was
		return stream[0].Seq == 1 && leased(stream[0])
	}
	return slices.ContainsFunc(stream, leased)
}

func (m *memory) AckEvents(ctx context.Context, delivered []store.Event) error {
	return m.write(ctx, func(s *state) error {
		for _, d := range delivered {
			s.events = slices.DeleteFunc(s.events, func(e out) bool {
				if e.Seq != d.Seq || m.has("event/go-when-acknowledged") {
					return false
				}
				return d.Token > 0 && d.Token == e.Token || d.Token == 0 && m.has("event/not-when-never-claimed") ||
					d.Token > 0 && m.has("event/not-when-the-lease-has-passed-on")
			})
			if m.has("event/go-when-acknowledged") { // hidden as long as its lease, given again after it
				for i := range s.events {
					s.events[i].dead = s.events[i].dead || s.events[i].Seq == d.Seq && d.Token == s.events[i].Token && d.Token > 0
				}
			}
		}
		return nil
	})
}
