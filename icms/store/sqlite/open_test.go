package sqlite_test

import (
	"database/sql"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
)

// raw opens the database beside the store.
func raw(t testing.TB, path string) *sql.DB {
	dsn, err := sqlite.DSN(sqlite.Options{Path: path})
	require.NoError(t, err)
	db, err := sql.Open("sqlite", dsn)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

func TestOpenMakesTheFileForItsOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a?b#c%41 d.db")
	s := open(t, sqlite.Options{Path: path})
	_, err := s.Apply(ctx, change(1, 1))
	require.NoError(t, err)
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode().Perm(), suffix)
	}
}

func TestOpenRefuses(t *testing.T) {
	_, err := sqlite.Open(ctx, sqlite.Options{})
	require.ErrorContains(t, err, "Path")
	_, err = sqlite.Open(ctx, sqlite.Options{Path: filepath.Join(t.TempDir(), "no", "folder.db")})
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = sqlite.Open(ctx, sqlite.Options{Path: t.TempDir()})
	require.Error(t, err)
	for _, o := range []sqlite.Options{{Wait: -1}, {Readers: -1}, {Durability: 7}} {
		o.Path = file(t)
		_, err = sqlite.Open(ctx, o)
		require.ErrorContains(t, err, "Options")
		require.NoFileExists(t, o.Path)
	}
}

func TestCommitsAreDurable(t *testing.T) {
	path := file(t)
	open(t, sqlite.Options{Path: path})
	var mode string
	var synchronous int
	db := raw(t, path)
	require.NoError(t, db.QueryRow("PRAGMA journal_mode").Scan(&mode))
	require.NoError(t, db.QueryRow("PRAGMA synchronous").Scan(&synchronous))
	require.Equal(t, "wal", mode)
	require.Equal(t, 2, synchronous, "FULL")
}

func TestReopen(t *testing.T) {
	path := file(t)
	for i := 1; i <= 3; i++ {
		s, err := sqlite.Open(ctx, sqlite.Options{Path: path})
		require.NoError(t, err)
		_, err = s.Apply(ctx, change(i, 5))
		require.NoError(t, err)
		requireApplied(t, s, i, 5)
		require.NoError(t, s.Close())
	}
}

func TestANewerSchemaIsRefused(t *testing.T) {
	path := file(t)
	s, err := sqlite.Open(ctx, sqlite.Options{Path: path})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	_, err = raw(t, path).Exec("INSERT INTO icms_schema (version) VALUES (1000)")
	require.NoError(t, err)
	_, err = sqlite.Open(ctx, sqlite.Options{Path: path})
	require.ErrorIs(t, err, sqlite.ErrNewer)
	require.ErrorContains(t, err, "1000")
}

func TestEverythingIsClosed(t *testing.T) {
	s, err := sqlite.Open(ctx, sqlite.Options{Path: file(t)})
	require.NoError(t, err)
	a, err := s.Apply(ctx, change(1, 1))
	require.NoError(t, err)
	require.NoError(t, s.Close())
	require.NoError(t, s.Close(), "closing again does nothing")
	_, err = s.Apply(ctx, change(1, 1))
	require.ErrorIs(t, err, store.ErrClosed)
	_, err = s.Get(ctx, "k", "1-0")
	require.ErrorIs(t, err, store.ErrClosed)
	_, err = s.List(ctx, store.Query{Index: "all"})
	require.ErrorIs(t, err, store.ErrClosed)
	_, err = s.Match(ctx, "all", []string{"1-0"})
	require.ErrorIs(t, err, store.ErrClosed)
	_, err = s.Sums(ctx, "sum")
	require.ErrorIs(t, err, store.ErrClosed)
	_, err = s.ClaimWork(ctx, store.Claim{Now: noon, Lease: time.Second})
	require.ErrorIs(t, err, store.ErrClosed)
	_, err = s.ClaimEvents(ctx, store.Claim{Now: noon, Lease: time.Second})
	require.ErrorIs(t, err, store.ErrClosed)
	require.ErrorIs(t, s.AckEvents(ctx, []store.Event{{Seq: 1, Token: 1}}), store.ErrClosed)
	_, err = s.Links(ctx, "audit", 0, 1)
	require.ErrorIs(t, err, store.ErrClosed)
	for _, err := range s.Changed(ctx, a.Link) {
		require.ErrorIs(t, err, store.ErrClosed)
	}
	require.ErrorIs(t, s.Check(ctx), store.ErrClosed)
}
