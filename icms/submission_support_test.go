package icms_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// goodPDF is a paper that no rule minds.
const goodPDF = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"

// firstCase is the case number of the first claim that a counter of the Tribunal registers in 2026.
const firstCase = "SCTC000001/2026"

// defendant is the registered user that is the first defendant.
var defendant = icms.Filer{Organisation: "defendant-0001", User: "Defendant 0001"}

// newCase is a counter at which two claims were registered on Friday 27 February 2026; the defendant of the first is a registered user. The
// clock stands at Monday 2 March, 10:00.
func newCase(t testing.TB) *counter {
	t.Helper()
	c := newCounter(t, "2026-02-27 10:00:00", 1000)
	c.registered()
	return c
}

func (c *counter) registered() {
	c.t.Helper()
	r, err := c.Registry().File(c.t.Context(), batch(claims(2, "A")))
	require.NoError(c.t, err)
	require.Equal(c.t, icms.Registered, r.State)
	c.change(func(f *icms.CaseFile) { f.Parties[1].Member = defendant.Organisation })
	c.set("2026-03-02 10:00:00")
	_, err = c.Resume(c.t.Context())
	require.NoError(c.t, err)
}

func (c *counter) change(edit func(*icms.CaseFile)) {
	c.t.Helper()
	require.NoError(c.t, c.ChangeCase(c.t.Context(), "SCT", firstCase, edit))
}

// access opens, restricts or seals the first case.
func (c *counter) access(to icms.CaseAccess) {
	c.t.Helper()
	_, err := c.Registry().SetAccess(c.t.Context(), icms.CaseAct{Court: "SCT", Case: firstCase, By: registrar}, to)
	require.NoError(c.t, err)
}

// event records an event of a civil day in the first case.
func (c *counter) event(e icms.CaseEvent, day string, to ...string) int {
	c.t.Helper()
	serial, err := c.RecordEvent(c.t.Context(), "SCT", firstCase, e, day, to...)
	require.NoError(c.t, err)
	return serial
}

// paper is a paper of the defendant with one file.
func paper(kind string) icms.Submission {
	return icms.Submission{
		Court: "SCT", Case: firstCase, Party: "defendant-1", Kind: kind, By: defendant,
		Files: fstest.MapFS{"paper.pdf": {Data: []byte(goodPDF)}}, Names: []string{"paper.pdf"},
	}
}

// submit sends a paper that the court keeps.
func (c *counter) submit(in icms.Submission) icms.Submitted {
	c.t.Helper()
	r, err := c.Registry().Submit(c.t.Context(), in)
	require.NoError(c.t, err)
	require.False(c.t, r.Refused(), "%v", r.Findings)
	require.Positive(c.t, r.Document.Serial)
	return r
}

// refused sends a paper that the court does not keep, and gives the codes of the findings.
func (c *counter) refused(in icms.Submission) []string {
	c.t.Helper()
	before := c.papers()
	r, err := c.Registry().Submit(c.t.Context(), in)
	require.NoError(c.t, err)
	require.True(c.t, r.Refused(), "%v", r.Findings)
	require.Zero(c.t, r.Document.Serial)
	require.Nil(c.t, r.Acknowledgement)
	require.Equal(c.t, before, c.papers(), "nothing is kept")
	return codes(r.Findings)
}

// papers lists the papers of the first case as one line each.
func (c *counter) papers() []string {
	c.t.Helper()
	all, next, err := c.Registry().Papers(c.t.Context(), "SCT", firstCase, "", store.MaxPage)
	require.NoError(c.t, err)
	require.Empty(c.t, next)
	out := []string{}
	for _, d := range all {
		out = append(out, strings.Join([]string{d.Kind, string(d.State)}, " "))
	}
	return out
}

// box lists the English subjects in the box of a registered user, newest first.
func (c *counter) box(organisation string) []string {
	c.t.Helper()
	messages, _, err := c.Messages().Inbox(c.t.Context(), organisation, "", 100)
	require.NoError(c.t, err)
	out := []string{}
	for _, m := range messages {
		require.NotRegexp(c.t, `\{\w+\}`, m.Body.In(law.English), "a placeholder has no value")
		require.NotRegexp(c.t, `\{\w+\}`, m.Body.In(law.TraditionalChinese), "a placeholder has no value")
		out = append(out, m.Subject.In(law.English))
	}
	return out
}

// closure announces a closure of the registry; no reopening means until further notice.
func (c *counter) closure(id, cause, from, reopens string) icms.Announced {
	c.t.Helper()
	notice := calendar.Closure{ID: id, Cause: calendar.Cause(cause), From: hk(from)}
	if reopens != "" {
		notice.Reopens = hk(reopens)
	}
	a, err := c.Registry().Announce(c.t.Context(), "SCT", icms.RegistryOffice, notice, registrar)
	require.NoError(c.t, err)
	return a
}

// warning announces a gale warning.
func (c *counter) warning(id, from, until string) icms.Announced {
	c.t.Helper()
	w := calendar.Warning{ID: id, Kind: calendarhk.GaleWarning, From: hk(from)}
	if until != "" {
		w.Until = hk(until)
	}
	a, err := c.Registry().AnnounceWarning(c.t.Context(), "SCT", w, registrar)
	require.NoError(c.t, err)
	return a
}

// last is the last day for a paper of the defendant.
func (c *counter) last(kind string) string {
	c.t.Helper()
	l, err := c.Registry().LimitOf(c.t.Context(), icms.LimitQuestion{Court: "SCT", Case: firstCase, Party: "defendant-1", Kind: kind})
	require.NoError(c.t, err)
	if l.Pending {
		return "pending"
	}
	return l.Last
}

// ask makes a request for time of the defendant.
func (c *counter) ask(t icms.TimeRequest) icms.TimeRequest {
	c.t.Helper()
	if t.Kind == "" {
		t.Kind = icmshk.Review
	}
	t.Court, t.Case, t.Party, t.By, t.Reason = "SCT", firstCase, "defendant-1", defendant, law.T("I was in hospital.", "本人當時住院。")
	kept, err := c.Registry().RequestTime(c.t.Context(), t)
	require.NoError(c.t, err)
	return kept
}

// requireRefusal asserts that an error is a refusal of a code, in both languages.
func requireRefusal(t testing.TB, err error, code filing.Code) {
	t.Helper()
	var refused *icms.RefusalError
	require.ErrorAs(t, err, &refused)
	require.ErrorIs(t, err, icms.ErrRefused)
	require.Equal(t, code, refused.Finding.Code, "%v", err)
	for _, tag := range []string{law.English, law.TraditionalChinese} {
		require.NotEmpty(t, refused.Text()[tag])
		require.NotRegexp(t, `\{\w+\}`, refused.Text()[tag], "a placeholder has no value")
	}
}
