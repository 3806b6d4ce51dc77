package icms_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// deeds are what the court does in a case, by name.
func deeds() map[string]func(*counter) error {
	act := icms.CaseAct{Court: "SCT", Case: firstCase, Reason: law.T("Because.", "原因。"), By: registrar}
	moved := appointment("2026-03-24 10:00:00")
	moved.Reason = act.Reason
	return map[string]func(*counter) error{
		"issue": func(c *counter) error { _, err := c.Registry().Issue(c.t.Context(), award()); return err },
		"hear": func(c *counter) error {
			_, err := c.Registry().FixHearing(c.t.Context(), "SCT", firstCase, appointment("2026-03-20 10:00:00"))
			return err
		},
		"sit": func(c *counter) error {
			f, err := c.Registry().Case(c.t.Context(), "SCT", firstCase)
			if err == nil {
				_, err = c.Registry().FixSitting(c.t.Context(), f.Batch, appointment("2026-03-20 10:00:00"))
			}
			return err
		},
		"serve": func(c *counter) error {
			_, err := c.Registry().RecordService(c.t.Context(), icms.ServedPaper{
				Court: "SCT", Case: firstCase, Party: "defendant-1", How: "post", At: hk("2026-03-01 10:00:00"), By: registrar,
			})
			return err
		},
		"link": func(c *counter) error {
			_, err := c.Registry().LinkParty(c.t.Context(), icms.Link{Court: "SCT", Case: firstCase, Party: "defendant-1", Member: "friend", Represents: true, Proof: "letter", By: registrar})
			return err
		},
		"conclude": func(c *counter) error { _, err := c.Registry().Conclude(c.t.Context(), act); return err },
		"restrict": func(c *counter) error {
			_, err := c.Registry().SetAccess(c.t.Context(), act, icms.CaseRestricted)
			return err
		},
		"seal": func(c *counter) error {
			_, err := c.Registry().SetAccess(c.t.Context(), act, icms.CaseSealed)
			return err
		},
	}
}

// state is all that a deed could have changed, as lines.
func (c *counter) state() string {
	c.t.Helper()
	f, err := c.Registry().Case(c.t.Context(), "SCT", firstCase)
	require.NoError(c.t, err)
	hearing := ""
	if f.Hearing != nil {
		hearing = f.Hearing.At.UTC().String()
	}
	return fmt.Sprint(f.State, f.Access, hearing, f.Papers, f.Parties[1].Representatives, f.Parties[1].Served != nil, c.papers(),
		c.box("defendant-0001"), c.box("friend"), c.box("sample-utilities"))
}

// TestDieInADeed lets the process die before and after each durable write of everything that the court does in a case, and lose the reply,
// then does it again: done once, and as if nothing had happened.
func TestDieInADeed(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine, many steps: left to the run of everything, without the race detector")
	}
	for name, deed := range deeds() {
		t.Run(name, func(t *testing.T) {
			whole := newCase(t)
			require.NoError(t, deed(whole))
			want := whole.state()
			for _, when := range []string{"before", "after", "reply lost"} {
				for at := 1; ; at++ {
					c := newCase(t)
					kept, bytes := c.store, c.blobs
					r := &reaper{at: at, when: when}
					c.store, c.blobs = mortalStore{kept, r}, mortalBlobs{bytes, r}
					c.open()
					err := deed(c)
					if r.seen < at {
						require.NoError(t, err)
						break
					}
					if when == "reply lost" {
						require.True(t, r.lived)
					} else {
						require.ErrorIs(t, err, errDead)
					}
					c.store, c.blobs = kept, bytes
					c.open()
					require.NoError(t, deed(c))
					require.Equal(t, want, c.state(), "%s write %d", when, at)
					require.NoError(t, deed(c), "and again")
					require.Equal(t, want, c.state(), "%s write %d, again", when, at)
					c.proven()
				}
			}
		})
	}
}

// TestDeedsAtOnce does everything in one case at the same time from two nodes: each is done once.
func TestDeedsAtOnce(t *testing.T) {
	c := newCase(t)
	other := &counter{t: t, store: c.store, blobs: c.blobs, court: c.court, at: c.at}
	other.open()
	all := deeds()
	delete(all, "sit") // it and a hearing of the case's own would each wait for a reason
	delete(all, "conclude")
	var wait sync.WaitGroup
	for name, deed := range all {
		for _, node := range []*counter{c, other} {
			wait.Go(func() {
				if err := deed(node); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
	}
	wait.Wait()
	papers := strings.Join(c.papers(), ", ")
	require.Equal(t, 1, strings.Count(papers, "award"), papers)
	require.Equal(t, 1, strings.Count(papers, "hearing"), papers)
	c.proven()
}

// liar is a store in which one message says something else than was delivered.
type liar struct {
	store.Store
	old, now string
}

func (l liar) List(ctx context.Context, q store.Query) (store.Page, error) {
	page, err := l.Store.List(ctx, q)
	for i, r := range page.Records {
		page.Records[i].Body = []byte(strings.ReplaceAll(string(r.Body), l.old, l.now))
	}
	return page, err
}

func TestAMessageThatWasChangedIsNoProof(t *testing.T) {
	c := newCase(t)
	serial := c.issue(award()).Document.Serial
	c.store = liar{c.store, "2026-03-02 10:00:00", "2026-03-01 10:00:00"}
	c.open()
	_, err := c.Registry().Deliveries(t.Context(), "SCT", firstCase, serial)
	require.ErrorIs(t, err, store.ErrCorrupt)
	require.ErrorContains(t, err, "digest")
}
