package main

import (
	"context"
	"database/sql"
	"fmt"

	"courts.example/eservices/icms/store/sqlite"
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
	name, err := sqlite.DSN(sqlite.Options{Path: path})
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", name+"&mode=ro&_pragma=query_only(1)")
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
