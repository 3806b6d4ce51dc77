package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"strings"
)

// connection is what a transaction runs on: a connection of our own, or an embedder's transaction.
type connection interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// session is a connection with the statements prepared on it. One goroutine uses it at a time.
type session struct {
	conn  connection
	stmts map[string]*sql.Stmt
	// step, when a test set it, is called before each statement.
	step func(query string) error
}

func newSession(c connection, step func(string) error) *session {
	return &session{conn: c, stmts: map[string]*sql.Stmt{}, step: step}
}

// close closes the statements; the connection stays with its owner.
func (q *session) close() error {
	var all error
	for _, s := range q.stmts {
		all = errors.Join(all, s.Close())
	}
	return all
}

func (q *session) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if q.step != nil {
		if err := q.step(query); err != nil {
			return nil, err
		}
	}
	if s := q.stmts[query]; s != nil {
		return s, nil
	}
	s, err := q.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	q.stmts[query] = s
	return s, nil
}

// exec runs a statement and gives the number of rows it changed.
func (q *session) exec(ctx context.Context, query string, args ...any) (int64, error) {
	s, err := q.stmt(ctx, query)
	if err != nil {
		return 0, err
	}
	r, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// row reads the one row of a query into dest, and says whether there was one.
func (q *session) row(ctx context.Context, query string, args []any, dest ...any) (bool, error) {
	s, err := q.stmt(ctx, query)
	if err != nil {
		return false, err
	}
	err = s.QueryRowContext(ctx, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each reads all rows of a query; the function scans one.
func (q *session) each(ctx context.Context, query string, args []any, scan func(*sql.Rows) error) error {
	s, err := q.stmt(ctx, query)
	if err != nil {
		return err
	}
	return each(ctx, s, args, scan)
}

func each(ctx context.Context, s *sql.Stmt, args []any, scan func(*sql.Rows) error) error {
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// table is where rows are inserted many at a time. The driver's cost of binding grows with the square of the number of
// parameters, so that a statement of some hundred of them is the fastest.
type table struct {
	into    string
	columns int
	// chunk is the number of rows of the longest statement.
	chunk int
}

// insert inserts rows, given as their columns one after another, with as few statements as possible.
func (q *session) insert(ctx context.Context, t table, args []any) error {
	for n := t.chunk; len(args) > 0; {
		for n*t.columns > len(args) {
			n = (n + 3) / 4
		}
		if _, err := q.exec(ctx, t.text(n), args[:n*t.columns]...); err != nil {
			return err
		}
		args = args[n*t.columns:]
	}
	return nil
}

func (t table) text(rows int) string {
	row := "(?" + strings.Repeat(", ?", t.columns-1) + ")"
	return "INSERT INTO " + t.into + " VALUES " + row + strings.Repeat(", "+row, rows-1)
}
