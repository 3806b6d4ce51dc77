package storetest

import (
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
)

// emit commits one event for each "stream/id".
func (b *bench) emit(names ...string) {
	b.Helper()
	for _, name := range names {
		var e store.Event
		e.Type = "t"
		for i := range name {
			if name[i] == '/' {
				e.Stream, e.ID = name[:i], name[i+1:]
			}
		}
		b.apply(store.Change{Events: []store.Event{e}})
	}
}

// events claims events at noon for a minute.
func (b *bench) events(max int) []store.Event {
	b.Helper()
	return b.eventsAt(noon, max)
}

func (b *bench) eventsAt(now time.Time, max int) []store.Event {
	b.Helper()
	got, err := b.s.ClaimEvents(b.ctx, store.Claim{Now: now, Lease: time.Minute, Max: max})
	if err != nil {
		b.Fatalf("ClaimEvents: %v", err)
	}
	return got
}

func (b *bench) ack(e ...store.Event) {
	b.Helper()
	if err := b.s.AckEvents(b.ctx, e); err != nil {
		b.Fatalf("AckEvents: %v", err)
	}
}

func eventIDs(events []store.Event) []string {
	all := []string{}
	for _, e := range events {
		all = append(all, e.ID)
	}
	return all
}

func eventRules() []rule {
	later := noon.Add(2 * time.Minute)
	return []rule{
		{"come-as-they-were-given", func(b *bench) {
			at := noon.Add(-time.Hour)
			b.apply(store.Change{At: at, Events: []store.Event{{ID: "e", Stream: "s", Type: "filed", Data: []byte(`{"n": 1}`), At: noon}}})
			got := b.events(0)
			b.equal("the number of events", len(got), 1)
			e := got[0]
			b.equal("the event", []string{e.ID, e.Stream, e.Type, string(e.Data)}, []string{"e", "s", "filed", `{"n": 1}`})
			b.equal("the instant is that of the change", e.At.Equal(at), true)
			b.equal("Seq and Token are set", e.Seq > 0 && e.Token > 0, true)
		}},
		{"in-the-order-of-commit", func(b *bench) {
			b.apply(store.Change{At: noon, Events: []store.Event{{ID: "2", Type: "t"}, {ID: "1", Type: "t", Stream: "s"}}})
			b.apply(store.Change{At: noon.Add(-time.Hour), Events: []store.Event{{ID: "0", Type: "t"}}})
			got := b.events(0)
			b.equal("the order", eventIDs(got), []string{"2", "1", "0"})
			b.equal("Seq grows", got[0].Seq < got[1].Seq && got[1].Seq < got[2].Seq, true)
		}},
		{"as-many-as-wanted", func(b *bench) {
			c := store.Change{}
			for i := range 120 {
				c.Events = append(c.Events, store.Event{ID: fmt.Sprint(i), Type: "t", Stream: fmt.Sprint(i)})
			}
			b.apply(c)
			b.equal("of at most 3", eventIDs(b.events(3)), []string{"0", "1", "2"})
			b.equal("of the usual number", len(b.events(0)), 100)
			b.equal("the rest", len(b.events(0)), 17)
		}},
		{"a-lease-hides-them", func(b *bench) {
			b.emit("a/1", "b/2")
			b.equal("the first claim", eventIDs(b.events(0)), []string{"1", "2"})
			b.equal("the second claim", eventIDs(b.eventsAt(noon.Add(time.Minute-time.Microsecond), 0)), []string{})
		}},
		{"until-it-runs-out", func(b *bench) {
			b.emit("a/1")
			first := b.events(0)
			again := b.eventsAt(noon.Add(time.Minute), 0)
			b.equal("the second claim", eventIDs(again), []string{"1"})
			b.equal("a higher token", again[0].Token > first[0].Token, true)
			b.equal("the same number", again[0].Seq, first[0].Seq)
		}},
		{"go-when-acknowledged", func(b *bench) {
			b.emit("a/1", "a/2")
			b.ack(b.events(1)...)
			b.equal("what is left", eventIDs(b.eventsAt(later, 0)), []string{"2"})
		}},
		{"not-when-the-lease-has-passed-on", func(b *bench) {
			b.emit("a/1")
			slow := b.events(0)
			b.eventsAt(later, 0)
			b.ack(slow...)
			b.equal("what is left", eventIDs(b.eventsAt(later.Add(2*time.Minute), 0)), []string{"1"})
		}},
		{"not-when-never-claimed", func(b *bench) {
			b.emit("a/1")
			e := b.events(0)[0]
			e.Token = 0
			b.ack(e)
			b.equal("what is left", eventIDs(b.eventsAt(later, 0)), []string{"1"})
		}},
		{"a-stream-keeps-its-order", func(b *bench) {
			b.emit("a/1", "a/2", "b/3", "a/4", "b/5")
			first := b.events(1)
			b.equal("while 1 is out", eventIDs(b.events(0)), []string{"3", "5"})
			b.ack(first...)
			b.equal("when 1 was delivered", eventIDs(b.events(0)), []string{"2", "4"})
		}},
		{"a-stream-waits-in-the-middle", func(b *bench) {
			b.emit("a/1", "a/2", "a/3")
			b.events(1)
			two := b.eventsAt(noon.Add(61*time.Second), 2)
			b.ack(two[0])
			b.equal("while 2 is out", eventIDs(b.eventsAt(noon.Add(90*time.Second), 0)), []string{})
		}},
		{"without-a-stream-nothing-waits", func(b *bench) {
			b.emit("/1", "/2")
			b.events(1)
			b.equal("while 1 is out", eventIDs(b.events(0)), []string{"2"})
		}},
	}
}
