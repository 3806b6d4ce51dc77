package main

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// beside is what stands beside the trail: what is still to be done, and the store's own numbers and names. A change in it changes no record.
var beside = map[string]bool{
	"icms_event": true, "icms_work": true, "icms_sequence": true, "icms_index": true,
	"icms_counter.event": true, "icms_counter.token": true, "icms_counter.one": true, "icms_change.drawn": true,
}

// column is a column of a table, with its type.
type column struct{ name, kind string }

// table is a table with its columns and the keys of its rows.
type table struct {
	name    string
	columns []column
	key     []string
	rows    [][]any
}

func (t table) where() string { return ` WHERE "` + strings.Join(t.key, `" IS ? AND "`) + `" IS ?` }

// other writes another value into a column: a number that is one more, a text of which one character is another, a blob of other bytes.
func (c column) other() string {
	switch c.kind {
	case "TEXT":
		return fmt.Sprintf(`"%[1]s" = iif(coalesce("%[1]s", '') = '', 'x', substr("%[1]s", 1, length("%[1]s") / 2)
			|| char(unicode(substr("%[1]s", length("%[1]s") / 2 + 1, 1)) + 1) || substr("%[1]s", length("%[1]s") / 2 + 2))`, c.name)
	case "BLOB":
		return fmt.Sprintf(`"%s" = x'%s'`, c.name, strings.Repeat("5a", 32))
	}
	return fmt.Sprintf(`"%[1]s" = coalesce("%[1]s", 0) + 1000003`, c.name) // a number that no other row has
}

