package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
)

// claims are the records of a bulk filing: 600 bytes of JSON each, under four plain keys and one unique key.
func claims(n int) []store.Put {
	puts := make([]store.Put, n)
	for i := range puts {
		id := fmt.Sprintf("0197f0a1-77aa-7c3b-9d1e-%012d", i)
		scattered := uint64(i+1) * 0x9E3779B97F4A7C15
		puts[i] = store.Put{
			Kind: "claim", ID: id,
			Body: fmt.Appendf(nil, `{"id":%q,"amount":"HKD %d.00","particulars":%q,"defendant":{"name":"Defendant %04d"}}`, id, i, filler, i),
			Index: []store.Entry{
				{Index: "claim/batch", Key: fmt.Sprintf("batch-0001/%06d", i)},
				{Index: "claim/fingerprint", Key: fmt.Sprintf("%016x%016x", scattered, scattered*3)},
				{Index: "claim/defendant", Key: fmt.Sprintf("defendant %04d", i%1000)},
				{Index: "claim/list", Key: fmt.Sprintf("2031-05-06/%06d", i)},
			},
			Unique: []store.Entry{{Index: "claim/number", Key: fmt.Sprintf("SC/%06d/2031", i)}},
		}
	}
	return puts
}

const filler = "Goods sold and delivered under an invoice that fell due on the day stated and has not been paid, although payment was asked for in writing " +
	"twice; the claimant asks for the sum of the invoice, for interest at the judgment rate from the day on which it fell due, and for the costs of these proceedings. " +
	"The documents that bear this out are the invoice, the note of delivery signed for the defendant, and both letters with their proof of posting."

// BenchmarkApply compares Apply of 10,000 claims with what one would write without it: prepared single-row inserts of exactly the
// same rows, in one transaction, into a database of the same tables and settings. Five pairs take turns.
func BenchmarkApply(b *testing.B) {
	const n = 10_000
	puts := claims(n)
	for b.Loop() {
		var ratios []float64
		var ours, bare time.Duration
		for range 5 {
			a, path := applyClaims(b, puts)
			c := insertBare(b, path)
			ratios = append(ratios, c.Seconds()/a.Seconds())
			ours, bare = ours+a, bare+c
			if len(ratios) == 5 {
				rows, bytes := size(b, path)
				b.ReportMetric(float64(rows)/n, "rows/claim")
				b.ReportMetric(float64(bytes)/n, "bytes/claim")
				b.ReportMetric(5*float64(rows)/ours.Seconds(), "rows/s")
				b.ReportMetric(5*float64(rows)/bare.Seconds(), "bare-rows/s")
			}
		}
		slices.Sort(ratios)
		b.ReportMetric(ratios[2], "x-bare")
		b.Logf("pairs, Apply against bare inserts: %.2f", ratios)
	}
}

// applyClaims files the claims in a new database and gives the time it took.
func applyClaims(b *testing.B, puts []store.Put) (time.Duration, string) {
	ctx := context.Background()
	path := filepath.Join(b.TempDir(), "store.db")
	s, err := sqlite.Open(ctx, sqlite.Options{Path: path})
	require.NoError(b, err)
	defer s.Close()
	parts := func(yield func([]store.Put, error) bool) {
		for part := range slices.Chunk(puts, 1000) {
			if !yield(part, nil) {
				return
			}
		}
	}
	start := time.Now()
	_, err = s.Apply(ctx, store.Change{ID: "file", At: start, Parts: parts, Chain: "audit"})
	took := time.Since(start)
	require.NoError(b, err)
	return took, path
}

// bareTables are the tables that the bare inserts fill.
var bareTables = []string{"icms_index", "icms_record", "icms_entry", "icms_change", "icms_link"}

// insertBare reads the rows that Apply wrote and inserts them into a new database, record by record with its entries, and gives the
// time of the inserts.
func insertBare(b *testing.B, from string) time.Duration {
	ctx := context.Background()
	path := filepath.Join(b.TempDir(), "bare.db")
	s, err := sqlite.Open(ctx, sqlite.Options{Path: path})
	require.NoError(b, err)
	require.NoError(b, s.Close())
	dsn, err := sqlite.DSN(sqlite.Options{Path: path})
	require.NoError(b, err)
	db, err := sql.Open("sqlite", dsn+"&_pragma=cache_size(-65536)")
	require.NoError(b, err)
	defer db.Close()
	rows := map[string][][]any{}
	for _, table := range bareTables {
		rows[table] = readRows(b, from, table)
	}
	entries := map[any][][]any{}
	for _, e := range rows["icms_entry"] {
		entries[e[3]] = append(entries[e[3]], e)
	}

	start := time.Now()
	tx, err := db.BeginTx(ctx, nil)
	require.NoError(b, err)
	insert := map[string]*sql.Stmt{}
	for _, table := range bareTables {
		values := "?"
		for range rows[table][0][1:] {
			values += ", ?"
		}
		insert[table], err = tx.PrepareContext(ctx, "INSERT INTO "+table+" VALUES ("+values+")")
		require.NoError(b, err)
	}
	add := func(table string, row []any) {
		if _, err := insert[table].ExecContext(ctx, row...); err != nil {
			b.Fatal(err)
		}
	}
	for _, table := range []string{"icms_index", "icms_change", "icms_link"} {
		for _, row := range rows[table] {
			add(table, row)
		}
	}
	for _, row := range rows["icms_record"] {
		add("icms_record", row)
		for _, e := range entries[row[0]] {
			add("icms_entry", e)
		}
	}
	require.NoError(b, tx.Commit())
	return time.Since(start)
}

func readRows(b *testing.B, path, table string) [][]any {
	db, err := sql.Open("sqlite", path)
	require.NoError(b, err)
	defer db.Close()
	rows, err := db.Query("SELECT * FROM " + table)
	require.NoError(b, err)
	defer rows.Close()
	columns, err := rows.Columns()
	require.NoError(b, err)
	var all [][]any
	for rows.Next() {
		row, to := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			to[i] = &row[i]
		}
		require.NoError(b, rows.Scan(to...))
		all = append(all, row)
	}
	require.NoError(b, rows.Err())
	return all
}

// size gives the rows and bytes of a database.
func size(b *testing.B, path string) (rows int, bytes int64) {
	for _, table := range bareTables {
		rows += len(readRows(b, path, table))
	}
	info, err := os.Stat(path)
	require.NoError(b, err)
	return rows, info.Size()
}
