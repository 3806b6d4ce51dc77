package host

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// nested opens a folder that holds nothing but folders and a link.
func nested(t *testing.T) *os.Root {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "p", "a", "b"), 0o700))
	require.NoError(t, os.Symlink("a", filepath.Join(dir, "p", "link")))
	root, err := os.OpenRoot(dir)
	require.NoError(t, err)
	t.Cleanup(func() { _ = root.Close() })
	return root
}

func TestATreeWithoutFilesIsGivenUpInTime(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := copyTree(ctx, nested(t), "p", "", maxSize)
	require.ErrorIs(t, err, context.Canceled)
}

func TestFoldersAndLinksCountToo(t *testing.T) {
	root, err := nested(t).OpenRoot("p")
	require.NoError(t, err)
	defer func() { _ = root.Close() }()
	for places, fits := range map[int]bool{4: true, 3: false} { // The folder itself, two below it, and the link.
		w := tree{ctx: context.Background(), from: root, seen: maxFiles - places}
		err := fs.WalkDir(root.FS(), ".", w.visit)
		if fits {
			require.NoError(t, err)
		} else {
			require.ErrorContains(t, err, "more than 100000 files, folders and links")
		}
	}
}
