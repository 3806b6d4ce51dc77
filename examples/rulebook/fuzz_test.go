package main

import (
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"courts.example/eservices/calendar"
	feeshk "courts.example/eservices/fees/hk"
	filinghk "courts.example/eservices/filing/hk"
	"github.com/stretchr/testify/require"
)

// FuzzTables asks every rule about arbitrary input: it never panics, every line of output can be read, and each row has its line.
func FuzzTables(f *testing.F) {
	for _, table := range []string{receiptCases, limitCases, feeCases, claimCases} {
		f.Add(table)
	}
	f.Add("\ufeffat,MODE,amount,item,court\r\n\"2026-03-02T10:00\",paper,\"1\n\",filing,sct\r\n\"\n,,,,\n")
	f.Add("received\n\"\"\"\n\"a\n\"b\",\n2026-03-02T10:00+08:00\n")
	f.Add("event,days,rule\n1998-01-01,36000,ord\n2100-12-31,1,court\n")
	f.Add("claimant,category,amount,at\nHospital Authority,other,-0.01,0001-01-01T00:00\n")
	all := questions(f)
	f.Fuzz(func(t *testing.T, table string) {
		for _, q := range all {
			checkTable(t, table, q)
			checkTable(t, strings.Join(q.asks, ",")+"\n"+table, q)
		}
	})
}

// questions are all rules that are asked line by line, without closures and warnings.
func questions(tb testing.TB) []question {
	office, err := registry("announced", "")
	require.NoError(tb, err)
	rules, err := limits("", "", io.Discard)
	require.NoError(tb, err)
	schedule, err := feeshk.SmallClaims()
	require.NoError(tb, err)
	policy, err := filinghk.SmallClaims()
	require.NoError(tb, err)
	return []question{receiptQuestion(office), limitQuestion(rules), feeQuestion(schedule), claimQuestion(&policy)}
}

func checkTable(t *testing.T, table string, q question) {
	var out strings.Builder
	if err := q.stream(strings.NewReader(table), &out); err != nil {
		require.True(t, strings.HasPrefix(err.Error(), "standard input: "), err)
		require.Empty(t, out.String(), "no names of columns, no answers")
		return
	}
	lines, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
	require.NoError(t, err)
	require.Len(t, lines, countRows(t, table))
	require.Equal(t, slices.Concat(q.asks, q.answers, []string{"why"}), lines[0])
	for _, line := range lines[1:] {
		why, answers := line[len(line)-1], line[len(q.asks):len(line)-1]
		require.NotEmpty(t, why)
		if strings.HasPrefix(why, "error: ") {
			require.Empty(t, strings.Join(answers, ""))
		} else {
			require.NotEmpty(t, strings.Join(answers, ""))
		}
	}
}

// FuzzFiles reads arbitrary files of closures and warnings: they are refused with their name and what is wrong, or used.
func FuzzFiles(f *testing.F) {
	f.Add("closed,reopened,kind,start,end\n2026-03-02T09:00,,gale_warning,2026-03-02T09:00,2026-03-03T09:00:00Z\n")
	f.Add("kind,end,start,reopened,closed\nblack_rainstorm,,2026-03-02T09:00,2200-01-01T00:00,1700-01-01T00:00\n")
	f.Add("closed,reopened\n2026-03-02T08:45,2026-03-02T17:30\n2026-03-02T17:30:00,2026-03-02T17:30:00.000000001\n")
	office, err := registry("statutory", "")
	require.NoError(f, err)
	rules, err := limits("", "", io.Discard)
	require.NoError(f, err)
	file := filepath.Join(f.TempDir(), "file.csv")
	f.Fuzz(func(t *testing.T, content string) {
		require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
		checkClosures(t, file, office)
		checkWarnings(t, file, rules["ord"])
	})
}

func checkClosures(t *testing.T, file string, office *calendar.Office) {
	notices, err := readClosures(file)
	if err == nil {
		office, err = office.With(notices...)
	}
	if err != nil {
		require.Contains(t, err.Error(), file)
		return
	}
	checkTable(t, receiptCases, receiptQuestion(office))
}

func checkWarnings(t *testing.T, file string, rule *calendar.Limits) {
	notices, err := readWarnings(file, io.Discard)
	if err == nil {
		rule, err = rule.WithWarnings(notices...)
	}
	if err != nil {
		require.Contains(t, err.Error(), file)
		return
	}
	checkTable(t, limitCases, limitQuestion(map[string]*calendar.Limits{"ord": rule}))
}

// countRows counts the rows of a table, that of the names included.
func countRows(t *testing.T, table string) int {
	r := newRows(strings.NewReader(table))
	for n := 0; ; n++ {
		switch _, err := r.next(); {
		case errors.Is(err, io.EOF):
			return n
		default:
			require.NoError(t, err)
		}
	}
}

// FuzzRows reads arbitrary text: rows come in the order of their lines, and a text without damage reads as encoding/csv reads it.
func FuzzRows(f *testing.F) {
	f.Add("a,b\n\"c\nd\",e\n\"f\ng\n")
	f.Add("\"\"\n\"\"\"\n\",\"\r\n\n \n")
	f.Add("\ufeff\"a\",\"b\"\"\"\r\nx\"y\n")
	f.Fuzz(func(t *testing.T, text string) {
		r := newRows(strings.NewReader(text))
		var read [][]string
		for last, damaged := 0, false; ; {
			row, err := r.next()
			if errors.Is(err, io.EOF) {
				if damaged {
					return
				}
				break
			}
			require.NoError(t, err)
			require.Greater(t, row.line, last)
			require.Equal(t, row.damage == nil, len(row.cells) > 0)
			last, damaged = row.line, damaged || row.damage != nil
			read = append(read, row.cells)
		}
		if oddBlanks(text) {
			return
		}
		c := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
		c.FieldsPerRecord = -1
		want, err := c.ReadAll()
		require.NoError(t, err)
		require.Equal(t, want, read)
	})
}

// oddBlanks reports whether a text has what encoding/csv takes otherwise: lines of nothing but space, which are no rows here, and
// carriage returns that end no line.
func oddBlanks(text string) bool {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	for line := range strings.SplitSeq(text, "\n") {
		if strings.Contains(line, "\r") || line != "" && strings.TrimSpace(line) == "" {
			return true
		}
	}
	return false
}
