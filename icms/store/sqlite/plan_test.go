package sqlite_test

import (
	"regexp"
	"strings"
	"testing"

	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
)

// Every query that reads finds its rows by an index, but for the list it was given and for the outbox, which it reads from its start.
func TestEveryReadUsesAnIndex(t *testing.T) {
	s := open(t, sqlite.Options{Path: file(t)})
	allowed := regexp.MustCompile(`^SCAN (j VIRTUAL TABLE INDEX 1:|e)$`)
	for _, query := range sqlite.Queries() {
		args := make([]any, strings.Count(query, "?"))
		for i := range args {
			args[i] = "[]"
		}
		rows, err := s.Reader().Query("EXPLAIN QUERY PLAN "+query, args...)
		require.NoError(t, err)
		for rows.Next() {
			var id, parent, unused int
			var step string
			require.NoError(t, rows.Scan(&id, &parent, &unused, &step))
			if strings.HasPrefix(step, "SCAN") && !allowed.MatchString(step) {
				t.Errorf("%s\nreads a whole table: %s", query, step)
			}
		}
		require.NoError(t, rows.Err())
	}
}
