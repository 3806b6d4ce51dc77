//go:build unix

package main

import (
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPipe names a pipe that nobody writes to: it must be refused, not waited for.
func TestPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "claims.csv")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	got := bulk(t, "-claims", pipe, "-db", filepath.Join(t.TempDir(), "r.db"))
	require.Equal(t, failed, got.status)
	require.Contains(t, got.stderr, "not a file with a size")
}
