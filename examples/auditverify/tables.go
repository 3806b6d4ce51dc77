package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
)

// tables are the documented tables of the store, read by plain SQL: the store itself is asked for chains by their names, and knows no
// list of them.
type tables struct{ db *sql.DB }

// chain is a chain with the number of its links.
type chain struct {
	name  string
	links int64
}

// openTables opens the tables for reading alone.
func openTables(ctx context.Context, path string) (*tables, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(10000)", "query_only(1)"}}.Encode()}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, err
	}
	return &tables{db}, db.PingContext(ctx)
}

func (t *tables) close() error { return t.db.Close() }

// chains lists the chains by their names.
func (t *tables) chains(ctx context.Context) (out []chain, err error) {
	rows, err := t.db.QueryContext(ctx, `SELECT chain, count(*) FROM icms_link GROUP BY chain ORDER BY chain`)
	if err != nil {
		return nil, fmt.Errorf("listing the chains: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c chain
		if err := rows.Scan(&c.name, &c.links); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// uncovered counts what was written and stands in no chain: every change of the service that writes records has its link.
func (t *tables) uncovered(ctx context.Context, out io.Writer) (faults int, err error) {
	for _, q := range []struct{ what, query string }{
		{"changes that wrote records and are in no chain", `
SELECT count(*) FROM icms_change c WHERE c.records > 0 AND NOT EXISTS (SELECT 1 FROM icms_link l WHERE l.change = c.seq)`},
		{"records of changes that there are none of", `
SELECT count(*) FROM icms_record r WHERE NOT EXISTS (SELECT 1 FROM icms_change c WHERE c.seq = r.change)`},
		{"replaced records of changes that there are none of", `
SELECT count(*) FROM icms_history h WHERE NOT EXISTS (SELECT 1 FROM icms_change c WHERE c.seq = h.change)`},
		{"records more, or fewer, than all changes wrote", `
SELECT abs((SELECT count(*) FROM icms_record) + (SELECT count(*) FROM icms_history) - (SELECT coalesce(sum(records), 0) FROM icms_change))`},
	} {
		var n int
		if err := t.db.QueryRowContext(ctx, q.query).Scan(&n); err != nil {
			return faults, fmt.Errorf("looking for %s: %w", q.what, err)
		}
		if n > 0 {
			faults++
			fmt.Fprintf(out, "NOT COVERED: %d %s\n", n, q.what)
		}
	}
	return faults, nil
}
