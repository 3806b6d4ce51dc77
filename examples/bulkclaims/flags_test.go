package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestHelp(t *testing.T) {
	for _, flag := range []string{"-h", "-help", "--help"} {
		got := bulk(t, flag)
		require.Equal(t, filed, got.status)
		require.Empty(t, got.stderr)
		requireGolden(t, "usage.txt", filepath.ToSlash(got.stdout))
	}
}

// TestCannotRun lists what ends with status 2 before anything is done, and the words of which each must say.
func TestCannotRun(t *testing.T) {
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken.csv")
	require.NoError(t, os.WriteFile(taken, []byte("my work"), 0o600))
	for name, test := range map[string]struct {
		args string
		want []string
	}{
		"unknown flag":           {"-bogus", []string{"-bogus", "bulkclaims -h"}},
		"not a flag":             {"claims.csv", []string{`"claims.csv"`, "-claims"}},
		"instant":                {"-at yesterday", []string{`-at "yesterday"`, "2026-03-02T15:04:05"}},
		"no number":              {"-generate many", []string{"-generate"}},
		"none":                   {"-generate 0", []string{"-generate 0", "from 1 to 1,000,000"}},
		"too many":               {"-generate 1000001", []string{"1,000,000"}},
		"two things":             {"-generate 1 -template", []string{"-generate and -template"}},
		"no use":                 {"-generate 1 -partial", []string{"-partial", "no use"}},
		"no use with a template": {"-template -db x", []string{"-db", "no use"}},
		"empty database":         {"-db=", []string{"-db is empty"}},
		"empty out":              {"-out=", []string{"-out is empty"}},
		"empty claims":           {"-claims=", []string{"-claims is empty"}},
		"no such file":           {"-claims DIR/none.csv", []string{"DIR/none.csv", "no such file", "name a file"}},
		"folder":                 {"-claims DIR/folder.csv", []string{"DIR/folder.csv", "save the claims as a file"}},
		"extension":              {"-claims DIR/claims.txt", []string{"claims.txt", ".csv, .xlsx or .jsonl"}},
		"no such folder":         {"-claims DIR/taken.csv -docs DIR/none", []string{"-docs DIR/none", "no such file"}},
		"generate over work":     {"-generate 1 -claims DIR/taken.csv", []string{"taken.csv", "already"}},
		"template over work":     {"-template -claims DIR/taken.csv", []string{"taken.csv", "already"}},
		"template without rows":  {"-template -claims DIR/x.jsonl", []string{"x.jsonl", ".csv or .xlsx"}},
		"generate into nothing":  {"-generate 1 -claims DIR/none/x.csv", []string{"none/x.csv", "no such file"}},
		"database in a file":     {"-db DIR/taken.csv/registry.db", []string{"-db", "can't make the folder"}},
		"database is none":       {"-db DIR/taken.csv", []string{"-db", "taken.csv", "corrupt"}},
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, os.MkdirAll(filepath.Join(dir, "folder.csv"), 0o700))
			got := bulk(t, strings.Fields(strings.ReplaceAll(test.args, "DIR", dir))...)
			require.Equal(t, failed, got.status, got.stdout)
			require.Empty(t, got.stdout)
			for _, words := range test.want {
				require.Contains(t, strings.ReplaceAll(got.stderr, dir, "DIR"), words)
			}
			require.True(t, strings.HasPrefix(got.stderr, "bulkclaims: "), got.stderr)
		})
	}
	work, err := os.ReadFile(taken)
	require.NoError(t, err)
	require.Equal(t, "my work", string(work))
}

func TestInstant(t *testing.T) {
	want := time.Date(2026, 3, 2, 15, 4, 5, 0, time.FixedZone("HKT", 8*60*60))
	for _, text := range []string{"2026-03-02T15:04:05", "2026-03-02T15:04:05+08:00", "2026-03-02T07:04:05Z"} {
		got, err := parseInstant(text)
		require.NoError(t, err)
		require.True(t, want.Equal(got), text)
	}
	got, err := parseInstant("2026-03-02T15:04")
	require.NoError(t, err)
	require.True(t, want.Truncate(time.Minute).Equal(got))
	for _, text := range []string{"2026-03-02", "15:04", "2026-02-30T10:00:00", "2026-03-02 15:04:05"} {
		_, err := parseInstant(text)
		require.Error(t, err, text)
	}
}

// TestTemplate writes the template everywhere it can be written, and reads it back as a file without a claim.
func TestTemplate(t *testing.T) {
	got := bulk(t, "-template")
	require.Equal(t, filed, got.status)
	require.Contains(t, got.stdout, "Defendant name 被告人姓名或名稱")
	for _, name := range []string{"template.csv", "template.xlsx"} {
		path := filepath.Join(t.TempDir(), name)
		require.Equal(t, said{}, bulk(t, "-template", "-claims", path))
		p := newPlace(t)
		empty := bulk(t, p.args("-claims", path)...)
		require.Equal(t, refused, empty.status, empty.stderr)
		require.Contains(t, empty.stdout, "Refused ")
	}
}
