package icms_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// filed opens a counter with a registered batch of n claims, and gives the batch.
func filed(t testing.TB, n int) (*counter, string) {
	t.Helper()
	c := newCounter(t, "2026-02-27 10:00:00", 1_000_000)
	r, err := c.Registry().File(t.Context(), batch(claims(n, "INV")))
	require.NoError(t, err)
	require.Equal(t, icms.Registered, r.State)
	c.set("2026-03-02 10:00:00")
	return c, r.ID
}

// TestEveryCaseHearsOfItsSitting fixes, moves and vacates the sitting of a batch of several parts: each case has its events in order, the batch
// has one of each.
func TestEveryCaseHearsOfItsSitting(t *testing.T) {
	const n = 450
	c, id := filed(t, n)
	c.outbox()
	s, err := c.Registry().FixSitting(t.Context(), id, appointment("2026-03-20 10:00:00"))
	require.NoError(t, err)
	require.Equal(t, n, s.Cases)
	require.Nil(t, s.Unfinished)
	move := appointment("2026-03-24 10:00:00")
	move.Reason = law.T("No court is free.", "沒有法庭。")
	s, err = c.Registry().FixSitting(t.Context(), id, move)
	require.NoError(t, err)
	require.Equal(t, n, s.Cases)
	_, err = c.Registry().VacateSitting(t.Context(), id, law.T("All settled.", "全部和解。"), registrar)
	require.NoError(t, err)
	events := c.outbox()
	for i := range n {
		stream := events["case/SCT/"+number(i+1)]
		require.Equal(t, []string{"icms.hearing.fixed", "icms.hearing.fixed", "icms.hearing.vacated"}, types(stream), number(i+1))
		require.Contains(t, stream[1], `"moved":true`)
		require.Contains(t, stream[1], `"case":"`+number(i+1)+`"`)
	}
	require.Equal(t, []string{"icms.sitting.fixed", "icms.sitting.fixed", "icms.sitting.vacated"}, types(events["batch/"+id]))
	require.Contains(t, events["batch/"+id][0], fmt.Sprintf(`"cases":%d`, n))
	c.proven()
}

// TestDieInASitting lets the process die at each change that carries a sitting to its cases: whoever comes next finishes it, once in each case.
func TestDieInASitting(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine, many steps: left to the run of everything, without the race detector")
	}
	const n = 450
	for _, when := range []string{"before", "after", "reply lost"} {
		for at := 2; ; at++ { // the first decides
			c, id := filed(t, n)
			c.outbox()
			whole, r := c.store, &reaper{at: at, when: when}
			c.store = mortalStore{whole, r}
			c.open()
			_, err := c.Registry().FixSitting(t.Context(), id, appointment("2026-03-20 10:00:00"))
			c.store = whole
			c.open()
			if r.seen < at {
				require.NoError(t, err)
				require.Greater(t, at, 4, "it has several parts")
				break
			}
			c.set("2026-03-02 12:00:00") // the lease is over
			_, err = c.Resume(t.Context())
			require.NoError(t, err)
			s, err := c.Registry().Sitting(t.Context(), id)
			require.NoError(t, err)
			require.Nil(t, s.Unfinished, "%s write %d", when, at)
			require.Equal(t, n, s.Cases)
			require.Len(t, c.hearings("2026-03-20"), n)
			require.Len(t, c.box("sample-utilities"), 2, "one message for all")
			events := c.outbox()
			for i := range n {
				require.Len(t, events["case/SCT/"+number(i+1)], 1)
			}
			c.proven()
		}
	}
}

// TestAnUnfinishedSittingIsFinishedBeforeItIsMoved dies in the middle, and then has somebody move the sitting.
func TestAnUnfinishedSittingIsFinishedBeforeItIsMoved(t *testing.T) {
	c, id := filed(t, 450)
	whole := c.store
	c.store = mortalStore{whole, &reaper{at: 3, when: "before"}}
	c.open()
	_, err := c.Registry().FixSitting(t.Context(), id, appointment("2026-03-20 10:00:00"))
	require.ErrorIs(t, err, errDead)
	c.store = whole
	c.open()
	s, err := c.Registry().Sitting(t.Context(), id)
	require.NoError(t, err)
	require.NotNil(t, s.Unfinished)
	require.Equal(t, 200, s.Cases)
	move := appointment("2026-03-24 10:00:00")
	move.Reason = law.T("No court is free.", "沒有法庭。")
	s, err = c.Registry().FixSitting(t.Context(), id, move)
	require.NoError(t, err)
	require.Equal(t, 450, s.Cases)
	require.Len(t, c.hearings("2026-03-24"), 450)
	require.Empty(t, c.hearings("2026-03-20"))
}

// overtaken is a store in which somebody else is always first at a kind of change.
type overtaken struct {
	store.Store
	prefix string
	tries  int
}

func (o *overtaken) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	if strings.HasPrefix(c.ID, o.prefix) {
		o.tries++
		return store.Applied{}, &store.VersionError{Kind: "case-file", ID: "SCT/1", Expected: 1, Found: 2}
	}
	return o.Store.Apply(ctx, c)
}

// TestASittingThatOthersKeepChangingIsGivenUp has somebody else be first again and again: refused after so many tries, not tried for ever.
func TestASittingThatOthersKeepChangingIsGivenUp(t *testing.T) {
	c, id := filed(t, 2)
	whole := c.store
	for _, prefix := range []string{"sit/" + id + "/0/", "sit/" + id + "/2"} { // the decision; a part of it
		o := &overtaken{Store: whole, prefix: prefix}
		c.store = o
		c.open()
		_, err := c.Registry().FixSitting(t.Context(), id, appointment("2026-03-20 10:00:00"))
		require.Equal(t, "court.hearing.busy", refusal(t, err), prefix)
		require.Equal(t, 32, o.tries)
	}
	c.store = whole
	c.open()
	c.set("2026-03-02 12:00:00")
	_, err := c.Resume(t.Context())
	require.NoError(t, err)
	require.Len(t, c.hearings("2026-03-20"), 2, "what was decided goes on by itself")
}

// heaped remembers the largest live heap at any change.
type heaped struct {
	store.Store
	most uint64
}

func (h *heaped) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	h.most = max(h.most, m.HeapAlloc)
	return h.Store.Apply(ctx, c)
}

// TestALargeSittingNeedsNoMoreMemory compares the heap of sittings of 1,000 and 10,000 cases.
func TestALargeSittingNeedsNoMoreMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	live := func(n int) uint64 {
		c, id := filed(t, n)
		runtime.GC()
		var before runtime.MemStats
		runtime.ReadMemStats(&before)
		h := &heaped{Store: c.store}
		c.store = h
		c.open()
		s, err := c.Registry().FixSitting(t.Context(), id, appointment("2026-03-20 10:00:00"))
		require.NoError(t, err)
		require.Equal(t, n, s.Cases)
		return h.most - min(h.most, before.HeapAlloc)
	}
	small, large := live(1000), live(10_000)
	t.Logf("1,000 cases: %d KB, 10,000 cases: %d KB above what was live before", small>>10, large>>10)
	require.Less(t, large, small+8<<20)
}
