package filing

import (
	"encoding/json"
	"slices"

	"courts.example/eservices/icms/law"
)

// findingJSON is a finding on the wire. The text is there for whoever reads the file without this library.
type findingJSON struct {
	Code      Code              `json:"code"`
	Severity  Severity          `json:"severity"`
	Path      Path              `json:"path,omitzero"`
	Provision *law.Provision    `json:"provision,omitempty"`
	Text      law.Text          `json:"text"`
	Values    map[string]string `json:"values,omitempty"`
}

// MarshalJSON writes {code, severity, path, provision, text, values}: the sentence filled in, in every language. The same
// finding always gives the same bytes.
func (f Finding) MarshalJSON() ([]byte, error) {
	j := findingJSON{Code: f.Code, Severity: f.Severity, Path: f.Path, Text: f.Text()}
	if !f.Provision.IsZero() {
		j.Provision = &f.Provision
	}
	if len(f.Values) > 0 {
		j.Values = make(map[string]string, len(f.Values))
		for _, v := range f.Values {
			j.Values[v.Name] = v.String()
		}
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON wrote; writing it again gives the same bytes, whatever the catalogue says by then.
func (f *Finding) UnmarshalJSON(b []byte) error {
	var j findingJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	out := Finding{Code: j.Code, Severity: j.Severity, Path: j.Path, entry: &Entry{Code: j.Code, Severity: j.Severity, Text: j.Text}, filled: true}
	if j.Provision != nil {
		out.Provision = *j.Provision
	}
	names := make([]string, 0, len(j.Values))
	for name := range j.Values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		out.Values = append(out.Values, law.V(name, j.Values[name]))
	}
	*f = out
	return nil
}
