package sqlite_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
)

// written makes a database of three changes, closes it and gives its path and bytes.
func written(t *testing.T) (string, []byte) {
	path := file(t)
	s, err := sqlite.Open(ctx, sqlite.Options{Path: path})
	require.NoError(t, err)
	for i := 1; i <= 3; i++ {
		_, err = s.Apply(ctx, change(i, 100))
		require.NoError(t, err)
	}
	require.NoError(t, s.Close())
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	return path, content
}

// use opens the database, reads all of it, and writes; it gives the first error.
func use(path string) error {
	s, err := sqlite.Open(ctx, sqlite.Options{Path: path})
	if err != nil {
		return err
	}
	return errors.Join(useStore(s), s.Close())
}

func useStore(s *sqlite.Store) error {
	if err := s.Check(ctx); err != nil {
		return err
	}
	if err := store.Verify(ctx, s, "audit"); err != nil {
		return err
	}
	if _, err := s.List(ctx, store.Query{Index: "all", Limit: 1000}); err != nil {
		return err
	}
	_, err := s.Apply(ctx, change(4, 10))
	return err
}

func TestADamagedFileIsSaidToBe(t *testing.T) {
	path, whole := written(t)
	zeroed := bytes.Clone(whole)
	clear(zeroed[4096 : len(zeroed)/2])
	noise := bytes.Clone(whole)
	for i := range noise {
		noise[i] ^= 0x5a
	}
	for name, damaged := range map[string][]byte{
		"cut in half": whole[:len(whole)/2], "cut in a page": whole[:len(whole)-100], "a page is missing": whole[:len(whole)-4096],
		"pages of zeros": zeroed, "noise": noise, "a text": []byte("Dear Sir, this is no database. " + string(make([]byte, 1000))),
	} {
		require.NoError(t, os.WriteFile(path, damaged, 0o600))
		require.ErrorIs(t, use(path), store.ErrCorrupt, name)
	}
	require.NoError(t, os.WriteFile(path, whole, 0o600))
	require.NoError(t, use(path), "the undamaged file")
}

func TestCheckComparesTheIndexesWithTheRecords(t *testing.T) {
	for _, damage := range []string{
		`UPDATE icms_entry SET key = key || 'x' WHERE key = '2-7'`, `DELETE FROM icms_entry WHERE key = '2-7'`,
		`INSERT INTO icms_entry VALUES (1, 'nobody', 0, 1)`, `UPDATE icms_record SET entries = '[' WHERE id = '2-7'`,
		`UPDATE icms_entry SET record = 1 WHERE key = '2-7' AND slot = 0`,
	} {
		path, _ := written(t)
		s := open(t, sqlite.Options{Path: path})
		require.NoError(t, s.Check(ctx))
		_, err := raw(t, path).Exec(damage)
		require.NoError(t, err)
		require.ErrorIs(t, s.Check(ctx), store.ErrCorrupt, damage)
	}
}

// Whatever bytes are flipped, nothing panics, and most of it is noticed; the rest falls where nothing is read, or on what neither the
// indexes nor the chain vouch for: the sums, the sequences, the outbox.
func TestFlippedBytes(t *testing.T) {
	path, whole := written(t)
	random := rand.New(rand.NewPCG(3, 4))
	said := 0
	for range 60 {
		damaged := bytes.Clone(whole)
		for range 1 + random.IntN(8) {
			damaged[100+random.IntN(len(damaged)-100)] ^= byte(1 + random.IntN(255))
		}
		require.NoError(t, os.WriteFile(path, damaged, 0o600))
		os.Remove(path + "-wal")
		os.Remove(path + "-shm")
		if err := use(path); err != nil {
			said++
		}
	}
	require.Greater(t, said, 30)
}

// A change of one byte in a body, which SQLite takes for good, breaks the audit chain.
func TestATamperedRecordIsFound(t *testing.T) {
	for name, tamper := range map[string]string{
		"a body":              `UPDATE icms_record SET body = '{"change":9}' WHERE id = '2-7'`,
		"a replaced body":     `UPDATE icms_history SET body = '{"change":9}' WHERE id = 'shared' AND version = 2`,
		"a record taken away": `DELETE FROM icms_record WHERE id = '2-7'`,
		"a record put in":     `INSERT INTO icms_record SELECT 999999, kind, 'x', 2, change, 103, entries, body FROM icms_record WHERE id = '2-7'`,
		"a note":              `UPDATE icms_link SET note = '{}' WHERE seq = 2`,
		"an instant":          `UPDATE icms_change SET at = at + 1 WHERE id = 'change-2'`,
		"a link taken away":   `DELETE FROM icms_link WHERE seq = 2`,
	} {
		t.Run(name, func(t *testing.T) {
			path, _ := written(t)
			db := raw(t, path)
			_, err := db.Exec(tamper)
			require.NoError(t, err)
			var broken *store.ChainError
			require.ErrorAs(t, store.Verify(ctx, open(t, sqlite.Options{Path: path}), "audit"), &broken)
			require.EqualValues(t, 2, broken.Seq, broken)
		})
	}
}

func TestVerifyEndsWithItsContext(t *testing.T) {
	path, _ := written(t)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	require.ErrorIs(t, store.Verify(ended, open(t, sqlite.Options{Path: path}), "audit"), context.Canceled)
}
