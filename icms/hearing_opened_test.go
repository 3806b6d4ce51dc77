package icms_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// sit fixes or moves the sitting of the first case's batch.
func (c *counter) sit(at string) {
	c.t.Helper()
	a := appointment(at)
	a.Reason = law.T("No court is free.", "沒有法庭。")
	_, err := c.Registry().FixSitting(c.t.Context(), c.batchOf(firstCase), a)
	require.NoError(c.t, err)
}

// unsit takes it back.
func (c *counter) unsit() {
	c.t.Helper()
	_, err := c.Registry().VacateSitting(c.t.Context(), c.batchOf(firstCase), law.T("All settled.", "全部和解。"), registrar)
	require.NoError(c.t, err)
}

// heard is when a case is to be heard, with the closure into which that falls; empty for no hearing.
func (c *counter) heard(number string) string {
	c.t.Helper()
	f, err := c.Registry().Case(c.t.Context(), "SCT", number)
	require.NoError(c.t, err)
	if f.Hearing == nil {
		return ""
	}
	return strings.TrimSpace(f.Hearing.At.In(c.court.Zone()).Format("2006-01-02 15:04:05") + " " + f.Hearing.Closed)
}

// TestAnOpenedCaseHasTheSittingOfItsBatch has the first case of a sitting on 20 March at 10 sealed, lets things happen, and opens it.
func TestAnOpenedCaseHasTheSittingOfItsBatch(t *testing.T) {
	for name, at := range map[string]struct {
		meanwhile func(*counter)
		heard     string
		told      []string // in the defendant's box, the newest first, after that the case was opened
	}{
		"left as it was": {func(*counter) {}, "2026-03-20 10:00:00", nil},
		"moved":          {func(c *counter) { c.sit("2026-03-24 10:00:00") }, "2026-03-24 10:00:00", []string{"hearing moved to 2026-03-24 10:00:00"}},
		"moved and back": {func(c *counter) { c.sit("2026-03-24 10:00:00"); c.sit("2026-03-20 10:00:00") }, "2026-03-20 10:00:00", nil},
		"taken back":     {(*counter).unsit, "", []string{"hearing vacated"}},
		"taken back and fixed anew": {
			func(c *counter) { c.unsit(); c.sit("2026-03-25 10:00:00") }, "2026-03-25 10:00:00", []string{"hearing moved to 2026-03-25 10:00:00"},
		},
		"moved and held": {
			func(c *counter) { c.sit("2026-03-16 10:00:00"); c.set("2026-03-17 10:00:00") }, "", []string{"hearing vacated"},
		},
		"held as it was, then another": {
			func(c *counter) { c.set("2026-03-21 10:00:00"); c.sit("2026-03-27 10:00:00") }, "2026-03-20 10:00:00", nil,
		},
		"heard by itself": {
			func(c *counter) {
				own := appointment("2026-03-26 10:00:00")
				own.Reason = law.T("By itself.", "單獨聆訊。")
				_, err := c.Registry().FixHearing(c.t.Context(), "SCT", firstCase, own)
				require.NoError(c.t, err)
				c.sit("2026-03-24 10:00:00")
			}, "2026-03-26 10:00:00", nil,
		},
		"concluded": {
			func(c *counter) {
				_, err := c.Registry().Conclude(c.t.Context(), icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar})
				require.NoError(c.t, err)
				c.sit("2026-03-24 10:00:00")
			}, "", nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCase(t)
			c.sit("2026-03-20 10:00:00")
			c.access(icms.CaseSealed)
			at.meanwhile(c)
			c.outbox()
			c.access(icms.CaseRestricted)
			require.Equal(t, at.heard, c.heard(firstCase))
			var told []string
			for _, m := range c.box("defendant-0001")[:len(at.told)+1] {
				told = append(told, strings.TrimPrefix(m, firstCase+": "))
			}
			require.ElementsMatch(t, append([]string{"to be inspected by the parties alone"}, at.told...), told)
			want := []string{icms.EventAccessSet}
			switch {
			case len(at.told) > 0 && at.heard == "":
				want = []string{icms.EventHearingVacated, icms.EventAccessSet}
			case len(at.told) > 0:
				want = []string{icms.EventHearingFixed, icms.EventAccessSet}
			}
			require.Equal(t, want, types(c.outbox()["case/SCT/"+firstCase]))
			if len(at.told) > 0 && at.heard != "" {
				require.Contains(t, c.hearings(at.heard[:10]), at.heard+" "+firstCase)
			}
			c.proven()
		})
	}
}

