package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
)

// filers is the number of goroutines in each of the two processes.
const filers = 32

// TestManyFileTheSame files one batch from two processes with 32 goroutines each: one of the 64 files it, and everybody has its
// acknowledgement.
func TestManyFileTheSame(t *testing.T) {
	claims := generated(t, "claims.csv", "60")
	p := newPlace(t)
	c := p.open(t)
	_, _, err := c.fund(t.Context(), exampleClaimant)
	require.NoError(t, err)

	var gates []io.Closer
	var outputs []*bufio.Reader
	for range 2 {
		cmd := child(t, childRace, nil, p.args("-claims", claims)...)
		gate, err := cmd.StdinPipe()
		require.NoError(t, err)
		stdout, err := cmd.StdoutPipe()
		require.NoError(t, err)
		var stderr strings.Builder
		cmd.Stderr = &stderr
		require.NoError(t, cmd.Start())
		defer func() { require.NoError(t, cmd.Wait(), stderr.String()) }()
		gates, outputs = append(gates, gate), append(outputs, bufio.NewReader(stdout))
	}
	for _, out := range outputs { // both are ready before either begins
		line, err := out.ReadString('\n')
		require.NoError(t, err)
		require.Equal(t, "ready\n", line)
	}
	for _, gate := range gates {
		require.NoError(t, gate.Close())
	}

	winners, digests, answers := 0, map[string]bool{}, 0
	for _, out := range outputs {
		rest, err := io.ReadAll(out)
		require.NoError(t, err)
		for line := range strings.Lines(string(rest)) {
			state, digest, _ := strings.Cut(strings.TrimSpace(line), " ")
			answers++
			digests[digest] = true
			if state == "first" {
				winners++
			}
		}
	}
	require.Equal(t, 2*filers, answers)
	require.Equal(t, 1, winners)
	require.Len(t, digests, 1)

	again := bulk(t, p.args("-claims", claims)...)
	require.Equal(t, filed, again.status, again.stderr)
	require.True(t, digests[p.acknowledgement(t, c).Digest])
	requireFiledOnce(t, p, 60, "race")
}

// race is a process of the test: it says that it is ready, waits for its standard input to end, files the same batch from many
// goroutines, and writes what each of them got.
func race(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	fail := func(err error) int {
		fmt.Fprintln(stderr, err)
		return failed
	}
	o, err := parse(args)
	if err != nil {
		return fail(err)
	}
	in, err := openInput(o)
	if err != nil {
		return fail(err)
	}
	defer in.Close()
	ctx := context.Background()
	c, err := openCounter(ctx, o, deps{})
	if err != nil {
		return fail(err)
	}
	defer c.Close()
	fmt.Fprintln(stdout, "ready")
	if _, err := io.Copy(io.Discard, stdin); err != nil {
		return fail(err)
	}

	j := &job{counter: c, o: o, in: in}
	j.prepare()
	var all sync.WaitGroup
	results, errs := make([]icms.Result, filers), make([]error, filers)
	for i := range filers {
		all.Go(func() {
			batch := j.batch
			batch.Progress = nil
			results[i], errs[i] = c.Registry().File(ctx, batch)
		})
	}
	all.Wait()
	for i, r := range results {
		switch {
		case errs[i] != nil:
			return fail(errs[i])
		case r.Acknowledgement == nil:
			return fail(fmt.Errorf("state %s without an acknowledgement: %v", r.State, r.Findings))
		case r.Replayed:
			fmt.Fprintln(stdout, "replayed", r.Acknowledgement.Digest)
		default:
			fmt.Fprintln(stdout, "first", r.Acknowledgement.Digest)
		}
	}
	return filed
}
