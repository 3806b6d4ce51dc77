package sqlite

import (
	"context"
	"fmt"

	"courts.example/eservices/icms/store"
)

const (
	recordFind    = `SELECT version FROM icms_record WHERE kind = ? AND id = ?`
	recordFindSeq = `SELECT version, seq FROM icms_record WHERE kind = ? AND id = ?`
	recordRead    = `SELECT seq, version, change, entries FROM icms_record WHERE kind = ? AND id = ?`
	recordKeep    = `INSERT INTO icms_history SELECT seq, version, change, place, kind, id, body FROM icms_record WHERE seq = ?`
	recordReplace = `UPDATE icms_record SET version = ?, change = ?, place = ?, entries = ?, body = ? WHERE seq = ?`
	recordDelete  = `DELETE FROM icms_record WHERE seq = ?`
	recordGone    = `INSERT INTO icms_history VALUES (?, ?, ?, ?, ?, ?, NULL)`
)

var recordTable = table{into: "icms_record (seq, kind, id, version, change, place, entries, body)", columns: 8, chunk: 16}

// writing is a change on its way into the database. New records are gathered and inserted many at a time; an error then leads to
// the record that caused it. The order in which it all counts is that of the change.
type writing struct {
	q       *session
	chained bool
	digest  store.Digest
	// change is the number of this change; record, event and token are the last numbers given away, after is the last number of a
	// record before this change, place counts the records of this change.
	change, record, event, token, after, place int64

	created []any   // columns of the new records that are not inserted yet
	entries []entry // entries that are not inserted yet
	names   map[string]*indexName
}

// old is a record as it was found.
type old struct {
	seq, version, change int64
	entries              string
}

func (w *writing) require(ctx context.Context, k store.Key) error {
	var found int64
	if _, err := w.q.row(ctx, recordFind, []any{k.Kind, k.ID}, &found); err != nil {
		return err
	}
	if found != k.Expect {
		return &store.VersionError{Kind: k.Kind, ID: k.ID, Expected: k.Expect, Found: found}
	}
	return nil
}

func (w *writing) put(ctx context.Context, p *store.Put) error {
	entries, err := w.entriesOf(ctx, p)
	if err != nil {
		return err
	}
	w.place++
	if w.chained {
		w.digest.Add(p.Kind, p.ID, p.Expect+1, p.Body)
	}
	if p.Expect > 0 {
		return w.update(ctx, p, entries)
	}
	w.record++
	w.created = append(w.created, w.record, p.Kind, p.ID, 1, w.change, w.place, encodeEntries(entries), string(p.Body))
	w.add(entries, w.record)
	if len(w.created) >= recordTable.chunk*recordTable.columns {
		return w.flushRecords(ctx)
	}
	return nil
}

// update replaces a record; the version it had moves to the history.
func (w *writing) update(ctx context.Context, p *store.Put, entries []entry) error {
	if w.isPending(p.Kind, p.ID) {
		if err := w.flushRecords(ctx); err != nil {
			return err
		}
	}
	o, err := w.find(ctx, store.Key{Kind: p.Kind, ID: p.ID, Expect: p.Expect})
	if err != nil {
		return err
	}
	text := encodeEntries(entries)
	if text != o.entries {
		if err := w.exchange(ctx, o, entries); err != nil {
			return err
		}
	}
	if _, err := w.q.exec(ctx, recordKeep, o.seq); err != nil {
		return err
	}
	_, err = w.q.exec(ctx, recordReplace, p.Expect+1, w.change, w.place, text, string(p.Body), o.seq)
	return err
}

// remove deletes a record. Its last version and a row that says that it is gone stay in the history.
func (w *writing) remove(ctx context.Context, k store.Key) error {
	o, err := w.find(ctx, k)
	if err != nil {
		return err
	}
	w.place++
	if w.chained {
		w.digest.Add(k.Kind, k.ID, k.Expect+1, nil)
	}
	if err := w.exchange(ctx, o, nil); err != nil {
		return err
	}
	if _, err := w.q.exec(ctx, recordKeep, o.seq); err != nil {
		return err
	}
	if _, err := w.q.exec(ctx, recordGone, o.seq, k.Expect+1, w.change, w.place, k.Kind, k.ID); err != nil {
		return err
	}
	_, err = w.q.exec(ctx, recordDelete, o.seq)
	return err
}

// find reads a record that must be there at its version.
func (w *writing) find(ctx context.Context, k store.Key) (old, error) {
	var o old
	_, err := w.q.row(ctx, recordRead, []any{k.Kind, k.ID}, &o.seq, &o.version, &o.change, &o.entries)
	if err != nil {
		return o, err
	}
	if o.version != k.Expect {
		return o, &store.VersionError{Kind: k.Kind, ID: k.ID, Expected: k.Expect, Found: o.version}
	}
	return o, nil
}

// isPending says whether the record is gathered and not inserted yet.
func (w *writing) isPending(kind, id string) bool {
	for i := 0; i < len(w.created); i += recordTable.columns {
		if w.created[i+1] == kind && w.created[i+2] == id {
			return true
		}
	}
	return false
}

// flush inserts all that was gathered.
func (w *writing) flush(ctx context.Context) error {
	if err := w.flushRecords(ctx); err != nil {
		return err
	}
	return w.flushEntries(ctx)
}

func (w *writing) flushRecords(ctx context.Context) error {
	err := w.q.insert(ctx, recordTable, w.created)
	if isConstraint(err) {
		err = w.existing(ctx, err)
	}
	if err != nil {
		return err
	}
	w.created = w.created[:0]
	if len(w.entries) >= maxEntries {
		return w.flushEntries(ctx)
	}
	return nil
}

// existing finds the gathered record that exists already, by the way of inserting one by one.
func (w *writing) existing(ctx context.Context, cause error) error {
	for row := w.created; len(row) > 0; row = row[recordTable.columns:] {
		var found, seq int64
		if _, err := w.q.row(ctx, recordFindSeq, row[1:3], &found, &seq); err != nil {
			return err
		}
		if seq == row[0] {
			continue // inserted before the statement that failed
		}
		if found > 0 {
			return &store.VersionError{Kind: row[1].(string), ID: row[2].(string), Expected: 0, Found: found}
		}
		if err := w.q.insert(ctx, recordTable, row[:recordTable.columns]); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: the table of records refuses what it has not", cause)
}
