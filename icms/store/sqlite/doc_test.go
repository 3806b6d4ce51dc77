package sqlite_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
)

// The package documentation lists every table with its columns, and its queries run.
func TestTheTablesAreDocumented(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	doc := strings.ReplaceAll(string(text), "\n//", "\n")
	s := open(t, sqlite.Options{Path: file(t)})
	rows, err := s.Reader().Query(`
SELECT t.name, group_concat(c.name, ', ' ORDER BY c.cid) FROM sqlite_schema t JOIN pragma_table_info(t.name) c
WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite_%' AND c.name <> 'one' GROUP BY t.name`)
	require.NoError(t, err)
	defer rows.Close()
	n := 0
	for rows.Next() {
		var name, columns string
		require.NoError(t, rows.Scan(&name, &columns))
		line := regexp.MustCompile(`(?m)^\s+` + name + ` .*$`).FindString(doc)
		require.Contains(t, strings.ReplaceAll(line, `"`, ""), columns, name)
		n++
	}
	require.NoError(t, rows.Err())
	require.Equal(t, 13, n)
	for _, query := range regexp.MustCompile(`(?s)SELECT [^;]*;`).FindAllString(doc, -1) {
		_, err := s.Reader().Exec(query)
		require.NoError(t, err, query)
	}
}
