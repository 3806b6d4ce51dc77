package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

// report writes what a clerk reads. It keeps the first error of its writer and says nothing after it.
type report struct {
	w    io.Writer
	zone *time.Location
	err  error
}

// labelWidth is the width of the left column.
const labelWidth = 17

// line writes a labelled line; further lines of the same thing have no label. What comes from a file can't steer the terminal.
func (r *report) line(label, format string, args ...any) {
	text := strings.TrimRight(pad(label, labelWidth)+visible(fmt.Sprintf(format, args...)), " ")
	if r.err == nil {
		_, r.err = fmt.Fprintln(r.w, text)
	}
}

// both gives the English and the Chinese words of a text.
func both(t law.Text) string {
	en, zh := t[law.English], t[law.TraditionalChinese]
	if en == "" || zh == "" {
		return t.In(law.English)
	}
	return en + "  " + zh
}

// batch says what is to be filed where, by whom.
func (r *report) batch(court, claimant law.Text, invented bool, file string, a icms.Result) {
	r.line("Court", "%s", both(court))
	r.line("Claimant", "%s", both(claimant))
	if invented {
		r.line("", "invented; approved for bulk claims by the data of this example only")
	}
	r.line("Claims", "%s in %s", plural(a.Claims, "claim"), file)
	if a.Refused > 0 {
		r.line("", "%s good, %s refused", count(a.Accepted), count(a.Refused))
	}
	if !a.Claimed.IsZero() {
		r.line("", "claiming %s", show(a.Claimed))
	}
	r.line("Batch", "%s", a.Reference)
}

// received shows the instant of submission and, when it is another one, the instant that counts, with the reason.
func (r *report) received(d icms.Deeming) {
	if d.Documents.Received.IsZero() {
		return
	}
	r.line("Submitted", "%s", local(d.Documents.Received, r.zone))
	switch {
	case d.Pending:
		r.line("Deemed received", "not known yet: the office is closed and its reopening is not announced")
	case d.Deemed.Equal(d.Documents.Received):
		r.line("Deemed received", "the same instant: the office is open")
		return
	default:
		r.line("Deemed received", "%s", local(d.Deemed, r.zone))
	}
	if d.Projected {
		r.line("", "as far as the holidays of that year can be foreseen")
	}
	r.reason(d.Reason)
}

// reason lists the steps.
func (r *report) reason(why law.Reason) {
	for _, s := range steps(why) {
		text := s.Text().In(law.English)
		if g := ground(s); g != "" {
			text += " (" + g + ")"
		}
		r.line("", "- %s", text)
	}
}

// steps gives the steps of a reason, each once: two offices with the same hours take the same ones.
func steps(why law.Reason) []law.Step {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(why.Steps), func(s law.Step) bool {
		text := s.Text().In(law.English)
		again := seen[text]
		seen[text] = true
		return again
	})
}

// ground is what a step rests on and how certain that is, "" for plain arithmetic.
func ground(s law.Step) string {
	if s.Provision.IsZero() {
		return ""
	}
	return s.Provision.Cite() + ", " + s.Provision.Status.String()
}

// acknowledged shows the acknowledgement.
func (r *report) acknowledged(a *icms.Acknowledgement, replayed bool) {
	if a == nil {
		return
	}
	r.line("Acknowledgement", "%s", a.Number)
	if replayed {
		r.line("", "already filed; this is the same acknowledgement")
	}
	r.line("", "%s, submitted %s", plural(a.Claims, "claim"), local(a.Received, r.zone))
	if a.Pending {
		r.line("", "received; it will count from the reopening of the office, and case numbers follow then")
	} else {
		r.line("", "deemed received %s", local(a.Deemed, r.zone))
		r.line("", "case numbers %s to %s", a.FirstCase, a.LastCase)
	}
	r.line("", "sha256 %s", a.Digest)
}

// causeBook shows the first lines of the cause book.
func (r *report) causeBook(entries []icms.Entry, claims int) {
	for i := range entries {
		e := &entries[i]
		label := ""
		if i == 0 {
			label = "Cause book"
		}
		r.line(label, "%s  %s  %s", e.Number, padLeft(show(e.Amount), 14), strings.Join(names(e), ", "))
	}
	if more := claims - len(entries); more > 0 && len(entries) > 0 {
		r.line("", "and %s more", count(more))
	}
}

// names are the defendants as the cause book calls them.
func names(e *icms.Entry) []string {
	out := make([]string, len(e.Defendants))
	for i, d := range e.Defendants {
		out[i] = strings.TrimSpace(d.Name + " " + d.Chinese)
	}
	return out
}

// files says where the files are.
func (r *report) files(paths []string) {
	for i, p := range paths {
		label := ""
		if i == 0 {
			label = "Files"
		}
		r.line(label, "%s", p)
	}
}
