package sqlite_test

import (
	"database/sql"
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
)

// fill applies changes until one fails, and gives the number of those that succeeded.
func fill(t *testing.T, s *sqlite.Store, size int) (int, error) {
	for i := 1; ; i++ {
		if _, err := s.Apply(ctx, change(i, size)); err != nil {
			return i - 1, err
		}
		require.Less(t, i, 10_000, "the disk is never full")
	}
}

func TestAFullQuotaLosesNothing(t *testing.T) {
	dsn, err := sqlite.DSN(sqlite.Options{Path: file(t)})
	require.NoError(t, err)
	writer, err := sql.Open("sqlite", dsn+"&_pragma=max_page_count(150)")
	require.NoError(t, err)
	defer writer.Close()
	s, err := sqlite.New(ctx, writer, nil, sqlite.Options{})
	require.NoError(t, err)
	defer s.Close()
	n, err := fill(t, s, 50)
	require.ErrorIs(t, err, store.ErrFull)
	require.Positive(t, n)
	requireApplied(t, s, n, 50)
	a, err := s.Apply(ctx, change(n, 50))
	require.NoError(t, err, "what was committed is answered without writing")
	require.True(t, a.Replayed)
	_, err = s.Apply(ctx, change(n+1, 1))
	require.NoError(t, err, "the store goes on with what fits")
}
