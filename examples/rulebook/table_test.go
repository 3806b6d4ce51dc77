package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

func TestTableColumns(t *testing.T) {
	const want = "received,deemed,status,why\n2026-03-02T09:00,2026-03-02T09:00:00,received,"
	for name, table := range map[string]string{
		"alone":                 "received\n2026-03-02T09:00",
		"among others":          "expected,received,reason\nx,2026-03-02T09:00,\"a, b\"\n",
		"other rows' cells":     "a,received,b\n,2026-03-02T09:00\n",
		"other capitals":        "Received \n2026-03-02T09:00\n",
		"quoted":                "\"received\"\n\"2026-03-02T09:00\"\n",
		"carriage returns":      "received\r\n2026-03-02T09:00\r\n",
		"byte order mark":       "\ufeffreceived\n2026-03-02T09:00\n",
		"mark and quotes":       "\ufeff\"received\",x\r\n2026-03-02T09:00,y\r\n",
		"blank lines":           "\n\r\nreceived\n\n  \n2026-03-02T09:00\n\n",
		"trailing commas":       "received\n2026-03-02T09:00,,, \n",
		"a value of two lines":  "note,received\n\"one\ntwo\",2026-03-02T09:00\n",
		"a value with quotes":   "note,received\n\"she said \"\"no\"\"\",2026-03-02T09:00\n",
		"a column twice beside": "x,x,received\n1,2,2026-03-02T09:00\n",
	} {
		out, notes, status := invoke(table, "receipt")
		require.Equal(t, done, status, "%s: %s", name, notes)
		require.True(t, strings.HasPrefix(out, want), "%s: %s", name, out)
		require.Len(t, records(t, out), 1, name)
	}
}

func TestTableWithoutUsableColumns(t *testing.T) {
	for table, says := range map[string]string{
		"":                                "empty",
		"\n\n":                            "empty",
		"\ufeff":                          "empty",
		"deemed\n2026-03-02T09:00\n":      "no column is named received",
		"received,received\n":             "two columns",
		"\"received\n2026-03-02T09:00\n":  "line 1",
		"\xff\xfer\x00e\x00c\x00\n\x00":   "UTF-16",
		"\xfe\xff\x00r\x00e\x00c\x00\n":   "UTF-16",
		strings.Repeat("x", maxRow+1):     "longer than",
		"2026-03-02T09:00\n2026-03-02T09": "received",
	} {
		require.Contains(t, refused(t, table, "receipt"), says)
	}
}

// A damaged row costs its own line of output and no other.
func TestTableWithDamagedRows(t *testing.T) {
	good := "sct,search,,paper,2026-03-02T09:00"
	for name, row := range map[string]string{
		"too short":                 "sct,search",
		"too long":                  good + ",5",
		"a mark in a value":         `sct,se"arch,,paper,2026-03-02T09:00`,
		"a mark never closed":       `sct,"search,,paper,2026-03-02T09:00`,
		"something after a mark":    `sct,"search"x,,paper,2026-03-02T09:00`,
		"a lone mark":               `"`,
		"longer than a row may be":  good + strings.Repeat(" ", maxRow),
		"bytes that are no text":    "sct,\xff\x00\xfe,,paper,2026-03-02T09:00",
		"a mark in a row too long":  `sct,"` + strings.Repeat("x", maxRow) + `",,paper,2026-03-02T09:00`,
		"a value that stays opened": `sct,"` + strings.Repeat("x", maxRow/2),
	} {
		table := "court,item,amount,mode,at\n" + good + "\n" + row + "\n" + good + "\n" + good + "\n"
		answers := ask(t, table, "fee")
		require.Equal(t, []string{"18", "", "18", "18"}, column(answers, "fee"), name)
		require.True(t, strings.HasPrefix(answers[1]["why"], "error: "), name)
	}
}

// What is longer than a row may be is never cut short in silence, wherever its end lies.
func TestTableWithTheLongestRow(t *testing.T) {
	for _, begins := range []string{"2026-03-02T09:00,", "2026-03-02T09:00,\"a\nb\","} {
		for more, good := range map[int]bool{-1: true, 0: true, 1: false, 2: false, maxRow: false} {
			row := begins + strings.Repeat("x", maxRow-len(begins)-1+more) + "\n"
			answers := ask(t, "received,note,x\n"+row+"2026-03-02T09:00\n", "receipt")
			require.Equal(t, good, answers[0]["deemed"] != "", "%d bytes", len(row))
			require.Equal(t, "2026-03-02T09:00:00", answers[len(answers)-1]["deemed"])
		}
	}
}

