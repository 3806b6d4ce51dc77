package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The test program runs itself as other processes, which may be killed: childMode says what such a process is to be.
const (
	childMode = "BULKCLAIMS_TEST_CHILD"
	childMain = "main" // the program as it is
	childKill = "kill" // the program, which kills itself at the write that killAt names
	childRace = "race" // files one batch from many goroutines at once
)

// sourceDir is the folder of this package, where the golden files are.
var sourceDir, _ = os.Getwd()

func TestMain(m *testing.M) {
	switch os.Getenv(childMode) {
	case childMain:
		main()
	case childKill:
		k := newKiller(os.Getenv(killAt))
		os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr, k.deps()))
	case childRace:
		os.Exit(race(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// child makes a process that is this program in a mode.
func child(t *testing.T, mode string, env []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), self, args...)
	// The race detector, where it is built in, sleeps a second at the end of a process unless it is told not to.
	cmd.Env = append(append(os.Environ(), childMode+"="+mode, "GORACE=atexit_sleep_ms=0"), env...)
	return cmd
}

// said is what a run of the program gave.
type said struct {
	status         int
	stdout, stderr string
}

// bulk runs the program in this process.
func bulk(t *testing.T, args ...string) said {
	t.Helper()
	return bulkWith(t, deps{}, args...)
}

func bulkWith(t *testing.T, d deps, args ...string) said {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status := run(t.Context(), args, &stdout, &stderr, d)
	return said{status, stdout.String(), stderr.String()}
}

// place is a registry of its own: a folder with a database, and a folder for the papers.
type place struct{ dir string }

func newPlace(t *testing.T) place { return place{t.TempDir()} }

func (p place) db() string { return p.dir + "/registry.db" }

func (p place) out() string { return p.dir + "/out" }

// args are the flags that keep a run in the place, after hours on a Monday, and further flags.
func (p place) args(more ...string) []string {
	return append([]string{"-at", "2026-03-02T19:00:00", "-db", p.db(), "-out", p.out()}, more...)
}

// read reads a paper.
func (p place) read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(p.out() + "/" + name)
	require.NoError(t, err)
	return string(b)
}

// tidy takes the names of temporary places out of what a run said.
func (p place) tidy(text string) string { return strings.ReplaceAll(text, p.dir, "DIR") }

// generated writes a sample of n claims and gives its name.
func generated(t *testing.T, name string, n string) string {
	t.Helper()
	path := t.TempDir() + "/" + name
	got := bulk(t, "-generate", n, "-claims", path)
	require.Equal(t, said{}, got)
	return path
}

// resultRows reads the result file.
func resultRows(t *testing.T, p place) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(p.read(t, resultFile), "\ufeff"))).ReadAll()
	require.NoError(t, err)
	return rows
}
