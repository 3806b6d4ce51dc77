package sqlite_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
)

func TestAFullDiskLosesNothing(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		if os.Getenv("CI") != "" && os.Getuid() == 0 {
			t.Fatalf("no small disk to fill: %v", err)
		}
		t.Skipf("NOT TESTED: a full disk, which needs the right to mount one: %v", err)
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(dir, 0)) })
	path := filepath.Join(dir, "store.db")
	s, err := sqlite.Open(ctx, sqlite.Options{Path: path})
	require.NoError(t, err)
	n, err := fill(t, s, 100)
	require.ErrorIs(t, err, store.ErrFull)
	require.Positive(t, n)
	requireApplied(t, s, n, 100)
	require.NoError(t, s.Close())

	s, err = sqlite.Open(ctx, sqlite.Options{Path: path})
	require.NoError(t, err, "a full disk does not keep a program from starting")
	requireApplied(t, s, n, 100)
	require.NoError(t, syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=8m"))
	_, err = s.Apply(ctx, change(n+1, 100))
	require.NoError(t, err, "with more room it goes on")
	requireApplied(t, s, n+1, 100)
	require.NoError(t, s.Close())
}
