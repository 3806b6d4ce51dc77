package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
)

const (
	counterRead  = `SELECT change, record, event, token FROM icms_counter`
	counterWrite = `UPDATE icms_counter SET change = ?, record = ?, event = ?, token = ?`
	changeRead   = `
SELECT c.seq, c.drawn, c.at, c.id, l.chain, l.seq, l.note, l.records, l.content, l.before, l.hash
FROM icms_change c LEFT JOIN icms_link l ON l.change = c.seq WHERE c.id = ?`
	changeWrite = `INSERT INTO icms_change (seq, id, at, drawn, records, after) VALUES (?, ?, ?, ?, ?, ?)`
)

// Apply commits the change; see store.Store. The change waits for its turn behind the other writers of this process, in the order
// in which they came, then for other processes, for Options.Wait at most. Changes that wait at the same time are committed
// together, each with an answer of its own; one with Parts is committed alone.
func (s *Store) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	way := s.applyTogether
	if c.Parts != nil {
		way = s.applyInTurn
	}
	a, err := way(ctx, c)
	if err != nil {
		return store.Applied{}, fail("apply "+c.ID, err)
	}
	return a, nil
}

// ApplyTx makes the change a part of the embedder's own transaction: it happens when that is committed, and not when it is rolled
// back. A change that fails leaves the transaction as it was, and usable, unless SQLite rolled it back as a whole (for want of space or
// memory), which the error says. The transaction must be on the database of this store and should have begun IMMEDIATE (the DSN of [DSN] sees to it): SQLite refuses the first write of a transaction that has read what
// others changed since, which comes back as store.ErrBusy. An answer with Replayed set may stand for a change of this
// same transaction.
func (s *Store) ApplyTx(ctx context.Context, tx *sql.Tx, c store.Change) (store.Applied, error) {
	doing := "apply " + c.ID
	if s.closed.Load() {
		return store.Applied{}, s.fail(doing, store.ErrClosed)
	}
	ctx = unhurried{ctx}
	q := newSession(tx, s.step)
	a, err := applyWithin(ctx, q, c)
	if err = errors.Join(err, q.close()); err != nil {
		return store.Applied{}, s.fail(doing, err)
	}
	return a, nil
}

// errLost says that a change could not be undone alone: SQLite has rolled back the transaction as a whole.
var errLost = errors.New("the transaction is lost")

// applyWithin applies the change in a savepoint, so that a failure undoes the change alone. The error wraps errLost when that is
// not so.
func applyWithin(ctx context.Context, q *session, c store.Change) (a store.Applied, err error) {
	if _, err := q.exec(ctx, "SAVEPOINT icms_apply"); err != nil {
		return a, err
	}
	kept := false
	defer func() {
		if kept {
			return
		}
		if undone := undo(q); undone != nil {
			err = fmt.Errorf("%w: %w (undoing it alone failed: %v)", errLost, err, undone)
		}
	}()
	if a, err = apply(ctx, q, c); err != nil {
		return store.Applied{}, err
	}
	if _, err = q.exec(ctx, "RELEASE icms_apply"); err != nil {
		return store.Applied{}, err
	}
	kept = true
	return a, nil
}

// undo takes back what was done since the savepoint, whatever the caller's context says.
func undo(q *session) error {
	ctx := unhurried{context.Background()}
	if _, err := q.exec(ctx, "ROLLBACK TO icms_apply"); err != nil {
		return err
	}
	_, err := q.exec(ctx, "RELEASE icms_apply")
	return err
}

// apply writes the change in the session's transaction.
func apply(ctx context.Context, q *session, c store.Change) (store.Applied, error) {
	if err := c.CheckID(); err != nil {
		return store.Applied{}, err
	}
	if a, there, err := replay(ctx, q, c.ID); err != nil || there {
		return a, err
	}
	if err := c.Check(); err != nil {
		return store.Applied{}, err
	}
	w := &writing{q: q, names: map[string]*indexName{}, chained: c.Chain != ""}
	if _, err := q.row(ctx, counterRead, nil, &w.change, &w.record, &w.event, &w.token); err != nil {
		return store.Applied{}, err
	}
	w.change++
	w.after = w.record
	if err := w.records(ctx, c); err != nil {
		return store.Applied{}, err
	}
	a := store.Applied{Seq: w.change}
	var err error
	if a.First, err = w.numbers(ctx, c); err != nil {
		return store.Applied{}, err
	}
	if err := w.tasks(ctx, c); err != nil {
		return store.Applied{}, err
	}
	if err := w.finish(ctx, c, a.First); err != nil {
		return store.Applied{}, err
	}
	if w.chained {
		a.Link, err = w.link(ctx, c)
	}
	return a, err
}

// replay gives the answer of a change that was committed before.
func replay(ctx context.Context, q *session, id string) (a store.Applied, there bool, err error) {
	var drawn string
	var l linkRow
	there, err = q.row(ctx, changeRead, []any{id}, append([]any{&a.Seq, &drawn}, l.columns()...)...)
	if err != nil || !there {
		return store.Applied{}, false, err
	}
	if err := json.Unmarshal([]byte(drawn), &a.First); err != nil {
		return store.Applied{}, false, fmt.Errorf("%w: the numbers of change %s: %w", store.ErrCorrupt, id, err)
	}
	if len(a.First) == 0 {
		a.First = nil
	}
	if l.chain.Valid {
		if a.Link, err = l.link(a.Seq); err != nil {
			return store.Applied{}, false, err
		}
	}
	a.Replayed = true
	return a, true, nil
}

// records writes the records of the change: the puts, the parts, the deletions.
func (w *writing) records(ctx context.Context, c store.Change) error {
	for _, k := range c.Require {
		if err := w.require(ctx, k); err != nil {
			return err
		}
	}
	for i := range c.Puts {
		if err := w.put(ctx, &c.Puts[i]); err != nil {
			return err
		}
	}
	if c.Parts != nil {
		if err := w.parts(ctx, c); err != nil {
			return err
		}
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	for _, k := range c.Deletes {
		if err := w.remove(ctx, k); err != nil {
			return err
		}
	}
	return nil
}

func (w *writing) parts(ctx context.Context, c store.Change) error {
	for part, err := range c.Parts {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		for i := range part {
			if err := part[i].Check(); err != nil {
				return fmt.Errorf("change.Parts, record %d: %w", w.place+1, err)
			}
			if err := w.put(ctx, &part[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// finish writes the row of the change and the counters as they stand after it.
func (w *writing) finish(ctx context.Context, c store.Change, first []int64) error {
	drawn, err := json.Marshal(append([]int64{}, first...))
	if err != nil {
		return err
	}
	_, err = w.q.exec(ctx, changeWrite, w.change, c.ID, c.At.UnixMicro(), string(drawn), w.place, w.after)
	if err != nil {
		return err
	}
	_, err = w.q.exec(ctx, counterWrite, w.change, w.record, w.event, w.token)
	return err
}

// instant is the other way of time.Time.UnixMicro.
func instant(micro int64) time.Time { return time.UnixMicro(micro).UTC() }
