package storewire

import (
	"fmt"

	"courts.example/eservices/icms/store"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
)

// putPacker writes records for the wire. What it makes holds nothing of the record but its texts.
type putPacker struct {
	puts    slab[storev1.Put]
	entries slab[storev1.Entry]
	bodies  bytesSlab
}

func (p *putPacker) put(r *store.Put) *storev1.Put {
	out := p.puts.next()
	out.Kind, out.Id, out.Expect, out.Body = text(r.Kind), text(r.ID), r.Expect, p.bodies.keep(r.Body)
	out.Index, out.Unique = p.keys(r.Index), p.keys(r.Unique)
	return out
}

func (p *putPacker) keys(entries []store.Entry) []*storev1.Entry {
	if len(entries) == 0 {
		return nil
	}
	out := make([]*storev1.Entry, len(entries))
	for i := range entries {
		e := p.entries.next()
		e.Index, e.Key = text(entries[i].Index), text(entries[i].Key)
		out[i] = e
	}
	return out
}

// partSender gathers the records of the parts into messages of a good size, whatever the size of the parts.
type partSender struct {
	send  func(*storev1.Puts) error
	pack  putPacker
	next  []*storev1.Put
	size  int
	count int
}

// add takes a part. Nothing of it is looked at when add has returned.
func (s *partSender) add(part []store.Put) error {
	for i := range part {
		s.count++
		size := putSize(&part[i])
		if size > maxItem {
			return fmt.Errorf("change.Parts, record %d: %w", s.count, tooLarge(fmt.Sprintf("%s %q", part[i].Kind, part[i].ID), size))
		}
		if s.size > 0 && s.size+size > goodMessage {
			if err := s.flush(); err != nil {
				return err
			}
		}
		s.next = append(s.next, s.pack.put(&part[i]))
		s.size += size
	}
	return nil
}

// flush sends what was gathered.
func (s *partSender) flush() error {
	if len(s.next) == 0 {
		return nil
	}
	m := &storev1.Puts{Puts: s.next}
	s.next, s.size = make([]*storev1.Put, 0, len(s.next)), 0
	return s.send(m)
}
