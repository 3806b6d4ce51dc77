package sqlite

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"courts.example/eservices/icms/store"
)

const (
	indexRead   = `SELECT id, has_plain, has_unique FROM icms_index WHERE name = ?`
	indexAdd    = `INSERT INTO icms_index (name, has_plain, has_unique) VALUES (?, ?, ?) RETURNING id`
	indexUse    = `UPDATE icms_index SET has_plain = ?, has_unique = ? WHERE id = ?`
	entryDelete = `DELETE FROM icms_entry WHERE idx = ? AND key = ? AND slot = ?`
	entryRetry  = `INSERT OR IGNORE INTO icms_entry (idx, key, slot, record) VALUES (?, ?, ?, ?)`
	entryHolder = `
SELECT i.name, r.kind, r.id FROM icms_entry e JOIN icms_record r ON r.seq = e.record JOIN icms_index i ON i.id = e.idx
WHERE e.idx = ? AND e.key = ? AND e.record <> ? AND (? = 0 OR e.slot = 0) LIMIT 1`
)

var entryTable = table{into: "icms_entry (idx, key, slot, record)", columns: 4, chunk: 32}

// maxEntries is the number of entries that are gathered before they are sorted and inserted.
const maxEntries = 1 << 15

// entry is a row of icms_entry. A unique key has the slot 0, so that the primary key keeps it unique; any other has the number of
// its record as the slot.
type entry struct {
	index  *indexName
	key    string
	slot   int64
	record int64
}

// indexName is a row of icms_index. An index that holds both plain and unique keys needs a look at each of its entries.
type indexName struct {
	id               int64
	plain, exclusive bool
}

func (e entry) compare(o entry) int {
	return cmp.Or(cmp.Compare(e.index.id, o.index.id), cmp.Compare(e.key, o.key), cmp.Compare(e.slot, o.slot))
}

// plainSlot stands in a plain entry until the number of its record is known.
const plainSlot = 1

// entriesOf gives the entries of a record, sorted, each key once; a key that is both plain and unique is unique.
func (w *writing) entriesOf(ctx context.Context, p *store.Put) ([]entry, error) {
	if len(p.Index)+len(p.Unique) == 0 {
		return nil, nil
	}
	all := make([]entry, 0, len(p.Index)+len(p.Unique))
	for _, e := range p.Unique {
		name, err := w.name(ctx, e.Index, false, true)
		if err != nil {
			return nil, err
		}
		all = append(all, entry{index: name, key: e.Key})
	}
	for _, e := range p.Index {
		name, err := w.name(ctx, e.Index, true, false)
		if err != nil {
			return nil, err
		}
		all = append(all, entry{index: name, key: e.Key, slot: plainSlot})
	}
	slices.SortFunc(all, entry.compare)
	return slices.CompactFunc(all, func(a, b entry) bool { return a.index == b.index && a.key == b.key }), nil
}

