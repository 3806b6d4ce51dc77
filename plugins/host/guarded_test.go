//go:build linux

package host_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/host"
)

// script is the plugin by an interpreter, which is the plugin's program itself.
func script(t *testing.T) (dir string, p host.Plugin) {
	t.Helper()
	dir = t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.js"), []byte("script"), 0o600))
	return dir, host.Plugin{Name: "echo", Kind: host.Gateway, Version: "1.0.0", Path: "main.js", SHA256: digest(t, filepath.Join(dir, "main.js")),
		Interpreter: &host.Interpreter{Path: filepath.Join(built.dir, program), SHA256: built.digest}, Args: []string{"more"}}
}

// guardedFolder gives a folder above which nobody else can write, with a short name.
func guardedFolder(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err == nil {
		err = os.MkdirAll(cache, 0o700)
	}
	if err != nil {
		t.Skipf("this user has no folder for caches: %v", err)
	}
	dir, err := os.MkdirTemp(cache, "t")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// An interpreter looks for code in the parents of its script: nobody else may be able to put any there, sticky bit or not.
func TestAScriptDoesNotRunBelowAFolderThatOthersCanWrite(t *testing.T) {
	dir, p := script(t)
	guarded := guardedFolder(t)
	for mode, refused := range map[os.FileMode]bool{0o700: false, 0o755: false, 0o770: true, 0o707: true, 0o777 | os.ModeSticky: true} {
		above := filepath.Join(guarded, "x")
		require.NoError(t, os.Mkdir(above, 0o700))
		require.NoError(t, os.Chmod(above, mode))
		h, err := host.New(host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{p}}, Dir: dir, Run: filepath.Join(above, "r")})
		require.NoError(t, err)
		_, err = h.Conn(t.Context(), "echo", host.Gateway)
		if refused {
			require.ErrorIs(t, err, host.ErrStart, mode)
			require.ErrorContains(t, err, "others can write in "+above)
			require.Contains(t, remedy(t, err), "Options.Run")
			require.Equal(t, host.Quarantined, h.Status()[0].State)
		} else {
			require.NoError(t, err, mode)
		}
		require.NoError(t, h.Close(context.Background()))
		require.NoError(t, os.RemoveAll(above))
	}
	// What needs no interpreter looks for nothing there.
	r := newRig(t, host.Limits{}, echo())
	require.Equal(t, "well", r.ask("echo:well"))
}

func TestTheFolderOfHostsIsTheUsersOwn(t *testing.T) {
	cache := runFolder(t)
	t.Setenv("XDG_CACHE_HOME", cache)
	h, err := host.New(host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{echo()}}, Dir: built.dir})
	require.NoError(t, err)
	_, err = h.Conn(t.Context(), "echo", host.Gateway)
	require.NoError(t, err)
	require.Len(t, folders(t, filepath.Join(cache, "icms")), 1)
	require.NoError(t, h.Close(context.Background()))

	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	h, err = host.New(host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{echo()}}, Dir: built.dir})
	require.NoError(t, err)
	_, err = h.Conn(t.Context(), "echo", host.Gateway)
	require.ErrorContains(t, err, "Options.Run is empty")
	require.NoError(t, h.Close(context.Background()))
}

// The interpreter of the test is the plugin itself: it takes its script for the first argument that is no flag.
func TestAScriptRunsByItsInterpreter(t *testing.T) {
	dir, p := script(t)
	run := guardedFolder(t)
	open := func() (*host.Host, error) {
		h, err := host.New(host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{p}}, Dir: dir, Run: run})
		require.NoError(t, err)
		t.Cleanup(func() { _ = h.Close(context.Background()) })
		_, err = h.Conn(t.Context(), "echo", host.Gateway)
		return h, err
	}
	h, err := open()
	require.NoError(t, err)
	conn, err := h.Conn(t.Context(), "echo", host.Gateway)
	require.NoError(t, err)
	args, err := query(t.Context(), conn, "args:")
	require.NoError(t, err)
	require.Regexp(t, "^"+p.Interpreter.Path+"\n"+run+"/.*/program\nmore$", args)

	p.Interpreter.SHA256 = zeros
	_, err = open()
	require.ErrorIs(t, err, host.ErrDigest)
	p.Interpreter.Path = dir
	_, err = open()
	require.ErrorIs(t, err, host.ErrPath)
}
