package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestADatabaseThatNobodyTouched(t *testing.T) {
	path := court(t)
	status, out := audit(t, path)
	require.Equal(t, inOrder, status, out)
	for _, chain := range []string{"SCT/2026 ", "accounts/2026 ", "members/2026 "} {
		require.Contains(t, out, chain)
	}
	require.True(t, strings.HasSuffix(out, "\nin order\n"), out)
}

// tampered opens a copy of a database to whoever likes to change it.
func tampered(t *testing.T, path string, change func(db *sql.DB)) string {
	t.Helper()
	path = copyOf(t, path)
	db, err := sql.Open("sqlite", "file:"+path)
	require.NoError(t, err)
	change(db)
	require.NoError(t, db.Close())
	return path
}

func exec(t *testing.T, db *sql.DB, query string, args ...any) {
	t.Helper()
	require.Positive(t, change(t, db, query, args...), "%s changes nothing", query)
}

// change gives the number of rows that a query changed.
func change(t *testing.T, db *sql.DB, query string, args ...any) int64 {
	t.Helper()
	r, err := db.Exec(query, args...)
	require.NoError(t, err, query)
	n, err := r.RowsAffected()
	require.NoError(t, err)
	return n
}

// each gives the keys of all rows of a table.
func each(t *testing.T, path, query string) (keys [][]any) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	require.NoError(t, err)
	defer db.Close()
	rows, err := db.Query(query)
	require.NoError(t, err)
	defer rows.Close()
	columns, err := rows.Columns()
	require.NoError(t, err)
	for rows.Next() {
		key, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range key {
			into[i] = &key[i]
		}
		require.NoError(t, rows.Scan(into...))
		keys = append(keys, key)
	}
	require.NoError(t, rows.Err())
	require.NotEmpty(t, keys)
	return keys
}

// TestRecordsThatChangedPlaces swaps what two records of one change say, and two links of each chain.
func TestRecordsThatChangedPlaces(t *testing.T) {
	path := court(t)
	pairs := each(t, path, `SELECT a.seq, b.seq FROM icms_record a JOIN icms_record b ON a.change = b.change AND a.kind = b.kind AND a.seq < b.seq AND a.body <> b.body`)
	for _, pair := range pairs {
		bad := tampered(t, path, func(db *sql.DB) {
			exec(t, db, `UPDATE icms_record SET body = (SELECT body FROM icms_record o WHERE o.seq = CASE icms_record.seq WHEN ? THEN ? ELSE ? END) WHERE seq IN (?, ?)`,
				pair[0], pair[1], pair[0], pair[0], pair[1])
		})
		status, out := audit(t, bad)
		require.Equal(t, faulty, status, out)
		bad = tampered(t, path, func(db *sql.DB) {
			exec(t, db, `UPDATE icms_record SET place = CASE seq WHEN ? THEN 100001 ELSE 100000 END WHERE seq IN (?, ?)`, pair[0], pair[0], pair[1])
		})
		status, out = audit(t, bad)
		require.Equal(t, faulty, status, out)
	}
	swapped := 0
	for _, pair := range each(t, path, `SELECT a.chain, a.seq, b.seq FROM icms_link a JOIN icms_link b ON a.chain = b.chain AND a.seq < b.seq`) {
		bad := tampered(t, path, func(db *sql.DB) {
			exec(t, db, `UPDATE icms_link SET seq = -seq WHERE chain = ? AND seq IN (?, ?)`, pair...)
			exec(t, db, `UPDATE icms_link SET seq = ? + ? + seq WHERE chain = ? AND seq < 0`, pair[1], pair[2], pair[0])
		})
		status, out := audit(t, bad)
		require.Equal(t, faulty, status, out)
		require.Contains(t, out, fmt.Sprintf("%-16s BROKEN at link %d", pair[0], pair[1]))
		swapped++
	}
	t.Logf("%d pairs of links", swapped)
}

// TestARecordPutInBesideTheOthers gives every change a record more than it wrote.
func TestARecordPutInBesideTheOthers(t *testing.T) {
	path := court(t)
	for _, key := range each(t, path, `SELECT seq FROM icms_record`) {
		bad := tampered(t, path, func(db *sql.DB) {
			exec(t, db, `
INSERT INTO icms_record (seq, kind, id, version, change, place, entries, body)
SELECT 1000000, kind, id || '/forged', 1, change, place + 1000, '[]', body FROM icms_record WHERE seq = ?`, key...)
		})
		status, out := audit(t, bad)
		require.Equal(t, faulty, status, out)
	}
}

