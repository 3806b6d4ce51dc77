package names_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
)

// database opens a store in a new file, with the connections that read listened to.
func database(t testing.TB, said *ears) *sqlite.Store {
	options := sqlite.Options{Path: filepath.Join(t.TempDir(), "court.db"), Durability: sqlite.Process}
	dsn, err := sqlite.DSN(options)
	require.NoError(t, err)
	writer, err := sql.Open("sqlite", dsn)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, writer.Close()) })
	said.driver, said.dsn = writer.Driver(), dsn
	reader := sql.OpenDB(said)
	t.Cleanup(func() { require.NoError(t, reader.Close()) })
	s, err := sqlite.New(ctx, writer, reader, options)
	require.NoError(t, err)
	return s
}

// fill puts records into the store, some thousands in a change.
func fill(t testing.TB, s store.Store, n int, record func(i int) (store.Put, error)) {
	const change, part = 20_000, 1000
	for start := 0; start < n; start += change {
		end := min(n, start+change)
		_, err := s.Apply(ctx, store.Change{
			ID: fmt.Sprint("fill/", start), At: time.Date(2031, time.May, 6, 9, 0, 0, 0, time.UTC),
			Parts: func(yield func([]store.Put, error) bool) {
				var puts []store.Put
				for i := start; i < end; i++ {
					p, err := record(i)
					puts = append(puts, p)
					if err != nil || len(puts) == part || i+1 == end {
						if !yield(puts, err) || err != nil {
							return
						}
						puts = puts[:0]
					}
				}
			},
		})
		require.NoError(t, err)
	}
}

// No statement of a search reads a whole table or sorts: each finds its rows by the primary keys of the entries and of the records.
func TestSearchNeverScans(t *testing.T) {
	said := new(ears)
	s := database(t, said)
	fill(t, s, 1500, func(i int) (store.Put, error) {
		sort, name := fmt.Sprintf("%06d", i), fmt.Sprintf("Sample %d Limited 示例%c有限公司", i%7, '一'+rune(i%50))
		return put(t, sort, open(sort, name), names.Entry{Scope: "sealed", Sort: sort, Names: []string{name}}), nil
	})
	for _, q := range []names.Query{
		{Text: "sample"}, {Text: "sample 3 limited"}, {Text: "限"}, {Text: "有限公司 3"}, {Text: "sam", Typing: true}, {Text: "limited s", Typing: true},
		{Text: "sample 有限公司", Descending: true}, {Text: "3 limited", From: "0001", Until: "0020"}, {Text: "nobody"},
	} {
		q.Limit, q.Scopes = 20, []string{"open", "sealed"}
		for range 3 { // pages
			p, err := people.Search(ctx, s, q)
			require.NoError(t, err)
			q.After = p.Next
		}
	}
	require.NotEmpty(t, said.queries)
	for query, args := range said.queries {
		plan := explain(t, said, query, args)
		require.NotContains(t, plan, "SCAN", query)
		require.NotContains(t, plan, "TEMP B-TREE", query)
		require.Regexp(t, `SEARCH e USING PRIMARY KEY \(idx=\? AND .*\(key,slot\)`, plan)
		require.Contains(t, plan, "SEARCH r USING INTEGER PRIMARY KEY")
	}
}

func explain(t testing.TB, said *ears, query string, args []driver.NamedValue) string {
	values := make([]any, len(args))
	for i, a := range args {
		values[i] = a.Value
	}
	db, err := sql.Open("sqlite", said.dsn)
	require.NoError(t, err)
	defer db.Close()
	rows, err := db.Query("EXPLAIN QUERY PLAN "+query, values...)
	require.NoError(t, err)
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		require.NoError(t, rows.Scan(&id, &parent, &unused, &step))
		plan = append(plan, step)
	}
	require.NoError(t, rows.Err())
	return strings.Join(plan, "\n")
}

// ears connect to a database and note the queries that are run, each with its last arguments.
type ears struct {
	driver  driver.Driver
	dsn     string
	queries map[string][]driver.NamedValue
}

func (e *ears) Driver() driver.Driver { return e.driver }

func (e *ears) Connect(context.Context) (driver.Conn, error) {
	c, err := e.driver.Open(e.dsn)
	return &heard{c, e}, err
}

// heard is a connection that is listened to.
type heard struct {
	driver.Conn
	ears *ears
}

func (h *heard) Prepare(query string) (driver.Stmt, error) {
	s, err := h.Conn.Prepare(query)
	return &statement{s, query, h.ears}, err
}

type statement struct {
	driver.Stmt
	query string
	ears  *ears
}

func (s *statement) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	if s.ears.queries == nil {
		s.ears.queries = map[string][]driver.NamedValue{}
	}
	s.ears.queries[s.query] = args
	return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
}
