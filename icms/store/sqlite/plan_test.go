package sqlite_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
)

func TestPlan(t *testing.T) {
	ctx := context.Background()
	s, err := sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(t.TempDir(), "a.db")})
	require.NoError(t, err)
	defer s.Close()
	for _, q := range sqlite.Queries() {
		args := make([]any, 0)
		for i := 0; i < strings.Count(q, "?"); i++ {
			args = append(args, "[]")
		}
		rows, err := s.Reader().Query("EXPLAIN QUERY PLAN "+q, args...)
		require.NoError(t, err)
		t.Log(q)
		for rows.Next() {
			var a, b, c int
			var d string
			require.NoError(t, rows.Scan(&a, &b, &c, &d))
			t.Log("   ", d)
		}
	}
}
