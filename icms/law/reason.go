package law

import (
	"encoding/json"
	"strings"
)

// Step is one step on the way to an answer: what was found, under which provision.
type Step struct {
	// Code names the kind of step for programs, stable across versions: "holiday", "closed", "concession".
	Code string
	// Provision is what the step rests on; the zero Provision for plain arithmetic.
	Provision Provision
	// Says is the sentence, with {name} placeholders for the values.
	Says Text
	// Values fill the placeholders; they are formatted only when the step is read.
	Values []Value

	filled bool // Says came from JSON with its placeholders filled: braces in it are plain text
}

// Text gives the sentence in every language, its placeholders filled.
func (s Step) Text() Text {
	if s.filled {
		return s.Says
	}
	return s.Says.Fill(s.Values...)
}

// Reason is the ordered list of steps that led to an answer. The nil Reason explains nothing.
type Reason struct {
	// Steps in the order in which they were taken.
	Steps []Step
	// Data names the version of the tables that were used.
	Data string
}

// Status is the weakest status among the steps that cite a provision: an answer is as certain as its weakest ground.
// A Reason that cites nothing is Unstated.
func (r Reason) Status() Status {
	weakest, found := Confirmed, false
	for i := range r.Steps {
		p := &r.Steps[i].Provision
		if p.IsZero() {
			continue
		}
		found = true
		weakest = min(weakest, p.Status)
	}
	if !found {
		return Unstated
	}
	return weakest
}

// Line gives the whole reason on one line in the given language: each sentence with its citation, joined by "; ".
func (r Reason) Line(tags ...string) string {
	var b strings.Builder
	for i := range r.Steps {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(r.Steps[i].Text().In(tags...))
		if p := r.Steps[i].Provision; !p.IsZero() {
			b.WriteString(" (" + p.Cite() + ", " + p.Status.String() + ")")
		}
	}
	return b.String()
}

// String is Line in English.
func (r Reason) String() string { return r.Line(English) }

// Append gives a reason with the steps of r followed by those of others. The data versions are joined by "+", each named once.
func (r Reason) Append(others ...Reason) Reason {
	out := Reason{Steps: append([]Step(nil), r.Steps...), Data: r.Data}
	for _, o := range others {
		out.Steps = append(out.Steps, o.Steps...)
		out.Data = joinVersions(out.Data, o.Data)
	}
	return out
}

// joinVersions adds to the versions joined in a those joined in b that it lacks.
func joinVersions(a, b string) string {
	for v := range strings.SplitSeq(b, "+") {
		switch {
		case v == "" || containsVersion(a, v):
		case a == "":
			a = v
		default:
			a += "+" + v
		}
	}
	return a
}

func containsVersion(joined, one string) bool {
	for v := range strings.SplitSeq(joined, "+") {
		if v == one {
			return true
		}
	}
	return false
}

type stepJSON struct {
	Code      string            `json:"code"`
	Provision *Provision        `json:"provision,omitempty"`
	Text      Text              `json:"text,omitempty"`
	Values    map[string]string `json:"values,omitempty"`
}

type reasonJSON struct {
	Steps []stepJSON `json:"steps"`
	Data  string     `json:"data,omitempty"`
}

// MarshalJSON writes the steps with their sentences filled in; the same reason always gives the same bytes.
func (r Reason) MarshalJSON() ([]byte, error) {
	out := reasonJSON{Steps: make([]stepJSON, len(r.Steps)), Data: r.Data}
	for i := range r.Steps {
		s := &r.Steps[i]
		j := stepJSON{Code: s.Code, Text: s.Text()}
		if !s.Provision.IsZero() {
			j.Provision = &s.Provision
		}
		if len(s.Values) > 0 {
			j.Values = make(map[string]string, len(s.Values))
			for _, v := range s.Values {
				j.Values[v.Name] = v.String()
			}
		}
		out.Steps[i] = j
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote. The sentences come back filled, so writing them again gives the same bytes.
func (r *Reason) UnmarshalJSON(b []byte) error {
	var in reasonJSON
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	out := Reason{Steps: make([]Step, len(in.Steps)), Data: in.Data}
	for i, j := range in.Steps {
		s := Step{Code: j.Code, Says: j.Text, filled: true}
		if j.Provision != nil {
			s.Provision = *j.Provision
		}
		for _, name := range sortedKeys(j.Values) {
			s.Values = append(s.Values, V(name, j.Values[name]))
		}
		out.Steps[i] = s
	}
	*r = out
	return nil
}

func sortedKeys(m map[string]string) []string {
	return Text(m).Tags()
}
