package e2e_test

import (
	"context"
	"iter"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"sync"
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/plugins/host"
)

// killer kills plugins at random moments. A moment is a call of the store, a part of a change, or the company's receiving and answering a request:
// what a kill can come between.
type killer struct {
	t    *testing.T
	host *host.Host

	mu     sync.Mutex
	random *rand.Rand
	// next is after how many moments, left how many kills there are still to be.
	next, left int
	done       map[string]int
	meanwhile  sync.WaitGroup
}

// arm orders kills.
func (k *killer) arm(kills int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.left, k.next = kills, 1+k.random.IntN(gap)
}

// gap is the largest number of moments between two kills: more than anything takes in one piece, so that the work gets on.
const gap = 16

// moment may kill one of the plugins: now, before the call goes on, or while it does.
func (k *killer) moment(where string, names ...string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.next--; k.left == 0 || k.next > 0 {
		return
	}
	name, now := names[k.random.IntN(len(names))], k.random.IntN(2) == 0
	pid, err := strconv.Atoi(status(k.host, name).PID)
	if err != nil {
		return // it is between two processes: the next moment will do
	}
	k.next, k.left = 1+k.random.IntN(gap), k.left-1
	k.done[name]++
	k.t.Logf("kill -9 on %s at %s, before it goes on: %v", name, where, now)
	kill := func() {
		if p, err := os.FindProcess(pid); err == nil {
			_ = p.Kill()
		}
	}
	if now {
		kill()
	} else {
		k.meanwhile.Go(kill)
	}
}

// store gives a store with moments.
func (k *killer) store(s store.Store) store.Store { return killed{s, k} }

type killed struct {
	store.Store
	k *killer
}

func (s killed) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	s.k.moment("Apply of "+c.ID, storeName, gatewayName)
	if parts := c.Parts; parts != nil {
		c.Parts = s.between(parts)
	}
	return s.Store.Apply(ctx, c)
}

func (s killed) between(parts iter.Seq2[[]store.Put, error]) iter.Seq2[[]store.Put, error] {
	return func(yield func([]store.Put, error) bool) {
		for part, err := range parts {
			if s.k.moment("a part of a change", storeName); !yield(part, err) {
				return
			}
		}
	}
}

func (s killed) Get(ctx context.Context, kind, id string) (store.Record, error) {
	s.k.moment("Get of "+kind, storeName, gatewayName)
	return s.Store.Get(ctx, kind, id)
}

func (s killed) Match(ctx context.Context, index string, keys []string) ([]store.Hit, error) {
	s.k.moment("Match of "+index, storeName)
	return s.Store.Match(ctx, index, keys)
}

// company gives a company with moments: a request is there and its plugin dies before it is looked at, or before the answer is given, when the money
// may have moved.
func (k *killer) company(c http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		k.moment("the company, before "+r.Method+" "+r.URL.Path, gatewayName)
		answer := httptest.NewRecorder()
		c.ServeHTTP(answer, r)
		k.moment("the company, after "+r.Method+" "+r.URL.Path, gatewayName)
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
	})
}
