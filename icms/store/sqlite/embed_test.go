package sqlite_test

import (
	"database/sql"
	"testing"
	"time"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/icms/store/storetest"
	"github.com/stretchr/testify/require"
)

// embedded opens a store beside a table of the embedder.
func embedded(t testing.TB) (*sqlite.Store, *sql.DB) {
	db := raw(t, file(t))
	_, err := db.Exec("CREATE TABLE mine (id TEXT PRIMARY KEY) STRICT")
	require.NoError(t, err)
	s, err := sqlite.New(ctx, db, nil, sqlite.Options{})
	require.NoError(t, err)
	return s, db
}

func TestContractInAnEmbeddersDatabase(t *testing.T) {
	storetest.Run(storetest.Go(t), func(storetest.T) store.Store {
		s, _ := embedded(t)
		return s
	})
}

func TestApplyTxJoinsTheEmbeddersTransaction(t *testing.T) {
	s, db := embedded(t)
	for name, end := range map[string]func(*sql.Tx) error{"rolled back": (*sql.Tx).Rollback, "committed": (*sql.Tx).Commit} {
		c := change(1, 30)
		c.ID = name
		tx, err := db.BeginTx(ctx, nil)
		require.NoError(t, err)
		_, err = tx.Exec("INSERT INTO mine VALUES (?)", name)
		require.NoError(t, err)
		a, err := s.ApplyTx(ctx, tx, c)
		require.NoError(t, err)
		require.False(t, a.Replayed)
		again, err := s.ApplyTx(ctx, tx, c)
		require.NoError(t, err)
		require.True(t, again.Replayed)
		_, err = s.Get(ctx, "k", "1-0")
		require.ErrorIs(t, err, store.ErrNotFound, "not before the commit")
		require.NoError(t, end(tx))
		if name == "rolled back" {
			requireApplied(t, s, 0, 30)
		} else {
			requireApplied(t, s, 1, 30)
		}
		var mine int
		require.NoError(t, db.QueryRow("SELECT count(*) FROM mine WHERE id = ?", name).Scan(&mine))
		require.Equal(t, name == "committed", mine == 1)
		if name == "committed" {
			return
		}
	}
}

func TestAFailedApplyTxLeavesTheTransactionUsable(t *testing.T) {
	s, db := embedded(t)
	_, err := s.Apply(ctx, store.Change{ID: "0", At: noon, Puts: []store.Put{{Kind: "k", ID: "1-3", Body: []byte("1")}}})
	require.NoError(t, err)
	tx, err := db.BeginTx(ctx, nil)
	require.NoError(t, err)
	_, err = tx.Exec("INSERT INTO mine VALUES ('before')")
	require.NoError(t, err)
	_, err = s.ApplyTx(ctx, tx, change(1, 30))
	var exists *store.VersionError
	require.ErrorAs(t, err, &exists)
	require.Equal(t, "1-3", exists.ID)
	_, err = s.ApplyTx(ctx, tx, store.Change{ID: "2", At: noon, Puts: []store.Put{{Kind: "k", ID: "other", Body: []byte("1")}}})
	require.NoError(t, err)
	require.NoError(t, tx.Commit())

	_, err = s.Get(ctx, "k", "other")
	require.NoError(t, err)
	_, err = s.Get(ctx, "k", "1-0")
	require.ErrorIs(t, err, store.ErrNotFound)
	requireOnly(t, s, "0", "2")
}

func TestNewRefusesAPoolThatCanNotKeepThePromises(t *testing.T) {
	_, err := sqlite.New(ctx, nil, nil, sqlite.Options{})
	require.ErrorContains(t, err, "*sql.DB")
	loose, err := sql.Open("sqlite", "file:"+file(t))
	require.NoError(t, err)
	defer loose.Close()
	_, err = sqlite.New(ctx, loose, nil, sqlite.Options{})
	require.ErrorContains(t, err, "DSN")
	narrow := raw(t, file(t))
	narrow.SetMaxOpenConns(1)
	_, err = sqlite.New(ctx, narrow, nil, sqlite.Options{})
	require.ErrorContains(t, err, "second pool")
	s, err := sqlite.New(ctx, narrow, raw(t, file(t)), sqlite.Options{})
	require.Error(t, err, "a reader on another database finds no tables")
	require.Nil(t, s)
}

func TestAWriterWaitsForAFreeConnection(t *testing.T) {
	db := raw(t, file(t))
	db.SetMaxOpenConns(2)
	s, err := sqlite.New(ctx, db, nil, sqlite.Options{Wait: 50 * time.Millisecond})
	require.NoError(t, err)
	for range 2 {
		c, err := db.Conn(ctx)
		require.NoError(t, err)
		defer c.Close()
	}
	_, err = s.Apply(ctx, change(1, 1))
	require.ErrorIs(t, err, store.ErrBusy)
}

func TestCloseLeavesTheEmbeddersPoolOpen(t *testing.T) {
	s, db := embedded(t)
	require.NoError(t, s.Close())
	_, err := s.Apply(ctx, change(1, 1))
	require.ErrorIs(t, err, store.ErrClosed)
	require.NoError(t, db.Ping())
}
