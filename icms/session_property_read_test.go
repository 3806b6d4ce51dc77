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

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms"
	icmshk "courts.example/eservices/icms/hk"
)

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
