package icms_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
)

// TestAPaperCorrectedWhileItWaitedIsInNoFile: neither a search nor another party is shown it, before or after its correction is received.
func TestAPaperCorrectedWhileItWaitedIsInNoFile(t *testing.T) {
	c := newCase(t)
	q := c.bought(byNumber(stranger))
	c.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "")
	first := c.submit(paper(icmshk.Defence)).Document
	require.Equal(t, icms.DocumentPending, first.State)
	second := c.correct(first, "corrected")
	require.Equal(t, icms.DocumentPending, second.State)
	require.Empty(t, c.shown(q), "what waits is not in the file")

	c.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "2026-03-02 09:30:00")
	_, err := c.Resume(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"defence corrected", "defence received"}, c.papers())
	require.Len(t, c.shown(q), 1, "the correction alone")
}

// TestAPaperCorrectedWhileItWaitedIsItsSendersAlone holds the same for the sessions of a case.
func TestAPaperCorrectedWhileItWaitedIsItsSendersAlone(t *testing.T) {
	w := newTown(t)
	w.closure("flood", calendarhk.Direction, "2026-03-02 09:00:00", "")
	in := sent(1, icmshk.Evidence)
	in.Reference = "first"
	first, err := w.as("dora").Submit(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, icms.DocumentPending, first.Document.State)
	in.Corrects, in.Reference, in.Title = first.Document.Serial, "second", law.T("Evidence, corrected", "")
	_, err = w.as("dora").Submit(t.Context(), in)
	require.NoError(t, err)
	for who, may := range map[string]bool{"dora": true, "officer": true, "util-1": false} {
		_, err := w.as(who).Paper(t.Context(), "SCT", number(1), first.Document.Serial)
		require.Equal(t, may, err == nil, "%s: %v", who, err)
		if !may {
			require.ErrorIs(t, err, icms.ErrNotFound)
		}
	}
}

// TestWhatIsKeptForPartiesIsKeptFromAColleagueOfTheirs: a search is the firm's, the case is not this user's.
func TestWhatIsKeptForPartiesIsKeptFromAColleagueOfTheirs(t *testing.T) {
	w := newTown(t)
	w.court.Inspection.Parties = []string{icmshk.Defence}
	w.open(nil)
	q := w.searchedFor("firm", icms.Search{Reference: "f", Number: number(1)})
	for who, may := range map[string]bool{"firm-1": true, "firm-2": false} {
		_, err := w.as(who).Paper(t.Context(), "SCT", number(1), defenceSerial)
		require.Equal(t, may, err == nil)
		papers, _, err := w.as(who).InspectPapers(t.Context(), q, number(1), "", 0)
		require.NoError(t, err)
		shown := false
		for _, p := range papers {
			shown = shown || p.Kind == icmshk.Defence
		}
		require.Equal(t, may, shown, who)
		f, err := w.as(who).InspectFile(t.Context(), q, number(1), defenceSerial, 0)
		if may {
			require.NoError(t, err)
			require.NoError(t, f.Close())
			continue
		}
		require.ErrorIs(t, err, icms.ErrNotFound)
	}
}

// TestStrangersCountNoPapers: whether there is a paper of a serial, who may read none of the case can't tell, open or sealed.
func TestStrangersCountNoPapers(t *testing.T) {
	w := newTown(t)
	for who, n := range map[string]int{"ivan": 1, "stranger": 1, "util-pa": 1, "firm-2": 1, "dora": 3} {
		said := map[string]bool{}
		for _, serial := range []int{noticeSerial, defenceSerial, refusedSerial, 40} {
			_, err := w.as(who).Paper(t.Context(), "SCT", number(n), serial)
			var denied *icms.DeniedError
			require.ErrorAs(t, err, &denied)
			said[string(denied.Finding.Code)+denied.Error()] = true
			_, err = w.as(who).PaperFile(t.Context(), "SCT", number(n), serial, 0)
			require.ErrorAs(t, err, &denied)
			said[string(denied.Finding.Code)+denied.Error()] = true
		}
		require.Len(t, said, 1, who)
	}
}
