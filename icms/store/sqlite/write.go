package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/store"
)

// lent is a connection that writes, with the statements prepared on it.
type lent struct {
	*session
	conn *sql.Conn
}

// close gives the connection back to its pool, or ends it when it is broken.
func (l *lent) close(broken bool) error {
	all := l.session.close()
	if broken {
		all = nil // a broken connection says the same again for each statement
		// The pool ends a connection whose driver says that it is bad.
		_ = l.conn.Raw(func(any) error { return driver.ErrBadConn })
	}
	if err := l.conn.Close(); !errors.Is(err, sql.ErrConnDone) {
		all = errors.Join(all, err)
	}
	return all
}

// unhurried is a context that the driver does not watch: watching costs a goroutine for each statement. Its Err is looked at
// before each statement instead, and no statement of a write takes long.
type unhurried struct{ context.Context }

func (unhurried) Done() <-chan struct{} { return nil }

// deadline is the instant at which a call that begins now gives up waiting.
func (s *Store) deadline() time.Time { return time.Now().Add(s.options.Wait) }

// write waits for its turn and runs f in a transaction of its own.
func (s *Store) write(ctx context.Context, doing string, f func(ctx context.Context, q *session) error) error {
	until := s.deadline()
	if _, err := s.takeTurn(ctx, until, nil); err != nil {
		return fail(doing, err)
	}
	defer s.endTurn()
	return fail(doing, s.transact(ctx, until, f))
}

// transact runs f in a transaction that holds the write lock, and commits it when f succeeds. Nothing of it stays when f or the
// commit fails, or f panics. The turn to write must be the caller's.
func (s *Store) transact(ctx context.Context, until time.Time, f func(ctx context.Context, q *session) error) error {
	if s.closed.Load() {
		return store.ErrClosed
	}
	l, err := s.borrow(ctx, until)
	if err != nil {
		return err
	}
	healthy := false
	defer func() { s.giveBack(l, healthy) }()
	if err := patiently(ctx, until, func() error { return l.plain("BEGIN IMMEDIATE") }); err != nil {
		healthy = isBusy(err) || ctx.Err() != nil
		return err
	}
	committed := false
	defer func() {
		if !committed {
			healthy = l.plain("ROLLBACK") == nil
		}
	}()
	if err := f(unhurried{ctx}, l.session); err != nil {
		return err
	}
	if err := l.plain("COMMIT"); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	committed, healthy = true, true
	return nil
}

// plain runs a statement that no caller may end.
func (l *lent) plain(query string) error {
	_, err := l.exec(context.Background(), query)
	return err
}

// takeTurn waits in the line of this process's writers, and says whether the turn is the caller's: when answered is closed first,
// it is not, and no longer needed.
func (s *Store) takeTurn(ctx context.Context, until time.Time, answered <-chan struct{}) (mine bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	select {
	case s.turn <- struct{}{}:
		return true, nil
	default:
	}
	timer := time.NewTimer(time.Until(until))
	defer timer.Stop()
	select {
	case s.turn <- struct{}{}:
		return true, nil
	case <-answered:
		return false, nil
	case <-ctx.Done():
		return false, ctx.Err()
	case <-timer.C:
		return false, fmt.Errorf("%w: others in this process have been writing, or waiting to, for %v", store.ErrBusy, s.options.Wait)
	}
}

func (s *Store) endTurn() { <-s.turn }

// borrow gives the connection that writes: the kept one, or one from the pool.
func (s *Store) borrow(ctx context.Context, until time.Time) (*lent, error) {
	if s.kept != nil {
		return s.kept, nil
	}
	bounded, cancel := context.WithDeadline(ctx, until)
	defer cancel()
	var conn *sql.Conn
	err := patiently(ctx, until, func() (err error) {
		conn, err = s.writer.Conn(bounded)
		return err
	})
	if bounded.Err() != nil && ctx.Err() == nil && errors.Is(err, bounded.Err()) {
		err = fmt.Errorf("%w: no connection of the pool was free for %v", store.ErrBusy, s.options.Wait)
	}
	if err != nil {
		return nil, err
	}
	return &lent{session: newSession(conn, s.step), conn: conn}, nil
}

func (s *Store) giveBack(l *lent, healthy bool) {
	if s.own && healthy {
		s.kept = l
		return
	}
	s.kept = nil
	// What a statement or connection says when it is closed changes nothing that was committed.
	_ = l.close(!healthy)
}

// patiently tries again while another process holds a lock, until the instant or the end of the context. SQLite itself waits a
// little in each try.
func patiently(ctx context.Context, until time.Time, try func() error) error {
	for {
		err := try()
		if err == nil || !isBusy(err) {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !time.Now().Before(until) {
			return err
		}
	}
}

// fail gives an error its place and its sentinel.
func (s *Store) fail(doing string, err error) error {
	if err != nil && s.closed.Load() && !errors.Is(err, store.ErrClosed) {
		err = fmt.Errorf("%w: %w", store.ErrClosed, err)
	}
	return fail(doing, err)
}
