//go:build unix

package host_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/host"
)

func sum(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }

func digest(t *testing.T, path string) string {
	t.Helper()
	d, err := host.Digest(path)
	require.NoError(t, err)
	return d
}

// folder makes a folder of a program, a library and a link.
func folder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "plugin")
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "lib", "deep"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main"), []byte("program"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "lib", "a.js"), []byte("library"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "lib-b"), nil, 0o600))
	require.NoError(t, os.Symlink("../main", filepath.Join(dir, "lib", "run")))
	return dir
}

func TestTheDigestOfAFileIsThatOfItsBytes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x")
	require.NoError(t, os.WriteFile(file, []byte("program"), 0o600))
	require.Equal(t, sum("program"), digest(t, file))
	_, err := host.Digest(file + "y")
	require.ErrorContains(t, err, "digest of "+file+"y")
}

func TestTheDigestOfAFolderIsThatOfItsListing(t *testing.T) {
	require.Equal(t, sum(""+
		sum("")+" - lib-b\n"+
		sum("library")+" - lib/a.js\n"+
		sum("../main")+" l lib/run\n"+
		sum("program")+" x main\n"), digest(t, folder(t)))
}

func TestTheDigestOfAFolderCoversEveryFile(t *testing.T) {
	dir := folder(t)
	before := digest(t, dir)
	in := func(name string) string { return filepath.Join(dir, name) }
	same := map[string]func() error{
		"bits of others":  func() error { return os.Chmod(in("main"), 0o700) },
		"an empty folder": func() error { return os.Mkdir(in("empty"), 0o700) },
		"an instant":      func() error { return os.WriteFile(in("main"), []byte("program"), 0) },
	}
	for name, change := range same {
		require.NoError(t, change(), name)
		require.Equal(t, before, digest(t, dir), name)
	}
	others := map[string]func(dir string) error{
		"a byte":   func(d string) error { return os.WriteFile(filepath.Join(d, "lib/a.js"), []byte("Library"), 0) },
		"a name":   func(d string) error { return os.Rename(filepath.Join(d, "lib/a.js"), filepath.Join(d, "lib/b.js")) },
		"the mode": func(d string) error { return os.Chmod(filepath.Join(d, "lib/a.js"), 0o755) },
		"one more": func(d string) error { return os.WriteFile(filepath.Join(d, "lib/deep/x"), nil, 0o600) },
		"one less": func(d string) error { return os.Remove(filepath.Join(d, "lib-b")) },
		"another target": func(d string) error {
			return cmpErr(os.Remove(filepath.Join(d, "lib/run")), os.Symlink("a.js", filepath.Join(d, "lib/run")))
		},
	}
	for name, change := range others {
		dir := folder(t)
		require.NoError(t, change(dir), name)
		require.NotEqual(t, before, digest(t, dir), name)
	}
}

func TestTheDigestOfAFolderRefusesWhatItCannotCover(t *testing.T) {
	for name, c := range map[string]struct {
		change func(dir string) error
		text   string
	}{
		"a link out":         {func(d string) error { return os.Symlink("/etc/hostname", filepath.Join(d, "out")) }, "must lead to something inside"},
		"a link to nothing":  {func(d string) error { return os.Symlink("nothing", filepath.Join(d, "none")) }, "must lead to something inside"},
		"a pipe":             {func(d string) error { return syscall.Mkfifo(filepath.Join(d, "pipe"), 0o600) }, "no file, folder or link"},
		"a line in its name": {func(d string) error { return os.WriteFile(filepath.Join(d, "a\nb"), nil, 0o600) }, "control character"},
		"a link up and down": {func(d string) error { return os.Symlink("../plugin/main", filepath.Join(d, "up")) }, "must lead to something inside"},
	} {
		dir := folder(t)
		require.NoError(t, c.change(dir), name)
		_, err := host.Digest(dir)
		require.ErrorContains(t, err, c.text, name)
	}
}

func cmpErr(list ...error) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}
