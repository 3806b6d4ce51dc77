package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

// print writes to the story's reader; the first failure is kept.
func (s *story) print(format string, args ...any) {
	if _, err := fmt.Fprintf(s.out, format, args...); s.wrote == nil {
		s.wrote = err
	}
}

// chapter begins a chapter.
func (s *story) chapter(english, chinese string) {
	s.print("\n=== %s %s\n", english, chinese)
}

// on moves the clock to an instant and says so.
func (s *story) on(when, what string) {
	s.at = local(when)
	s.print("\n%s  %s\n", s.at.Format("Mon 2 Jan 2006 15:04"), what)
}

// sees prints what somebody sees, a line.
func (s *story) sees(who, format string, args ...any) {
	s.print("  %-14s %s\n", who, fmt.Sprintf(format, args...))
}

// reads prints what somebody reads in both languages.
func (s *story) reads(who, before string, text law.Text) {
	s.sees(who, "%s%s", before, text.In(law.English))
	if chinese := text[law.TraditionalChinese]; chinese != "" && chinese != text[law.English] {
		s.sees("", "%s%s", strings.Repeat(" ", len(before)), chinese)
	}
}

// refused prints a refusal of the code wanted. Anything else is an error: the story would go another way than it says.
func (s *story) refused(who, tried string, err error, code filing.Code) error {
	finding, ok := findingOf(err)
	switch {
	case err == nil:
		return fmt.Errorf("%s could do what is refused: %s", who, tried)
	case !ok || finding.Code != code:
		return fmt.Errorf("%s, %s: wanted a refusal with %s: %w", who, tried, code, err)
	}
	s.sees(who, "%s: refused, %s%s", tried, code, resting(finding.Provision))
	s.reads("", "  ", finding.Text())
	return nil
}

// findingOf is why a session refused something.
func findingOf(err error) (filing.Finding, bool) {
	if denied := (*icms.DeniedError)(nil); errors.As(err, &denied) {
		return denied.Finding, true
	}
	if refused := (*icms.RefusalError)(nil); errors.As(err, &refused) {
		return refused.Finding, true
	}
	return filing.Finding{}, false
}

// found prints the refusals among findings, and fails unless the code wanted is one.
func (s *story) found(who, tried string, findings []filing.Finding, code filing.Code) error {
	wanted := false
	for _, f := range findings {
		if f.Severity != filing.Refusal {
			continue
		}
		wanted = wanted || f.Code == code
		s.sees(who, "%s: refused, %s%s", tried, f.Code, resting(f.Provision))
		s.reads("", "  ", f.Text())
	}
	if !wanted {
		return fmt.Errorf("%s, %s: wanted the finding %s, not %v", who, tried, code, findings)
	}
	return nil
}

// resting says in brackets what an answer rests on, and how sure that is.
func resting(p law.Provision) string {
	if p.IsZero() {
		return ""
	}
	return fmt.Sprintf(" [%s, %s]", strings.TrimSpace(p.Instrument+" "+p.Section), p.Status)
}

// because prints the steps of a reason, each with what it rests on; what two offices say alike is said once.
func (s *story) because(r law.Reason) {
	said := map[string]bool{}
	for _, step := range r.Steps {
		if text := step.Text(); !said[text.In(law.English)] {
			said[text.In(law.English)] = true
			s.reads("", "  - ", text)
			if on := resting(step.Provision); on != "" {
				s.sees("", "   %s", on)
			}
		}
	}
}

// local reads a local time of Hong Kong.
func local(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, calendarhk.Zone())
	if err != nil {
		panic(err) // the texts are of this program
	}
	return t
}

// clock writes an instant as people of the court read it.
func clock(t time.Time) string { return t.In(calendarhk.Zone()).Format("Mon 2006-01-02 15:04:05") }