func tablesOf(t *testing.T, path string) (all []table) {
	for _, name := range each(t, path, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`) {
		one := table{name: name[0].(string)}
		for _, c := range each(t, path, `SELECT name, type, pk FROM pragma_table_info('`+one.name+`')`) {
			one.columns = append(one.columns, column{c[0].(string), c[1].(string)})
			if c[2].(int64) > 0 {
				one.key = append(one.key, c[0].(string))
			}
		}
		one.rows = each(t, path, `SELECT "`+strings.Join(one.key, `", "`)+`" FROM `+one.name)
		all = append(all, one)
	}
	return all
}

// TestEveryRowOfEveryTable changes every column of every row of every table there is, and takes every row out, one at a time; where -short is asked for,
// every ninth row.
func TestEveryRowOfEveryTable(t *testing.T) {
	path := court(t)
	found := map[string]int{}
	for _, table := range tablesOf(t, path) {
		tampers := map[string]string{"": `DELETE FROM ` + table.name + table.where()}
		for _, c := range table.columns {
			tampers["."+c.name] = `UPDATE ` + table.name + ` SET ` + c.other() + table.where()
		}
		for _, c := range table.columns {
			if c.kind == "INTEGER" { // a number that another row may have
				tampers["."+c.name+" down"] = `UPDATE OR IGNORE ` + table.name + ` SET "` + c.name + `" = "` + c.name + `" - 1` + table.where()
				tampers["."+c.name+" up"] = `UPDATE OR IGNORE ` + table.name + ` SET "` + c.name + `" = "` + c.name + `" + 1` + table.where()
			}
		}
		for what, query := range tampers {
			what, _, near := strings.Cut(what, " ")
			if beside[table.name] || beside[table.name+what] {
				continue
			}
			for i, key := range table.rows {
				if testing.Short() && i%9 != 0 {
					continue
				}
				changed := int64(0)
				bad := tampered(t, path, func(db *sql.DB) { changed = change(t, db, query, key...) })
				status, out := audit(t, bad)
				require.NoError(t, os.Remove(bad))
				if near && changed == 0 {
					continue // the tables themselves don't let it be
				}
				require.Positive(t, changed, "%s changes nothing", query)
				if table.name == "icms_schema" {
					require.Equal(t, failed, status, "it is no database of this store's")
				} else {
					require.Equal(t, faulty, status, "%s%s of %v:\n%s", table.name, what, key, out)
				}
				found[table.name]++
			}
		}
	}
	t.Logf("found: %v", found)
}

// records is a digest of all that the trail is about.
func records(path string) (string, error) {
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		return "", err
	}
	defer db.Close()
	h := sha256.New()
	for _, query := range []string{
		`SELECT kind || '|' || id || '|' || version || '|' || change || '|' || body FROM icms_record ORDER BY seq`,
		`SELECT kind || '|' || id || '|' || version || '|' || change || '|' || coalesce(body, '') FROM icms_history ORDER BY seq, version`,
		`SELECT chain || '|' || seq || '|' || change || '|' || note || '|' || records || hex(content) || hex(before) || hex(hash) FROM icms_link ORDER BY change`,
		`SELECT seq || '|' || id || '|' || at || '|' || records FROM icms_change ORDER BY seq`,
	} {
		rows, err := db.Query(query)
		if err != nil {
			return "", err
		}
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				return "", err
			}
			fmt.Fprintln(h, line)
		}
		if err := rows.Err(); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}

// TestAnyByteOfTheFile flips bits anywhere in the file of a larger database: either the records are what they were, or it is found.
func TestAnyByteOfTheFile(t *testing.T) {
	path := courtOf(t, 200)
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	was, err := records(path)
	require.NoError(t, err)
	dice := rand.New(rand.NewPCG(1, 2))
	harmless, times := 0, 250
	if testing.Short() {
		times = 12
	}
	for range times {
		bad := copyOf(t, path)
		at := dice.Int64N(int64(len(whole)))
		f, err := os.OpenFile(bad, os.O_WRONLY, 0)
		require.NoError(t, err)
		_, err = f.WriteAt([]byte{whole[at] ^ 1<<dice.IntN(8)}, at)
		require.NoError(t, err)
		require.NoError(t, f.Close())
		status, out := audit(t, bad)
		if status == inOrder {
			harmless++
			is, err := records(bad)
			require.NoError(t, err)
			require.Equal(t, was, is, "byte %d of %d:\n%s", at, len(whole), out)
		}
		require.NoError(t, os.Remove(bad))
	}
	t.Logf("%d bits flipped, %d of them in what is no record: empty space, indexes of what waits", times, harmless)
}

// TestAnyOfManyRecords tampers with single rows of a larger database, here and there.
func TestAnyOfManyRecords(t *testing.T) {
	path := courtOf(t, 200)
	dice := rand.New(rand.NewPCG(3, 4))
	times := 15
	if testing.Short() {
		times = 3
	}
	for _, table := range tablesOf(t, path) {
		if beside[table.name] || table.name == "icms_schema" || table.name == "icms_counter" {
			continue
		}
		for range times {
			c, key := table.columns[dice.IntN(len(table.columns))], table.rows[dice.IntN(len(table.rows))]
			if beside[table.name+"."+c.name] {
				continue
			}
			for _, query := range []string{`UPDATE ` + table.name + ` SET ` + c.other() + table.where(), `DELETE FROM ` + table.name + table.where()} {
				bad := tampered(t, path, func(db *sql.DB) { exec(t, db, query, key...) })
				status, out := audit(t, bad)
				require.NoError(t, os.Remove(bad))
				require.Equal(t, faulty, status, "%s %s of %v:\n%s", table.name, c.name, key, out)
			}
		}
	}
}

// TestNothingIsChanged audits a database and finds every byte of it as it was.
func TestNothingIsChanged(t *testing.T) {
	path := court(t)
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	status, _ := audit(t, path)
	require.Equal(t, inOrder, status)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, sha256.Sum256(before), sha256.Sum256(after))
	old := tampered(t, path, func(db *sql.DB) { exec(t, db, `DELETE FROM icms_schema`) })
	before, err = os.ReadFile(old)
	require.NoError(t, err)
	status, _ = audit(t, old)
	require.Equal(t, failed, status)
	after, err = os.ReadFile(old)
	require.NoError(t, err)
	require.Equal(t, sha256.Sum256(before), sha256.Sum256(after), "it is not brought up to date")
}
