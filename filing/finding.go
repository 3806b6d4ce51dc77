package filing

import (
	"fmt"
	"strconv"
	"strings"

	"courts.example/eservices/icms/law"
)

// Code names a kind of finding in the published catalogue (CODES.md), stable for ever: "claim.amount.missing".
type Code string

// Severity says what a finding does to the claim or batch it is about.
type Severity uint8

// The severities.
const (
	// Refusal keeps the claim, or the batch, from being filed.
	Refusal Severity = iota + 1
	// Warning is shown and recorded; the claim may be filed.
	Warning
)

// String is the name in JSON: "refusal" or "warning".
func (s Severity) String() string {
	switch s {
	case Refusal:
		return "refusal"
	case Warning:
		return "warning"
	}
	return fmt.Sprintf("severity(%d)", uint8(s))
}

// MarshalText writes the name; a number that is no severity is an error.
func (s Severity) MarshalText() ([]byte, error) {
	if s != Refusal && s != Warning {
		return nil, fmt.Errorf("filing: no severity has the number %d", uint8(s))
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads the name.
func (s *Severity) UnmarshalText(b []byte) error {
	switch string(b) {
	case "refusal":
		*s = Refusal
	case "warning":
		*s = Warning
	default:
		return fmt.Errorf("filing: severity %.20q is neither refusal nor warning", b)
	}
	return nil
}

// Path says where a finding is. In a file with rows, Line and Column say it to a person; Pointer names the field of the claim
// in every kind of file. A finding about the whole batch has the zero Path.
type Path struct {
	// Line is the number of the row as a spreadsheet shows it: the row of column names is 1 in a file that starts with it.
	Line int `json:"line,omitempty"`
	// Column is the column's name as the file gives it.
	Column string `json:"column,omitempty"`
	// Pointer is the JSON pointer (RFC 6901) inside the claim: "/defendants/0/address".
	Pointer string `json:"pointer,omitempty"`
	// Reference is the claim's own reference, when it has one, so that a person finds the claim again.
	Reference string `json:"reference,omitempty"`
}

// String gives the place for people: "line 3, column amount, reference "A-1"". It is safe to print: control characters are escaped.
func (p Path) String() string {
	var parts []string
	if p.Line > 0 {
		parts = append(parts, "line "+strconv.Itoa(p.Line))
	}
	switch {
	case p.Column != "":
		parts = append(parts, "column "+Show(p.Column))
	case p.Pointer != "":
		parts = append(parts, "field "+Show(p.Pointer))
	}
	if p.Reference != "" {
		parts = append(parts, `reference "`+Show(p.Reference)+`"`)
	}
	return strings.Join(parts, ", ")
}

// Finding is something a user got wrong, or should know. Findings are not errors: checking goes on and gives all of them.
type Finding struct {
	Code      Code
	Severity  Severity
	Path      Path
	Provision law.Provision
	// Values fill the placeholders of the catalogue's text.
	Values []law.Value

	entry  *Entry // of a court's own code, or from JSON; nil is the built-in catalogue's
	filled bool   // entry came from JSON with its placeholders filled: braces in it are plain text
}

// Text is the finding as a sentence in every language of the catalogue, its placeholders filled. A code that no catalogue knows
// is its own text.
func (f Finding) Text() law.Text {
	e, ok := f.describe()
	switch {
	case !ok:
		return law.T(string(f.Code), "")
	case f.filled:
		return e.Text
	}
	return e.Text.Fill(f.Values...)
}

// Remedy says what the user can do, in every language of the catalogue; nil for a finding read back from JSON whose code the
// built-in catalogue doesn't know.
func (f Finding) Remedy() law.Text {
	if f.filled {
		e, _ := Describe(f.Code)
		return e.Remedy.Fill(f.Values...)
	}
	e, _ := f.describe()
	return e.Remedy.Fill(f.Values...)
}

func (f Finding) describe() (Entry, bool) {
	if f.entry != nil {
		return *f.entry, true
	}
	return Describe(f.Code)
}

// String is one line in English: the place, the code and what it does, the sentence and the provision.
func (f Finding) String() string {
	var b strings.Builder
	if at := f.Path.String(); at != "" {
		b.WriteString(at + ": ")
	}
	b.WriteString(string(f.Code) + " (" + f.Severity.String() + "): " + f.Text().In(law.English))
	if !f.Provision.IsZero() {
		b.WriteString(" [" + f.Provision.Cite() + ", " + f.Provision.Status.String() + "]")
	}
	return b.String()
}

// Refuses reports whether any of the findings is a Refusal.
func Refuses(findings []Finding) bool {
	for i := range findings {
		if findings[i].Severity == Refusal {
			return true
		}
	}
	return false
}