// TestACaseOpenedWhileASittingIsCarriedToItsCases dies in the middle of moving a sitting, opens a case to which that came already and one to which it
// comes later, and has the sitting finished: both have it, and each notice once.
func TestACaseOpenedWhileASittingIsCarriedToItsCases(t *testing.T) {
	for _, again := range []bool{false, true} { // fixed anew after it was taken back
		c, id := filed(t, 450)
		c.sit("2026-03-20 10:00:00")
		set := func(number string, to icms.CaseAccess) {
			_, err := c.Registry().SetAccess(t.Context(), icms.CaseAct{Court: "SCT", Case: number, By: registrar}, to)
			require.NoError(t, err)
		}
		both := []string{number(3), number(440)}
		for _, number := range both {
			set(number, icms.CaseSealed)
		}
		if again {
			c.unsit()
		}
		whole := c.store
		c.store = mortalStore{whole, &reaper{at: 3, when: "before"}}
		c.open()
		move := appointment("2026-03-24 10:00:00")
		move.Reason = law.T("No court is free.", "沒有法庭。")
		_, err := c.Registry().FixSitting(t.Context(), id, move)
		require.ErrorIs(t, err, errDead)
		c.store = whole
		c.open()
		c.outbox()
		for _, number := range both {
			set(number, icms.CaseOpen)
		}
		require.Equal(t, "2026-03-24 10:00:00", c.heard(both[0]))
		c.set("2026-03-02 12:00:00")
		_, err = c.Resume(t.Context())
		require.NoError(t, err)
		events := c.outbox()
		for _, number := range both {
			require.Equal(t, "2026-03-24 10:00:00", c.heard(number))
			require.ElementsMatch(t, []string{icms.EventAccessSet, icms.EventHearingFixed}, types(events["case/SCT/"+number]), number)
		}
		require.Len(t, c.hearings("2026-03-24"), 450)
		c.proven()
	}
}

// first is a store in which something else happens just before a kind of change, once.
type first struct {
	store.Store
	prefix string
	do     func()
}

func (x *first) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	if do := x.do; do != nil && strings.HasPrefix(c.ID, x.prefix) {
		x.do = nil
		do()
	}
	return x.Store.Apply(ctx, c)
}

// TestOpeningACaseMeetsWhatIsDecided has a sitting moved, or a closure announced, while a case is being opened, and the case opened while the sitting is
// being carried to it.
func TestOpeningACaseMeetsWhatIsDecided(t *testing.T) {
	sealed := func(hear func(*counter)) (*counter, *first) {
		c := newCase(t)
		hear(c)
		c.access(icms.CaseSealed)
		x := &first{Store: c.store, prefix: icms.EventAccessSet}
		c.store = x
		c.open()
		return c, x
	}
	sits := func(c *counter) { c.sit("2026-03-20 10:00:00") }
	c, x := sealed(sits)
	x.do = func() { c.sit("2026-03-24 10:00:00") }
	c.access(icms.CaseOpen)
	require.Equal(t, "2026-03-24 10:00:00", c.heard(firstCase))

	c, x = sealed(sits)
	x.prefix, x.do = "sit/"+c.batchOf(firstCase)+"/4", func() { c.access(icms.CaseOpen) } // the step after the decision, the fourth version
	c.sit("2026-03-24 10:00:00")
	require.Nil(t, x.do, "it happened")
	require.Equal(t, "2026-03-24 10:00:00", c.heard(firstCase))

	c, x = sealed(func(c *counter) { c.hear("2026-03-20 10:00:00") })
	x.do = func() { c.closure("storm", calendarhk.GaleWarning, "2026-03-20 08:00:00", "2026-03-20 18:00:00") }
	c.access(icms.CaseOpen)
	_, err := c.Resume(t.Context())
	require.NoError(t, err)
	require.Equal(t, "2026-03-20 10:00:00 storm", c.heard(firstCase))
}

// TestAClosureComesOverASealedCase announces, and withdraws, closures while nobody is told of the case: all is told once it is opened.
func TestAClosureComesOverASealedCase(t *testing.T) {
	opened := func(c *counter) []string {
		before := len(c.box("defendant-0001"))
		c.access(icms.CaseOpen)
		for range 2 {
			_, err := c.Resume(t.Context())
			require.NoError(t, err)
		}
		box := c.box("defendant-0001")
		require.GreaterOrEqual(t, len(box), before)
		return box
	}
	storm := func(c *counter, reopens string) {
		c.closure("storm", calendarhk.GaleWarning, "2026-03-20 08:00:00", reopens)
	}
	anew := firstCase + ": the hearing on 2026-03-20 10:00:00 will be fixed anew"

	c := newCase(t)
	c.hear("2026-03-20 10:00:00")
	c.access(icms.CaseSealed)
	storm(c, "2026-03-20 18:00:00")
	require.Equal(t, "2026-03-20 10:00:00", c.heard(firstCase))
	require.Equal(t, anew, opened(c)[0])
	require.Equal(t, []string{firstCase}, c.closed("storm"))
	require.Equal(t, []string{icms.EventHearingFixed, icms.EventAccessSet, icms.EventAccessSet, icms.EventHearingClosed}, types(c.outbox()["case/SCT/"+firstCase]))

	c.access(icms.CaseSealed)
	storm(c, "2026-03-20 09:30:00")
	require.Equal(t, "2026-03-20 10:00:00 storm", c.heard(firstCase))
	require.Equal(t, firstCase+": the hearing on 2026-03-20 10:00:00 stands", opened(c)[0])
	require.Equal(t, "2026-03-20 10:00:00", c.heard(firstCase))

	c.access(icms.CaseSealed)
	require.Len(t, opened(c), 6, "nothing but that it was opened")
	c.proven()

	c = newCase(t) // moved meanwhile, to where the court is closed meanwhile
	c.sit("2026-03-18 10:00:00")
	c.access(icms.CaseSealed)
	c.sit("2026-03-20 10:00:00")
	storm(c, "2026-03-20 18:00:00")
	require.Equal(t, anew, opened(c)[0])
	require.Equal(t, []string{firstCase, "SCTC000002/2026"}, c.closed("storm"))
	c.proven()
}
