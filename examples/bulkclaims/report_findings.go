package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// mostFindings is the number of findings shown; all of them are in the result file.
const mostFindings = 100

// findings lists what is wrong, in both languages: first what is wrong with the batch as a whole, then row by row.
func (r *report) findings(all []filing.Finding) {
	if len(all) == 0 {
		r.line("Findings", "none")
		return
	}
	refusals := 0
	for i := range all {
		if all[i].Severity == filing.Refusal {
			refusals++
		}
	}
	r.line("Findings", "%s, %s", plural(refusals, "refusal"), plural(len(all)-refusals, "warning"))
	ordered := slices.Clone(all)
	slices.SortStableFunc(ordered, func(a, b filing.Finding) int { return cmp.Compare(min(a.Path.Line, 1), min(b.Path.Line, 1)) })
	for i := range ordered[:min(len(ordered), mostFindings)] {
		r.finding(&ordered[i])
	}
	if more := len(all) - mostFindings; more > 0 {
		r.line("", "and %s more: all of them are in %s; by code there are", count(more), resultFile)
		r.codes(all)
	}
}

// codes says how often each code came, the most frequent first.
func (r *report) codes(all []filing.Finding) {
	often := map[filing.Code]int{}
	for i := range all {
		often[all[i].Code]++
	}
	codes := slices.SortedFunc(maps.Keys(often), func(a, b filing.Code) int {
		return cmp.Or(cmp.Compare(often[b], often[a]), cmp.Compare(a, b))
	})
	for _, code := range codes {
		r.line("", "%s  %s", padLeft(count(often[code]), 10), code)
	}
}

// finding shows one finding: where it is and how bad, and what it says in both languages.
func (r *report) finding(f *filing.Finding) {
	where := append(whereabouts(f.Path), f.Severity.String(), string(f.Code))
	r.line("", "%s", strings.Join(where, "  "))
	text := f.Text()
	for _, tag := range []string{law.English, law.TraditionalChinese} {
		if s := text[tag]; s != "" {
			r.line("", "    %s", s)
		}
	}
}

// whereabouts says where a finding is, as a person looks for it: the row, the claim's own reference, the column.
func whereabouts(p filing.Path) []string {
	if p.Line == 0 {
		return []string{"whole batch"}
	}
	out := []string{fmt.Sprintf("row %d", p.Line)}
	if p.Reference != "" {
		out = append(out, p.Reference)
	}
	switch {
	case p.Column != "":
		out = append(out, p.Column)
	case p.Pointer != "":
		out = append(out, p.Pointer)
	}
	return out
}
