package hk_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/calendar/feed"
	"courts.example/eservices/calendar/hk"
)

// on gives an instant of August 2026 in Hong Kong: on("03 07:40").
func on(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("02 15:04 2006 1", text+" 2026 8", hk.Zone())
	require.NoError(t, err)
	return at
}

// entry is one entry of a summary, issued and updated at the given times.
func entry(t testing.TB, key, code, action, issued, updated string) string {
	t.Helper()
	return fmt.Sprintf(`%q:{"name":"Signal","code":%q,"actionCode":%q,"type":"Kind","issueTime":%q,"updateTime":%q}`,
		key, code, action, on(t, issued).Format(time.RFC3339), on(t, updated).Format(time.RFC3339))
}

func summary(t testing.TB, read string, entries ...string) hk.Summary {
	t.Helper()
	s, err := hk.ReadWarnings(strings.NewReader("{"+strings.Join(entries, ",")+"}"), on(t, read))
	require.NoError(t, err)
	return s
}

func TestReadWarnings(t *testing.T) {
	s := summary(t, "03 08:00", entry(t, "WTCSGNL", "TC8NE", "ISSUE", "03 07:40", "03 07:45"), entry(t, "WHOT", "WHOT", "NOVEL", "02 06:45", "02 06:45"),
		`"WTS":{"code":"WTS","actionCode":"EXTEND","issueTime":"2026-08-02T20:00:00Z","expireTime":"2026-08-03T10:00:00+08:00"}`)
	require.Equal(t, []string{"WHOT", "WTCSGNL", "WTS"}, []string{s.Signals[0].Key, s.Signals[1].Key, s.Signals[2].Key})
	require.Equal(t, hk.Signal{
		Key: "WTCSGNL", Code: "TC8NE", Action: "ISSUE", Name: "Signal", Type: "Kind", Issued: on(t, "03 07:40"), Updated: on(t, "03 07:45"),
	}, s.Signals[1])
	require.Equal(t, on(t, "03 04:00"), s.Signals[2].Updated, "an entry that was never changed")
	require.Equal(t, on(t, "03 10:00"), s.Signals[2].Expires)
	require.Empty(t, summary(t, "03 08:00").Signals)
}

// Only the signals No. 8 to 10 and black may close an office.
func TestSignalCause(t *testing.T) {
	for code, cause := range map[string]string{
		"WTCSGNL/TC1": "", "WTCSGNL/TC3": "", "WTCSGNL/TC8NE": hk.GaleWarning, "WTCSGNL/TC8SE": hk.GaleWarning, "WTCSGNL/TC8NW": hk.GaleWarning,
		"WTCSGNL/TC8SW": hk.GaleWarning, "WTCSGNL/TC9": hk.GaleWarning, "WTCSGNL/TC10": hk.GaleWarning, "WTCSGNL/CANCEL": "",
		"WRAIN/WRAINA": "", "WRAIN/WRAINR": "", "WRAIN/WRAINB": hk.BlackRainstorm, "WRAIN/CANCEL": "", "WHOT/WHOT": "", "WFIRE/WFIRER": "",
	} {
		family, code, _ := strings.Cut(code, "/")
		for _, action := range []string{"ISSUE", "REISSUE", "EXTEND", "UPDATE", "CANCEL"} {
			want := cause
			if action == "CANCEL" {
				want = ""
			}
			s := summary(t, "03 08:00", entry(t, family, code, action, "03 07:00", "03 07:00"))
			require.Equal(t, want, s.Signals[0].Cause(), "%s %s", code, action)
		}
	}
}

func TestReadWarningsRefuses(t *testing.T) {
	good := entry(t, "WTCSGNL", "TC8NE", "ISSUE", "03 07:40", "03 07:40")
	for says, c := range map[string]struct {
		kind error
		text string
	}{
		"empty":                {feed.ErrCutShort, ""},
		"before it is":         {feed.ErrCutShort, "{" + good},
		"is null":              {feed.ErrShape, "null"},
		"no JSON":              {feed.ErrShape, "Please include valid parameters in API request."},
		"cannot unmarshal":     {feed.ErrShape, "[]"},
		"message:":             {feed.ErrShape, `{"message":"unavailable"}`},
		"no code or":           {feed.ErrShape, `{"status":{"code":"500"}}`},
		"twice":                {feed.ErrContradiction, "{" + good + "," + good + "}"},
		"\"TC8\" is not known": {feed.ErrShape, "{" + entry(t, "WTCSGNL", "TC8", "ISSUE", "03 07:40", "03 07:40") + "}"},
		"\"WRAINP\" is not":    {feed.ErrShape, "{" + entry(t, "WRAIN", "WRAINP", "ISSUE", "03 07:40", "03 07:40") + "}"},
		"actionCode \"MAYBE\"": {feed.ErrShape, "{" + entry(t, "WRAIN", "WRAINB", "MAYBE", "03 07:40", "03 07:40") + "}"},
		"look at the clocks":   {feed.ErrShape, "{" + entry(t, "WRAIN", "WRAINB", "ISSUE", "03 08:06", "03 08:06") + "}"},
		"parsing time":         {feed.ErrShape, `{"WHOT":{"code":"WHOT","issueTime":"today"}}`},
	} {
		_, err := hk.ReadWarnings(strings.NewReader(c.text), on(t, "03 08:00"))
		require.ErrorIs(t, err, c.kind, says)
		require.ErrorContains(t, err, says)
	}
	_, err := hk.ReadWarnings(strings.NewReader("{}"), time.Time{})
	require.ErrorContains(t, err, "fetched is not given")
}

