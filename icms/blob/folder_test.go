package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"courts.example/eservices/icms/blob"
	"github.com/stretchr/testify/require"
)

var ctx = context.Background()

func open(t testing.TB) (*blob.Folder, string) {
	root := filepath.Join(t.TempDir(), "blobs")
	f, err := blob.OpenFolder(root)
	require.NoError(t, err)
	return f, root
}

func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// keep stages and keeps content.
func keep(t testing.TB, f *blob.Folder, content string) string {
	s, err := f.Stage(ctx, strings.NewReader(content), 0)
	require.NoError(t, err)
	require.NoError(t, s.Keep(ctx))
	require.NoError(t, s.Drop())
	return s.Hash()
}

func read(t testing.TB, f *blob.Folder, hash string) string {
	file, err := f.Open(ctx, hash)
	require.NoError(t, err)
	content, err := io.ReadAll(io.NewSectionReader(file, 0, file.Size()))
	require.NoError(t, err)
	require.NoError(t, file.Close())
	return string(content)
}

// files lists what is in the folder, the lock file apart.
func files(t testing.TB, root string) (all []string) {
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != "lock" {
			all = append(all, path)
		}
		return err
	}))
	return all
}

func TestContentIsKeptUnderItsHash(t *testing.T) {
	f, _ := open(t)
	for _, content := range []string{"", "x", "a claim form", strings.Repeat("0123456789", 100_000)} {
		hash := keep(t, f, content)
		require.Equal(t, hashOf(content), hash)
		require.Equal(t, content, read(t, f, hash))
		there, err := f.Has(ctx, hash)
		require.NoError(t, err)
		require.True(t, there)
	}
}

func TestStagedContentIsHiddenUntilKept(t *testing.T) {
	f, root := open(t)
	s, err := f.Stage(ctx, strings.NewReader("secret"), 0)
	require.NoError(t, err)
	require.EqualValues(t, 6, s.Size())
	there, err := f.Has(ctx, s.Hash())
	require.NoError(t, err)
	require.False(t, there)
	_, err = f.Open(ctx, s.Hash())
	require.ErrorIs(t, err, blob.ErrNotFound)

	p := make([]byte, 3)
	_, err = s.ReadAt(p, 2)
	require.NoError(t, err)
	require.Equal(t, "cre", string(p))
	require.NoError(t, s.Keep(ctx))
	require.NoError(t, s.Keep(ctx), "keeping twice does nothing more")
	_, err = s.ReadAt(p, 3)
	require.NoError(t, err)
	require.Equal(t, "ret", string(p))
	require.NoError(t, s.Drop())
	require.NoError(t, s.Drop(), "dropping twice does nothing more")
	require.Equal(t, "secret", read(t, f, s.Hash()))
	_, err = s.ReadAt(p, 0)
	require.ErrorIs(t, err, fs.ErrClosed)
	require.Len(t, files(t, root), 1)
}

func TestDroppedContentIsGone(t *testing.T) {
	f, root := open(t)
	s, err := f.Stage(ctx, strings.NewReader("draft"), 0)
	require.NoError(t, err)
	require.NoError(t, s.Drop())
	require.Empty(t, files(t, root))
	require.ErrorIs(t, s.Keep(ctx), fs.ErrClosed)
}

func TestStageIsBounded(t *testing.T) {
	f, root := open(t)
	s, err := f.Stage(ctx, strings.NewReader("12345"), 5)
	require.NoError(t, err)
	require.NoError(t, s.Drop())
	for _, r := range []io.Reader{strings.NewReader("123456"), iotest.OneByteReader(strings.NewReader("123456")), endless{}} {
		_, err = f.Stage(ctx, r, 5)
		require.ErrorIs(t, err, blob.ErrTooLarge)
	}
	_, err = f.Stage(ctx, strings.NewReader(""), -1)
	require.ErrorContains(t, err, "-1")
	require.Empty(t, files(t, root))
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestAFailedStageLeavesNothing(t *testing.T) {
	f, root := open(t)
	broken := errors.New("the line is cut")
	_, err := f.Stage(ctx, io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken)), 0)
	require.ErrorIs(t, err, broken)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err = f.Stage(ended, endless{}, 0)
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, files(t, root))
}

func TestKeepingTheSameTwiceKeepsItOnce(t *testing.T) {
	f, root := open(t)
	var all sync.WaitGroup
	errs := make(chan error, 16)
	for range cap(errs) {
		all.Go(func() {
			s, err := f.Stage(ctx, strings.NewReader("the same"), 0)
			if err == nil {
				err = errors.Join(s.Keep(ctx), s.Drop())
			}
			errs <- err
		})
	}
	all.Wait()
	for range cap(errs) {
		require.NoError(t, <-errs)
	}
	require.Len(t, files(t, root), 1)
	require.Equal(t, "the same", read(t, f, hashOf("the same")))
}

func TestDamageIsFound(t *testing.T) {
	f, root := open(t)
	hash := keep(t, f, strings.Repeat("page ", 1000))
	path := files(t, root)[0]
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	flipped := bytes.Clone(whole)
	flipped[2500] ^= 1
	for name, damaged := range map[string][]byte{"a flipped bit": flipped, "cut off": whole[:2500], "longer": append(bytes.Clone(whole), 0), "empty": {}} {
		require.NoError(t, os.WriteFile(path, damaged, 0o600))
		_, err = f.Open(ctx, hash)
		require.ErrorIs(t, err, blob.ErrCorrupt, name)
		require.ErrorContains(t, err, path, name)
	}
	keep(t, f, strings.Repeat("page ", 1000))
	require.Equal(t, string(whole), read(t, f, hash), "keeping it again repairs it")
}

func TestHostileHashesReachNoFile(t *testing.T) {
	f, root := open(t)
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(root), "outside"), []byte("x"), 0o600))
	hash := keep(t, f, "x")
	for _, hostile := range []string{
		"", "..", "../outside", "../../etc/passwd", "lock", "staging", hash[:63], hash + "0", strings.ToUpper(hash[:62]) + "AB", hash[:62] + "/.",
		strings.Repeat("../", 21) + "x", strings.Repeat("0", 63) + "\x00", strings.Repeat("a", 1<<20), hash[:63] + "\n", "/" + hash[1:],
	} {
		_, err := f.Open(ctx, hostile)
		require.ErrorIs(t, err, blob.ErrInvalid, "%.70q", hostile)
		require.Less(t, len(err.Error()), 200)
		_, err = f.Has(ctx, hostile)
		require.ErrorIs(t, err, blob.ErrInvalid, "%.70q", hostile)
	}
}

func TestFilesAreTheOwnersAlone(t *testing.T) {
	f, root := open(t)
	keep(t, f, "private")
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := d.Info()
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077, path)
		return nil
	}))
}

func TestOpenFolder(t *testing.T) {
	root := filepath.Join(t.TempDir(), "blobs")
	_, err := blob.OpenFolder(filepath.Join(root, "deeper"))
	require.ErrorIs(t, err, fs.ErrNotExist)
	f, err := blob.OpenFolder(root)
	require.NoError(t, err)
	hash := keep(t, f, "before")
	again, err := blob.OpenFolder(root)
	require.NoError(t, err)
	require.Equal(t, "before", read(t, again, hash))
	plain := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(plain, nil, 0o600))
	_, err = blob.OpenFolder(plain)
	require.ErrorContains(t, err, "not a folder")
}
