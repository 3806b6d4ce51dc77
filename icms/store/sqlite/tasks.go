package sqlite

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
)

const (
	workDone  = `DELETE FROM icms_work WHERE kind = ? AND id = ? AND token = ?`
	workWrite = `
INSERT INTO icms_work (kind, id, due, body) VALUES (?, ?, ?, ?)
ON CONFLICT (kind, id) DO UPDATE SET due = excluded.due, body = excluded.body, attempt = 0, until = NULL, token = 0`
)

var eventTable = table{into: "icms_event (seq, id, stream, type, data, at)", columns: 6, chunk: 16}

// tasks ends work that is done, writes the work that falls due later, and puts the events into the outbox.
func (w *writing) tasks(ctx context.Context, c store.Change) error {
	for _, d := range c.Done {
		n, err := w.q.exec(ctx, workDone, d.Kind, d.ID, d.Token)
		if err != nil {
			return err
		}
		if n == 0 {
			return fmt.Errorf("%w: %s %q is no longer claimed under token %d", store.ErrLease, d.Kind, d.ID, d.Token)
		}
	}
	for _, d := range c.Work {
		if _, err := w.q.exec(ctx, workWrite, d.Kind, d.ID, ceiling(d.Due), string(d.Body)); err != nil {
			return err
		}
	}
	var rows []any
	for _, e := range c.Events {
		w.event++
		rows = append(rows, w.event, e.ID, e.Stream, e.Type, string(e.Data), c.At.UnixMicro())
	}
	return w.q.insert(ctx, eventTable, rows)
}

// ceiling gives an instant in microseconds, rounded up: what is kept is never earlier than what was asked.
func ceiling(t time.Time) int64 {
	micro := t.UnixMicro()
	if t.Nanosecond()%1000 != 0 {
		micro++
	}
	return micro
}
