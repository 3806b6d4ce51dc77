package icms_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/store/sqlite"
)

// BenchmarkFileAgainstBareInserts files 10,000 claims, everything included (reading, checking, pricing, paying, documents of
// record, commits at synchronous FULL), then writes the very rows it left with one bare prepared insert a row in one transaction into
// the same schema: five interleaved pairs, the median of their ratios. Above 0.5 is the promise.
func BenchmarkFileAgainstBareInserts(b *testing.B) {
	const n = 10_000
	csv := claims(n, "INV")
	for b.Loop() {
		var ratios []float64
		for range 5 {
			folder := b.TempDir()
			filing := fileInto(b, folder, csv)
			rows := readRows(b, filepath.Join(folder, "court.db"))
			bare := bareInserts(b, rows)
			ratios = append(ratios, bare.Seconds()/filing.Seconds())
			if len(ratios) == 1 {
				info, err := os.Stat(filepath.Join(folder, "court.db"))
				require.NoError(b, err)
				b.ReportMetric(float64(rows.count)/n, "rows/claim")
				b.ReportMetric(float64(info.Size())/n, "B/claim")
			}
		}
		slices.Sort(ratios)
		b.ReportMetric(ratios[2], "of-bare-row-rate")
		b.ReportMetric(0, "ns/op")
	}
}

// fileInto files the claims into a database of its own and gives the time that File took.
func fileInto(b *testing.B, folder, csv string) time.Duration {
	c := &counter{t: b, blobs: openFolder(b), court: smallClaims(b)}
	db, err := sqlite.Open(b.Context(), sqlite.Options{Path: filepath.Join(folder, "court.db")})
	require.NoError(b, err)
	c.store = db
	c.set("2026-03-02 10:00:00")
	c.open()
	c.topUp(1_000_000)
	began := time.Now()
	r, err := c.Registry().File(b.Context(), batch(csv))
	require.NoError(b, err)
	require.Equal(b, icms.Registered, r.State)
	took := time.Since(began)
	require.NoError(b, db.Close())
	return took
}

func openFolder(b *testing.B) blob.Store {
	f, err := blob.OpenFolder(b.TempDir())
	require.NoError(b, err)
	return f
}

// tableRows are all rows of a database, table by table.
type tableRows struct {
	count  int
	tables []string
	insert map[string]string
	rows   map[string][][]any
}

func readRows(b *testing.B, path string) tableRows {
	db, err := sql.Open("sqlite", "file:"+path)
	require.NoError(b, err)
	defer db.Close()
	out := tableRows{insert: map[string]string{}, rows: map[string][][]any{}}
	names, err := db.Query(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid`)
	require.NoError(b, err)
	for names.Next() {
		var name string
		require.NoError(b, names.Scan(&name))
		out.tables = append(out.tables, name)
	}
	require.NoError(b, names.Close())
	for _, name := range out.tables {
		query := `SELECT * FROM ` + name
		if name == "icms_entry" { // in the order in which the claims come, as a program without the library would write them
			query += ` ORDER BY record, substr(key, -12)`
		}
		rows, err := db.Query(query)
		require.NoError(b, err)
		columns, err := rows.Columns()
		require.NoError(b, err)
		out.insert[name] = fmt.Sprintf("INSERT OR REPLACE INTO %s (%s) VALUES (?%s)", name, strings.Join(columns, ", "), strings.Repeat(", ?", len(columns)-1))
		for rows.Next() {
			values := make([]any, len(columns))
			into := make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			require.NoError(b, rows.Scan(into...))
			out.rows[name] = append(out.rows[name], values)
			out.count++
		}
		require.NoError(b, rows.Close())
	}
	return out
}

// bareInserts writes the rows into a fresh database of the same schema and settings.
func bareInserts(b *testing.B, rows tableRows) time.Duration {
	path := filepath.Join(b.TempDir(), "bare.db")
	schema, err := sqlite.Open(context.Background(), sqlite.Options{Path: path})
	require.NoError(b, err)
	require.NoError(b, schema.Close())
	dsn, err := sqlite.DSN(sqlite.Options{Path: path})
	require.NoError(b, err)
	db, err := sql.Open("sqlite", dsn)
	require.NoError(b, err)
	defer db.Close()
	began := time.Now()
	tx, err := db.Begin()
	require.NoError(b, err)
	for _, name := range rows.tables {
		insert, err := tx.Prepare(rows.insert[name])
		require.NoError(b, err)
		for _, values := range rows.rows[name] {
			_, err := insert.Exec(values...)
			require.NoError(b, err)
		}
		require.NoError(b, insert.Close())
	}
	require.NoError(b, tx.Commit())
	return time.Since(began)
}
