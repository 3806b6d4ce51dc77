package blob_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"courts.example/eservices/icms/blob"
	"github.com/stretchr/testify/require"
)

func TestAFullDiskLosesNothing(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256k"); err != nil {
		if os.Getenv("CI") != "" && os.Getuid() == 0 {
			t.Fatalf("no small disk to fill: %v", err)
		}
		t.Skipf("NOT TESTED: a full disk, which needs the right to mount one: %v", err)
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(dir, 0)) })
	f, err := blob.OpenFolder(filepath.Join(dir, "blobs"))
	require.NoError(t, err)
	hash := keep(t, f, "before")
	_, err = f.Stage(ctx, strings.NewReader(strings.Repeat("too much ", 1<<16)), 0)
	require.ErrorIs(t, err, blob.ErrFull)
	require.Equal(t, "before", read(t, f, hash))
	require.Len(t, files(t, filepath.Join(dir, "blobs")), 1)
	require.Equal(t, "after", read(t, f, keep(t, f, "after")))
}