// Marks that are never closed, one after another, still cost one line each, in time that grows with the length of the table only.
func TestTableWithManyOpenMarks(t *testing.T) {
	var b strings.Builder
	b.WriteString("received\n")
	for range 10_000 {
		b.WriteString("\"x\nx\n")
	}
	answers := ask(t, b.String(), "receipt")
	require.Len(t, answers, 20_000)
}

// A mark that is never closed is given up on as soon as the row is longer than one may be, and not at the end of the table.
func TestTableGivesUpOnAnOpenMark(t *testing.T) {
	in, ask := io.Pipe()
	answered, out := io.Pipe()
	go func() {
		_ = run([]string{"receipt"}, in, out, io.Discard)
		out.Close()
	}()
	go func() {
		_, _ = io.WriteString(ask, "received\n\"\n"+strings.Repeat("2026-03-02T09:00\n", maxRow/10))
	}()
	answers := bufio.NewReader(answered)
	for _, begins := range []string{"received,", ",,,error: line 2: ", "2026-03-02T09:00,2026-03-02T09:00:00,"} {
		answer, err := answers.ReadString('\n')
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(strings.ReplaceAll(answer, `"`, ""), begins), answer)
	}
	require.NoError(t, ask.Close())
	_, err := io.Copy(io.Discard, answers)
	require.NoError(t, err)
}

// The answer to a line is there before the next line is.
func TestTableIsAnsweredAsItComes(t *testing.T) {
	in, ask := io.Pipe()
	answered, out := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		status := run([]string{"receipt"}, in, out, io.Discard)
		out.Close()
		ended <- status
	}()
	answers := bufio.NewReader(answered)
	for i, line := range []string{"received\n", "2026-03-02T09:00\n", "2026-03-02T18:00\n"} {
		_, err := io.WriteString(ask, line)
		require.NoError(t, err)
		answer, err := answers.ReadString('\n')
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(answer, strings.TrimSpace(line)+","), "line %d: %s", i, answer)
	}
	require.NoError(t, ask.Close())
	require.Equal(t, done, <-ended)
}

func TestTableThatBreaksOff(t *testing.T) {
	broken := errors.New("the wire was cut")
	in := io.MultiReader(strings.NewReader("received\n2026-03-02T09:00\n2026-03-0"), iotest.ErrReader(broken))
	var out, notes strings.Builder
	require.Equal(t, failed, run([]string{"receipt"}, in, &out, &notes))
	require.Contains(t, notes.String(), "after line 2: the wire was cut")
	require.Len(t, records(t, out.String()), 1, "what came in whole is answered; half a line is not")

	notes.Reset()
	require.Equal(t, failed, run([]string{"receipt"}, iotest.ErrReader(broken), io.Discard, &notes))
	require.Contains(t, notes.String(), broken.Error())
}

func TestTableThatNobodyReads(t *testing.T) {
	for _, args := range [][]string{{"receipt"}, {"holidays", "-year", "2026"}} {
		var notes strings.Builder
		status := run(args, strings.NewReader("received\n"+strings.Repeat("2026-03-02T09:00\n", 1000)), full{}, &notes)
		require.Equal(t, failed, status)
		require.Contains(t, notes.String(), "no space")
	}
}

// full is a disk without space.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// Whatever the size of the pieces in which a table comes in, the answers are the same.
func TestTableInPieces(t *testing.T) {
	table, _ := vectors(t, "receipts.csv")
	want, _, _ := invoke(table, "receipt")
	for name, in := range map[string]io.Reader{
		"bytes":     iotest.OneByteReader(strings.NewReader(table)),
		"halves":    iotest.HalfReader(strings.NewReader(table)),
		"early end": iotest.DataErrReader(strings.NewReader(table)),
	} {
		var out strings.Builder
		require.Equal(t, done, run([]string{"receipt"}, in, &out, io.Discard), name)
		require.Equal(t, want, out.String(), name)
	}
}

func TestTableNumbersItsLines(t *testing.T) {
	answers := ask(t, "received,x\n\n\"2026-03-02T09:00\",\"a\nb\"\n\"\n", "receipt")
	require.Len(t, answers, 2)
	require.Contains(t, answers[1]["why"], fmt.Sprintf("line %d:", 5))
}
