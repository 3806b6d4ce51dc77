package icms_test

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// indexed is a store that remembers the entries that every record has now.
type indexed struct {
	store.Store
	entries map[string][]store.Entry // by kind and id
	bodies  map[string]string
}

func (x *indexed) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	puts := slices.Clone(c.Puts)
	if parts := c.Parts; parts != nil {
		c.Parts = iter.Seq2[[]store.Put, error](func(yield func([]store.Put, error) bool) {
			for part, err := range parts {
				puts = append(puts, part...)
				if !yield(part, err) {
					return
				}
			}
		})
	}
	a, err := x.Store.Apply(ctx, c)
	if err == nil && !a.Replayed {
		for _, p := range puts {
			x.entries[p.Kind+" "+p.ID] = slices.Concat(p.Index, p.Unique)
			x.bodies[p.Kind+" "+p.ID] = string(p.Body)
		}
	}
	return a, err
}

// naming lists the records of which an entry holds one of the words, with the index.
func (x *indexed) naming(words ...string) []string {
	found := map[string]bool{}
	for id, entries := range x.entries {
		for _, e := range entries {
			for _, w := range words {
				if strings.Contains(strings.ToLower(e.Key), strings.ToLower(w)) {
					found[e.Index+" of "+id] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// busyCase is a counter at which a good deal has happened in the first case, and its store.
func busyCase(t *testing.T) (*counter, *indexed) {
	c := newCounter(t, "2026-02-27 10:00:00", 1000)
	x := &indexed{Store: c.store, entries: map[string][]store.Entry{}, bodies: map[string]string{}}
	c.store = x
	c.open()
	c.registered()
	c.hear("2026-03-20 10:00:00")
	c.issue(award())
	c.submit(paper(icmshk.Defence))
	return c, x
}

func TestASealedCaseIsInNoIndex(t *testing.T) {
	c, x := busyCase(t)
	box, claimant := c.box("defendant-0001"), c.box("sample-utilities")
	before, bodies := maps.Clone(x.entries), maps.Clone(x.bodies)
	require.NotEmpty(t, c.hearings("2026-03-20"))
	c.access(icms.CaseSealed)

	for _, entry := range x.naming(firstCase, "defendant 00001", "defendant-0001") {
		index, _, _ := strings.Cut(entry, " of ")
		require.Contains(t, []string{"document.case", "document.reference", "message.about"}, index,
			"only what is asked by the number of the case, by the court itself, has it still: %s", entry)
	}
	require.Equal(t, 1, countCases(t, c, "2026-02-27"), "the cause book")
	require.Empty(t, c.hearings("2026-03-20"))
	require.Empty(t, c.box("defendant-0001"))
	require.Len(t, c.box("sample-utilities"), 1, "the acknowledgement of the batch")
	require.Empty(t, c.casesOf("defendant-0001"))
	absent := "SCTC999999/2026"
	_, here := c.CauseBook().Case(t.Context(), "SCT", firstCase)
	_, there := c.CauseBook().Case(t.Context(), "SCT", absent)
	require.Equal(t, there.Error(), strings.ReplaceAll(here.Error(), firstCase, absent), "as one that never was")

	c.access(icms.CaseOpen)
	after := maps.Clone(x.entries)
	for id, entries := range before {
		require.ElementsMatch(t, entries, after[id], id)
	}
	require.Equal(t, bodies["case SCT/"+firstCase], x.bodies["case SCT/"+firstCase], "byte for byte as it was registered")
	require.Equal(t, append([]string{firstCase + ": open to inspection"}, box...), c.box("defendant-0001"))
	require.Equal(t, append([]string{firstCase + ": open to inspection"}, claimant...), c.box("sample-utilities"))
	require.Equal(t, []string{firstCase}, c.casesOf("defendant-0001"))
	c.proven()
}

func TestOfASealedCaseNobodyIsTold(t *testing.T) {
	c, _ := busyCase(t)
	box, _, err := c.Messages().Inbox(t.Context(), "defendant-0001", "", 10)
	require.NoError(t, err)
	c.access(icms.CaseSealed)
	for _, m := range box {
		_, err := c.Messages().Open(t.Context(), m.ID, defendant)
		require.ErrorIs(t, err, icms.ErrNotFound)
		_, err = c.Messages().File(t.Context(), m.ID, defendant, 0)
		require.ErrorIs(t, err, icms.ErrNotFound)
	}
	in := award()
	in.Kind = icms.PaperNotice
	in.To = []string{"defendant-1"}
	_, err = c.Registry().Issue(t.Context(), in)
	require.Equal(t, "court.case.sealed", refusal(t, err))
	in.To = nil
	issued := c.issue(in)
	require.Empty(t, issued.Document.To)
	require.Empty(t, issued.Unreached)
	moved := appointment("2026-03-24 10:00:00")
	moved.Reason = law.T("Moved.", "改期。")
	_, err = c.Registry().FixHearing(t.Context(), "SCT", firstCase, moved)
	require.NoError(t, err)
	_, err = c.Registry().Conclude(t.Context(), icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar})
	require.NoError(t, err)
	_, err = c.Registry().LinkParty(t.Context(), icms.Link{Court: "SCT", Case: firstCase, Party: "defendant-1", Member: "friend", Represents: true, Proof: "letter", By: registrar})
	require.NoError(t, err)
	_, err = c.Registry().UnlinkParty(t.Context(), icms.Unlink{Court: "SCT", Case: firstCase, Party: "defendant-1", Member: "friend", Ceases: true, By: icms.Filer{Organisation: "friend"}})
	require.ErrorIs(t, err, icms.ErrNotFound, "for itself it is not there")
	for _, member := range []string{"defendant-0001", "friend"} {
		require.Empty(t, c.box(member))
		require.Empty(t, c.casesOf(member))
	}
	require.Len(t, c.box("sample-utilities"), 1)
	require.Empty(t, c.hearings("2026-03-24"))

	proof, err := c.Registry().Deliveries(t.Context(), "SCT", firstCase, 2)
	require.NoError(t, err)
	require.Len(t, proof, 2, "the court still has the proof")
	c.access(icms.CaseRestricted)
	require.Len(t, c.box("defendant-0001"), len(box)+1, "what was sent before comes back, with the notice that it is restricted")
	c.proven()
}

// TestADuplicateOfASealedClaimIsLikeAnyOther files claims again, of which one has been sealed: to the letter what was answered before.
func TestADuplicateOfASealedClaimIsLikeAnyOther(t *testing.T) {
	c := newCase(t)
	again := func(prefix string) string {
		in := batch(claims(2, prefix) + "\n")
		in.Reference = "again"
		r, err := c.Registry().Preflight(t.Context(), in)
		require.NoError(t, err)
		out := ""
		for _, f := range r.Findings {
			out += f.String() + "\n"
		}
		return out
	}
	same, alike := again("A"), again("B") // by reference; by defendant, cause and amount
	for _, answer := range []string{same, alike} {
		require.Regexp(t, `(?s)was filed before: \S+ #2\..*was filed before: \S+ #3\.`, answer)
	}
	c.access(icms.CaseSealed)
	require.Equal(t, same, again("A"))
	require.Equal(t, alike, again("B"))
}

// TestASittingTellsTheClaimantOfNoSealedCase fixes, moves and vacates a sitting, of whose cases one is sealed: what the claimant reads is to the letter
// what it reads when none is.
func TestASittingTellsTheClaimantOfNoSealedCase(t *testing.T) {
	read := func(seal bool) []string {
		c := newCase(t)
		if seal {
			c.access(icms.CaseSealed)
		}
		id := c.batchOf(firstCase)
		_, err := c.Registry().FixSitting(t.Context(), id, appointment("2026-03-20 10:00:00"))
		require.NoError(t, err)
		move := appointment("2026-03-24 10:00:00")
		move.Reason = law.T("Moved.", "改期。")
		_, err = c.Registry().FixSitting(t.Context(), id, move)
		require.NoError(t, err)
		_, err = c.Registry().VacateSitting(t.Context(), id, law.T("Settled.", "和解。"), registrar)
		require.NoError(t, err)
		box, _, err := c.Messages().Inbox(t.Context(), "sample-utilities", "", 3)
		require.NoError(t, err)
		var out []string
		for _, m := range box {
			out = append(out, m.Subject.In(law.English), m.Body.In(law.English), m.Body.In(law.TraditionalChinese))
		}
		return out
	}
	require.Equal(t, read(false), read(true))
}

func TestAccessIsSetByAnOfficer(t *testing.T) {
	c := newCase(t)
	act := icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar}
	_, err := c.Registry().SetAccess(t.Context(), act, "hidden")
	require.ErrorIs(t, err, icms.ErrInvalid)
	f, err := c.Registry().SetAccess(t.Context(), act, icms.CaseOpen)
	require.NoError(t, err)
	require.Equal(t, icms.CaseOpen, f.Access)
	require.Empty(t, c.box("defendant-0001"), "it was open")
	act.By = icms.Filer{}
	_, err = c.Registry().SetAccess(t.Context(), act, icms.CaseSealed)
	require.ErrorIs(t, err, icms.ErrInvalid)
}

// TestSealingMeetsWhatGoesOn lets a case be sealed while papers are issued in it: whoever is first, nothing is in a box after it.
func TestSealingMeetsWhatGoesOn(t *testing.T) {
	c := newCase(t)
	done := make(chan error)
	go func() {
		_, err := c.Registry().SetAccess(t.Context(), icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar}, icms.CaseSealed)
		done <- err
	}()
	for n := range 20 {
		in := award()
		in.Reference = "A-" + string(rune('a'+n))
		_, err := c.Registry().Issue(t.Context(), in)
		require.NoError(t, err)
	}
	require.NoError(t, <-done)
	require.Len(t, c.papers(), 20)
	require.Empty(t, c.box("defendant-0001"))
	c.proven()
}

// casesOf lists the cases of a registered user.
func (c *counter) casesOf(member string) []string {
	c.t.Helper()
	out := []string{}
	for f, err := range pages(func(after string) ([]icms.CaseFile, string, error) {
		return c.Registry().CasesOf(c.t.Context(), member, after, 1)
	}) {
		require.NoError(c.t, err)
		require.NotEmpty(c.t, f.Claim().Particulars)
		out = append(out, f.Number)
	}
	return out
}
