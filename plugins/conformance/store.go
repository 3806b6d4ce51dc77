package conformance

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/storewire"
)

// storeRules are the rules about processes that serve stores.
func storeRules() []rule {
	return []rule{
		{id: "A11", text: "killed between two calls, it loses nothing that it answered", test: keeps},
		{id: "S1", text: "killed in the middle of a change, it has done all of it or nothing, and the same change again is done once", test: torn},
		{id: "S2", text: "a host that goes away in the middle of a change leaves nothing of it", test: abandoned},
		{id: "S3", text: "what was answered outlives the loss of power", why: "power must be cut: ask the vendor how it was tried"},
	}
}

// newStore starts a store that is empty.
func (s *subject) newStore(t T) store.Store {
	t.Helper()
	config, err := fill(s.o.Settings.Config, filling{dir: t.TempDir()})
	if err != nil {
		t.Fatalf("the configuration: %v", err)
	}
	return s.hostedStore(t, config)
}

// The change of the rules about kills: so many records, an amount, a link in a chain.
const (
	tornRecords = 2000
	tornPart    = 100
	tornSum     = 7
)

// tornText makes records so long that the change takes several messages.
func tornText() string { return strings.Repeat("as much as a record has. ", 80) }

// change is one change of many parts; each is called before a part is handed over, and may give an error.
func change(each func(part int) error) store.Change {
	text := tornText()
	parts := iter.Seq2[[]store.Put, error](func(yield func([]store.Put, error) bool) {
		for part := range tornRecords / tornPart {
			if err := each(part); err != nil {
				yield(nil, err)
				return
			}
			puts := make([]store.Put, tornPart)
			for i := range puts {
				id := fmt.Sprintf("%05d", part*tornPart+i)
				puts[i] = store.Put{
					Kind: "torn", ID: id, Body: fmt.Appendf(nil, `{"id":%q,"text":%q}`, id, text),
					Index: []store.Entry{{Index: "torn/all", Key: id}},
				}
			}
			if !yield(puts, nil) {
				return
			}
		}
	})
	return store.Change{
		ID: "torn", At: time.Date(2031, time.May, 6, 12, 0, 0, 0, time.UTC), Parts: parts, Chain: "torn", Note: []byte(`{"what":"torn"}`),
		Sums: []store.Sum{{Name: "torn/sum", Delta: tornSum}},
	}
}

// whole reads how much of the change is there.
func (b *bench) whole(s store.Store) (records int, sum int64, links int) {
	b.Helper()
	ctx, cancel := b.within(quietLimit)
	defer cancel()
	q := store.Query{Index: "torn/all", Limit: 500}
	for {
		page, err := s.List(ctx, q)
		if err != nil {
			b.Fatalf("List: %v", err)
		}
		records += len(page.Records)
		if page.Next == "" {
			break
		}
		q.After = page.Next
	}
	sums, err := s.Sums(ctx, "torn/sum")
	if err != nil || len(sums) != 1 {
		b.Fatalf("Sums: %v, %v", sums, err)
	}
	chain, err := s.Links(ctx, "torn", 0, 10)
	if err != nil {
		b.Fatalf("Links: %v", err)
	}
	return records, sums[0], len(chain)
}

// keeps kills the process after it has answered.
func keeps(b *bench) {
	p := b.ready()
	ctx, cancel := b.within(2 * quietLimit)
	defer cancel()
	if _, err := storewire.Client(p.conn).Apply(ctx, change(func(int) error { return nil })); err != nil {
		b.Fatalf("Apply: %v", err)
	}
	_ = p.run.Kill(ctx)
	p.gone(stopLimit)
	s := storewire.Client(b.ready().conn)
	b.once(s, "after a kill that followed the answer")
	again, err := s.Apply(ctx, change(func(int) error { return errors.New("parts of a change that was applied are asked for") }))
	if err != nil || !again.Replayed {
		b.Errorf("the same change again: replayed %v, %v", again.Replayed, err)
	}
}

// once makes sure that the change is there, once.
func (b *bench) once(s store.Store, when string) {
	b.Helper()
	if records, sum, links := b.whole(s); records != tornRecords || sum != tornSum || links != 1 {
		b.Errorf("%s there are %d records, the sum %d, %d links; must be %d, %d, 1", when, records, sum, links, tornRecords, tornSum)
	}
}

