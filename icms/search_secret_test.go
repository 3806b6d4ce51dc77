package icms_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/store"
)

// asked is a store that notes what it is asked to read: the call, and the kind or the index.
type asked struct {
	store.Store
	mu    sync.Mutex
	calls []string
}

func (x *asked) note(call string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.calls = append(x.calls, call)
}

func (x *asked) Get(ctx context.Context, kind, id string) (store.Record, error) {
	x.note("get " + kind)
	return x.Store.Get(ctx, kind, id)
}

func (x *asked) List(ctx context.Context, q store.Query) (store.Page, error) {
	p, err := x.Store.List(ctx, q)
	x.note(fmt.Sprintf("list %s: %d", q.Index, len(p.Records)))
	return p, err
}

func (x *asked) Match(ctx context.Context, index string, keys []string) ([]store.Hit, error) {
	x.note(fmt.Sprintf("match %s: %d", index, len(keys)))
	return x.Store.Match(ctx, index, keys)
}

// since gives what was asked since the last time.
func (x *asked) since() []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	was := x.calls
	x.calls = nil
	return was
}

// sealing is a store in which something happens just before the file of a case is read.
type sealing struct {
	store.Store
	before func()
}

func (x *sealing) Get(ctx context.Context, kind, id string) (store.Record, error) {
	if do := x.before; do != nil && kind == "case-file" {
		x.before = nil
		do()
	}
	return x.Store.Get(ctx, kind, id)
}

// A case that is sealed or restricted between the moment at which it is found and that at which it is read is not shown.
func TestACaseThatIsClosedWhileItIsLookedAt(t *testing.T) {
	for _, access := range []icms.CaseAccess{icms.CaseSealed, icms.CaseRestricted} {
		c := newCase(t)
		q := c.bought(byNumber(stranger))
		x := &sealing{Store: c.store}
		c.store = x
		c.open()
		x.before = func() {
			_, err := c.Registry().SetAccess(t.Context(), icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar}, access)
			require.NoError(t, err)
		}
		_, err := c.Inspection().Case(t.Context(), q.ID, firstCase)
		require.Nil(t, x.before)
		require.ErrorIs(t, err, icms.ErrNotFound, access)
	}
}

// Pages are as full, and cursors say as much, as if the sealed and the restricted cases had never been filed.
func TestPagesSayNothingOfCasesThatAreNotOpen(t *testing.T) {
	b := newBook(t, 10)
	secret := map[string]bool{}
	for i, c := range b.all {
		if c.access != icms.CaseOpen {
			secret[fmt.Sprintf("%012d", i+1)] = true
		}
	}
	full := func(entries int, next string) {
		t.Helper()
		at, err := base64.RawURLEncoding.DecodeString(next)
		require.NoError(t, err)
		for place := range secret {
			require.NotContains(t, string(at), place)
			require.NotContains(t, next, place)
		}
		if next != "" {
			require.Equal(t, 1, entries, "a page is short")
		}
	}
	for _, q := range []icms.BookQuery{{}, {Party: "sample utilities"}, {Party: "example"}, {From: calendar.MustDate("2026-03-03")}} {
		q.Court, q.Limit = "SCT", 1
		for more := true; more; more = q.After != "" {
			page, next, err := b.CauseBook().Find(t.Context(), q)
			require.NoError(t, err)
			full(len(page), next)
			q.After = next
		}
		if q.Party == "" && q.From.IsZero() {
			continue
		}
		s := b.look(icms.Search{Court: "SCT", By: searcher, Reference: q.Party + q.From.String(), Party: q.Party, From: q.From})
		for after, more := "", true; more; more = after != "" {
			page, next, err := b.Inspection().Results(t.Context(), s.ID, after, 1)
			require.NoError(t, err)
			full(len(page), next)
			after = next
		}
	}
	for after, more := "", true; more; more = after != "" {
		page, next, err := b.CauseBook().Day(t.Context(), "SCT", calendar.MustDate("2026-03-03"), after, 1)
		require.NoError(t, err)
		if after = next; next != "" {
			require.Len(t, page, 1, "a page is short")
		}
	}
}

// Whoever looks for a case that is sealed or restricted is answered as if it were not there: the same words, after the same questions to the
// store. The cause book does not even tell that somebody of that name is in one.
func TestACaseThatIsNotOpenIsAsOneThatIsNotThere(t *testing.T) {
	const other, none = "SCTC000002/2026", "SCTC999999/2026"
	c := newCase(t)
	c.court.Inspection.Item = ""
	x := &asked{Store: c.store}
	c.store = x
	c.open()
	for n, access := range []icms.CaseAccess{icms.CaseSealed, icms.CaseRestricted} {
		_, err := c.Registry().SetAccess(t.Context(), icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar}, access)
		require.NoError(t, err)
		for _, by := range []icms.Filer{stranger, searcher, {Organisation: "friend", User: "friend-1"}} {
			if by == searcher && access == icms.CaseRestricted {
				continue // the claimant
			}
			ask := func(number string) (says string, did []string) {
				q := c.look(icms.Search{Court: "SCT", By: by, Reference: fmt.Sprint(n, number), Number: number})
				all := c.look(icms.Search{Court: "SCT", By: by, Reference: fmt.Sprint(n, "all"), From: calendar.MustDate("2026-02-01")})
				x.since()
				require.Empty(t, c.found(q, 10))
				for _, s := range []icms.Searched{q, all} {
					_, err := c.Inspection().Case(t.Context(), s.ID, number)
					require.ErrorIs(t, err, icms.ErrNotFound)
					_, _, err = c.Inspection().Papers(t.Context(), s.ID, number, "", 0)
					require.ErrorIs(t, err, icms.ErrNotFound)
					_, err = c.Inspection().Open(t.Context(), s.ID, number, 0, 0)
					require.ErrorIs(t, err, icms.ErrNotFound)
				}
				_, err = c.CauseBook().Case(t.Context(), "SCT", number)
				require.ErrorIs(t, err, icms.ErrNotFound)
				return fmt.Sprint(len(err.Error())), x.since()
			}
			says, did := ask(none)
			said, does := ask(firstCase)
			require.Equal(t, says, said)
			require.Equal(t, did, does, "%s, by %s", access, by.Organisation)
		}
		for party, want := range map[string]int{"00001": 0, "00002": 1, "sample utilities": 1} {
			page, _, err := c.CauseBook().Find(t.Context(), icms.BookQuery{Court: "SCT", Party: party})
			require.NoError(t, err)
			require.Len(t, page, want, "%s, %s", access, party)
			for _, e := range page {
				require.Equal(t, other, e.Number)
			}
		}
	}
}
