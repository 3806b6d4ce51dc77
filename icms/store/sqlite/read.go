package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"courts.example/eservices/icms/store"
)

const (
	recordGet = `SELECT seq, version, body FROM icms_record WHERE kind = ? AND id = ?`
	matchRead = `
SELECT j.key, r.kind, r.id, r.seq, r.version, r.body
FROM json_each(?2) j
CROSS JOIN icms_entry e ON e.idx = (SELECT id FROM icms_index WHERE name = ?1) AND e.key = j.value
CROSS JOIN icms_record r ON r.seq = e.record
ORDER BY j.key, e.record`
	sumsRead = `SELECT j.key, s.value FROM json_each(?) j CROSS JOIN icms_sum s ON s.name = j.value`
)

// readQueries are all queries of the reader.
func readQueries() []string {
	return []string{recordGet, listUp, listDown, matchRead, sumsRead, linksRead, changedRead, changedPage, workReady, eventsReady}
}

// query runs one of the readQueries on a connection that reads, and scans its rows.
func (s *Store) query(ctx context.Context, doing, query string, args []any, scan func(*sql.Rows) error) error {
	if s.closed.Load() {
		return s.fail(doing, store.ErrClosed)
	}
	if err := each(ctx, s.reads[query], args, scan); err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return s.fail(doing, err)
	}
	return nil
}

// Get reads one record; see store.Store.
func (s *Store) Get(ctx context.Context, kind, id string) (store.Record, error) {
	doing := fmt.Sprintf("get %s %q", kind, id)
	r := store.Record{Kind: kind, ID: id}
	err := s.query(ctx, doing, recordGet, []any{kind, id}, func(rows *sql.Rows) error {
		return rows.Scan(&r.Seq, &r.Version, &r.Body)
	})
	if err != nil {
		return store.Record{}, err
	}
	if r.Version == 0 {
		return store.Record{}, s.fail(doing, store.ErrNotFound)
	}
	return r, nil
}

// Match finds the records that carry the keys; see store.Store. All keys are looked up in one statement, and so in one state of the
// database. Keys that no record can carry are left out.
func (s *Store) Match(ctx context.Context, index string, keys []string) ([]store.Hit, error) {
	asked := make([]*string, len(keys))
	for i := range keys {
		if store.ValidKey(keys[i]) {
			asked[i] = &keys[i]
		}
	}
	list, err := json.Marshal(asked)
	if err != nil {
		return nil, s.fail("match", err)
	}
	var hits []store.Hit
	err = s.query(ctx, "match keys of "+index, matchRead, []any{index, string(list)}, func(rows *sql.Rows) error {
		var place int
		var h store.Hit
		r := &h.Record
		if err := rows.Scan(&place, &r.Kind, &r.ID, &r.Seq, &r.Version, &r.Body); err != nil {
			return err
		}
		h.Key = keys[place]
		hits = append(hits, h)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return hits, nil
}

// Sums reads named sums, all in one state of the database; see store.Store.
func (s *Store) Sums(ctx context.Context, names ...string) ([]int64, error) {
	list, err := json.Marshal(append([]string{}, names...))
	if err != nil {
		return nil, s.fail("read sums", err)
	}
	sums := make([]int64, len(names))
	err = s.query(ctx, "read sums", sumsRead, []any{string(list)}, func(rows *sql.Rows) error {
		var place int
		var value int64
		if err := rows.Scan(&place, &value); err != nil {
			return err
		}
		sums[place] = value
		return nil
	})
	if err != nil {
		return nil, err
	}
	return sums, nil
}
