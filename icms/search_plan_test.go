package icms_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
)

// No statement that a page of an inspection or of the cause book asks reads a table from its beginning, or sorts; and a page reads as many
// records of ten times as many cases.
func TestAPageScansNothing(t *testing.T) {
	var reads [2]map[string]int64
	for i, cases := range []int{60, 600} {
		said := new(ears)
		reads[i] = pagesOf(t, said, cases)
		require.NotEmpty(t, said.queries)
		for query, args := range said.queries {
			plan := said.explain(t, query, args)
			require.NotContains(t, plan, "SCAN", query)
			require.NotContains(t, plan, "TEMP B-TREE", query)
		}
	}
	require.Equal(t, reads[0], reads[1], "records read")
	t.Logf("records read for a page of 10 and the next: %v", reads[1])
}

// pagesOf reads two pages of everything in a book of n cases, and tells how many records each took.
func pagesOf(t *testing.T, said *ears, n int) map[string]int64 {
	c := &counter{t: t, blobs: openBlobs(t, ""), court: smallClaims(t)}
	c.store = said.listen(t)
	c.set("2026-03-02 10:00:00")
	c.court.Inspection.Item = ""
	c.open()
	c.topUp(100_000)
	_, err := c.Registry().File(t.Context(), batch(claims(n, "A")))
	require.NoError(t, err)
	c.change(func(f *icms.CaseFile) { f.Parties[1].Member = defendant.Organisation })
	for i := range 25 {
		in := paper(icmshk.Evidence)
		in.Reference = fmt.Sprint(i)
		c.submit(in)
	}
	x := &counting{Store: c.store}
	c.store = x
	c.open()
	searches := map[string]icms.Search{
		"number": {Number: firstCase}, "party": {Party: "defendant"}, "rare party": {Party: "00007"}, "claimant": {Party: "sample utilities"}, "Chinese": {Party: "公用事業"},
		"days": {From: calendar.MustDate("2026-03-01")}, "type": {Type: "bulk_claim"}, "nobody": {Party: "nobody"},
	}
	asked := map[string]string{}
	for what, in := range searches {
		in.Court, in.By, in.Reference = "SCT", stranger, what
		asked[what] = c.look(in).ID
	}
	said.forget()
	reads := map[string]int64{}
	pages := func(what string, page func(after string) (string, error)) {
		after := ""
		x.listed.Store(0)
		for range 2 {
			var err error
			after, err = page(after)
			require.NoError(t, err, what)
			if after == "" {
				break
			}
		}
		reads[what] = x.listed.Load()
	}
	for what, id := range asked {
		pages("search by "+what, func(after string) (string, error) {
			_, next, err := c.Inspection().Results(t.Context(), id, after, 10)
			return next, err
		})
	}
	pages("papers", func(after string) (string, error) {
		_, next, err := c.Inspection().Papers(t.Context(), asked["number"], firstCase, after, 10)
		return next, err
	})
	pages("own searches", func(after string) (string, error) {
		_, next, err := c.Inspection().AskedBy(t.Context(), stranger.Organisation, after, 3)
		return next, err
	})
	pages("a day of the cause book", func(after string) (string, error) {
		_, next, err := c.CauseBook().Day(t.Context(), "SCT", calendar.MustDate("2026-03-02"), after, 10)
		return next, err
	})
	for what, q := range map[string]icms.BookQuery{"name": {Party: "defendant"}, "begun name": {Party: "defend", Typing: true}, "days": {}} {
		pages("cause book by "+what, func(after string) (string, error) {
			q.Court, q.After, q.Limit = "SCT", after, 10
			_, next, err := c.CauseBook().Find(t.Context(), q)
			return next, err
		})
	}
	return reads
}

// ears connect to a database and note the queries that are read by, each with its last arguments.
type ears struct {
	driver  driver.Driver
	dsn     string
	mu      sync.Mutex
	queries map[string][]driver.NamedValue
}

// listen opens a store in a new file, listened to where it reads.
func (e *ears) listen(t *testing.T) store.Store {
	options := sqlite.Options{Path: filepath.Join(t.TempDir(), "court.db"), Durability: sqlite.Process}
	dsn, err := sqlite.DSN(options)
	require.NoError(t, err)
	writer, err := sql.Open("sqlite", dsn)
	require.NoError(t, err)
	t.Cleanup(func() { writer.Close() })
	e.driver, e.dsn = writer.Driver(), dsn
	reader := sql.OpenDB(e)
	t.Cleanup(func() { reader.Close() })
	s, err := sqlite.New(t.Context(), writer, reader, options)
	require.NoError(t, err)
	return s
}

func (e *ears) forget() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.queries = map[string][]driver.NamedValue{}
}

func (e *ears) explain(t *testing.T, query string, args []driver.NamedValue) string {
	values := make([]any, len(args))
	for i, a := range args {
		values[i] = a.Value
	}
	db, err := sql.Open("sqlite", e.dsn)
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
	require.NotEmpty(t, plan)
	return strings.Join(plan, "\n")
}

func (e *ears) Driver() driver.Driver { return e.driver }

func (e *ears) Connect(context.Context) (driver.Conn, error) {
	c, err := e.driver.Open(e.dsn)
	return &overheard{c, e}, err
}

// overheard is a connection that is listened to.
type overheard struct {
	driver.Conn
	ears *ears
}

func (h *overheard) Prepare(query string) (driver.Stmt, error) {
	s, err := h.Conn.Prepare(query)
	if err != nil {
		return nil, err
	}
	return &statement{s, h.ears, query}, nil
}

type statement struct {
	driver.Stmt
	ears  *ears
	query string
}

func (s *statement) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	s.ears.mu.Lock()
	if s.ears.queries == nil {
		s.ears.queries = map[string][]driver.NamedValue{}
	}
	s.ears.queries[s.query] = args
	s.ears.mu.Unlock()
	q, ok := s.Stmt.(driver.StmtQueryContext)
	if !ok {
		return nil, fmt.Errorf("%T can't be listened to", s.Stmt)
	}
	return q.QueryContext(ctx, args)
}
