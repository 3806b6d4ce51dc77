package sqlite

import (
	"context"
	"database/sql"

	"courts.example/eservices/icms/store"
)

const (
	workReady = `
SELECT kind, id, due, body, attempt FROM icms_work
WHERE due <= ?1 AND (until IS NULL OR until <= ?1) AND (?2 = '' OR kind = ?2) ORDER BY due, kind, id LIMIT ?3`
	workClaim   = `UPDATE icms_work SET attempt = attempt + 1, until = ?, token = ? WHERE kind = ? AND id = ?`
	eventsReady = `
SELECT seq, id, stream, type, data, at FROM icms_event e
WHERE (until IS NULL OR until <= ?1) AND (stream = '' OR NOT EXISTS (
  SELECT 1 FROM icms_event b WHERE b.stream = e.stream AND b.seq < e.seq AND b.until > ?1)) ORDER BY seq LIMIT ?2`
	eventClaim = `UPDATE icms_event SET until = ?, token = ? WHERE seq = ?`
	eventAck   = `DELETE FROM icms_event WHERE seq = ? AND token = ?`
	tokenDraw  = `UPDATE icms_counter SET token = token + 1 RETURNING token`
	usualClaim = 100
)

// ClaimWork takes due work; see store.Store. When nothing is due, nothing is written and no writer has to wait.
func (s *Store) ClaimWork(ctx context.Context, c store.Claim) ([]store.Work, error) {
	var all []store.Work
	err := s.claim(ctx, "claim work", c, workReady, func(max int) []any { return []any{c.Now.UnixMicro(), c.Kind, max} },
		func(ctx context.Context, q *session, args []any, token int64) error {
			err := q.each(ctx, workReady, args, func(rows *sql.Rows) error {
				w := store.Work{Token: token}
				var due int64
				if err := rows.Scan(&w.Kind, &w.ID, &due, &w.Body, &w.Attempt); err != nil {
					return err
				}
				w.Due = instant(due)
				w.Attempt++
				all = append(all, w)
				return nil
			})
			for i := 0; err == nil && i < len(all); i++ {
				_, err = q.exec(ctx, workClaim, ceiling(c.Now.Add(c.Lease)), token, all[i].Kind, all[i].ID)
			}
			return err
		})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// ClaimEvents takes events to deliver; see store.Store. When there are none, nothing is written and no writer has to wait.
func (s *Store) ClaimEvents(ctx context.Context, c store.Claim) ([]store.Event, error) {
	var all []store.Event
	err := s.claim(ctx, "claim events", c, eventsReady, func(max int) []any { return []any{c.Now.UnixMicro(), max} },
		func(ctx context.Context, q *session, args []any, token int64) error {
			err := q.each(ctx, eventsReady, args, func(rows *sql.Rows) error {
				e := store.Event{Token: token}
				var at int64
				if err := rows.Scan(&e.Seq, &e.ID, &e.Stream, &e.Type, &e.Data, &at); err != nil {
					return err
				}
				e.At = instant(at)
				all = append(all, e)
				return nil
			})
			for i := 0; err == nil && i < len(all); i++ {
				_, err = q.exec(ctx, eventClaim, ceiling(c.Now.Add(c.Lease)), token, all[i].Seq)
			}
			return err
		})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// claim looks whether anything is ready, and only then takes the write lock and a fencing token to claim it.
func (s *Store) claim(ctx context.Context, doing string, c store.Claim, ready string, args func(max int) []any,
	take func(ctx context.Context, q *session, args []any, token int64) error) error {
	if err := c.Check(); err != nil {
		return s.fail(doing, err)
	}
	some := false
	if err := s.query(ctx, doing, ready, args(1), func(*sql.Rows) error { some = true; return nil }); err != nil || !some {
		return err
	}
	if c.Max == 0 {
		c.Max = usualClaim
	}
	return s.write(ctx, doing, func(ctx context.Context, q *session) error {
		var token int64
		if _, err := q.row(ctx, tokenDraw, nil, &token); err != nil {
			return err
		}
		return take(ctx, q, args(c.Max), token)
	})
}

// AckEvents takes delivered events out of the outbox; see store.Store.
func (s *Store) AckEvents(ctx context.Context, delivered []store.Event) error {
	if len(delivered) == 0 {
		return nil
	}
	return s.write(ctx, "acknowledge events", func(ctx context.Context, q *session) error {
		for _, e := range delivered {
			if e.Token < 1 {
				continue // never claimed
			}
			if _, err := q.exec(ctx, eventAck, e.Seq, e.Token); err != nil {
				return err
			}
		}
		return nil
	})
}
