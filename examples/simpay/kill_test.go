package main

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// answers are what callers were told: sessions that exist, and payments by session.
type answers struct {
	mu       sync.Mutex
	sessions []string
	payments map[string]string
	n        int
	limit    int
	reached  chan struct{}
}

// told adds an answer and says when there are enough to kill the program.
func (a *answers) told(add func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	add()
	if a.n++; a.n == a.limit {
		close(a.reached)
	}
}

// load opens sessions and pays them until the program is gone.
func (c *company) load(a *answers, worker, round int) {
	for i := 0; ; i++ {
		ref := fmt.Sprintf("L-%d-%d-%d", round, worker, i)
		if _, err := c.client.Create(c.Context(), request(ref)); err != nil {
			return
		}
		a.told(func() { a.sessions = append(a.sessions, ref) })
		id, err := c.remote.Act(c.Context(), ref, simpay.Act{Deed: simpay.DeedPay})
		if err != nil {
			return
		}
		a.told(func() { a.payments[ref] = id })
	}
}

// TestKilledUnderLoad kills the program again and again while eight callers work. Whatever anyone was told is so afterwards, and the
// settlement has each payment once.
func TestKilledUnderLoad(t *testing.T) {
	p := newPlace(t)
	random := rand.New(rand.NewPCG(1, 2))
	a := &answers{payments: map[string]string{}}
	for round := range 5 {
		c := p.start()
		a.n, a.limit, a.reached = 0, 20+random.IntN(150), make(chan struct{})
		var all sync.WaitGroup
		for w := range 8 {
			all.Go(func() { c.load(a, w, round) })
		}
		<-a.reached
		require.NoError(t, c.cmd.Process.Kill())
		all.Wait()
		require.Error(t, c.end())
	}
	c := p.start()
	for _, ref := range a.sessions {
		q, err := c.client.Query(t.Context(), payment.QueryRequest{Reference: ref})
		require.NoError(t, err)
		require.True(t, q.Found, ref)
		if id, paid := a.payments[ref]; paid {
			require.Len(t, q.Payments, 1)
			require.Equal(t, id, q.Payments[0].ID)
		}
	}
	effects, err := c.remote.Effects(t.Context())
	require.NoError(t, err)
	require.GreaterOrEqual(t, effects.Payments, len(a.payments))
	totals, err := c.remote.Totals(t.Context(), money.MustCurrency("HKD"))
	require.NoError(t, err)
	require.Equal(t, hkd(1400*int64(effects.Payments)), totals.Taken)
}
