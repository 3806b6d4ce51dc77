//go:build unix

package blob_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"courts.example/eservices/icms/blob"
	"github.com/stretchr/testify/require"
)

// TestMain runs the tests, or one of the jobs of a child process.
func TestMain(m *testing.M) {
	if job, root, ok := strings.Cut(os.Getenv("BLOB_TEST_CHILD"), ":"); ok {
		if err := child(job, root); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const childContent = "the same in every process"

// child keeps content, over and over for the job "race", and dies at the step that is the job's name.
func child(job, root string) error {
	f, err := blob.OpenFolder(root)
	if err != nil {
		return err
	}
	f.OnStep(func(name string) error {
		if name != job {
			return nil
		}
		return syscall.Kill(os.Getpid(), syscall.SIGKILL)
	})
	rounds := 1
	if job == "race" {
		rounds = 50
	}
	for range rounds {
		s, err := f.Stage(ctx, strings.NewReader(childContent), 0)
		if err != nil {
			return err
		}
		if err := errors.Join(s.Keep(ctx), s.Drop()); err != nil {
			return err
		}
		file, err := f.Open(ctx, s.Hash())
		if err != nil {
			return err
		}
		content, err := io.ReadAll(io.NewSectionReader(file, 0, file.Size()))
		if err = errors.Join(err, file.Close()); err != nil || string(content) != childContent {
			return fmt.Errorf("read %q: %w", content, err)
		}
	}
	return nil
}

func start(t *testing.T, job, root string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "BLOB_TEST_CHILD="+job+":"+root)
	cmd.Stderr = os.Stderr
	require.NoError(t, cmd.Start())
	return cmd
}

func TestACrashLeavesOnlyWhatASweepRemoves(t *testing.T) {
	for _, step := range []struct {
		name string
		kept bool
	}{{"staged", false}, {"synced", false}, {"renamed", true}} {
		t.Run(step.name, func(t *testing.T) {
			root := filepath.Join(t.TempDir(), "blobs")
			err := start(t, step.name, root).Wait()
			require.ErrorContains(t, err, "killed")
			f, err := blob.OpenFolder(root)
			require.NoError(t, err)
			there, err := f.Has(ctx, hashOf(childContent))
			require.NoError(t, err)
			require.Equal(t, step.kept, there)
			age(t, root)
			_, err = f.Sweep(ctx, limit, func(string) (bool, error) { return true, nil })
			require.NoError(t, err)
			if !step.kept {
				require.Empty(t, files(t, root))
			}
			require.Equal(t, childContent, read(t, f, keep(t, f, childContent)), "the next one keeps it")
			require.Len(t, files(t, root), 1)
		})
	}
}

func TestProcessesKeepTheSameAtOnce(t *testing.T) {
	f, root := open(t)
	children := []*exec.Cmd{start(t, "race", root), start(t, "race", root)}
	for range 50 {
		n, err := f.Sweep(ctx, time.Unix(0, 0), func(string) (bool, error) { return false, nil })
		require.NoError(t, err)
		require.Zero(t, n, "what is being kept is young")
	}
	for _, c := range children {
		require.NoError(t, c.Wait())
	}
	require.Len(t, files(t, root), 1)
	require.Equal(t, childContent, read(t, f, hashOf(childContent)))
}
