package conformance

import (
	"encoding/json"
	"strings"
)

// filling is what stands in the place of the marks of a configuration.
type filling struct {
	url, dir string
	// secrets are in force, the newest first.
	secrets []string
}

const (
	markURL    = "{{url}}"
	markSecret = "{{secret}}"
	markDir    = "{{dir}}"
)

// fill fills in a configuration. An empty one is {}.
func fill(template json.RawMessage, f filling) ([]byte, error) {
	if len(template) == 0 {
		return []byte("{}"), nil
	}
	var v any
	if err := json.Unmarshal(template, &v); err != nil {
		return nil, err
	}
	return json.Marshal(f.value(v))
}

func (f filling) value(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			v[name] = f.value(member)
		}
	case []any:
		return f.list(v)
	case string:
		return f.text(v)
	}
	return v
}

func (f filling) text(s string) string {
	secret := ""
	if len(f.secrets) > 0 {
		secret = f.secrets[0]
	}
	return strings.NewReplacer(markURL, f.url, markSecret, secret, markDir, f.dir).Replace(s)
}

func (f filling) list(v []any) []any {
	all := []any{}
	for _, element := range v {
		if element != markSecret {
			all = append(all, f.value(element))
			continue
		}
		for _, s := range f.secrets {
			all = append(all, s)
		}
	}
	return all
}

// marked reports whether a configuration has a mark.
func marked(template json.RawMessage, mark string) bool {
	return strings.Contains(string(template), mark)
}

// rotates reports whether a configuration takes several secrets: a list has the mark as an element.
func rotates(template json.RawMessage) bool {
	one, err := fill(template, filling{secrets: []string{"-a-", "-b-"}})
	return err == nil && strings.Contains(string(one), "-b-")
}
