package storewire

import (
	"courts.example/eservices/icms/store"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
)

// changeIn reads the first message of a change.
func changeIn(m *storev1.Change) store.Change {
	c := store.Change{ID: m.GetId(), At: instantIn(m.GetAt()), Chain: m.GetChain(), Note: m.GetNote()}
	addLists(&c, m)
	return c
}

// addLists puts the lists of a message at the end of those of the change.
func addLists(c *store.Change, m *storev1.Change) {
	c.Puts = append(c.Puts, putsIn(m.GetPuts())...)
	c.Deletes = append(c.Deletes, keysIn(m.GetDeletes())...)
	c.Require = append(c.Require, keysIn(m.GetRequire())...)
	for _, s := range m.GetSums() {
		c.Sums = append(c.Sums, store.Sum{Name: s.GetName(), Delta: s.GetDelta(), HasFloor: s.Floor != nil, Floor: s.GetFloor()})
	}
	for _, d := range m.GetDraw() {
		c.Draw = append(c.Draw, store.Draw{Sequence: d.GetSequence(), Count: d.GetCount()})
	}
	for _, e := range m.GetEvents() {
		event := eventIn(e)
		event.At = instantIn(e.GetAt())
		c.Events = append(c.Events, event)
	}
	c.Work = append(c.Work, worksIn(m.GetWork())...)
	c.Done = append(c.Done, worksIn(m.GetDone())...)
}

func keysIn(keys []*storev1.Key) []store.Key {
	out := make([]store.Key, len(keys))
	for i, k := range keys {
		out[i] = store.Key{Kind: k.GetKind(), ID: k.GetId(), Expect: k.GetExpect()}
	}
	return out
}

func worksIn(works []*storev1.Work) []store.Work {
	out := make([]store.Work, len(works))
	for i, w := range works {
		out[i] = workIn(w)
		out[i].Due = instantIn(w.GetDue())
	}
	return out
}

// putsIn reads records with their keys, which take one allocation for all.
func putsIn(puts []*storev1.Put) []store.Put {
	n := 0
	for _, p := range puts {
		n += len(p.GetIndex()) + len(p.GetUnique())
	}
	entries := make([]store.Entry, 0, n)
	keys := func(from []*storev1.Entry) []store.Entry {
		if len(from) == 0 {
			return nil
		}
		start := len(entries)
		for _, e := range from {
			entries = append(entries, store.Entry{Index: e.GetIndex(), Key: e.GetKey()})
		}
		return entries[start:len(entries):len(entries)]
	}
	out := make([]store.Put, len(puts))
	for i, p := range puts {
		out[i] = store.Put{
			Kind: p.GetKind(), ID: p.GetId(), Body: p.GetBody(), Expect: p.GetExpect(), Index: keys(p.GetIndex()), Unique: keys(p.GetUnique()),
		}
	}
	return out
}
