//go:build unix

package host_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"courts.example/eservices/plugins/host"
)

// Whatever moment a plugin is killed at: what succeeded has happened once, what was not sent has not happened, nothing happened twice, and every
// call ends with one of the three answers.
func TestKilledAtRandomMomentsNoCallIsToldAnUntruth(t *testing.T) {
	journal := filepath.Join(t.TempDir(), "journal")
	p := configured(`{"journal":"` + journal + `"}`)
	p.Crashes, p.Concurrency = 10000, 4
	r := newRig(t, host.Limits{BackoffMin: time.Nanosecond, BackoffMax: time.Nanosecond}, p)
	r.log.off()
	conn, ctx := r.conn(), r.ctx()

	var outcomes sync.Map
	var callers sync.WaitGroup
	var succeeded, unsent, open, kills atomic.Int64
	for caller := range 8 {
		callers.Go(func() {
			for i := range 250 {
				mark := fmt.Sprintf("%d-%d", caller, i)
				_, err := query(ctx, conn, "mark:"+mark)
				outcomes.Store(mark, err)
				switch {
				case err == nil:
					succeeded.Add(1)
				case errors.Is(err, host.ErrNotSent):
					unsent.Add(1)
				default:
					open.Add(1)
				}
			}
		})
	}
	over := ends(callers.Wait)
	for !within(over, time.Duration(rand.N(40))*time.Millisecond) {
		if pid, err := strconv.Atoi(r.status().PID); err == nil && syscall.Kill(pid, syscall.SIGKILL) == nil {
			kills.Add(1)
		}
	}

	text, err := os.ReadFile(journal)
	require.NoError(t, err)
	times := map[string]int{}
	for _, mark := range strings.Fields(string(text)) {
		times[mark]++
	}
	outcomes.Range(func(mark, outcome any) bool {
		err, _ := outcome.(error)
		n := times[mark.(string)]
		switch {
		case err == nil:
			require.Equal(t, 1, n, "%v succeeded", mark)
		case errors.Is(err, host.ErrNotSent):
			require.Zero(t, n, "%v was not sent", mark)
		default:
			require.LessOrEqual(t, n, 1, mark)
			require.ErrorIs(t, err, host.ErrDied)
			require.Equal(t, codes.Unavailable, status.Code(err))
		}
		return true
	})
	t.Logf("%d kills: %d calls succeeded, %d were not sent, %d may have happened", kills.Load(), succeeded.Load(), unsent.Load(), open.Load())
	require.NotZero(t, open.Load())
}
