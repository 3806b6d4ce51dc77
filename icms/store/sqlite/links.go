package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"iter"

	"courts.example/eservices/icms/store"
)

const (
	linkLast  = `SELECT seq, hash FROM icms_link WHERE chain = ? ORDER BY seq DESC LIMIT 1`
	linkWrite = `INSERT INTO icms_link (change, chain, seq, note, records, content, before, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	linksRead = `
SELECT c.seq, c.at, c.id, l.chain, l.seq, l.note, l.records, l.content, l.before, l.hash
FROM icms_link l JOIN icms_change c ON c.seq = l.change WHERE l.chain = ? AND l.seq > ? ORDER BY l.seq LIMIT ?`
	changedRead = `SELECT records, after FROM icms_change WHERE seq = ?`
	// A record of a change stands in one of three places: among the records that it made, among those that it replaced, or in the
	// history. Each is read in a window of places, so that no page costs more than its rows.
	changedPage = `
SELECT place, kind, id, seq, version, body FROM icms_record
 WHERE seq > ?4 AND seq <= ?4 + ?3 AND change = ?1 AND version = 1 AND place > ?2 AND place <= ?2 + ?3
UNION ALL
SELECT place, kind, id, seq, version, body FROM icms_record INDEXED BY icms_record_updated
 WHERE version > 1 AND change = ?1 AND place > ?2 AND place <= ?2 + ?3
UNION ALL
SELECT place, kind, id, seq, version, body FROM icms_history
 WHERE change = ?1 AND place > ?2 AND place <= ?2 + ?3
ORDER BY place`
	changedWindow = 500
)

// linkRow is a row of icms_link with what its change adds.
type linkRow struct {
	at, seq, records      sql.NullInt64
	id, chain, note       sql.NullString
	content, before, hash []byte
}

// columns are the places to scan into, in the order of the queries.
func (l *linkRow) columns() []any {
	return []any{&l.at, &l.id, &l.chain, &l.seq, &l.note, &l.records, &l.content, &l.before, &l.hash}
}

func (l *linkRow) link(change int64) (store.Link, error) {
	k := store.Link{
		Chain: l.chain.String, Seq: l.seq.Int64, ChangeID: l.id.String, ChangeSeq: change, At: instant(l.at.Int64),
		Note: []byte(l.note.String), Records: l.records.Int64,
	}
	for _, d := range []struct {
		to   *[sha256.Size]byte
		from []byte
	}{{&k.Content, l.content}, {&k.Before, l.before}, {&k.Hash, l.hash}} {
		if len(d.from) != sha256.Size {
			return store.Link{}, fmt.Errorf("%w: a hash of link %d of chain %q has %d bytes", store.ErrCorrupt, k.Seq, k.Chain, len(d.from))
		}
		copy(d.to[:], d.from)
	}
	return k, nil
}

// link writes the audit link of the change.
func (w *writing) link(ctx context.Context, c store.Change) (store.Link, error) {
	l := store.Link{Chain: c.Chain, Seq: 1, ChangeID: c.ID, ChangeSeq: w.change, At: instant(c.At.UnixMicro()), Note: append([]byte{}, c.Note...)}
	var last int64
	var hash []byte
	there, err := w.q.row(ctx, linkLast, []any{c.Chain}, &last, &hash)
	if err != nil {
		return store.Link{}, err
	}
	if there {
		if len(hash) != sha256.Size {
			return store.Link{}, fmt.Errorf("%w: the hash of link %d of chain %q has %d bytes", store.ErrCorrupt, last, c.Chain, len(hash))
		}
		l.Seq, l.Before = last+1, [sha256.Size]byte(hash)
	}
	l.Records, l.Content = w.digest.Sum()
	l.Hash = l.Sum()
	_, err = w.q.exec(ctx, linkWrite, l.ChangeSeq, l.Chain, l.Seq, string(l.Note), l.Records, l.Content[:], l.Before[:], l.Hash[:])
	return l, err
}

// Links reads links of an audit chain; see store.Store.
func (s *Store) Links(ctx context.Context, chain string, after int64, n int) ([]store.Link, error) {
	doing := "read the links of chain " + chain
	if n < 1 {
		return nil, s.fail(doing, fmt.Errorf("%w: asked for %d links", store.ErrInvalid, n))
	}
	var all []store.Link
	err := s.query(ctx, doing, linksRead, []any{chain, after, n}, func(rows *sql.Rows) error {
		var l linkRow
		var change int64
		if err := rows.Scan(append([]any{&change}, l.columns()...)...); err != nil {
			return err
		}
		k, err := l.link(change)
		all = append(all, k)
		return err
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// Changed streams what the link's change wrote; see store.Store. It goes by l.ChangeSeq, reads window by window, and holds nothing
// open while the caller works on a record. A deleted record comes without a body.
func (s *Store) Changed(ctx context.Context, l store.Link) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		doing := fmt.Sprintf("read what change %d wrote", l.ChangeSeq)
		var records, last int64
		there := false
		err := s.query(ctx, doing, changedRead, []any{l.ChangeSeq}, func(rows *sql.Rows) error {
			there = true
			return rows.Scan(&records, &last)
		})
		if err == nil && !there {
			err = s.fail(doing, store.ErrNotFound)
		}
		if err != nil {
			yield(store.Record{}, err)
			return
		}
		for place := int64(0); place < records; place += changedWindow {
			page, err := s.changedPage(ctx, doing, l.ChangeSeq, place, last)
			if err != nil {
				yield(store.Record{}, err)
				return
			}
			for _, r := range page {
				if !yield(r, nil) {
					return
				}
				if r.Version == 1 {
					last = r.Seq
				}
			}
		}
	}
}

// changedPage reads the records at the places of one window; last is the number of the last new record before it.
func (s *Store) changedPage(ctx context.Context, doing string, change, place, last int64) ([]store.Record, error) {
	var page []store.Record
	err := s.query(ctx, doing, changedPage, []any{change, place, changedWindow, last}, func(rows *sql.Rows) error {
		var at int64
		var r store.Record
		if err := rows.Scan(&at, &r.Kind, &r.ID, &r.Seq, &r.Version, &r.Body); err != nil {
			return err
		}
		page = append(page, r)
		return nil
	})
	return page, err
}
