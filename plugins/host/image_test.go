//go:build unix

package host_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/host"
)

// inFolder puts the plugin in a folder with a file beside it.
func inFolder(t *testing.T) (dir string, p host.Plugin) {
	t.Helper()
	dir = t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "acme", "bin"), 0o700))
	copyProgram(t, filepath.Join(built.dir, program), filepath.Join(dir, "acme", "bin", "main"))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "acme", "data"), []byte("data"), 0o600))
	p = echo()
	p.Path, p.Entry, p.SHA256 = "acme", "bin/main", digest(t, filepath.Join(dir, "acme"))
	return dir, p
}

func TestAFolderIsCopiedAndRun(t *testing.T) {
	dir, p := inFolder(t)
	r := newRigOf(t, host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{p}}, Dir: dir})
	require.Equal(t, "well", r.ask("echo:well"))
	require.Contains(t, r.ask("args:"), r.run, "the copy runs")

	// What changes later is not what runs, and is not run again.
	require.NoError(t, os.WriteFile(filepath.Join(dir, "acme", "data"), []byte("changed"), 0o600))
	require.Equal(t, "well", r.ask("echo:well"))
	r.kill(r.pid())
	require.ErrorIs(t, r.refused(), host.ErrDigest)
}

func TestAnEntryMustBeAFileOfTheFolder(t *testing.T) {
	dir, p := inFolder(t)
	for _, entry := range []string{"missing", "bin"} {
		p.Entry = entry
		r := newRigOf(t, host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{p}}, Dir: dir})
		require.ErrorIs(t, r.refused(), host.ErrPath)
	}
	p.Entry = "data"
	r := newRigOf(t, host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{p}}, Dir: dir})
	err := r.refused()
	require.ErrorIs(t, err, host.ErrStart)
	require.Contains(t, remedy(t, err), "must be executable")
}

func TestAProgramIsReplacedWhileItRuns(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("elsewhere the copy is on disk, and no other than a copy either")
	}
	dir := t.TempDir()
	copyProgram(t, filepath.Join(built.dir, program), filepath.Join(dir, program))
	r := newRigOf(t, host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{echo()}}, Dir: dir})
	pid := r.pid()
	exe, err := os.Readlink("/proc/" + r.status().PID + "/exe")
	require.NoError(t, err)
	require.Equal(t, "/memfd:echo (deleted)", exe, "a copy in memory, which nobody can reach by a name")
	require.NoError(t, os.WriteFile(filepath.Join(dir, program), []byte("evil"), 0o700))
	require.Equal(t, pid, r.pid())
	r.kill(pid)
	require.ErrorIs(t, r.refused(), host.ErrDigest)
}

func TestAFolderForSocketsThatOthersCanWriteIsRefused(t *testing.T) {
	run := runFolder(t)
	h, err := host.New(host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{echo()}}, Dir: built.dir, Run: run})
	require.NoError(t, err)
	require.NoError(t, os.Chmod(run, 0o770))
	_, err = h.Gateway(t.Context(), "echo")
	require.ErrorContains(t, err, "closed to others")
	require.ErrorIs(t, err, host.ErrStart)
	require.NoError(t, h.Close(t.Context()))

	long := filepath.Join(runFolder(t), "a-name-that-is-much-too-long-for-the-names-of-sockets-which-end-at-about-one-hundred-bytes")
	h, err = host.New(host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{echo()}}, Dir: built.dir, Run: long})
	require.NoError(t, err)
	_, err = h.Gateway(t.Context(), "echo")
	require.ErrorContains(t, err, "too long by")
	require.NoError(t, h.Close(t.Context()))
}
