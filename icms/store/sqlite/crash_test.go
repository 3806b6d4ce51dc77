//go:build unix

package sqlite_test

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"courts.example/eservices/icms/store/sqlite"
	"github.com/stretchr/testify/require"
)

const childVariable = "SQLITE_TEST_CHILD"

// TestMain runs the tests, or the job of a child process: "job:number:path".
func TestMain(m *testing.M) {
	if text := os.Getenv(childVariable); text != "" {
		part := strings.SplitN(text, ":", 3)
		n, err := strconv.Atoi(part[1])
		if err == nil {
			err = child(part[0], n, part[2])
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child does the work of another process on the database, and dies before its nth statement when n is not 0.
func child(job string, n int, path string) error {
	if _, err := io.ReadAll(os.Stdin); err != nil { // for a parent that lets all start at once
		return err
	}
	s, err := sqlite.Open(ctx, sqlite.Options{Path: path})
	if err != nil {
		return err
	}
	defer s.Close()
	if n > 0 {
		s.OnStep(func(string) error {
			if n--; n > 0 {
				return nil
			}
			return syscall.Kill(os.Getpid(), syscall.SIGKILL)
		})
	}
	if job == "group" {
		return groups(s)
	}
	changes, size := 2, 40
	switch job {
	case "many":
		changes, size = 1000, 50
	case "wait":
		changes = 20
	}
	for i := 1; i <= changes; i++ {
		a, err := s.Apply(ctx, change(i, size))
		if err != nil {
			return err
		}
		fmt.Println(i, a.Replayed)
	}
	return nil
}

func start(t *testing.T, job string, n int, path string, in io.Reader) (*exec.Cmd, *bufio.Scanner) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s:%d:%s", childVariable, job, n, path))
	cmd.Stderr, cmd.Stdin = os.Stderr, in
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	return cmd, bufio.NewScanner(out)
}

// A process that dies before any statement of its change leaves nothing of it or all of it, and never less than it has acknowledged.
func TestDeathBeforeEachStatement(t *testing.T) {
	seen := map[int]int{}
	for n, done := 1, false; !done; n++ {
		path := file(t)
		cmd, out := start(t, "few", n, path, nil)
		acknowledged := 0
		for out.Scan() {
			acknowledged++
		}
		done = cmd.Wait() == nil
		s, err := sqlite.Open(ctx, sqlite.Options{Path: path})
		require.NoError(t, err)
		requireApplied(t, s, acknowledged, 40)
		seen[acknowledged]++
		for i := 1; i <= 2; i++ {
			a, err := s.Apply(ctx, change(i, 40))
			require.NoError(t, err)
			require.Equal(t, i <= acknowledged, a.Replayed)
		}
		requireApplied(t, s, 2, 40)
		require.NoError(t, s.Close())
	}
	require.Greater(t, seen[0], 15, "places to die in the first change: %v", seen)
	require.Greater(t, seen[1], 15, "places to die in the second change: %v", seen)
	t.Logf("died at %d places of two changes", seen[0]+seen[1])
}

// A process that is killed while it applies one change after another loses none that it has acknowledged.
func TestDeathAtRandomMoments(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		path := file(t)
		cmd, out := start(t, "many", 0, path, nil)
		acknowledged := 0
		for range 1 + random.IntN(12) {
			require.True(t, out.Scan())
			acknowledged++
		}
		require.NoError(t, cmd.Process.Kill())
		for out.Scan() {
			acknowledged++
		}
		require.Error(t, cmd.Wait())
		s := open(t, sqlite.Options{Path: path})
		links, err := s.Links(ctx, "audit", 0, 100)
		require.NoError(t, err)
		// The last change may be durable without its acknowledgement having got out.
		require.GreaterOrEqual(t, len(links), acknowledged)
		require.LessOrEqual(t, len(links), acknowledged+1)
		requireApplied(t, s, len(links), 50)
	}
}

// Several processes find no database, make it, and apply the same changes: each change has one winner.
func TestProcessesStartAtOnce(t *testing.T) {
	path := file(t)
	const processes = 4
	first := winners(t, "wait", path, processes)
	require.Len(t, first, 20)
	for n, winners := range first {
		require.Equal(t, 1, winners, "change %s", n)
	}
	requireApplied(t, open(t, sqlite.Options{Path: path}), 20, 40)
}

// winners lets several processes do the job at once, and gives for each change the number of those that were first.
func winners(t *testing.T, job, path string, processes int) map[string]int {
	var gates []*os.File
	var outs []*bufio.Scanner
	var cmds []*exec.Cmd
	for range processes {
		r, w, err := os.Pipe()
		require.NoError(t, err)
		cmd, out := start(t, job, 0, path, r)
		require.NoError(t, r.Close())
		cmds, gates, outs = append(cmds, cmd), append(gates, w), append(outs, out)
	}
	for _, g := range gates {
		require.NoError(t, g.Close())
	}
	first := map[string]int{}
	for i, out := range outs {
		for out.Scan() {
			if id, replayed, _ := strings.Cut(out.Text(), " "); replayed == "false" {
				first[id]++
			}
		}
		require.NoError(t, cmds[i].Wait())
	}
	return first
}
