package names_test

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
)

// pageSize is what a user sees at once.
const pageSize = 20

// ask gives the numbers of the first page that the index finds, all of it, however many reads it takes.
func ask(t testing.TB, s names.Lister, q question) []string {
	query := names.Query{Scopes: []string{"CB/open"}, Text: q.String(), Typing: q.typing, Limit: pageSize}
	all := []string{}
	for {
		p, err := book.Search(ctx, s, query)
		require.NoError(t, err)
		for _, r := range p.Records {
			all = append(all, r.ID)
		}
		if p.Next == "" || len(all) >= pageSize {
			return all[:min(len(all), pageSize)]
		}
		query.After = p.Next
	}
}

// rival is what one would write without this package: a table of the cases with their names folded, in the order in which they are listed,
// and a full-text table beside it. Chinese is spaced out in the latter, which knows no other way to find its parts.
type rival struct{ db *sql.DB }

const rivalTables = `
CREATE TABLE book (id INTEGER PRIMARY KEY, number TEXT NOT NULL, scope TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE found USING fts5(name, content='', prefix='2 3');`

func newRival(t testing.TB, n int, record func(i int) (store.Put, error)) rival {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "rival.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	_, err = db.Exec(rivalTables)
	require.NoError(t, err)
	tx, err := db.Begin()
	require.NoError(t, err)
	book, err := tx.Prepare("INSERT INTO book VALUES (?, ?, 'CB/open', ?, ?)")
	require.NoError(t, err)
	found, err := tx.Prepare("INSERT INTO found (rowid, name) VALUES (?, ?)")
	require.NoError(t, err)
	for i := range n {
		p, err := record(i)
		require.NoError(t, err)
		var c bookCase
		require.NoError(t, json.Unmarshal(p.Body, &c))
		name := c.Names[0]
		_, err = book.Exec(i, p.ID, " "+name+" ", string(p.Body))
		require.NoError(t, err)
		words, run := name[:strings.LastIndex(name, " ")], name[strings.LastIndex(name, " ")+1:]
		_, err = found.Exec(i, words+" "+spaced(run))
		require.NoError(t, err)
	}
	require.NoError(t, tx.Commit())
	return rival{db}
}

func spaced(run string) string { return strings.Join(strings.Split(run, ""), " ") }

// like asks by LIKE. The table is read in its order until the page is full.
func (r rival) like(t testing.TB, q question) []string {
	query := "SELECT number, body FROM book WHERE scope = 'CB/open'"
	var args []any
	for i, w := range q.words {
		query += " AND name LIKE ?"
		if q.typing && i == len(q.words)-1 {
			args = append(args, "% "+w+"%")
		} else {
			args = append(args, "% "+w+" %")
		}
	}
	for _, run := range q.runs {
		query += " AND name LIKE ?"
		args = append(args, "%"+run+"%")
	}
	return r.numbers(t, query+" ORDER BY id LIMIT 20", args...)
}

// fts5 asks the full-text table, whose rows come in the order of the other's.
func (r rival) fts5(t testing.TB, q question) []string {
	var match []string
	for i, w := range q.words {
		w = `"` + w + `"`
		if q.typing && i == len(q.words)-1 {
			w += " *"
		}
		match = append(match, w)
	}
	for _, run := range q.runs {
		match = append(match, `"`+spaced(run)+`"`)
	}
	return r.numbers(t, `SELECT b.number, b.body FROM found f CROSS JOIN book b ON b.id = f.rowid
WHERE f.found MATCH ? AND b.scope = 'CB/open' ORDER BY f.rowid LIMIT 20`, strings.Join(match, " AND "))
}

func (r rival) numbers(t testing.TB, query string, args ...any) []string {
	rows, err := r.db.Query(query, args...)
	require.NoError(t, err)
	defer rows.Close()
	all := []string{}
	for rows.Next() {
		var number string
		var body []byte
		require.NoError(t, rows.Scan(&number, &body))
		all = append(all, number)
	}
	require.NoError(t, rows.Err())
	return all
}
