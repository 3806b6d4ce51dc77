package members_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
	"courts.example/eservices/icms/store"
)

func TestNewNamesEveryFault(t *testing.T) {
	_, err := members.New(members.Options{Rules: members.Rules{
		Kinds: []members.Eligible{
			{Code: "a b", Individuals: true, Provision: statute}, {Code: "x", Provision: statute}, {Code: "x", Individuals: true, Provision: statute},
			{Code: "y", Individuals: true},
		},
		Links: members.LinkPolicy{Unlinked: "some"},
	}})
	require.ErrorIs(t, err, members.ErrInvalid)
	for _, fault := range []string{
		"Options.Store is nil", `Code "a b" must be`, "neither individuals nor organisations", `"x" is there twice`, "rests on nothing", `"some" is not one`,
	} {
		require.ErrorContains(t, err, fault)
	}
	_, err = members.New(members.Options{})
	require.ErrorContains(t, err, "Kinds is empty")
}

func TestTheRulesSayOnWhatTheyRest(t *testing.T) {
	r := ballymore()
	require.Equal(t, law.Assumed, r.Reason().Status())
	r.Fee, r.Proof, r.Administrators, r.Links = statute, statute, statute, members.LinkPolicy{Unlinked: members.SeenByNone, Provision: statute}
	require.Equal(t, law.Confirmed, r.Reason().Status())
	require.Contains(t, r.Reason().Line(law.TraditionalChinese), "可登記：律師行")
	require.Contains(t, r.Reason().String(), "to whom an administrator linked it")
	require.Equal(t, ballymore(), open(t, ballymore()).Rules())
}

func TestListsGoPageByPage(t *testing.T) {
	h := open(t, ballymore())
	for _, id := range []string{"c", "a", "b"} {
		h.do(firm(id))
		h.do(somebody("d-" + id))
	}
	h.do(members.Decide{ID: "b", Approve: true, By: officer, At: at})
	var seen []string
	for after := ""; ; {
		page, next, err := h.Organisations(t.Context(), members.Applied, after, 1)
		require.NoError(t, err)
		for _, o := range page {
			seen = append(seen, o.ID)
		}
		if after = next; next == "" {
			break
		}
	}
	require.Equal(t, []string{"a", "c"}, seen)
	people, _, err := h.Individuals(t.Context(), "", "", 0)
	require.NoError(t, err)
	require.Len(t, people, 3)
	staff, _, err := h.Staff(t.Context(), members.Active, "", 0)
	require.NoError(t, err)
	require.Empty(t, staff)
	_, _, err = h.Staff(t.Context(), "", "", 2000)
	require.ErrorIs(t, err, store.ErrInvalid)
}

// TestTenAtOnceAndOneIsFirst has ten people want the same name.
func TestTenAtOnceAndOneIsFirst(t *testing.T) {
	h := open(t, ballymore())
	var wg sync.WaitGroup
	errs := make([]error, 10)
	for i := range errs {
		wg.Go(func() {
			r := somebody("d1")
			r.Subject = strings.Repeat("x", i+1)
			_, errs[i] = h.Do(context.WithoutCancel(t.Context()), r)
		})
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		require.ErrorIs(t, err, members.ErrTaken)
	}
	require.Equal(t, 1, won)
	require.Equal(t, 1, h.count())
}

func TestAChangeIsMergedIntoAnother(t *testing.T) {
	h := open(t, ballymore())
	part, err := h.Change(t.Context(), somebody("d1"))
	require.NoError(t, err)
	whole := store.Change{ID: "registration/1", At: at, Chain: "members/2031", Note: []byte(`{"action":"a form came in"}`)}
	whole.Merge(part)
	_, err = h.store.Apply(t.Context(), whole)
	require.NoError(t, err)
	require.Equal(t, members.Applied, h.actor("host:d1").Status)
	_, err = h.Change(t.Context(), somebody("d1"))
	var done *members.DoneError
	require.ErrorAs(t, err, &done)
	require.EqualError(t, err, "members: already done: account d1 is applied")

	other := somebody("d1")
	other.Subject = "host:d2"
	late, err := open(t, ballymore()).Change(t.Context(), other)
	require.NoError(t, err, "built where nothing is known of d1")
	_, err = h.store.Apply(t.Context(), withID(late, "another id"))
	require.ErrorIs(t, h.Explain(err), members.ErrChanged)
	broken := errors.New("the line is cut")
	require.ErrorIs(t, h.Explain(broken), broken)
}

