package conformance

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"courts.example/eservices/plugins/host"
)

// width is how wide a printed report is.
const width = 120

// blockers are the rules without which money can be taken twice, lost or believed wrongly: a report names those that were not checked.
func blockers() []string {
	return []string{
		"C1", "C2", "C3", "C4", "C5", "C6", "C7", "D1", "D2", "D4", "D5", "D7", "D8", "D10", "D12", "E3", "E4", "H3", "H4", "H5",
		"I2", "I3", "I4", "I5", "I6", "K1",
	}
}

// Unproven lists the rules of a gateway without which money can be taken twice, lost or believed wrongly, that were not checked. It stands in the
// report as JSON beside the verdict, which does not look at it.
func (r Report) Unproven() []string {
	if r.Plugin.Kind != string(host.Gateway) {
		return []string{}
	}
	return slices.DeleteFunc(r.IDs(NotChecked), func(id string) bool { return !slices.Contains(blockers(), id) })
}

// String prints the report for people: what did not pass, what was not checked and why, and what an operator pins.
func (r Report) String() string {
	var b strings.Builder
	r.list(&b, "FAILED", Failed)
	r.list(&b, "NOT CHECKED: a machine can't, or the sandbox does not supply what it takes", NotChecked)
	r.list(&b, "SKIPPED: the plugin declares that it has no such thing", Skipped)
	verdict := "NOT CERTIFIED"
	if r.Certified {
		verdict = "CERTIFIED"
	}
	p := r.Plugin
	fmt.Fprintf(&b, "%s: %s %s %s by suite %s, protocol %d, on %s, %s\n", verdict, p.Kind, p.Name, p.Version, r.Suite, r.Protocol, r.System,
		r.Date.Format("2006-01-02T15:04:05Z07:00"))
	fmt.Fprintf(&b, "%d passed, %d failed, %d skipped, %d not checked\n", r.Counts[Passed], r.Counts[Failed], r.Counts[Skipped], r.Counts[NotChecked])
	if open := r.Unproven(); len(open) > 0 {
		fmt.Fprintf(&b, "Without these money can be taken twice, lost or believed wrongly, and they were not checked: %s\n", strings.Join(open, " "))
	}
	if r.Certified {
		fmt.Fprintf(&b, "Pin it in the manifest:\n  %s\n", p.pin())
	}
	return b.String()
}

// pin is the plugin as it stands in a manifest; the path is the operator's.
func (p Plugin) pin() string {
	text, err := json.Marshal(struct {
		Name        string       `json:"name"`
		Kind        string       `json:"kind"`
		Version     string       `json:"version"`
		Path        string       `json:"path"`
		SHA256      string       `json:"sha256"`
		Interpreter *Interpreter `json:"interpreter,omitempty"`
		Entry       string       `json:"entry,omitempty"`
		Args        []string     `json:"args,omitempty"`
	}{p.Name, p.Kind, p.Version, "...", p.SHA256, p.Interpreter, p.Entry, p.Args})
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// list prints the rules of a status, those together that share a reason.
func (r Report) list(b *strings.Builder, title string, s Status) {
	var reasons []string
	under := map[string][]Result{}
	for _, result := range r.Results {
		if result.Status != s {
			continue
		}
		if under[result.Reason] == nil {
			reasons = append(reasons, result.Reason)
		}
		under[result.Reason] = append(under[result.Reason], result)
	}
	if len(reasons) == 0 {
		return
	}
	fmt.Fprintf(b, "%s\n", title)
	for _, reason := range reasons {
		if reason != "" {
			fmt.Fprintf(b, "  %s:\n", reason)
		}
		for _, result := range under[reason] {
			fmt.Fprintf(b, "    %-4s %s\n", result.ID, result.Rule)
			for _, text := range result.Failures {
				fmt.Fprintf(b, "         %s\n", strings.ReplaceAll(text, "\n", "\n         "))
			}
		}
	}
	b.WriteByte('\n')
}

// Line prints a result in one line, for progress.
func (r Result) Line() string {
	text := r.Rule
	if len(r.Failures) > 0 {
		text = r.Failures[0]
	} else if r.Reason != "" {
		text = r.Reason
	}
	line := fmt.Sprintf("%-11s %-4s %s", r.Status, r.ID, strings.SplitN(text, "\n", 2)[0])
	if runes := []rune(line); len(runes) > width {
		line = string(runes[:width-3]) + "..."
	}
	return line
}
