package main

import (
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// record is a line of a table by the names of its columns.
type record map[string]string

// ask runs the program on a table and gives its answers; it must end well and say nothing else.
func ask(t *testing.T, table string, args ...string) []record {
	t.Helper()
	out, notes, status := invoke(table, args...)
	require.Equal(t, done, status, notes)
	require.Empty(t, notes)
	return records(t, out)
}

// invoke runs the program.
func invoke(stdin string, args ...string) (stdout, stderr string, status int) {
	var out, notes strings.Builder
	status = run(args, strings.NewReader(stdin), &out, &notes)
	return out.String(), notes.String(), status
}

// refused runs the program, which must end with status 2, write nothing but the names of the columns, and say why.
func refused(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	out, notes, status := invoke(stdin, args...)
	require.Equal(t, failed, status)
	require.LessOrEqual(t, strings.Count(out, "\n"), 1, out)
	require.NotEmpty(t, notes)
	return notes
}

func records(t *testing.T, table string) []record {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	require.NoError(t, err)
	require.NotEmpty(t, rows)
	var out []record
	for _, row := range rows[1:] {
		r := record{}
		for i, cell := range row {
			r[rows[0][i]] = cell
		}
		out = append(out, r)
	}
	return out
}

// vectors reads a table of testdata.
func vectors(t *testing.T, name string) (table string, rows []record) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return string(b), records(t, string(b))
}

// write writes a file for one test.
func write(t *testing.T, content string) (name string) {
	t.Helper()
	name = filepath.Join(t.TempDir(), "table.csv")
	require.NoError(t, os.WriteFile(name, []byte(content), 0o600))
	return name
}
