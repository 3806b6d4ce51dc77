//go:build unix

package main

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/plugins/host"
)

// machine is the system's folder for temporary files.
var machine = os.TempDir()

// said is what a run of the program gave.
type said struct {
	status         int
	stdout, stderr string
}

// embed runs the program in this process, with a folder of its own for temporary files, in which nothing may be left.
func embed(t *testing.T, args ...string) said {
	t.Helper()
	temporary, err := os.MkdirTemp(machine, "e") // a test's own folder has a long name
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(temporary) })
	t.Setenv("TMPDIR", temporary)
	var stdout, stderr bytes.Buffer
	status := run(t.Context(), args, &stdout, &stderr)
	left, err := os.ReadDir(temporary)
	require.NoError(t, err)
	require.Empty(t, left)
	return said{status, stdout.String(), stderr.String()}
}

var pids = regexp.MustCompile(`pid (\d+)`)

// A day's work with programs that it built, and what is kept of it.
func TestADaysWork(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kept")
	got := embed(t, "-claims", "40", "-dir", dir)
	require.Equal(t, done, got.status, "%s%s", got.stdout, got.stderr)
	for _, fact := range []string{
		"SCT             40 claims accepted", "kill -9 on records, process 1", "registered: SCTC000001/2", "asked again: the same acknowledgement",
		"DC              paid, held until an officer decides", "registered: DCCJ000001/2", "in 2 payments, as the court's receipts say",
	} {
		require.Contains(t, got.stdout, fact)
	}
	require.Regexp(t, `records +store +ready +process 2`, got.stdout)
	require.Contains(t, got.stderr, "plugin died")
	require.NotContains(t, got.stdout+got.stderr, companySecret)

	seen := map[string]bool{}
	for _, pid := range pids.FindAllStringSubmatch(got.stdout, -1) {
		seen[pid[1]] = true
		n, err := strconv.Atoi(pid[1])
		require.NoError(t, err)
		require.ErrorIs(t, syscall.Kill(n, 0), syscall.ESRCH, "process %d is left", n)
	}
	require.Len(t, seen, 4, "three plugins, one of them twice")
	requireKept(t, dir)

	again := embed(t, "-dir", dir)
	require.Equal(t, failed, again.status)
	require.Contains(t, again.stderr, "name a new folder")

	// The programs are kept too: a second day begins with them.
	got = embed(t, "-claims", "1", "-plugins", filepath.Join(dir, "plugins"))
	require.Equal(t, done, got.status, "%s%s", got.stdout, got.stderr)
	require.NotContains(t, got.stdout, "builds")
}

// requireKept looks at what is left in -dir: the manifest pins what ran, no secret is in it, and each thing was kept once.
func requireKept(t *testing.T, dir string) {
	t.Helper()
	m, err := host.ReadManifest(filepath.Join(dir, "plugins.json"))
	require.NoError(t, err)
	require.Len(t, m.Plugins, 3)
	for _, p := range m.Plugins {
		digest, err := host.Digest(filepath.Join(dir, "plugins", p.Path))
		require.NoError(t, err)
		require.Equal(t, digest, p.SHA256)
	}
	text, err := os.ReadFile(filepath.Join(dir, "plugins.json"))
	require.NoError(t, err)
	require.NotContains(t, string(text), companySecret)

	path := filepath.Join(dir, "records.db")
	s, err := sqlite.Open(t.Context(), sqlite.Options{Path: path}) // it has the driver
	require.NoError(t, err)
	defer s.Close()
	db, err := sql.Open("sqlite", "file:"+path)
	require.NoError(t, err)
	defer db.Close()
	for kind, want := range map[string]int{"case": 41, "batch": 2, "payment.order": 2, "payment.receipt": 2, "payment.attempt": 2} {
		var n int
		require.NoError(t, db.QueryRow("SELECT count(*) FROM icms_record WHERE kind = ?", kind).Scan(&n))
		require.Equal(t, want, n, kind)
	}
}

func TestBadCommandLines(t *testing.T) {
	for says, args := range map[string][]string{
		"at least one":          {"-claims", "0"},
		"flag provided but not": {"-port", "1"},
		"no such file":          {"-plugins", t.TempDir()},
		"not a directory":       {"-dir", "/dev/null/x"},
		"name a new folder":     {"-dir", "."},
	} {
		got := embed(t, args...)
		require.Equal(t, failed, got.status, says)
		require.Contains(t, got.stderr, says)
	}
	help := embed(t, "-h")
	require.Equal(t, done, help.status)
	require.Contains(t, help.stderr, "-plugins")
}