// One gale warning goes through several signals and is one closure to decide on; each reading that changes nothing proposes nothing.
func TestWatchFollowsATyphoon(t *testing.T) {
	steps := []struct {
		read    string
		entries []string
		says    string // the proposal
	}{
		{"03 00:00", nil, ""},
		{"03 05:00", []string{entry(t, "WTCSGNL", "TC3", "ISSUE", "03 04:40", "03 04:40")}, ""},
		{"03 07:41", []string{entry(t, "WTCSGNL", "TC8NE", "ISSUE", "03 07:40", "03 07:40")}, "gale_warning-20260803T074000 begun"},
		{"03 07:41", []string{entry(t, "WTCSGNL", "TC8NE", "ISSUE", "03 07:40", "03 07:40")}, ""},
		{"03 12:30", []string{entry(t, "WTCSGNL", "TC10", "ISSUE", "03 12:20", "03 12:20")}, ""},
		{"03 13:00", []string{entry(t, "WTCSGNL", "TC8SE", "ISSUE", "03 12:50", "03 12:50"), entry(t, "WRAIN", "WRAINB", "ISSUE", "03 12:55", "03 12:55")},
			"black_rainstorm-20260803T125500 begun"},
		{"03 15:11", []string{entry(t, "WTCSGNL", "TC3", "ISSUE", "03 15:10", "03 15:10"), entry(t, "WRAIN", "WRAINB", "EXTEND", "03 12:55", "03 15:00")},
			"gale_warning-20260803T074000 ended 15:10"},
		{"03 16:05", []string{entry(t, "WTCSGNL", "CANCEL", "CANCEL", "03 15:10", "03 16:00"), entry(t, "WRAIN", "WRAINB", "CANCEL", "03 12:55", "03 16:01")},
			"black_rainstorm-20260803T125500 ended 16:01"},
		{"03 18:00", nil, ""},
	}
	var w hk.Watch
	for _, step := range steps {
		var proposals []hk.Proposal
		var err error
		w, proposals, err = w.Next(summary(t, step.read, step.entries...))
		require.NoError(t, err, step.read)
		var says []string
		for _, p := range proposals {
			state := " begun"
			if p.Ended {
				state = " ended " + p.Until.In(hk.Zone()).Format("15:04")
			}
			says = append(says, p.ID()+state)
		}
		require.Equal(t, step.says, strings.Join(says, ";"), step.read)
		kept, err := json.Marshal(w)
		require.NoError(t, err)
		w = hk.Watch{}
		require.NoError(t, json.Unmarshal(kept, &w), "the watch is kept between readings")
	}
	require.Empty(t, w.InForce)
}

func TestWatchRefusesWhatIsLate(t *testing.T) {
	issued := entry(t, "WTCSGNL", "TC8NE", "ISSUE", "03 07:40", "03 07:40")
	w, _, err := hk.Watch{}.Next(summary(t, "03 08:00", entry(t, "WTCSGNL", "TC9", "ISSUE", "03 07:50", "03 07:50")))
	require.NoError(t, err)
	for _, late := range []hk.Summary{summary(t, "03 07:59"), summary(t, "03 08:10", issued)} {
		after, proposals, err := w.Next(late)
		require.ErrorIs(t, err, feed.ErrLate)
		require.Equal(t, w, after)
		require.Empty(t, proposals)
	}
}

func begun(t testing.TB) (hk.Watch, hk.Proposal) {
	t.Helper()
	w, proposals, err := hk.Watch{Read: on(t, "03 07:00")}.Next(summary(t, "03 07:45", entry(t, "WTCSGNL", "TC8NE", "ISSUE", "03 07:40", "03 07:40")))
	require.NoError(t, err)
	require.Len(t, proposals, 1)
	return w, proposals[0]
}

