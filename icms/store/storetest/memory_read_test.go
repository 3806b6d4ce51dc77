package storetest_test

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"courts.example/eservices/icms/store"
)

func (m *memory) Get(_ context.Context, kind, id string) (store.Record, error) {
	s := m.now.Load()
	if r, there := s.records[name{kind, id}]; there {
		return r.Record, nil
	}
	if m.has("apply/get-of-nothing") {
		for n, r := range s.records {
			if n.id == id && kind == "j" {
				return r.Record, nil
			}
		}
	}
	return store.Record{}, store.ErrNotFound
}

// listed is a record under one of its keys.
type listed struct {
	key string
	row
}

// under gives the records of an index in order.
func (m *memory) under(s *state, index string) []listed {
	var all []listed
	for _, r := range s.records {
		keys := r.keys()
		if m.has("page/cover-unique-keys") {
			keys = slices.DeleteFunc(keys, func(e store.Entry) bool { return slices.Contains(r.unique, e) })
		}
		for _, e := range keys {
			if e.Index == index {
				all = append(all, listed{e.Key, r})
				if m.has("list/under-each-of-its-keys") {
					break
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b listed) int {
		if m.has("list/by-key-then-insertion") {
			return cmp.Or(cmp.Compare(strings.ToLower(a.key), strings.ToLower(b.key)), cmp.Compare(a.Seq, b.Seq))
		}
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.Seq, b.Seq))
	})
	return all
}

func (m *memory) List(_ context.Context, q store.Query) (store.Page, error) {
	if err := q.Check(); err != nil {
		return store.Page{}, err
	}
	s := m.now.Load()
	if m.has("list/an-index-nobody-wrote") && !s.used[q.Index] {
		return store.Page{}, store.ErrNotFound
	}
	if q.Limit == 0 {
		q.Limit = 100
		if m.has("page/limits") {
			q.Limit = 1 << 20
		}
	}
	all := slices.DeleteFunc(m.under(s, q.Index), func(l listed) bool { return !m.within(s, q, l) })
	if q.Descending {
		slices.Reverse(all)
	}
	all, err := m.after(s, q, all)
	if err != nil {
		return store.Page{}, err
	}
	return m.page(q, all), nil
}

func (m *memory) page(q store.Query, all []listed) (p store.Page) {
	if len(all) > q.Limit {
		last := all[q.Limit-1]
		p.Next = fmt.Sprintf("%d:%s", last.Seq, last.key)
		all = all[:q.Limit]
	}
	for _, l := range all {
		if m.has("page/cover-one-kind") && q.Kind != "" && l.Kind != q.Kind {
			continue
		}
		if m.has("list/gives-the-record-as-it-is-now") {
			l.Body = l.first
		}
		p.Records = append(p.Records, l.Record)
	}
	if len(p.Records) == 0 {
		p.Next = ""
	}
	return p
}

// within says whether the query asks for the entry.
func (m *memory) within(s *state, q store.Query, l listed) bool {
	switch {
	case m.has("list/from-until-half-open") && q.Until != "" && q.From > q.Until:
		q.From, q.Until = q.Until, q.From
	case m.has("list/prefix-within-the-bounds") && q.Prefix != "":
		q.From, q.Until = "", ""
	case m.has("list/descending") && q.Descending:
		q.From = ""
	case m.has("list/prefix") && q.Prefix != "" && l.key >= q.Prefix+"\U0010FFFF":
		return false
	case m.has("list/one-kind") && !slices.ContainsFunc(m.under(s, q.Index), func(l listed) bool { return l.Kind == q.Kind }):
		q.Kind = ""
	case m.has("page/a-cursor-widens-nothing") && q.After != "":
		q.Prefix = ""
	}
	return l.key >= q.From && (q.Until == "" || l.key < q.Until) && strings.HasPrefix(l.key, q.Prefix) &&
		(q.Kind == "" || q.Kind == l.Kind || m.has("page/cover-one-kind") && q.Limit == 1)
}

