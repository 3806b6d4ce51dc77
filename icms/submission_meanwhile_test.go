package icms_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/store"
)

// meddler lets something else happen just before a change of some name is committed, once.
type meddler struct {
	store.Store
	before string
	do     func()
}

func (m *meddler) Apply(ctx context.Context, c store.Change) (store.Applied, error) {
	if do := m.do; do != nil && strings.HasPrefix(c.ID, m.before) {
		m.do = nil
		do()
	}
	return m.Store.Apply(ctx, c)
}

// meanwhile is a second service over the same case before whose next change of that name the first one acts.
func (c *counter) meanwhile(before string, do func()) *counter {
	c.t.Helper()
	other := &counter{t: c.t, store: &meddler{Store: c.store, before: before, do: do}, blobs: c.blobs, court: c.court, at: c.at}
	other.open()
	return other
}

// TestWhatIsAnnouncedWhileAPaperIsWeighed counts: no paper is kept by closures, warnings or papers that are out of date.
func TestWhatIsAnnouncedWhileAPaperIsWeighed(t *testing.T) {
	c := newCase(t)
	c.event(icms.AwardMade, "2026-03-02")
	in := paper(icmshk.Review)

	closed := c.meanwhile("submit/", func() { c.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "2026-03-02 15:00:00") })
	in.Reference = "closure"
	d := closed.submit(in).Document
	require.Equal(t, hk("2026-03-02 15:00:00"), d.Receipt.Deemed.In(calendarhk.Zone()))

	warned := c.meanwhile("submit/", func() { c.warning("t8", "2026-03-04 09:00:00", "2026-03-04 10:00:00") })
	in.Reference = "warning"
	require.Equal(t, "2026-03-12", warned.submit(in).Document.Limit.Last)

	var serial int
	issued := c.meanwhile("submit/", func() { serial = c.event(icms.AwardMade, "2026-03-03") })
	in.Reference = "award"
	require.Equal(t, serial, issued.submit(in).Document.Against, "the newest award")

	sealed := c.meanwhile("submit/", func() { c.access(icms.CaseSealed) })
	in.Reference = "sealed"
	_, err := sealed.Registry().Submit(t.Context(), in)
	require.ErrorIs(t, err, icms.ErrNotFound)
	c.access(icms.CaseOpen)
	require.Len(t, c.papers(), 5)
	c.proven()
}

// TestAPaperThatMovesWhileItIsCompleted is completed by what is announced in the end.
func TestAPaperThatMovesWhileItIsCompleted(t *testing.T) {
	c := newCase(t)
	c.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "")
	d := c.submit(paper(icmshk.Defence)).Document
	corrected := reopening()
	corrected.Reopens = hk("2026-03-02 16:00:00")
	other := c.meanwhile("complete/", func() {
		_, err := c.Registry().Announce(t.Context(), "SCT", icms.RegistryOffice, corrected, registrar)
		require.NoError(t, err)
	})
	_, err := other.Registry().Announce(t.Context(), "SCT", icms.RegistryOffice, reopening(), registrar)
	require.NoError(t, err)
	now, err := c.Registry().Paper(t.Context(), "SCT", firstCase, d.Serial)
	require.NoError(t, err)
	require.Equal(t, hk("2026-03-02 16:00:00"), now.Receipt.Deemed.In(calendarhk.Zone()))
	require.Equal(t, 2, now.Acks, "completed once")

	// An officer refuses it while it is completed.
	c.closure("storm", calendarhk.Direction, "2026-03-02 09:30:00", "")
	in := paper(icmshk.Evidence)
	second := c.submit(in).Document
	other = c.meanwhile("complete/", func() {
		_, err := c.Registry().RefuseDocument(t.Context(), "SCT", firstCase, second.Serial, tooVague, registrar)
		require.NoError(t, err)
	})
	require.Equal(t, icms.DocumentPending, second.State)
	other.closure("storm", calendarhk.Direction, "2026-03-02 09:30:00", "2026-03-02 17:00:00")
	require.Equal(t, []string{"defence received", "evidence refused"}, c.papers())
	c.proven()
}
