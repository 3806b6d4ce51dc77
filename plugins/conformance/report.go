package conformance

import (
	"encoding/json"
	"time"

	"courts.example/eservices/payment"
)

// Suite is the version of this suite: a report of another version may have asked for other rules.
const Suite = "1.0.0"

// Result is what became of one rule.
type Result struct {
	// ID names the rule for ever ("C3", "unique/taken"), Rule says it in words.
	ID     string `json:"id"`
	Rule   string `json:"rule"`
	Status Status `json:"status"`
	// Reason says why it was skipped or not checked, Failures what was wrong.
	Reason   string   `json:"reason,omitempty"`
	Failures []string `json:"failures,omitempty"`
	Took     Took     `json:"took"`

	explained string
}

// Took is a duration that is written in milliseconds: "12.3ms".
type Took time.Duration

// MarshalText implements encoding.TextMarshaler.
func (d Took) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Took) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	*d = Took(v)
	return err
}

// String implements fmt.Stringer.
func (d Took) String() string { return time.Duration(d).Round(100 * time.Microsecond).String() }

// Report is what became of a plugin. A provider publishes it, and an operator pins the digest that it names.
type Report struct {
	// Certified says that a rule was checked and none failed; Unproven says what it leaves open.
	Certified bool      `json:"certified"`
	Date      time.Time `json:"date"`
	// Suite and Protocol are the versions of the suite and of the contract on the wire.
	Suite    string `json:"suite"`
	Protocol int    `json:"protocol"`
	System   string `json:"system"`
	Plugin   Plugin `json:"plugin"`
	// Sandbox is the kind of sandbox that the semantics were checked with.
	Sandbox string `json:"sandbox,omitempty"`
	Seed    uint64 `json:"seed"`
	// Capabilities are those that a gateway declares, Hooks those of a court.
	Capabilities *payment.Capabilities `json:"capabilities,omitempty"`
	Hooks        []string              `json:"hooks,omitempty"`
	Counts       map[Status]int        `json:"counts"`
	Results      []Result              `json:"results"`
}

// Plugin is what was certified, in the words of a host's manifest.
type Plugin struct {
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Version string `json:"version"`
	SDK     string `json:"sdk,omitempty"`
	// SHA256 is the digest that a manifest pins (package host, Digest).
	SHA256      string       `json:"sha256"`
	Interpreter *Interpreter `json:"interpreter,omitempty"`
	Entry       string       `json:"entry,omitempty"`
	Args        []string     `json:"args,omitempty"`
}

// Interpreter is the program that ran a script.
type Interpreter struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// MarshalJSON implements json.Marshaler: the fields, and as "unproven" what [Report.Unproven] lists, so that who reads the verdict by a program does
// not miss what it leaves open. Reading a report back works it out again from the results.
func (r Report) MarshalJSON() ([]byte, error) {
	type fields Report
	return json.Marshal(struct {
		Certified bool     `json:"certified"`
		Unproven  []string `json:"unproven"`
		fields
	}{r.Certified, r.Unproven(), fields(r)})
}

// IDs lists the rules of a status.
func (r Report) IDs(s Status) []string {
	ids := []string{}
	for _, result := range r.Results {
		if result.Status == s {
			ids = append(ids, result.ID)
		}
	}
	return ids
}

// seal counts and judges.
func (r *Report) seal() {
	r.Counts = map[Status]int{Passed: 0, Failed: 0, Skipped: 0, NotChecked: 0}
	for _, result := range r.Results {
		r.Counts[result.Status]++
	}
	r.Certified = r.Counts[Failed] == 0 && r.Counts[Passed] > 0
}