// after takes away what comes before the cursor.
func (m *memory) after(s *state, q store.Query, all []listed) ([]listed, error) {
	if q.After == "" {
		return all, nil
	}
	text, key, there := strings.Cut(q.After, ":")
	seq, err := strconv.ParseInt(text, 10, 64)
	if !there || err != nil {
		if m.has("invalid/queries") {
			return all, nil
		}
		return nil, store.ErrInvalid
	}
	if m.has("page/under-change") && !slices.ContainsFunc(m.under(s, q.Index), func(l listed) bool { return l.Seq == seq }) {
		return nil, nil
	}
	return slices.DeleteFunc(all, func(l listed) bool {
		if m.has("page/cover-everything-once") && !q.Descending || m.has("page/cover-everything-once-backwards") && q.Descending {
			seq = l.Seq // the cursor knows only the key
		}
		c := cmp.Or(cmp.Compare(l.key, key), cmp.Compare(l.Seq, seq))
		if q.Descending {
			c = -c
		}
		return c <= 0
	}), nil
}

func (m *memory) Match(_ context.Context, index string, keys []string) ([]store.Hit, error) {
	s := m.now.Load()
	hits := map[string][]store.Hit{}
	for _, r := range s.records {
		for _, e := range r.keys() {
			if e.Index == index {
				if m.has("match/exactly") {
					e.Key = strings.ToLower(e.Key)
				}
				if m.has("list/gives-the-record-as-it-is-now") {
					r.Body = r.first
				}
				hits[e.Key] = append(hits[e.Key], store.Hit{Key: e.Key, Record: r.Record})
			}
		}
	}
	var all []store.Hit
	if m.has("match/in-the-order-of-the-keys") {
		keys = slices.Sorted(slices.Values(keys))
	}
	if m.has("match/a-key-asked-twice-is-found-twice") {
		keys = slices.Compact(slices.Clone(keys))
	}
	if m.has("match/no-keys") && len(keys) == 0 {
		for key := range hits {
			keys = append(keys, key)
		}
	}
	for i, key := range keys {
		if m.has("match/keys-that-no-record-can-carry") && !store.ValidKey(key) {
			return nil, store.ErrInvalid
		}
		if m.has("match/tens-of-thousands") && i > 10_000 {
			break
		}
		found := slices.Clone(hits[key])
		slices.SortFunc(found, func(a, b store.Hit) int { return cmp.Compare(a.Record.Seq, b.Record.Seq) })
		all = append(all, found...)
		if ghost, there := s.ghosts[index+"\x00"+key]; there {
			all = append(all, store.Hit{Key: key, Record: ghost})
		}
		if m.has("unique/is-matched") && index == "u" && len(all) > 0 {
			break
		}
	}
	return all, nil
}

func (m *memory) Sums(_ context.Context, names ...string) ([]int64, error) {
	if m.has("sum/add-up") {
		names = slices.Sorted(slices.Values(names))
	}
	var all []int64
	for _, n := range names {
		all = append(all, m.now.Load().sums[n])
	}
	return all, nil
}

func (m *memory) Links(_ context.Context, chain string, after int64, n int) ([]store.Link, error) {
	if n < 1 {
		return nil, store.ErrInvalid
	}
	all := m.now.Load().links[chain]
	all = slices.Clone(all[min(after, int64(len(all))):])
	if m.has("chain/one-link-for-each-change") {
		for i := range all {
			all[i].Note = []byte{}
		}
	}
	if m.has("chain/links-page-by-page") {
		return all, nil
	}
	return all[:min(n, len(all))], nil
}

func (m *memory) Changed(_ context.Context, l store.Link) iter.Seq2[store.Record, error] {
	s := m.now.Load()
	all, there := s.log[l.ChangeSeq]
	if m.has("parts/ten-thousand-records") {
		all = all[:min(len(all), 1000)]
	}
	if m.has("chain/verifies") && len(all) > 100 {
		all = slices.SortedFunc(slices.Values(all), func(a, b store.Record) int { return cmp.Compare(a.Seq, b.Seq) })
	}
	return func(yield func(store.Record, error) bool) {
		if !there && l.Records > 0 {
			yield(store.Record{}, store.ErrNotFound)
			return
		}
		for _, r := range all {
			if now, there := s.records[name{r.Kind, r.ID}]; m.has("chain/changed-gives-what-was-written") && there {
				r.Body = now.Body
			}
			if m.has("chain/changed-names-the-records") {
				r.Seq = 0
			}
			if !yield(r, nil) && !m.has("chain/changed-may-be-left-early") {
				return
			}
		}
	}
}
