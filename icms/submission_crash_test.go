package icms_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
)

// paperStory is all that can happen to papers, step by step. Every step may be taken again and then changes nothing.
func paperStory(c *counter) error {
	ctx, r := c.t.Context(), c.Registry()
	late, defence := paper(icmshk.Review), paper(icmshk.Defence)
	reopened := calendar.Closure{ID: "flood", Cause: calendarhk.Direction, From: hk("2026-03-11 15:00:00"), Reopens: hk("2026-03-12 08:45:00")}
	steps := []func() error{
		func() error { _, err := r.Submit(ctx, defence); return err },
		func() error {
			in := defence
			in.Corrects, in.Reference = 2, "correction"
			_, err := r.Submit(ctx, in)
			return err
		},
		func() error { _, err := r.RefuseDocument(ctx, "SCT", firstCase, 3, tooVague, registrar); return err },
		func() error { _, err := r.Submit(ctx, late); return err },
		func() error { _, err := r.Announce(ctx, "SCT", icms.RegistryOffice, reopened, registrar); return err },
		func() error {
			asked, err := r.RequestTime(ctx, icms.TimeRequest{
				Court: "SCT", Case: firstCase, Party: "defendant-1", Kind: icmshk.Review, By: defendant, Reason: tooVague, Document: 4, Reference: "leave",
			})
			if err == nil {
				_, err = r.AllowTime(ctx, asked.ID, true, nil, registrar)
			}
			return err
		},
		func() error {
			asked, err := r.RequestTime(ctx, icms.TimeRequest{
				Court: "SCT", Case: firstCase, Party: "defendant-1", Kind: icmshk.Evidence, By: defendant, Reason: tooVague, AsOf: hk("2026-03-10 12:00:00"), Reference: "back",
			})
			if err == nil {
				_, err = r.AllowTime(ctx, asked.ID, true, nil, registrar)
			}
			if err == nil {
				in := paper(icmshk.Evidence)
				in.Time = asked.ID
				_, err = r.Submit(ctx, in)
			}
			return err
		},
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// TestDieAtEveryChangeOfAPaper lets the process die before and after each change, and lose its reply, and then tells the story again: what is
// there in the end is what is there when nobody dies.
func TestDieAtEveryChangeOfAPaper(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	want := ""
	for _, when := range []string{"never", "before", "after", "reply lost"} {
		for at := 1; ; at++ {
			c := newCase(t)
			c.event(icms.AwardMade, "2026-03-02")
			c.set("2026-03-11 16:00:00")
			c.closure("flood", calendarhk.Direction, "2026-03-11 15:00:00", "")
			whole, kept := c.store, c.blobs
			r := &reaper{at: at, when: when}
			if when == "never" {
				r.at = 0
			}
			c.store, c.blobs = mortalStore{whole, r}, mortalBlobs{kept, r}
			c.open()
			name := fmt.Sprintf("%s write %d", when, at)
			err := paperStory(c)
			c.store, c.blobs = whole, kept
			c.open()
			require.Equal(t, r.dead, errors.Is(err, errDead), name)
			if err != nil {
				require.True(t, r.dead || r.lived, "%s: %v", name, err)
				require.NoError(t, paperStory(c), name)
			}
			have := told(c)
			if want == "" {
				want = have
			}
			require.Equal(t, want, have, name)
			c.proven()
			if r.at == 0 || r.seen < at {
				require.Greater(t, r.seen, 10)
				break
			}
		}
	}
}

// told is what is there of the papers of the first case: the papers, what the sender and the other party were told.
func told(c *counter) string {
	c.t.Helper()
	all, _, err := c.Registry().Papers(c.t.Context(), "SCT", firstCase, "", 100)
	require.NoError(c.t, err)
	out := ""
	for _, d := range all {
		out += fmt.Sprintln(d.Serial, d.Kind, d.State, d.Acks, d.Receipt.Deemed, d.CorrectedBy, d.Time)
	}
	return out + fmt.Sprintln(c.box(defendant.Organisation), c.box("sample-utilities"))
}

// TestManySendOnePaper lets 32 goroutines on two nodes send the same paper at once: it is kept once and everybody gets its acknowledgement.
func TestManySendOnePaper(t *testing.T) {
	folder := t.TempDir()
	a := newCounter(t, "2026-02-27 10:00:00", 0)
	a.store = openStore(t, folder)
	a.open()
	a.topUp(1000)
	a.registered()
	b := &counter{t: t, store: openStore(t, folder), blobs: a.blobs, court: a.court, at: a.at}
	b.open()
	answers := make([]icms.Submitted, 32)
	errs := make([]error, len(answers))
	var wait sync.WaitGroup
	for i := range answers {
		node := a
		if i%2 == 1 {
			node = b
		}
		wait.Go(func() { answers[i], errs[i] = node.Registry().Submit(t.Context(), paper(icmshk.Defence)) })
	}
	wait.Wait()
	for i := range answers {
		require.NoError(t, errs[i])
		require.Equal(t, string(answers[0].Acknowledged), string(answers[i].Acknowledged))
	}
	require.Equal(t, []string{"defence received"}, a.papers())
	require.Len(t, a.box(defendant.Organisation), 1)
	a.proven()
}

// TestManyPapersAtOnce numbers them without a gap, while an officer refuses one and the sender corrects it at the same time.
func TestManyPapersAtOnce(t *testing.T) {
	c := newCase(t)
	first := c.submit(paper(icmshk.Defence)).Document
	errs := make([]error, 12)
	var wait sync.WaitGroup
	for i := range errs {
		wait.Go(func() {
			switch i {
			case 0:
				_, errs[i] = c.Registry().RefuseDocument(t.Context(), "SCT", firstCase, first.Serial, tooVague, registrar)
			case 1:
				in := paper(icmshk.Defence)
				in.Corrects = first.Serial
				_, errs[i] = c.Registry().Submit(t.Context(), in)
			default:
				in := paper(icmshk.Evidence)
				in.Files = fstest.MapFS{"paper.pdf": {Data: fmt.Appendf([]byte(goodPDF), "\n%d", i)}}
				in.Reference = fmt.Sprint("bundle-", i)
				_, errs[i] = c.Registry().Submit(t.Context(), in)
			}
		})
	}
	wait.Wait()
	for i, err := range errs[1:] {
		require.NoError(t, err, i+1)
	}
	papers := c.papers()
	require.Len(t, papers, 12)
	require.Contains(t, papers[1:], "defence received")
	old, err := c.Registry().Paper(t.Context(), "SCT", firstCase, first.Serial)
	require.NoError(t, err)
	require.NotZero(t, old.CorrectedBy)
	if errs[0] == nil {
		require.Equal(t, icms.DocumentRefused, old.State, "refused, then corrected")
	} else {
		require.Equal(t, icms.DocumentCorrected, old.State, "corrected, and then no more to refuse")
	}
	c.proven()
}