// The signal closes nothing: without a person's decision there is no closure, and with one the office does as decided.
func TestConfirm(t *testing.T) {
	w, p := begun(t)
	for says, d := range map[string]hk.Decision{
		"nobody is named":    {Known: on(t, "03 07:50")},
		"when the decision":  {Authority: "Registrar"},
		"not after it close": {Authority: "Registrar", Known: on(t, "03 07:50"), Reopens: on(t, "03 07:40")},
	} {
		_, err := p.Confirm(d)
		require.ErrorContains(t, err, says)
	}
	closed, err := p.Confirm(hk.Decision{Authority: "Registrar", Known: on(t, "03 07:50")})
	require.NoError(t, err)
	require.Equal(t, "烈風警告（TC8NE）", closed.Note.In("zh-Hant"))
	require.True(t, closed.Reopens.IsZero())

	_, proposals, err := w.Next(summary(t, "03 13:00", entry(t, "WTCSGNL", "TC3", "ISSUE", "03 12:50", "03 12:50")))
	require.NoError(t, err)
	end := proposals[0]
	_, err = end.Confirm(hk.Decision{Authority: "Registrar", Known: on(t, "03 13:10")})
	require.ErrorContains(t, err, "say when the office reopens")
	reopened, err := end.Confirm(hk.Decision{From: on(t, "03 08:00"), Reopens: on(t, "03 15:00"), Authority: "Registrar", Known: on(t, "03 13:10")})
	require.NoError(t, err)
	require.Equal(t, closed.ID, reopened.ID)

	registry, err := hk.Registry(hk.Options{Closures: []calendar.Closure{closed, reopened}})
	require.NoError(t, err)
	receipt, err := registry.Receive(on(t, "03 09:00"))
	require.NoError(t, err)
	require.True(t, on(t, "03 15:00").Equal(receipt.Deemed))
	receipt, err = registry.AsKnown(on(t, "03 12:00")).Receive(on(t, "03 09:00"))
	require.NoError(t, err)
	require.True(t, receipt.Pending)
}

func TestProposalWarning(t *testing.T) {
	w, p := begun(t)
	warning, err := p.Warning(time.Time{})
	require.NoError(t, err)
	require.True(t, warning.Until.IsZero())
	_, err = p.Warning(on(t, "03 09:00"))
	require.ErrorContains(t, err, "has not ended")

	_, proposals, err := w.Next(summary(t, "03 13:00"))
	require.NoError(t, err)
	gone := proposals[0]
	require.True(t, gone.Ended && gone.Until.IsZero(), "an entry that is gone does not say since when")
	_, err = gone.Warning(time.Time{})
	require.ErrorContains(t, err, "after 2026-08-03T07:45:00+08:00 and before 2026-08-03T13:00:00+08:00; say when")
	_, err = gone.Warning(on(t, "03 07:30"))
	require.Error(t, err)
	warning, err = gone.Warning(on(t, "03 12:50"))
	require.NoError(t, err)
	require.Equal(t, hk.GaleWarning, warning.Kind)
	limits, err := hk.CourtOffice(hk.LimitOptions{Warnings: []calendar.Warning{warning}})
	require.NoError(t, err)
	expiry, err := limits.Expires(calendar.MustDate("2026-07-31"), 1)
	require.NoError(t, err)
	require.Equal(t, "2026-08-04", expiry.Date.String(), "the Monday is a gale warning day")

	// An end that is not after the beginning can't be: it is left to the person.
	_, proposals, err = w.Next(summary(t, "03 13:00", entry(t, "WTCSGNL", "TC3", "ISSUE", "03 04:40", "03 12:50")))
	require.NoError(t, err)
	require.True(t, proposals[0].Until.IsZero())
}

func TestProposalReason(t *testing.T) {
	w, p := begun(t)
	require.Equal(t, "gale warning: the signal TC8NE was issued at 2026-08-03 07:40:00; at the reading before, 2026-08-03 07:00:00, none "+
		"was in force (Hong Kong Observatory warning summary, confirmed); whether and from when to when the office is closed for it has to be decided "+
		"(Cap. 638H r. 2 \"closure time\" (c), confirmed)", p.Reason().String())
	p.Last = time.Time{}
	require.Contains(t, p.Reason().Line("zh-Hant"), "烈風警告：訊號TC8NE於2026-08-03 07:40:00發出；於首次讀取")
	_, proposals, err := w.Next(summary(t, "03 13:00"))
	require.NoError(t, err)
	require.Contains(t, proposals[0].Reason().String(), "not any more at 2026-08-03 13:00:00; when it ended is not said")
	proposals[0].Until = on(t, "03 12:50")
	require.Contains(t, proposals[0].Reason().String(), "it ended at 2026-08-03 12:50:00")
}

func FuzzReadWarnings(f *testing.F) {
	f.Add("{" + entry(f, "WTCSGNL", "TC8NE", "ISSUE", "03 07:40", "03 07:45") + "," + entry(f, "WRAIN", "WRAINB", "CANCEL", "03 07:40", "03 07:45") + "}")
	f.Add("{}")
	read := on(f, "03 08:00")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := hk.ReadWarnings(strings.NewReader(text), read)
		if err != nil {
			var typed *feed.Error
			require.ErrorAs(t, err, &typed)
			return
		}
		w, proposals, err := hk.Watch{}.Next(s)
		require.NoError(t, err)
		require.Len(t, proposals, len(w.InForce), "whatever is in force at the first reading has begun")
		again, proposals, err := w.Next(s)
		require.NoError(t, err)
		require.Empty(t, proposals)
		require.Equal(t, w, again)
	})
}