// lastPart is the last part of the change.
const lastPart = tornRecords/tornPart - 1

// torn kills the process at several moments of a change. Those after its last part close in from both sides on the one at which the change is done,
// wherever a machine that may be busy has it.
func torn(b *bench) {
	b.tornAt(0, 0)
	b.tornAt(lastPart/2, 0)
	b.tornAt(lastPart, 0)
	const kills, most = 6, 20
	early, late := time.Duration(0), 2*b.untorn()
	for n, met := 0, false; n < kills || !met && n < most; n++ {
		at := early + (late-early)/2
		switch {
		case b.tornAt(lastPart, at):
			late, met = at, true
		case met:
			early = at
		default: // it takes longer than it took
			early, late = at, 4*at
		}
	}
}

// untorn gives how long a change takes from its last part to the answer.
func (b *bench) untorn() time.Duration {
	b.Helper()
	b.dir = b.TempDir()
	p := b.ready()
	defer p.end()
	ctx, cancel := b.within(2 * quietLimit)
	defer cancel()
	var last time.Time
	if _, err := storewire.Client(p.conn).Apply(ctx, change(func(part int) error {
		if part == lastPart {
			last = time.Now()
		}
		return nil
	})); err != nil {
		b.Fatalf("Apply: %v", err)
	}
	return time.Since(last)
}

// tornAt kills the process so long after a part was handed over, and reports whether the change was done.
func (b *bench) tornAt(at int, after time.Duration) bool {
	b.Helper()
	b.dir = b.TempDir()
	p := b.ready()
	ctx, cancel := b.within(2 * quietLimit)
	defer cancel()
	var kill sync.Once
	_, err := storewire.Client(p.conn).Apply(ctx, change(func(part int) error {
		if part == at {
			kill.Do(func() { time.AfterFunc(after, func() { _ = p.run.Kill(context.Background()) }) })
		}
		return nil
	}))
	_ = p.run.Kill(ctx) // Apply may have been faster
	p.gone(stopLimit)
	return b.afterKill(ctx, fmt.Sprintf("a kill %v after part %d of %d", after, at+1, lastPart+1), err)
}

// afterKill looks at what a killed process has left, applies the change again, and reports whether it had been done.
func (b *bench) afterKill(ctx context.Context, when string, answered error) bool {
	b.Helper()
	s := storewire.Client(b.ready().conn)
	records, sum, links := b.whole(s)
	nothing, everything := records == 0 && sum == 0 && links == 0, records == tornRecords && sum == tornSum && links == 1
	if !nothing && !everything || answered == nil && !everything {
		b.Errorf("after %s (answered: %v) there are %d records, the sum %d, %d links", when, answered, records, sum, links)
	}
	if a, err := s.Apply(ctx, change(func(int) error { return nil })); err != nil || a.Replayed != everything {
		b.Errorf("after %s the same change again: replayed %v, %v; the first was done: %v", when, a.Replayed, err, everything)
	}
	b.once(s, "after "+when+" and the same change again")
	return everything
}

// abandoned has the host go away between two parts.
func abandoned(b *bench) {
	p := b.ready()
	ctx, cancel := context.WithCancel(b.ctx)
	defer cancel()
	gone := errors.New("the host goes away")
	if _, err := storewire.Client(p.conn).Apply(ctx, change(func(part int) error {
		if part == 15 {
			time.Sleep(slack) // until what was sent has come
			cancel()
			return gone
		}
		return nil
	})); err == nil {
		b.Errorf("a change whose host went away was applied")
	}
	s := storewire.Client(p.conn)
	if records, sum, links := b.whole(s); records+links != 0 || sum != 0 {
		b.Errorf("of a change whose host went away there are %d records, the sum %d, %d links", records, sum, links)
	}
	again, stop := b.within(2 * quietLimit)
	defer stop()
	if _, err := s.Apply(again, change(func(int) error { return nil })); err != nil {
		b.Errorf("the same change by a host that came back: %v", err)
	}
	b.once(s, "after the host came back")
}
