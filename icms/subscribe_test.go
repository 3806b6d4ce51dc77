package icms_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/sqlite"
)

// listener is a subscriber that keeps what it took.
type listener struct {
	mu    sync.Mutex
	took  []icms.Event
	fails func(icms.Event) error
}

func (l *listener) deliver(_ context.Context, e icms.Event) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fails != nil {
		if err := l.fails(e); err != nil {
			return err
		}
	}
	l.took = append(l.took, e)
	return nil
}

func (l *listener) ids() []string {
	out := []string{}
	for _, e := range l.took {
		out = append(out, e.ID)
	}
	return out
}

// outbox is a counter without a service, for events to be delivered from.
func outbox(t *testing.T) *counter {
	t.Helper()
	db, err := sqlite.Open(t.Context(), sqlite.Options{Path: filepath.Join(t.TempDir(), "court.db"), Durability: sqlite.Process})
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	return &counter{t: t, store: db, blobs: openBlobs(t, ""), court: smallClaims(t)}
}

// heard makes a service with subscribers, and puts k events of each of n subjects into the outbox.
func heard(t *testing.T, c *counter, n, k int, subscribers ...icms.Subscriber) *counter {
	t.Helper()
	c.set("2026-03-02 10:00:00")
	var err error
	c.Service, err = icms.New(icms.Options{
		Store: c.store, Blobs: c.blobs, Courts: []icms.Court{c.court}, Clock: c.now, Subscribers: subscribers, Lease: time.Minute,
	})
	require.NoError(t, err)
	change := store.Change{ID: rand.Text(), At: c.now()}
	for i := range n * k {
		change.Events = append(change.Events, store.Event{
			ID: fmt.Sprintf("%d/%03d", i%n, i/n), Stream: fmt.Sprintf("case/SCT/%d", i%n), Type: []string{"icms.paper.issued", "icms.hearing.fixed"}[i/n%2], Data: []byte("{}"),
		})
	}
	_, err = c.store.Apply(t.Context(), change)
	require.NoError(t, err)
	return c
}

func TestEverySubscriberGetsWhatItWants(t *testing.T) {
	var all, papers listener
	c := heard(t, outbox(t), 2, 4,
		icms.Subscriber{Name: "all", Deliver: all.deliver},
		icms.Subscriber{Name: "papers", Types: []string{"icms.paper."}, Deliver: papers.deliver})
	n, err := c.DeliverEvents(t.Context())
	require.NoError(t, err)
	require.Equal(t, 8, n)
	require.Len(t, all.took, 8)
	require.Equal(t, []string{"0/000", "1/000", "0/002", "1/002"}, papers.ids())
	n, err = c.DeliverEvents(t.Context())
	require.NoError(t, err)
	require.Zero(t, n)
}

// TestASlowSubscriberHoldsItsSubjectBack has one refuse an event: the others took it and do not get it again, the next of that subject waits,
// other subjects go on.
func TestASlowSubscriberHoldsItsSubjectBack(t *testing.T) {
	var quick, slow listener
	broken := true
	slow.fails = func(e icms.Event) error {
		if broken && e.Subject == "case/SCT/0" {
			return errors.New("not now")
		}
		return nil
	}
	c := heard(t, outbox(t), 2, 3, icms.Subscriber{Name: "quick", Deliver: quick.deliver}, icms.Subscriber{Name: "slow", Deliver: slow.deliver})
	n, err := c.DeliverEvents(t.Context())
	require.ErrorContains(t, err, "icms: event 0/000: slow: not now")
	require.Equal(t, 3, n)
	require.Equal(t, []string{"0/000", "1/000", "1/001", "1/002"}, quick.ids())
	broken = false
	c.set("2026-03-02 10:02:00")
	n, err = c.DeliverEvents(t.Context())
	require.NoError(t, err)
	require.Equal(t, 3, n)
	require.Equal(t, []string{"0/000", "1/000", "1/001", "1/002", "0/001", "0/002"}, quick.ids(), "none of them twice")
	require.Equal(t, []string{"1/000", "1/001", "1/002", "0/000", "0/001", "0/002"}, slow.ids())
}

