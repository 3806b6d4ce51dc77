package storewire

import (
	"fmt"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/internal/wire"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
)

// changeSender cuts a change, its parts apart, into messages.
type changeSender struct {
	send func(*storev1.Change) error
	// next is the message that is being filled, size what it holds, sent the messages before it.
	next       *storev1.Change
	size, sent int
	err        error
	// large says what did not fit a message. An empty thing, which no store accepts, went in its place.
	large error
}

// sendChange sends the change, in one message when it fits. It says whether it took more, and what could not be sent as it is.
func sendChange(c *store.Change, send func(*storev1.Change) error) (many bool, large, err error) {
	s := &changeSender{send: send, next: &storev1.Change{
		Id: text(c.ID), At: wire.Timestamp(c.At), Parts: c.Parts != nil, Chain: text(c.Chain), Note: c.Note,
	}}
	if s.refuse("the note", len(c.Note)+len(c.ID)+len(c.Chain)) {
		s.next.Note, s.next.Chain = []byte{'-'}, "" // a note without a chain
	}
	if n := len(c.Draw); n > maxDraws {
		s.large = fmt.Errorf("%w: %d draws, at most %d fit the answer of a store plugin", store.ErrInvalid, n, maxDraws)
		s.next.Draw = []*storev1.Draw{{}}
	}
	s.size = len(s.next.Note) + 4*itemFrame
	s.records(c)
	s.numbers(c)
	s.tasks(c)
	s.flush(false)
	return s.sent > 1, s.large, s.err
}

func (s *changeSender) records(c *store.Change) {
	for i := range c.Puts {
		p := &c.Puts[i]
		size := putSize(p)
		out := &storev1.Put{}
		if !s.refuse(fmt.Sprintf("%s %q", p.Kind, p.ID), size) {
			out = (&putPacker{}).put(p)
		}
		s.room(size).Puts = append(s.next.Puts, out)
	}
	for _, k := range c.Deletes {
		s.room(keySize(k)).Deletes = append(s.next.Deletes, keyOut(k))
	}
	for _, k := range c.Require {
		s.room(keySize(k)).Require = append(s.next.Require, keyOut(k))
	}
}

func (s *changeSender) numbers(c *store.Change) {
	for _, m := range c.Sums {
		out := &storev1.Sum{Name: text(m.Name), Delta: m.Delta}
		if m.HasFloor {
			out.Floor = &m.Floor
		}
		s.room(itemFrame + len(m.Name)).Sums = append(s.next.Sums, out)
	}
	if len(c.Draw) > maxDraws {
		return
	}
	for _, d := range c.Draw {
		s.room(itemFrame + len(d.Sequence)).Draw = append(s.next.Draw, &storev1.Draw{Sequence: text(d.Sequence), Count: d.Count})
	}
}

func (s *changeSender) tasks(c *store.Change) {
	for i := range c.Events {
		e := &c.Events[i]
		size := eventSize(e)
		out := &storev1.Event{}
		if !s.refuse(fmt.Sprintf("event %q", e.ID), size) {
			out = eventOut(e)
		}
		s.room(size).Events = append(s.next.Events, out)
	}
	for i := range c.Work {
		w := &c.Work[i]
		s.room(workSize(w)).Work = append(s.next.Work, s.work(w))
	}
	for i := range c.Done {
		w := &c.Done[i]
		s.room(workSize(w)).Done = append(s.next.Done, s.work(w))
	}
}

func (s *changeSender) work(w *store.Work) *storev1.Work {
	if s.refuse(fmt.Sprintf("work %s %q", w.Kind, w.ID), workSize(w)) {
		return &storev1.Work{}
	}
	return workOut(w)
}

// refuse says whether a thing is too large to travel, and notes it.
func (s *changeSender) refuse(what string, size int) bool {
	if size <= maxItem {
		return false
	}
	s.large = tooLarge(what, size)
	return true
}

func tooLarge(what string, size int) error {
	return fmt.Errorf("%w: %s takes %d bytes, at most %d travel to a store plugin: keep it as a file and its digest in the record",
		store.ErrInvalid, wire.Clean(what), size, maxItem)
}

// room gives the message that the next thing goes into.
func (s *changeSender) room(size int) *storev1.Change {
	if s.size > 0 && s.size+size > goodMessage {
		s.flush(true)
	}
	s.size += size
	return s.next
}

// flush sends the message. The first one says whether there are more.
func (s *changeSender) flush(more bool) {
	if s.sent == 0 {
		s.next.More = more
	}
	if s.err == nil {
		s.err = s.send(s.next)
	}
	s.next, s.size = &storev1.Change{}, 0
	s.sent++
}

func keyOut(k store.Key) *storev1.Key {
	return &storev1.Key{Kind: text(k.Kind), Id: text(k.ID), Expect: k.Expect}
}
