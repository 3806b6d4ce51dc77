package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files and the bundled sample anew")

// requireGolden compares text with a golden file.
func requireGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// TestSample holds the bundled sample against what -generate writes.
func TestSample(t *testing.T) {
	got := bulk(t, "-generate", "1000")
	require.Equal(t, filed, got.status)
	require.Empty(t, got.stderr)
	requireGolden(t, bundledName, got.stdout)
	require.True(t, bytes.Equal(bundled, []byte(got.stdout)), "build the test again: the sample was written anew")
}

// TestFirstAndSecondRun files the bundled sample after hours, and then again, without any other flag.
func TestFirstAndSecondRun(t *testing.T) {
	t.Chdir(t.TempDir())
	first := bulk(t, "-at", "2026-03-02T19:00:00")
	require.Equal(t, filed, first.status, first.stderr)
	second := bulk(t, "-at", "2026-03-09T10:00:00")
	require.Equal(t, filed, second.status, second.stderr)
	require.DirExists(t, filepath.Join("var", "bulkclaims"))

	t.Chdir(sourceDir)
	requireGolden(t, "first.txt", first.stdout)
	requireGolden(t, "second.txt", second.stdout)
	requireGolden(t, "first.stderr.txt", first.stderr)
}

// TestPapers looks at the papers of the bundled sample.
func TestPapers(t *testing.T) {
	p := newPlace(t)
	require.Equal(t, filed, bulk(t, p.args()...).status)
	requireGolden(t, ackFile, p.read(t, ackFile))
	requireGolden(t, receiptFile, p.read(t, receiptFile))
	requireGolden(t, pageFile, p.read(t, pageFile))
	requireFiledOnce(t, p, bundledClaims, "")

	rows := resultRows(t, p)
	require.Len(t, rows, bundledClaims+1)
	for _, row := range rows[1:] {
		require.Equal(t, statusFiled, row[2])
		require.NotEmpty(t, row[3])
	}
	left, err := filepath.Glob(p.out() + "/.*")
	require.NoError(t, err)
	require.Empty(t, left, "something half written is left")
}