// TestABrokenSubscriberKeepsNoOtherWaiting has one refuse whatever comes: the other has the first event of every case at once, and of those that
// were refused the error tells a bounded number.
func TestABrokenSubscriberKeepsNoOtherWaiting(t *testing.T) {
	var well, broken listener
	broken.fails = func(icms.Event) error { return errors.New("not now") }
	const cases = 250
	c := heard(t, outbox(t), cases, 1, icms.Subscriber{Name: "well", Deliver: well.deliver}, icms.Subscriber{Name: "broken", Deliver: broken.deliver})
	n, err := c.DeliverEvents(t.Context())
	require.ErrorContains(t, err, "icms: event 99/000: broken: not now\nicms: 150 further events were refused")
	require.Zero(t, n)
	require.Len(t, well.took, cases)
	_, err = c.DeliverEvents(t.Context())
	require.NoError(t, err, "their leases keep them away")
	broken.fails = nil
	c.set("2026-03-02 10:02:00")
	n, err = c.DeliverEvents(t.Context())
	require.NoError(t, err)
	require.Equal(t, cases, n)
	require.Len(t, well.took, cases, "none twice")
}

// TestWhatWasRefusedComesAgainInALaterCall has handing over take so long that the leases end meanwhile: the call ends all the same.
func TestWhatWasRefusedComesAgainInALaterCall(t *testing.T) {
	c := outbox(t)
	tries := 0
	heard(t, c, 50, 1, icms.Subscriber{Name: "slow", Deliver: func(context.Context, icms.Event) error {
		tries++
		c.mu.Lock()
		c.at = c.at.Add(10 * time.Second)
		c.mu.Unlock()
		return errors.New("too slow")
	}})
	_, err := c.DeliverEvents(t.Context())
	require.ErrorContains(t, err, "too slow")
	require.Equal(t, 20, tries, "the first of them are due again by now")
}

func TestAPanicOfASubscriberIsARefusal(t *testing.T) {
	var l listener
	l.fails = func(icms.Event) error { panic("a mistake") }
	c := heard(t, outbox(t), 1, 1, icms.Subscriber{Name: "careless", Deliver: l.deliver})
	_, err := c.DeliverEvents(t.Context())
	require.ErrorContains(t, err, "careless: it panicked: a mistake")
}

func TestSubscribersHaveNames(t *testing.T) {
	deliver := (&listener{}).deliver
	for _, bad := range [][]icms.Subscriber{
		{{Deliver: deliver}}, {{Name: "a"}}, {{Name: "a", Deliver: deliver}, {Name: "a", Deliver: deliver}},
	} {
		_, err := icms.New(icms.Options{
			Store: openStore(t, t.TempDir()), Blobs: openBlobs(t, ""), Courts: []icms.Court{smallClaims(t)}, Subscribers: bad,
		})
		require.ErrorIs(t, err, icms.ErrInvalid)
		require.ErrorContains(t, err, "Options.Subscribers[")
	}
}

// TestWhateverIsRefusedComesAgainInOrder has three subscribers refuse at random: in the end each has every event, and of each subject in order.
func TestWhateverIsRefusedComesAgainInOrder(t *testing.T) {
	s := outbox(t)
	rapid.Check(t, func(rt *rapid.T) {
		subs := make([]listener, 3)
		var subscribers []icms.Subscriber
		for i := range subs {
			l := &subs[i]
			l.fails = func(icms.Event) error {
				if rapid.IntRange(0, 3).Draw(rt, "refuse") == 0 {
					return errors.New("not now")
				}
				return nil
			}
			subscribers = append(subscribers, icms.Subscriber{Name: fmt.Sprint(i), Deliver: l.deliver})
		}
		c := heard(t, s, 3, 4, subscribers...)
		for total := 0; total < 12; {
			n, _ := c.DeliverEvents(t.Context())
			total += n
			c.mu.Lock()
			c.at = c.at.Add(2 * time.Minute)
			c.mu.Unlock()
		}
		for i := range subs {
			last := map[string]string{}
			for _, e := range subs[i].took {
				require.Less(t, last[e.Subject], e.ID, "in order, and none twice")
				last[e.Subject] = e.ID
			}
			require.Len(t, subs[i].took, 12)
		}
	})
}