// TestWhatWasWrittenPastTheService writes a change of its own, records and all, but into no chain.
func TestWhatWasWrittenPastTheService(t *testing.T) {
	bad := tampered(t, court(t), func(db *sql.DB) {
		exec(t, db, `INSERT INTO icms_change (seq, id, at, drawn, records, after) SELECT max(seq) + 1, 'forged', max(at), '[]', 1, 0 FROM icms_change`)
		exec(t, db, `
INSERT INTO icms_record (seq, kind, id, version, change, place, entries, body)
SELECT 1000000, 'member.account', 'forged', 1, (SELECT max(seq) FROM icms_change), 0, '[]', '{}'`)
	})
	status, out := audit(t, bad)
	require.Equal(t, faulty, status, out)
	require.Contains(t, out, "NOT COVERED: 1 changes that wrote records and are in no chain")
}

// TestAChainWhoseEndWasCutOff takes the last change out with all that belongs to it, which only a saved head tells.
func TestAChainWhoseEndWasCutOff(t *testing.T) {
	path, heads := court(t), filepath.Join(t.TempDir(), "heads.jsonl")
	status, out := audit(t, "-save", heads, path)
	require.Equal(t, inOrder, status, out)
	status, _ = audit(t, "-save", heads, path)
	require.Equal(t, failed, status, "it overwrites nothing")
	status, out = audit(t, "-heads", heads, path)
	require.Equal(t, inOrder, status, out)

	const end = ` WHERE change = (SELECT max(seq) FROM icms_change)`
	cut := tampered(t, path, func(db *sql.DB) {
		exec(t, db, `DELETE FROM icms_entry WHERE record IN (SELECT seq FROM icms_record`+end+`)`)
		exec(t, db, `DELETE FROM icms_record`+end)
		exec(t, db, `DELETE FROM icms_link`+end)
		exec(t, db, `DELETE FROM icms_change WHERE seq = (SELECT max(seq) FROM icms_change)`)
	})
	status, out = audit(t, cut)
	require.Equal(t, faulty, status)
	require.Contains(t, out, "changes missing or more, by the counter of changes")
	cut = tampered(t, cut, func(db *sql.DB) {
		exec(t, db, `UPDATE icms_counter SET change = (SELECT max(seq) FROM icms_change), record = (SELECT max(seq) FROM icms_record)`)
	})
	status, out = audit(t, cut)
	require.Equal(t, inOrder, status, "what is left is a whole chain:\n%s", out)
	status, out = audit(t, "-heads", heads, cut)
	require.Equal(t, faulty, status)
	require.Contains(t, out, "SCT/2026         CUT OFF: link 8 was its head once and is not there")

	kept, err := os.ReadFile(heads)
	require.NoError(t, err)
	other := strings.Replace(string(kept), `"hash":"`, `"hash":"00`, 1)
	require.NoError(t, os.WriteFile(heads, []byte(other), 0o600))
	status, out = audit(t, "-heads", heads, path)
	require.Equal(t, faulty, status)
	require.Contains(t, out, "WRITTEN ANEW")
	require.NoError(t, os.WriteFile(heads, []byte("chain SCT/2026\n"), 0o600))
	status, out = audit(t, "-heads", heads, path)
	require.Equal(t, failed, status, out)
}

func TestWhatCannotBeFoundOut(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "none.db")
	status, _ := audit(t, missing)
	require.Equal(t, failed, status)
	require.NoFileExists(t, missing, "looking makes nothing")
	nonsense := filepath.Join(t.TempDir(), "nonsense.db")
	require.NoError(t, os.WriteFile(nonsense, []byte(strings.Repeat("nonsense ", 1000)), 0o600))
	status, _ = audit(t, nonsense)
	require.Equal(t, failed, status)
	for _, args := range [][]string{{}, {"a", "b"}, {"-x", "a"}} {
		status, out := audit(t, args...)
		require.Equal(t, failed, status)
		require.Contains(t, out, "usage:")
	}
	status, out := audit(t, "-h")
	require.Equal(t, inOrder, status)
	require.Contains(t, out, "usage:")
	status, out = audit(t, "-heads", missing, court(t))
	require.Equal(t, failed, status, out)
	require.Contains(t, fmt.Sprint(out), "none.db")
}
