package tables

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"courts.example/eservices/fees"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/rollout"
	"courts.example/eservices/payment"
)

// parts gives the errors that one joins.
func parts(err error) []error {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		return many.Unwrap()
	}
	if err == nil {
		return nil
	}
	return []error{err}
}

// pointerOf turns a place such as items[0].editions[1] into a JSON pointer.
func pointerOf(place string) string {
	if place == "" {
		return ""
	}
	return "/" + strings.NewReplacer("].", "/", ".", "/", "[", "/", "]", "").Replace(place)
}

// placeOf finds in a court's own complaint the table that it is about: it begins with the name of a field of icms.Court.
func placeOf(err error, code string) (pointer, text string) {
	text = strings.TrimPrefix(err.Error(), "icms: court "+strconv.Quote(code)+": ")
	place, _, _ := strings.Cut(text, " ")
	steps := strings.Split(pointerOf(strings.TrimRight(place, ":")), "/")
	for i, s := range steps {
		if first, size := utf8.DecodeRuneInString(s); size > 0 {
			steps[i] = string(unicode.ToLower(first)) + s[size:]
		}
	}
	switch pointer = strings.Join(steps, "/"); pointer {
	case "/registry":
		pointer = "/offices"
	case "/fees":
		pointer = "/filingFee"
	}
	return pointer, text
}

// hooks proves what the court's program is to be asked.
func (b *builder) hooks() {
	n, d := b.root.member("hooks"), &b.document
	known := []string{filing.AssessHook, filing.RestrictionsHook, filing.AgentsHook}
	for i, h := range d.Hooks {
		switch {
		case !slices.Contains(known, h):
			b.fail(n.members[i], "%.40q is no hook; the hooks are %s", h, strings.Join(known, ", "))
		case slices.Contains(d.Hooks[:i], h):
			b.fail(n.members[i], "stands twice")
		}
	}
	switch assesses := slices.Contains(d.Hooks, filing.AssessHook); {
	case assesses && len(d.Codes) == 0:
		b.fail(n, "the hook %q needs codes that it may report", filing.AssessHook)
	case !assesses && len(d.Codes) > 0:
		b.fail(b.root.member("codes"), "only the hook %q reports codes: name it in hooks", filing.AssessHook)
	}
}

// policy proves the rules for claims; nil when something is wrong with them.
func (b *builder) policy(p *filing.Policy, n *node) *filing.Policy {
	if n == nil {
		return nil
	}
	p.Zone, p.Rules = cmp.Or(b.zone, time.UTC), filing.StandardRules() // a zone that is none was told before
	for _, c := range b.document.Codes {
		p.Codes = append(p.Codes, filing.Entry{Code: c.Code, Severity: c.Severity, Text: c.Text, Rule: c.Rule, Remedy: c.Remedy})
	}
	if p.Court != b.document.Code && n.member("court") != nil {
		b.fail(n.member("court"), "must be the court's code, %q", b.document.Code)
	}
	for _, err := range parts(p.Validate()) {
		var wrong *filing.PolicyError
		if !errors.As(err, &wrong) {
			b.fail(n, "%v", err)
			continue
		}
		place, _, _ := strings.Cut(wrong.Place, " (")
		from := n
		if strings.HasPrefix(place, "codes[") {
			from = b.root
		}
		if at := from.at(pointerOf(place)); b.clean(at) {
			b.fail(at, "%s", wrong.Text)
		}
	}
	if !b.clean(n) {
		return nil
	}
	return p
}

// means proves the rules of payment one by one, then together.
func (b *builder) means(n *node) []payment.MeansRule {
	list := b.document.Means
	for i := range list {
		m := n.members[i]
		if list[i].Court == "" {
			list[i].Court = b.document.Code
		} else if list[i].Court != b.document.Code {
			b.fail(m.member("court"), "a court speaks for itself alone: write %q, or nothing", b.document.Code)
		}
		if !b.clean(m) {
			continue
		}
		if _, err := payment.NewMeansPolicy(list[i]); err != nil {
			b.fail(m, "%v", err)
		}
	}
	if n != nil && b.clean(n) {
		if _, err := payment.NewMeansPolicy(list...); err != nil {
			b.fail(n, "%v", err)
		}
	}
	return list
}

// schedule loads the fees; nil when something is wrong with them.
func (b *builder) schedule(n *node) *fees.Schedule {
	if n == nil || !b.clean(n) {
		return nil
	}
	s, err := fees.Load(b.document.Fees)
	var wrong *fees.LoadError
	switch {
	case errors.As(err, &wrong):
		for _, p := range wrong.Problems {
			b.embedded(n, p.Path, p.Line, p.Text)
		}
	case err != nil:
		b.fail(n, "%v", err)
	}
	return s
}

// coverage loads the roll-out list; nil when there is none, or something is wrong with it.
func (b *builder) coverage(n *node) *rollout.Table {
	if n == nil || !b.clean(n) {
		return nil
	}
	t, err := rollout.Load(b.document.Coverage)
	var wrong *rollout.LoadError
	switch {
	case errors.As(err, &wrong):
		for _, p := range wrong.Problems {
			b.embedded(n, p.Path, p.Line, p.Text)
		}
	case err != nil:
		b.fail(n, "%v", err)
	}
	return t
}

// embedded tells a problem of a document inside this one.
func (b *builder) embedded(n *node, place string, line int, text string) {
	at := n.at(pointerOf(place))
	if len(b.problems) < maxProblems {
		b.problems = append(b.problems, Problem{at.pointer(), n.line + max(line, 1) - 1, text})
	}
}
