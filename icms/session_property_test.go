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

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

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
		h := &haunting{town: fresh(), rt: rt, table: table, words: map[string]word{}}
		for n := 2; n <= 5; n++ {
			h.words[mark(n, icmshk.Defence)], h.words[mark(n, icmshk.Evidence)] = word{number(n), defenceSerial}, word{number(n), refusedSerial}
		}
		for range rapid.IntRange(20, 60).Draw(rt, "steps") {
			h.step()
		}
		h.proven()
		require.NoError(h.t, h.close())
	})
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
	read, err := h.read(h.as(who), n)
	if err != nil {
		read += err.Error()
		read = strings.ReplaceAll(read, n, "it") // the number that was asked for
	}
	h.allowed(who, read)
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

// read looks at something, and gives all that was to be seen as text.
func (h *haunting) read(x *icms.Session, n string) (string, error) {
	ctx := h.t.Context()
	serial := rapid.IntRange(1, 8).Draw(h.rt, "serial")
	switch rapid.IntRange(0, 16).Draw(h.rt, "read") {
	case 0:
		return shown(x.Case(ctx, "SCT", n))
	case 1:
		all, _, err := x.Cases(ctx, "", 100)
		return shown(all, err)
	case 2, 12, 13:
		all, _, err := x.Papers(ctx, "SCT", n, "", 100)
		return shown(all, err)
	case 3:
		return shown(x.Paper(ctx, "SCT", n, serial))
	case 4, 14:
		return files(h.t.Context(), x, n)
	case 5:
		all, _, err := x.Inbox(ctx, "", 1000)
		return shown(all, err)
	case 6:
		return h.open(x)
	case 7:
		return streamed(x.BatchLines(ctx, h.batch))
	case 8:
		return streamed(x.Register(ctx, icms.RegisterQuery{Court: "SCT", Year: 2026}))
	case 9:
		all, _, err := x.CauseBookDay(ctx, "SCT", civilDate("2026-02-27"), "", 100)
		return shown(all, err)
	case 10:
		return shown(x.CauseBookEntry(ctx, "SCT", n))
	case 15:
		all, _, err := x.Results(ctx, h.own(x, n), "", 100)
		return shown(all, err)
	case 16:
		return h.inspect(x, n)
	default:
		return shown(x.Deliveries(ctx, "SCT", n, serial))
	}
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

// open opens any message there is, whoever it was sent to.
func (h *haunting) open(x *icms.Session) (string, error) {
	to := rapid.SampledFrom([]string{"dora", "ivan", "firm", "sample-utilities"}).Draw(h.rt, "box")
	all, _, err := h.Messages().Inbox(h.t.Context(), to, "", 1000)
	require.NoError(h.t, err)
	ids := []string{h.told, h.sealed}
	for _, m := range all {
		ids = append(ids, m.ID)
	}
	id := rapid.SampledFrom(ids).Draw(h.rt, "message")
	m, err := shown(x.OpenMessage(h.t.Context(), id))
	if err != nil {
		return "", errors.New(strings.ReplaceAll(err.Error(), id, "it")) // the id that was asked for
	}
	d, err := shown(x.MessagePaper(h.t.Context(), id))
	if errors.Is(err, icms.ErrNotFound) { // it brings none
		err = nil
	}
	return m + d, err
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

// allowed holds what somebody read against the table.
func (h *haunting) allowed(who, text string) {
	h.t.Helper()
	people := townspeople()
	p := people[slices.IndexFunc(people, func(p person) bool { return p.name == who })]
	for _, n := range haunted {
		f := h.file(n)
		if f.Access == icms.CaseSealed && !h.may(p, f, access.ReadCase, access.Case, access.Sealed) {
			require.NotContains(h.t, text, n, "%s reads of a sealed case", who)
		}
	}
	for secret, at := range h.words {
		if strings.Contains(text, secret) {
			require.True(h.t, h.mayReadPaper(p, secret, at), "%s reads %s, of paper %d in case %s", who, secret, at.serial, at.number)
		}
	}
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
