package icms_test

import (
	"errors"
	"fmt"
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

// TestNoSequenceOfActionsReadsWhatTheTableDenies has several people do what they like with cases that are opened, restricted and sealed meanwhile:
// papers wait, are corrected and refused, and those of one kind the court keeps for the parties. Every paper carries a word of its own. Whatever anybody gets to read, the words and numbers in it are of papers and cases that the
// table lets this person read at that moment.
func TestNoSequenceOfActionsReadsWhatTheTableDenies(t *testing.T) {
	table, err := icmshk.Access()
	require.NoError(t, err)
	w := newTown(t)
	w.court.Inspection.Parties = []string{icmshk.Defence}
	fresh := w.copies(t)
	rapid.Check(t, func(rt *rapid.T) {
		h := haunt(fresh(), table)
		h.rt = rt
		if rapid.Bool().Draw(rt, "flooded") {
			require.NoError(h.t, h.flood(h.as("officer"), "", ""))
		}
		for range rapid.IntRange(20, 60).Draw(rt, "steps") {
			h.step()
		}
		h.proven()
		require.NoError(h.t, h.close())
	})
}

// haunt gives a town with the words of the papers that are in it.
func haunt(w *town, table *access.Table) *haunting {
	h := &haunting{town: w, table: table, kept: w.court.Inspection.Parties, words: map[string]word{}}
	for n := 2; n <= 5; n++ {
		h.words[mark(n, icmshk.Defence)], h.words[mark(n, icmshk.Evidence)] = word{number(n), defenceSerial}, word{number(n), refusedSerial}
	}
	return h
}

// TestTheWatchSeesWhatABrokenTableLetsOut opens the town with tables that allow too much, each by one row, and holds what everybody reads
// against the right one: each is caught, and the right one is not.
func TestTheWatchSeesWhatABrokenTableLetsOut(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine, many steps: left to the run of everything, without the race detector")
	}
	right, err := icmshk.Access()
	require.NoError(t, err)
	fresh := newTown(t).copies(t)
	caught := func(table *access.Table, kept ...string) error {
		w := fresh()
		defer func() { require.NoError(t, w.close()) }()
		w.open(table)
		h := haunt(w, right)
		h.kept = kept
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
	require.Error(t, caught(right, icmshk.Defence), "the court shows to searches what it should keep")
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
	// kept are the kinds of paper that are kept for the parties.
	kept  []string
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
			return
		}
		who = rapid.SampledFrom(haunters).Draw(h.rt, "who looks at what was done")
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
	{[]string{"officer"}, (*haunting).flood},
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
	{[]string{"dora", "firm-1", "firm-2"}, (*haunting).submit},
	{[]string{"dora", "firm-1", "firm-2"}, (*haunting).correct},
	{[]string{"officer"}, func(h *haunting, x *icms.Session, n, _ string) error {
		_, err := x.RefuseDocument(h.t.Context(), "SCT", n, rapid.IntRange(2, 7).Draw(h.rt, "serial"), why)
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

func (h *haunting) submit(x *icms.Session, n, secret string) error {
	return h.send(x, n, secret, rapid.SampledFrom([]string{icmshk.Defence, icmshk.Evidence}).Draw(h.rt, "kind"), 0)
}

// correct sends a correction of a paper of the case, mostly one of the last.
func (h *haunting) correct(x *icms.Session, n, secret string) error {
	all, _, err := h.Registry().Papers(h.t.Context(), "SCT", n, "", 100)
	require.NoError(h.t, err)
	old := all[max(0, len(all)-rapid.IntRange(1, 3).Draw(h.rt, "from the end"))]
	return h.send(x, n, secret, old.Kind, old.Serial)
}

func (h *haunting) send(x *icms.Session, n, secret, kind string, corrects int) error {
	in := sent(3, kind)
	in.Case, in.Corrects = n, corrects
	in.Files = fstest.MapFS{"paper.pdf": {Data: []byte(goodPDF + "% " + secret)}}
	out, err := x.Submit(h.t.Context(), in)
	h.remember(secret, n, out.Document.Serial, err)
	return err
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

// flood closes the registry now, until further notice, so that papers wait; or says that it reopened.
func (h *haunting) flood(x *icms.Session, _, _ string) error {
	notice := calendar.Closure{ID: "flood", Cause: "direction", From: hk("2026-03-02 09:00:00")}
	if rapid.Bool().Draw(h.rt, "reopened") {
		notice.Reopens = hk("2026-03-02 09:30:00")
	}
	_, err := x.AnnounceClosure(h.t.Context(), "SCT", icms.RegistryOffice, notice)
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
	never := d.State == icms.DocumentCorrected && d.Was == icms.DocumentPending // never in the file
	if !sealed && (d.State == icms.DocumentRefused || d.State == icms.DocumentPending || never) {
		if state = access.Withheld; d.By.Organisation == p.member {
			state = access.Own
		}
	}
	inspects := !slices.Contains(h.kept, d.Kind) || len(h.relations(p, f)) > 0
	return h.may(p, f, access.ReadDocument, access.Document, state) || inspects && h.may(p, f, access.InspectDocument, access.Document, state) ||
		f.Access != icms.CaseSealed && h.delivered(p, secret, at)
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
	return h.table.Allows(slices.Concat(p.roles, h.relations(p, f)), a, k, s).Allowed
}

// relations are what somebody is to a case.
func (h *haunting) relations(p person, f icms.CaseFile) []access.Role {
	var roles []access.Role
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
	return roles
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
