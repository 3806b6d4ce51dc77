//go:build unix

package host_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/host"
)

// A plugin that is not what the operator pinned never runs: the error names it, its version and what to do, and it stays in quarantine.
func TestWhatIsNotPinnedDoesNotRun(t *testing.T) {
	outside := filepath.Join(t.TempDir(), program)
	copyProgram(t, filepath.Join(built.dir, program), outside)
	dir := t.TempDir()
	copyProgram(t, outside, filepath.Join(dir, program))
	require.NoError(t, os.Symlink(outside, filepath.Join(dir, "link")))
	require.NoError(t, os.Symlink(filepath.Dir(outside), filepath.Join(dir, "linked")))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "script"), []byte("#!/bin/sh\nexit 0\n"), 0o700))
	script, err := host.Digest(filepath.Join(dir, "script"))
	require.NoError(t, err)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "folder"), 0o700))

	cases := map[string]struct {
		change func(*host.Plugin)
		kind   error
		text   string
	}{
		"another program":     {func(p *host.Plugin) { p.SHA256 = strings.Repeat("0", 64) }, host.ErrDigest, "has sha256 " + built.digest},
		"not there":           {func(p *host.Plugin) { p.Path = "missing" }, host.ErrPath, "no such file"},
		"a link out":          {func(p *host.Plugin) { p.Path = "link" }, host.ErrPath, "escapes"},
		"a folder linked out": {func(p *host.Plugin) { p.Path = "linked/" + program }, host.ErrPath, "escapes"},
		"a script":            {func(p *host.Plugin) { p.Path, p.SHA256 = "script", script }, host.ErrPath, "name its interpreter"},
		"a folder":            {func(p *host.Plugin) { p.Path = "folder" }, host.ErrPath, "let entry name the file"},
		"an entry of a file":  {func(p *host.Plugin) { p.Entry = "main" }, host.ErrPath, "leave out entry"},
		"another name":        {func(p *host.Plugin) { p.Plugin = "acme" }, host.ErrIdentity, `its name is "echo" and the manifest says "acme"`},
		"another version":     {func(p *host.Plugin) { p.Version = "2.0.0" }, host.ErrIdentity, `its version is "1.0.0" and the manifest says "2.0.0"`},
		"another kind":        {func(p *host.Plugin) { p.Args = []string{"-kind=store"} }, host.ErrIdentity, `its kind is "store" and the manifest says "gateway"`},
		"no kind":             {func(p *host.Plugin) { p.Args = []string{"-kind=x"} }, host.ErrIdentity, `its kind is "unspecified"`},
		"another protocol":    {func(p *host.Plugin) { p.Args = []string{"-protocol=7"} }, host.ErrHandshake, `speaks protocol "7" and the host 1`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := echo()
			c.change(&p)
			good := echo()
			good.Name, good.Plugin = "good", "echo"
			r := newRigOf(t, host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{p, good}}, Dir: dir})
			err := r.refused()
			require.ErrorIs(t, err, c.kind)
			require.ErrorIs(t, err, host.ErrNotSent)
			require.ErrorContains(t, err, "plugin echo "+p.Version)
			require.ErrorContains(t, err, c.text)
			require.NotEmpty(t, remedy(t, err))
			require.Equal(t, host.Quarantined, r.status().State)
			require.ErrorIs(t, r.refused(), host.ErrQuarantined)
			require.EqualValues(t, 1, r.status().Process, "it is not tried again")
			conn, err := r.Conn(r.ctx(), "good", host.Gateway)
			require.NoError(t, err, "the other plugin is well")
			said, err := query(r.ctx(), conn, "echo:well")
			require.NoError(t, err)
			require.Equal(t, "well", said)
		})
	}
}

func TestAPluginIsTakenAgainAfterReset(t *testing.T) {
	dir := t.TempDir()
	r := newRigOf(t, host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{echo()}}, Dir: dir})
	require.ErrorIs(t, r.refused(), host.ErrPath)
	copyProgram(t, filepath.Join(built.dir, program), filepath.Join(dir, program))
	require.ErrorIs(t, r.refused(), host.ErrQuarantined)
	require.NoError(t, r.Reset("echo"))
	require.Equal(t, "now", r.ask("echo:now"))
}

func TestStrangeHandshakesAreRefused(t *testing.T) {
	limits := host.Limits{Start: 3 * time.Second}
	cases := map[string]struct {
		args []string
		kind error
		text string
	}{
		"words":             {[]string{"-hello=Listening on \x1b[31mport 80"}, host.ErrHandshake, `"Listening on \x1b[31mport 80"`},
		"no end":            {[]string{"-endless"}, host.ErrHandshake, "has no end"},
		"another transport": {[]string{"-hello=1|1|unix|$DIR/s|netrpc|AAAA"}, host.ErrHandshake, `transport is "netrpc"`},
		"a socket outside":  {[]string{"-hello=1|1|unix|/tmp/s|grpc|AAAA"}, host.ErrHandshake, "PLUGIN_UNIX_SOCKET_DIR"},
		"another machine":   {[]string{"-hello=1|1|tcp|192.0.2.1:80|grpc|AAAA"}, host.ErrHandshake, "no port of the loopback"},
		"no certificate":    {[]string{"-hello=1|1|unix|$DIR/s|grpc|"}, host.ErrHandshake, "announces no certificate"},
		"no words":          {[]string{"-mute", "-say=I am waiting"}, host.ErrStart, "I am waiting"},
		"an early end":      {[]string{"-exit=3", "-say=no licence"}, host.ErrStart, "exit status 3; it said: no licence"},
		"no Info":           {[]string{"-hang-info"}, host.ErrStart, "did not answer in time"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, limits, echo(c.args...))
			err := r.refused()
			require.ErrorIs(t, err, c.kind)
			require.ErrorContains(t, err, "plugin echo 1.0.0 (process 1): start: ")
			require.ErrorContains(t, err, c.text)
			require.NotEmpty(t, remedy(t, err))
			require.Empty(t, r.status().PID)
		})
	}
}

func TestAProgramForAnotherMachineIsRefused(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, program), []byte("MZ no program of this system"), 0o700))
	p := echo()
	var err error
	p.SHA256, err = host.Digest(filepath.Join(dir, program))
	require.NoError(t, err)
	r := newRigOf(t, host.Options{Manifest: host.Manifest{Plugins: []host.Plugin{p}}, Dir: dir})
	err = r.refused()
	require.ErrorIs(t, err, host.ErrStart)
	require.ErrorContains(t, err, "exec format error")
	require.ErrorContains(t, err, "must be built for this system")
	require.Empty(t, leftInRun(t, r), "nothing is left of it")
}

// leftInRun lists what is left of processes in the host's folder.
func leftInRun(t *testing.T, r *rig) []string {
	t.Helper()
	var list []string
	require.NoError(t, filepath.WalkDir(r.run, func(path string, _ fs.DirEntry, err error) error {
		if name := filepath.Base(path); err == nil && path != r.run && name != "lock" && !strings.HasPrefix(name, "h") {
			list = append(list, path)
		}
		return nil
	}))
	return list
}

// remedy gives what the error says should be done.
func remedy(t *testing.T, err error) string {
	t.Helper()
	var e *host.Error
	require.ErrorAs(t, err, &e)
	return e.Remedy
}

func copyProgram(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(to, b, 0o700))
}