func withID(c store.Change, id string) store.Change {
	c.ID = id
	return c
}

func TestEventsAndNotesSayWhatWasDone(t *testing.T) {
	h := open(t, ballymore())
	h.do(somebody("d1"))
	h.do(members.Decide{ID: "d1", Reason: because, By: officer, At: at})
	events, err := h.store.ClaimEvents(t.Context(), store.Claim{Now: at, Lease: 1})
	require.NoError(t, err)
	require.Len(t, events, 2)
	require.Equal(t, []string{"icms.member.apply", "icms.member.refuse"}, []string{events[0].Type, events[1].Type})
	require.Equal(t, "member/d1", events[1].Stream)
	require.JSONEq(t, `{"action":"member: refuse","member":"d1","organisation":"registry","user":"officer-1","reason":{"en":"Because.","zh-Hant":"理由。"}}`,
		string(events[1].Data))
	links, err := h.store.Links(t.Context(), "members/2031", 1, 1)
	require.NoError(t, err)
	require.Equal(t, string(events[1].Data), string(links[0].Note))
}

// TestNamesAreIndexedByWhoeverKnowsHow gives a way to index names, and finds records by them.
func TestNamesAreIndexedByWhoeverKnowsHow(t *testing.T) {
	h := open(t, ballymore())
	var given []string
	m, err := members.New(members.Options{Store: h.store, Rules: ballymore(), Index: func(f members.Found) ([]store.Entry, error) {
		given = f.Names
		return []store.Entry{{Index: "names", Key: f.Names[0]}}, nil
	}})
	require.NoError(t, err)
	_, err = m.Do(t.Context(), firm("acme"))
	require.NoError(t, err)
	hits, err := h.store.Match(t.Context(), "names", []string{"Sample Firm acme", "Person acme-pa"})
	require.NoError(t, err)
	require.Len(t, hits, 2)
	found, err := members.Read(hits[0].Record)
	require.NoError(t, err)
	require.Equal(t, "acme", found.ID)
	require.Equal(t, []string{"Sample Firm acme", "範例律師行"}, found.Names)
	found, err = members.Read(hits[1].Record)
	require.NoError(t, err)
	require.Equal(t, "acme-pa", found.Account.ID)
	require.Equal(t, given, found.Names)
	_, err = members.Read(store.Record{Kind: "batch"})
	require.ErrorIs(t, err, store.ErrCorrupt)
	_, err = members.Read(store.Record{Kind: "member.account", Body: []byte("{")})
	require.ErrorIs(t, err, store.ErrCorrupt)
}

func TestIdentity(t *testing.T) {
	var who members.Identity = members.Subject("host:d1")
	require.Equal(t, "host:d1", who.Subject())
	h := open(t, ballymore())
	for _, nobody := range []string{"", "host:stranger", strings.Repeat("x", 600), "\x00"} {
		a := h.actor(nobody)
		require.Equal(t, []access.Role{access.Public}, a.RolesAt("BMC"))
		require.False(t, a.Active())
		require.Zero(t, a.By())
	}
}

func TestStatusesAndCodes(t *testing.T) {
	require.Len(t, members.Statuses(), 5)
	seen := map[string]bool{}
	for _, c := range members.Codes() {
		require.False(t, seen[c])
		require.True(t, strings.HasPrefix(c, "member."))
		seen[c] = true
	}
}
