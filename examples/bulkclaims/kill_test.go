package main

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestKilledAtEveryWrite kills the program before, within and after each durable write in turn and runs it again: what comes out is
// always what a run that nobody disturbed gives.
func TestKilledAtEveryWrite(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	claims := generated(t, "claims.csv", "60")
	undisturbed, counter := newPlace(t), new(killer)
	require.Equal(t, filed, bulkWith(t, counter.deps(), undisturbed.args("-claims", claims)...).status)
	want := undisturbed.read(t, ackFile)
	writes := counter.count.Load()
	require.Greater(t, writes, int64(6))

	var within atomic.Int64
	t.Run("at", func(t *testing.T) {
		for write := int64(1); write <= writes; write++ {
			for _, when := range []string{"before", "within", "after"} {
				t.Run(fmt.Sprintf("%s %d", when, write), func(t *testing.T) {
					t.Parallel()
					if killedAt(t, claims, want, when, write) && when == "within" {
						within.Add(1)
					}
				})
			}
		}
	})
	require.Positive(t, within.Load(), "no change was killed in its middle")
}

// killedAt kills the program at a moment, runs it again, and holds what comes out against what is wanted. It reports whether there is
// such a moment: a change without parts has no middle.
func killedAt(t *testing.T, claims, want, when string, write int64) bool {
	t.Helper()
	p := newPlace(t)
	moment := killAt + "=" + fmt.Sprintf("%s %d", when, write)
	died, printed := runAndDie(t, child(t, childKill, []string{moment}, p.args("-claims", claims)...))
	require.True(t, died || when == "within")
	require.True(t, !died || printed == "", "an acknowledgement before its papers can be there: %s", printed)

	again := bulk(t, p.args("-claims", claims)...)
	require.Equal(t, filed, again.status, again.stderr)
	require.Equal(t, want, p.read(t, ackFile))
	requireFiledOnce(t, p, 60, moment)
	return died
}

// TestKilledAtRandomMoments kills the program as it is at twenty moments between its start and its end. The moments are no part of
// what is promised: the same must hold at every one.
func TestKilledAtRandomMoments(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	claims := generated(t, "claims.csv", "60")
	p := newPlace(t)
	began := time.Now()
	require.NoError(t, child(t, childMain, nil, p.args("-claims", claims)...).Run())
	whole := time.Since(began)
	want := p.read(t, ackFile)

	moments := rand.New(rand.NewPCG(338, 638))
	for i := range 20 {
		p := newPlace(t)
		after := time.Duration(moments.Float64() * float64(whole))
		moment := fmt.Sprintf("moment %d, %v of %v", i, after, whole)
		cmd := child(t, childMain, nil, p.args("-claims", claims)...)
		var stdout bytes.Buffer
		cmd.Stdout = &stdout
		require.NoError(t, cmd.Start())
		kill := time.AfterFunc(after, func() { cmd.Process.Kill() })
		err := cmd.Wait() // it may have ended before
		kill.Stop()
		if exit := (*exec.ExitError)(nil); err != nil {
			require.True(t, errors.As(err, &exit) && !exit.Exited(), "%s: %v", moment, err)
		}

		again := bulk(t, p.args("-claims", claims)...)
		require.Equal(t, filed, again.status, "%s: %s", moment, again.stderr)
		require.Equal(t, want, p.read(t, ackFile), moment)
		if printed := acknowledgementIn(stdout.String()); printed != "" {
			require.Equal(t, acknowledgementIn(again.stdout), printed, moment)
		}
		later := bulk(t, "-at", "2026-03-09T10:00:00", "-db", p.db(), "-out", p.out(), "-claims", claims)
		require.Equal(t, filed, later.status, "%s: %s", moment, later.stderr)
		require.Equal(t, want, p.read(t, ackFile), moment)
		requireFiledOnce(t, p, 60, moment)
	}
}

// runAndDie runs a process that is to kill itself. It gives the acknowledgement that it printed before, if any.
func runAndDie(t *testing.T, cmd *exec.Cmd) (died bool, printed string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if err == nil {
		return false, acknowledgementIn(stdout.String())
	}
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit)
	require.NotEqual(t, failed, exit.ExitCode(), stderr.String())
	return true, acknowledgementIn(stdout.String())
}
