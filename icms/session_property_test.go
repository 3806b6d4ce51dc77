package icms_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/access"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/members"
)

// TestNoSequenceOfActionsReadsWhatTheTableDenies has several people do what they like with cases that are opened, restricted and sealed meanwhile.
// Every paper carries a word of its own. Whatever anybody gets to read, the words and numbers in it are of papers and cases that the
// table lets this person read at that moment.
func TestNoSequenceOfActionsReadsWhatTheTableDenies(t *testing.T) {
	table, err := icmshk.Access()
	require.NoError(t, err)
	fresh := newTown(t).copies(t)
	rapid.Check(t, func(rt *rapid.T) {
		h := haunt(fresh(), table)
		h.rt = rt
		for range rapid.IntRange(20, 60).Draw(rt, "steps") {
			h.step()
		}
		h.proven()
		require.NoError(h.t, h.close())
	})
}

// haunt gives a town with the words of the papers that are in it.
func haunt(w *town, table *access.Table) *haunting {
	h := &haunting{town: w, table: table, words: map[string]word{}}
	for n := 2; n <= 5; n++ {
		h.words[mark(n, icmshk.Defence)], h.words[mark(n, icmshk.Evidence)] = word{number(n), defenceSerial}, word{number(n), refusedSerial}
	}
	return h
}

