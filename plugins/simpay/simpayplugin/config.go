package simpayplugin

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
	"courts.example/eservices/plugins/sdk"
)

// configSchema is the JSON Schema of the configuration.
const configSchema = `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "properties": {
    "url": {"type": "string", "description": "where the company is: http://127.0.0.1:8081"},
    "merchant": {"type": "string", "pattern": "^[a-z][a-z0-9-]{0,39}$", "default": "simpay"},
    "secrets": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 16}},
    "currencies": {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[A-Z]{3}$"}},
    "means": {"type": "array", "items": {"type": "string"}},
    "window": {"type": "string", "default": "24h"},
    "inFlight": {"type": "string", "default": "1m"},
    "sessionMin": {"type": "string", "default": "1m"},
    "sessionMax": {"type": "string", "default": "24h"},
    "authorised": {"type": "string", "default": "168h"},
    "late": {"type": "string", "default": "0s"},
    "refundWindow": {"type": "string", "default": "0s"},
    "maxRefunds": {"type": "integer", "minimum": 0, "default": 0},
    "payTwice": {"type": "boolean", "default": false}
  },
  "required": ["url", "secrets", "currencies"],
  "additionalProperties": false
}`

// parse reads a configuration. Its error is sdk.Problems with everything that is wrong, and tells no secret.
func parse(config []byte) (simpay.ClientOptions, error) {
	r := reader{}
	if err := json.Unmarshal(config, &r.fields); err != nil || r.fields == nil {
		r.problems.Add("", `is no JSON object: write {"url": "http://127.0.0.1:8081", "secrets": [...], "currencies": ["HKD"]}`)
		return simpay.ClientOptions{}, r.problems
	}
	o := simpay.ClientOptions{ID: "simpay", Clock: time.Now}
	if r.needed("url", "name the company's address") && r.read("url", &o.URL, "a text") && !isAddress(o.URL) {
		r.problems.Add("/url", "is no address such as http://127.0.0.1:8081")
	}
	if r.read("merchant", &o.ID, "a text") && !isName(o.ID) {
		r.problems.Add("/merchant", "is not 1 to 40 lower-case letters, digits and hyphens that begin with a letter")
	}
	o.Secrets = r.secrets()
	o.Terms = r.terms()
	for _, name := range slices.Sorted(maps.Keys(r.fields)) {
		r.problems.Add("/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(name), "is not known")
	}
	return o, r.problems.Err()
}

// reader takes field after field out of a configuration.
type reader struct {
	fields   map[string]json.RawMessage
	problems sdk.Problems
}

// needed reports whether a field is there, which must be.
func (r *reader) needed(name, remedy string) bool {
	_, said := r.fields[name]
	if !said {
		r.problems.Add("/"+name, "is missing: %s", remedy)
	}
	return said
}

// read takes a field, which may be absent. It reports whether the field was there and is what it must be.
func (r *reader) read(name string, into any, what string) bool {
	text, said := r.fields[name]
	delete(r.fields, name)
	if !said {
		return false
	}
	if string(text) == "null" || json.Unmarshal(text, into) != nil { // the error could repeat a secret
		r.problems.Add("/"+name, "is not %s", what)
		return false
	}
	return true
}

func (r *reader) secrets() []simpay.Secret {
	var texts []string
	if !r.needed("secrets", "give at least one, shared with the company") || !r.read("secrets", &texts, "a list of texts") {
		return nil
	}
	if len(texts) == 0 {
		r.problems.Add("/secrets", "is empty: give at least one, shared with the company")
	}
	var out []simpay.Secret
	for i, s := range texts {
		if len(s) < simpay.MinSecret {
			r.problems.Add(fmt.Sprintf("/secrets/%d", i), "has %d bytes, at least %d are needed", len(s), simpay.MinSecret)
		}
		out = append(out, simpay.Secret(s))
	}
	return out
}

func (r *reader) terms() simpay.Terms {
	var t simpay.Terms
	if r.needed("currencies", `name those that are taken: ["HKD"]`) && r.read("currencies", &t.Currencies, "a list of texts") {
		if len(t.Currencies) == 0 {
			r.problems.Add("/currencies", `is empty: name those that are taken: ["HKD"]`)
		}
		for i, c := range t.Currencies {
			if _, err := money.ParseCurrency(c); err != nil {
				r.problems.Add(fmt.Sprintf("/currencies/%d", i), "is no current ISO 4217 code in capitals")
			}
		}
	}
	r.read("means", &t.Means, "a list of texts")
	if i := slices.Index(t.Means, payment.Means("")); i >= 0 {
		r.problems.Add(fmt.Sprintf("/means/%d", i), "is empty")
	}
	for _, d := range []struct {
		name string
		to   *time.Duration
	}{
		{"window", &t.Window}, {"inFlight", &t.InFlight}, {"sessionMin", &t.SessionMin}, {"sessionMax", &t.SessionMax},
		{"authorised", &t.Authorised}, {"late", &t.Late}, {"refundWindow", &t.RefundWindow},
	} {
		var text string
		if !r.read(d.name, &text, "a text") {
			continue
		}
		v, err := time.ParseDuration(text)
		if err != nil || v < 0 {
			r.problems.Add("/"+d.name, `is no time: write "1m30s"`)
		}
		*d.to = v
	}
	if r.read("maxRefunds", &t.MaxRefunds, "a whole number") && t.MaxRefunds < 0 {
		r.problems.Add("/maxRefunds", "is negative")
	}
	r.read("payTwice", &t.PayTwice, "true or false")
	return t
}

func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil && u.RawQuery == "" && u.Fragment == ""
}

func isName(s string) bool {
	return s != "" && len(s) <= 40 && 'a' <= s[0] && s[0] <= 'z' && !strings.ContainsFunc(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-')
	})
}

// refused is what the adapter itself says against a configuration: about several fields at once.
func refused(err error) error {
	if !errors.Is(err, simpay.ErrOptions) {
		return err
	}
	return sdk.Problems{{Text: err.Error()}}
}