// name finds the number of an index, and notes how it is used.
func (w *writing) name(ctx context.Context, name string, plain, exclusive bool) (*indexName, error) {
	n := w.names[name]
	if n == nil {
		n = new(indexName)
		there, err := w.q.row(ctx, indexRead, []any{name}, &n.id, &n.plain, &n.exclusive)
		if err == nil && !there {
			_, err = w.q.row(ctx, indexAdd, []any{name, plain, exclusive}, &n.id)
			n.plain, n.exclusive = plain, exclusive
		}
		if err != nil {
			return nil, err
		}
		w.names[name] = n
	}
	if plain && !n.plain || exclusive && !n.exclusive {
		n.plain, n.exclusive = n.plain || plain, n.exclusive || exclusive
		if _, err := w.q.exec(ctx, indexUse, n.plain, n.exclusive, n.id); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// add gathers the entries of a record.
func (w *writing) add(entries []entry, record int64) {
	for _, e := range entries {
		w.entries = append(w.entries, e.of(record))
	}
}

func (e entry) of(record int64) entry {
	e.record = record
	if e.slot != 0 {
		e.slot = record
	}
	return e
}

// exchange replaces the entries of a record by others. What was gathered is inserted first when the order could matter: when a
// unique key comes or goes, or when this same change wrote the record before.
func (w *writing) exchange(ctx context.Context, o old, entries []entry) error {
	before, err := decodeEntries(o.entries)
	if err != nil {
		return fmt.Errorf("%w: the entries of record %d: %w", store.ErrCorrupt, o.seq, err)
	}
	gone, come := difference(before, entries), difference(entries, before)
	unique := func(e entry) bool { return e.slot == 0 }
	if o.change == w.change || slices.ContainsFunc(gone, unique) || slices.ContainsFunc(come, unique) {
		if err := w.flush(ctx); err != nil {
			return err
		}
	}
	for _, e := range gone {
		if _, err := w.q.exec(ctx, entryDelete, e.index.id, e.key, e.of(o.seq).slot); err != nil {
			return err
		}
	}
	w.add(come, o.seq)
	return nil
}

// difference gives the entries of a that are not in b; both are sorted.
func difference(a, b []entry) (d []entry) {
	for _, e := range a {
		if _, there := slices.BinarySearchFunc(b, e, entry.compare); !there {
			d = append(d, e)
		}
	}
	return d
}

// flushEntries inserts the gathered entries, sorted, which is the order in which the table can take them fastest.
func (w *writing) flushEntries(ctx context.Context) error {
	slices.SortFunc(w.entries, entry.compare)
	var args []any
	for _, e := range w.entries {
		if e.index.plain && e.index.exclusive {
			if err := w.insertEntry(ctx, e); err != nil {
				return err
			}
			continue
		}
		args = append(args, e.index.id, e.key, e.slot, e.record)
		if len(args) == entryTable.chunk*entryTable.columns {
			if err := w.insertEntries(ctx, args); err != nil {
				return err
			}
			args = args[:0]
		}
	}
	if err := w.insertEntries(ctx, args); err != nil {
		return err
	}
	w.entries = w.entries[:0]
	return nil
}

// insertEntries inserts a chunk of entries. When it fails, the chunk is inserted one by one to find the key that is taken.
func (w *writing) insertEntries(ctx context.Context, args []any) error {
	err := w.q.insert(ctx, entryTable, args)
	if !isConstraint(err) {
		return err
	}
	for row := args; len(row) > 0; row = row[entryTable.columns:] {
		if err := w.taken(ctx, row[0].(int64), row[1].(string), row[2].(int64), row[3].(int64)); err != nil {
			return err
		}
		if _, err := w.q.exec(ctx, entryRetry, row[:entryTable.columns]...); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: the table of entries refuses what it has not", err)
}

// insertEntry inserts an entry of an index that holds plain and unique keys.
func (w *writing) insertEntry(ctx context.Context, e entry) error {
	if err := w.taken(ctx, e.index.id, e.key, e.slot, e.record); err != nil {
		return err
	}
	return w.q.insert(ctx, entryTable, []any{e.index.id, e.key, e.slot, e.record})
}

// taken looks for another record that stands in the way of a key.
func (w *writing) taken(ctx context.Context, index int64, key string, slot, record int64) error {
	t := &store.TakenError{Key: key}
	there, err := w.q.row(ctx, entryHolder, []any{index, key, record, slot}, &t.Index, &t.Kind, &t.ID)
	if err != nil || !there {
		return err
	}
	return t
}

// encodeEntries writes entries as they are kept in icms_record: [[index, key], ...], with a 1 after the key when it is unique.
func encodeEntries(entries []entry) string {
	b := []byte{'['}
	for i, e := range entries {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		b = strconv.AppendInt(b, e.index.id, 10)
		b = append(b, ',')
		b = appendString(b, e.key)
		if e.slot == 0 {
			b = append(b, ",1"...)
		}
		b = append(b, ']')
	}
	return string(append(b, ']'))
}

// appendString appends a JSON string. Most keys need no escape.
func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c > '~' {
			text, _ := json.Marshal(s) // a string always has a JSON text
			return append(b, text...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

func decodeEntries(text string) ([]entry, error) {
	var rows [][]json.RawMessage
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		return nil, err
	}
	entries := make([]entry, 0, len(rows))
	for _, row := range rows {
		if len(row) != 2 && len(row) != 3 {
			return nil, fmt.Errorf("an entry of %d parts", len(row))
		}
		e := entry{index: new(indexName), slot: plainSlot}
		if err := json.Unmarshal(row[0], &e.index.id); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(row[1], &e.key); err != nil {
			return nil, err
		}
		if len(row) == 3 {
			e.slot = 0
		}
		entries = append(entries, e)
	}
	return entries, nil
}