// TestTheWatchSeesWhatABrokenTableLetsOut opens the town with tables that allow too much, each by one row, and holds what everybody reads
// against the right one: each is caught, and the right one is not.
func TestTheWatchSeesWhatABrokenTableLetsOut(t *testing.T) {
	right, err := icmshk.Access()
	require.NoError(t, err)
	fresh := newTown(t).copies(t)
	caught := func(table *access.Table) error {
		w := fresh()
		defer func() { require.NoError(t, w.close()) }()
		w.open(table)
		h := haunt(w, right)
		for _, who := range []string{"stranger", "dora", "ivan", "util-1", "firm-2", "clerk", "auditor"} {
			for _, how := range slices.Concat(caseReadings, paperReadings, listReadings) {
				for _, n := range haunted {
					if err := h.look(how, who, n, defenceSerial); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}
	require.NoError(t, caught(right))
	for _, leak := range []access.Row{
		{Action: access.ReadCase, Kind: access.Case, States: []access.State{access.Sealed}},
		{Action: access.ReadDocument, Kind: access.Document, States: []access.State{access.Sealed}},
		{Action: access.ReadDocument, Kind: access.Document, States: []access.State{access.Withheld}},
		{Action: access.ReadDocument, Kind: access.Document, States: []access.State{access.Restricted}},
	} {
		leak.Roles, leak.Provision = []access.Role{access.Public}, law.Provision{Instrument: "test"}
		require.Error(t, caught(broken(t, leak)), "%s %s", leak.Action, leak.States)
	}
}

// broken is the policy of the library with what one row lets out to everybody.
func broken(t *testing.T, leak access.Row) *access.Table {
	t.Helper()
	p := access.Library()
	for i, r := range p.Rows { // a cell is allowed by one row alone
		if r.Action == leak.Action && slices.Contains(r.Roles, access.Public) {
			p.Rows[i].States = slices.DeleteFunc(slices.Clone(r.States), func(s access.State) bool { return slices.Contains(leak.States, s) })
		}
	}
	p.Rows = append(slices.DeleteFunc(p.Rows, func(r access.Row) bool { return len(r.States) == 0 }), leak)
	table, err := access.New(p)
	require.NoError(t, err)
	return table
}

// haunting is a town in which anything is done, with what its papers say.
type haunting struct {
	*town
	rt    *rapid.T
	table *access.Table
	words map[string]word
}

// word is a word that stands in one paper alone.
type word struct {
	number string
	serial int
}

// The cases in question; the first and the last of the batch stand in its acknowledgement and stay open.
var haunted = []string{number(2), number(3), number(4), number(5)}

// Those stand here more than once who have something to read, and something that they may not.
var haunters = []string{
	"stranger", "dora", "dora", "ivan", "ivan", "util-1", "util-1", "util-pa", "firm-pa", "firm-1", "firm-1", "firm-2", "firm-2", "firm-2", "clerk", "clerk",
	"officer", "judge", "auditor", "suspended",
}

func (h *haunting) step() {
	who := rapid.SampledFrom(haunters).Draw(h.rt, "who")
	n := rapid.SampledFrom(haunted).Draw(h.rt, "case")
	if rapid.IntRange(0, 2).Draw(h.rt, "kind of step") == 0 {
		before := h.links()
		err := h.act(who, n)
		var denied *icms.DeniedError
		if errors.As(err, &denied) {
			require.Equal(h.t, before, h.links(), "%s was refused, and something changed", who)
		}
		return
	}
	how := rapid.SampledFrom(readings).Draw(h.rt, "read")
	require.NoError(h.t, h.look(how, who, n, rapid.IntRange(1, 8).Draw(h.rt, "serial")))
}

// links counts what was ever done, by the audit chains.
func (h *haunting) links() int {
	n := 0
	for _, chain := range []string{"SCT/2026", "members/2026", "accounts/2026"} {
		all, err := h.store.Links(h.t.Context(), chain, 0, 100_000)
		require.NoError(h.t, err)
		n += len(all)
	}
	return n
}

// acts are what can be done, each with those who mostly do it.
var acts = []struct {
	by []string
	do func(h *haunting, x *icms.Session, n, secret string) error
}{
	{[]string{"judge"}, (*haunting).setAccess},
	{[]string{"officer", "judge"}, (*haunting).hearing},
	{[]string{"officer"}, (*haunting).storm},
	{[]string{"dora", "firm-1"}, func(h *haunting, x *icms.Session, n, secret string) error {
		_, err := x.RequestTime(h.t.Context(), icms.TimeRequest{
			Court: "SCT", Case: n, Party: "defendant-1", Kind: icmshk.Evidence, Reason: why, AsOf: h.now().AddDate(0, 0, -1), Reference: strings.ReplaceAll(secret, "WORD", "ASKED"),
		})
		return err
	}},
	{[]string{"officer"}, func(h *haunting, x *icms.Session, n, _ string) error {
		_, err := x.LinkParty(h.t.Context(), icms.Link{Court: "SCT", Case: n, Party: "defendant-1", Member: h.member(), Represents: true, Proof: "letter"})
		return err
	}},
	{[]string{"officer"}, func(h *haunting, x *icms.Session, n, _ string) error {
		_, err := x.UnlinkParty(h.t.Context(), icms.Unlink{Court: "SCT", Case: n, Party: "defendant-1", Member: h.member(), Reason: why})
		return err
	}},
	{[]string{"clerk", "officer"}, func(h *haunting, x *icms.Session, n, secret string) error {
		out, err := x.IssueNotice(h.t.Context(), icms.Issue{Court: "SCT", Case: n, Kind: icms.PaperNotice, Title: law.T(secret, ""), Words: law.T(secret, "")})
		h.remember(secret, n, out.Document.Serial, err)
		return err
	}},
	{[]string{"dora", "firm-1", "firm-2"}, func(h *haunting, x *icms.Session, n, secret string) error {
		in := sent(3, icmshk.Evidence)
		in.Case = n
		in.Files = fstest.MapFS{"paper.pdf": {Data: []byte(goodPDF + "% " + secret)}}
		out, err := x.Submit(h.t.Context(), in)
		h.remember(secret, n, out.Document.Serial, err)
		return err
	}},
	{[]string{"officer"}, func(h *haunting, x *icms.Session, n, _ string) error {
		_, err := x.RefuseDocument(h.t.Context(), "SCT", n, rapid.IntRange(2, 6).Draw(h.rt, "serial"), why)
		return err
	}},
	{[]string{"firm-pa"}, func(h *haunting, x *icms.Session, n, _ string) error {
		user := rapid.SampledFrom([]string{"firm-1", "firm-2"}).Draw(h.rt, "user")
		_, err := x.LinkCase(h.t.Context(), members.LinkCase{Organisation: "firm", Court: "SCT", Case: n, User: user})
		return err
	}},
	{[]string{"firm-pa"}, func(h *haunting, x *icms.Session, n, _ string) error {
		_, err := x.ShareCase(h.t.Context(), members.ShareCase{Organisation: "firm", Court: "SCT", Case: n})
		return err
	}},
}

// hearing fixes a hearing, or moves it by an hour.
func (h *haunting) hearing(x *icms.Session, n, _ string) error {
	at := hk("2026-03-20 10:00:00").Add(time.Duration(rapid.IntRange(0, 1).Draw(h.rt, "hour")) * time.Hour)
	_, err := x.FixHearing(h.t.Context(), "SCT", n, icms.Appointment{At: at, Place: "Court 1", Reason: why})
	return err
}

// storm announces a closure over the hearings, or takes it back.
func (h *haunting) storm(x *icms.Session, _, _ string) error {
	_, err := x.AnnounceClosure(h.t.Context(), "SCT", icms.RegistryOffice, calendar.Closure{
		ID: "storm", Cause: "direction", From: hk("2026-03-20 08:00:00"), Reopens: hk("2026-03-20 18:00:00"), Withdrawn: rapid.Bool().Draw(h.rt, "withdrawn"),
	})
	return err
}

func (h *haunting) setAccess(x *icms.Session, n, _ string) error {
	to := rapid.SampledFrom([]icms.CaseAccess{icms.CaseOpen, icms.CaseOpen, icms.CaseRestricted, icms.CaseSealed}).Draw(h.rt, "access")
	_, err := x.SetAccess(h.t.Context(), icms.CaseAct{Court: "SCT", Case: n, Reason: why}, to)
	return err
}

func (h *haunting) member() string {
	return rapid.SampledFrom([]string{"ivan", "firm", "dora"}).Draw(h.rt, "member")
}

// act changes something, or tries to: mostly who may, sometimes anybody.
func (h *haunting) act(who, n string) error {
	a := rapid.SampledFrom(acts).Draw(h.rt, "act")
	if rapid.IntRange(0, 3).Draw(h.rt, "right person") > 0 {
		who = rapid.SampledFrom(a.by).Draw(h.rt, "by")
	}
	return a.do(h, h.as(who), n, fmt.Sprintf("WORD%04dX", len(h.words)))
}

func (h *haunting) remember(secret, n string, serial int, err error) {
	if err == nil && serial > 0 {
		h.words[secret] = word{n, serial}
	}
}

// glance is a way to look at something: it gives all that was to be seen as text.
type glance struct {
	name string
	// public says that everybody is shown the same: what is restricted is not in it for whom may not look at it.
	public bool
	see    func(h *haunting, x *icms.Session, n string, serial int) (string, error)
}

// readings are the ways to look. Those of papers stand here more than once.
var readings = slices.Concat(caseReadings, paperReadings, paperReadings, listReadings)

var caseReadings = []glance{
	{"Case", false, func(h *haunting, x *icms.Session, n string, _ int) (string, error) {
		return shown(x.Case(h.t.Context(), "SCT", n))
	}},
	{"Cases", false, func(h *haunting, x *icms.Session, _ string, _ int) (string, error) {
		return paged(func(after string) ([]icms.CaseFile, string, error) { return x.Cases(h.t.Context(), after, 1) })
	}},
	{"LimitOf", false, func(h *haunting, x *icms.Session, n string, _ int) (string, error) {
		return shown(x.LimitOf(h.t.Context(), icms.LimitQuestion{Court: "SCT", Case: n, Party: "defendant-1", Kind: icmshk.Evidence}))
	}},
	{"TimeRequestsIn", false, func(h *haunting, x *icms.Session, n string, _ int) (string, error) {
		all, _, err := x.TimeRequestsIn(h.t.Context(), "SCT", n, "", 10)
		return shown(all, err)
	}},
	{"CauseBookEntry", true, func(h *haunting, x *icms.Session, n string, _ int) (string, error) {
		return shown(x.CauseBookEntry(h.t.Context(), "SCT", n))
	}},
	{"inspecting", true, func(h *haunting, x *icms.Session, n string, _ int) (string, error) { return h.inspect(x, n) }},
}

var paperReadings = []glance{
	{"Papers", false, func(h *haunting, x *icms.Session, n string, _ int) (string, error) {
		all, _, err := x.Papers(h.t.Context(), "SCT", n, "", 100)
		return shown(all, err)
	}},
	{"Paper", false, func(h *haunting, x *icms.Session, n string, serial int) (string, error) {
		return shown(x.Paper(h.t.Context(), "SCT", n, serial))
	}},
	{"PaperFile", false, func(h *haunting, x *icms.Session, n string, _ int) (string, error) { return files(h.t.Context(), x, n) }},
	{"Deliveries", false, func(h *haunting, x *icms.Session, n string, serial int) (string, error) {
		return shown(x.Deliveries(h.t.Context(), "SCT", n, serial))
	}},
	{"opening messages", false, func(h *haunting, x *icms.Session, _ string, _ int) (string, error) { return h.open(x) }},
}

var listReadings = []glance{
	{"Inbox", false, func(h *haunting, x *icms.Session, _ string, _ int) (string, error) {
		all, _, err := x.Inbox(h.t.Context(), "", 1000)
		return shown(all, err)
	}},
	{"BatchLines", false, func(h *haunting, x *icms.Session, _ string, _ int) (string, error) {
		return streamed(x.BatchLines(h.t.Context(), h.batch))
	}},
	{"Register", false, func(h *haunting, x *icms.Session, _ string, _ int) (string, error) {
		return streamed(x.Register(h.t.Context(), icms.RegisterQuery{Court: "SCT", Year: 2026}))
	}},
	{"Hearings", false, func(h *haunting, x *icms.Session, _ string, _ int) (string, error) {
		return paged(func(after string) ([]icms.Listed, string, error) {
			return x.Hearings(h.t.Context(), "SCT", civilDate("2026-03-20"), after, 1)
		})
	}},
	{"ClosedHearings", false, func(h *haunting, x *icms.Session, _ string, _ int) (string, error) {
		return paged(func(after string) ([]icms.Listed, string, error) {
			return x.ClosedHearings(h.t.Context(), "SCT", "storm", after, 1)
		})
	}},
	{"CauseBookDay", true, func(h *haunting, x *icms.Session, _ string, _ int) (string, error) {
		return paged(func(after string) ([]icms.Entry, string, error) {
			return x.CauseBookDay(h.t.Context(), "SCT", civilDate("2026-02-27"), after, 1)
		})
	}},
	{"CauseBookFind", true, func(h *haunting, x *icms.Session, n string, _ int) (string, error) {
		all, _, err := x.CauseBookFind(h.t.Context(), icms.BookQuery{Court: "SCT", Party: calledIn(n)})
		return shown(all, err)
	}},
	{"Results", true, func(h *haunting, x *icms.Session, n string, _ int) (string, error) {
		all, _, err := x.Results(h.t.Context(), h.own(x, n), "", 100)
		return shown(all, err)
	}},
	{"Results by name", true, func(h *haunting, x *icms.Session, n string, _ int) (string, error) {
		all, _, err := x.Results(h.t.Context(), h.ownFor(x, icms.Search{Reference: "called " + n[len("SCTC00000"):len("SCTC000000")], Party: calledIn(n)}), "", 100)
		return shown(all, err)
	}},
}

// calledIn is what the defendant of a case is called, and nobody else.
func calledIn(n string) string { return "Defendant 0" + strings.TrimSuffix(n[len("SCTC00"):], "/2026") }

// paged reads a list to its end, and counts its pages: who may not know of a case finds no page of nothing in its place.
func paged[T any](page func(after string) ([]T, string, error)) (string, error) {
	var out strings.Builder
	after := ""
	for range 100 {
		all, next, err := page(after)
		if err != nil {
			return out.String(), err
		}
		text, err := shown(all, nil)
		if err != nil {
			return "", err
		}
		out.WriteString(text)
		if after = next; after == "" {
			return out.String(), nil
		}
	}
	return "", errors.New("a list without an end")
}

// look has somebody look at something, and says what it was that the table does not let this person read.
func (h *haunting) look(how glance, who, n string, serial int) error {
	read, err := how.see(h, h.as(who), n, serial)
	if err != nil {
		read += err.Error()
		read = strings.ReplaceAll(strings.ReplaceAll(read, n, "it"), calledIn(n), "it") // what was asked for
	}
	if err := h.violation(who, read, how.public); err != nil {
		return fmt.Errorf("%s, by %s: %w", who, how.name, err)
	}
	return nil
}

// files reads the first file of every paper of a case that can be read.
func files(ctx context.Context, x *icms.Session, n string) (string, error) {
	var all strings.Builder
	var failed error
	for serial := range 10 {
		f, err := x.PaperFile(ctx, "SCT", n, serial, 0)
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		b, err := io.ReadAll(io.NewSectionReader(f, 0, f.Size()))
		if err := errors.Join(err, f.Close()); err != nil {
			return "", err
		}
		all.Write(b)
	}
	return all.String(), failed
}

// inspect looks at a case, and at all that is in its file, by a search of the person's own.
func (h *haunting) inspect(x *icms.Session, n string) (string, error) {
	ctx, search := h.t.Context(), h.own(x, n)
	all, err := shown(x.InspectCase(ctx, search, n))
	if err != nil {
		return all, err
	}
	papers, _, err := x.InspectPapers(ctx, search, n, "", 100)
	if err != nil {
		return all, err
	}
	text, err := shown(papers, nil)
	all += text
	for serial := range 10 {
		f, failed := x.InspectFile(ctx, search, n, serial, 0)
		if failed != nil {
			continue
		}
		b, failed := io.ReadAll(io.NewSectionReader(f, 0, f.Size()))
		all, err = all+string(b), errors.Join(err, failed, f.Close())
	}
	return all, err
}

// open opens all messages there are, whoever they were sent to.
func (h *haunting) open(x *icms.Session) (string, error) {
	ids := []string{h.told, h.sealed}
	for _, to := range []string{"dora", "ivan", "firm", "sample-utilities"} {
		all, _, err := h.Messages().Inbox(h.t.Context(), to, "", 1000)
		require.NoError(h.t, err)
		for _, m := range all {
			ids = append(ids, m.ID)
		}
	}
	var out strings.Builder
	for _, id := range ids {
		m, err := shown(x.OpenMessage(h.t.Context(), id))
		if err != nil {
			out.WriteString(strings.ReplaceAll(err.Error(), id, "it")) // the id that was asked for
			continue
		}
		d, err := shown(x.MessagePaper(h.t.Context(), id))
		if err != nil && !errors.Is(err, icms.ErrNotFound) { // it may bring none
			return "", err
		}
		out.WriteString(m + d)
	}
	return out.String(), nil
}

func shown(v any, err error) (string, error) {
	if err != nil {
		return "", err
	}
	b, err := json.Marshal(v)
	return string(b), err
}

func streamed[T any](all iter.Seq2[T, error]) (string, error) {
	var b strings.Builder
	for v, err := range all {
		if err != nil {
			return b.String(), err
		}
		text, err := shown(v, nil)
		if err != nil {
			return b.String(), err
		}
		b.WriteString(text)
	}
	return b.String(), nil
}

// violation holds what somebody read against the table.
func (h *haunting) violation(who, text string, public bool) error {
	people := townspeople()
	p := people[slices.IndexFunc(people, func(p person) bool { return p.name == who })]
	for _, n := range haunted {
		f := h.file(n)
		hidden := f.Access == icms.CaseSealed && !h.may(p, f, access.ReadCase, access.Case, access.Sealed)
		if public && f.Access == icms.CaseRestricted {
			hidden = !h.may(p, f, access.ReadCase, access.Case, access.Restricted) && !h.may(p, f, access.InspectCase, access.Case, access.Restricted)
		}
		if hidden && (strings.Contains(text, n) || strings.Contains(text, calledIn(n))) {
			at := max(strings.Index(text, n), strings.Index(text, calledIn(n)))
			return fmt.Errorf("reads of case %s, which is %s: …%s…", n, f.Access, text[max(0, at-300):min(len(text), at+300)])
		}
	}
	for secret, at := range h.words {
		if strings.Contains(text, secret) && !h.mayReadPaper(p, secret, at) {
			return fmt.Errorf("reads %s, of paper %d in case %s", secret, at.serial, at.number)
		}
	}
	return nil
}

// mayReadPaper says whether the table lets somebody read a paper now, or something about it was delivered to a box that is the person's to read.
func (h *haunting) mayReadPaper(p person, secret string, at word) bool {
	f := h.file(at.number)
	d, err := h.Registry().Paper(h.t.Context(), "SCT", at.number, at.serial)
	sealed := errors.Is(err, icms.ErrNotFound)
	if !sealed {
		require.NoError(h.t, err)
	}
	state := map[icms.CaseAccess]access.State{icms.CaseOpen: access.Open, icms.CaseRestricted: access.Restricted, icms.CaseSealed: access.Sealed}[f.Access]
	if !sealed && d.State == icms.DocumentRefused {
		if state = access.Withheld; d.By.Organisation == p.member {
			state = access.Own
		}
	}
	return h.may(p, f, access.ReadDocument, access.Document, state) || h.may(p, f, access.InspectDocument, access.Document, state) || f.Access != icms.CaseSealed && h.delivered(p, secret, at)
}

// delivered says whether a message with the word is in the person's box, in a case that it sees.
func (h *haunting) delivered(p person, secret string, at word) bool {
	if p.member == "" || !h.sees(p, at.number) {
		return false
	}
	all, _, err := h.Messages().Inbox(h.t.Context(), p.member, "", 1000)
	require.NoError(h.t, err)
	return slices.ContainsFunc(all, func(m icms.Message) bool {
		text, err := shown(m, nil)
		require.NoError(h.t, err)
		return m.About == at.number && strings.Contains(text, secret)
	})
}

func (h *haunting) may(p person, f icms.CaseFile, a access.Action, k access.Kind, s access.State) bool {
	roles := slices.Clone(p.roles)
	for _, party := range f.Parties {
		if p.member != "" && h.sees(p, f.Number) {
			if party.Member == p.member {
				roles = append(roles, access.Party)
			}
			if slices.Contains(party.Representatives, p.member) {
				roles = append(roles, access.Representative)
			}
		}
	}
	return h.table.Allows(roles, a, k, s).Allowed
}

// sees says whether the person's own house lets it see a case.
func (h *haunting) sees(p person, n string) bool {
	h.t.Helper()
	if strings.HasSuffix(p.name, "-pa") {
		return false
	}
	l, err := h.Members().Link(h.t.Context(), p.member, "SCT", n)
	require.NoError(h.t, err)
	return !l.Made() || slices.Contains(l.Users, p.name)
}

// file reads a case as the court has it.
func (h *haunting) file(n string) icms.CaseFile {
	h.t.Helper()
	f, err := h.as("judge").Case(h.t.Context(), "SCT", n)
	require.NoError(h.t, err)
	return f
}
