package host

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"courts.example/eservices/plugins/internal/wire"
)

// readConfig gives the configuration of p: the host's bytes, or those of the file as it is now, or {}. The error is a *failure that repeats
// nothing of it.
func readConfig(p Plugin) ([]byte, error) {
	data := []byte(p.Config)
	if p.ConfigFile != "" {
		var err error
		if data, err = readConfigFile(p.folder, p.ConfigFile); err != nil {
			return nil, &failure{kind: ErrConfig, cause: err, final: wrongPath(err),
				remedy: "config names a readable file beside the manifest, and no link leads out of that folder"}
		}
	}
	if data == nil {
		data = []byte("{}")
	}
	if err := checkConfig(data); err != nil {
		// Of a file, for the manifest's check has refused the host's own. It may be half written, by an editor that is replacing it.
		return nil, &failure{kind: ErrConfig, cause: err, remedy: "mend the configuration"}
	}
	return data, nil
}

func readConfigFile(folder, name string) ([]byte, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }()
	f, err := openFile(root, filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, wire.MaxConfig+1))
	if err == nil && len(data) > wire.MaxConfig {
		err = errors.New("the file is longer than a configuration may be")
	}
	return data, err
}

// minSecret is the shortest text of a configuration that is looked for in what a plugin says: shorter ones stand everywhere.
const minSecret = 8

// newCleaner gives a function that puts the name of a configuration's member in the place of its value, so that a plugin that repeats a secret in
// a log or an error does not give it away, and the operator still learns which value is meant. longest is how many bytes the longest text has that it
// looks for.
func newCleaner(config []byte) (clean func(string) string, longest int) {
	var found []secret
	d := json.NewDecoder(bytes.NewReader(config))
	d.UseNumber()
	var v any
	if d.Decode(&v) == nil {
		gather("", v, &found)
	}
	if len(found) == 0 {
		return func(s string) string { return s }, 0
	}
	// Of two that begin alike the longer one counts.
	slices.SortFunc(found, func(a, b secret) int { return cmp.Or(len(b.text)-len(a.text), strings.Compare(a.at, b.at)) })
	pairs := make([]string, 0, 2*len(found))
	for _, s := range found {
		pairs = append(pairs, s.text, "<config "+s.at+">")
	}
	return strings.NewReplacer(pairs...).Replace, len(found[0].text)
}

// secret is a text of a configuration and its JSON pointer.
type secret struct{ at, text string }

// gather lists the texts of a configuration.
func gather(at string, v any, found *[]secret) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			gather(at+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(name), member, found)
		}
	case []any:
		for i, element := range v {
			gather(fmt.Sprintf("%s/%d", at, i), element, found)
		}
	case string:
		hide(at, v, found)
	case json.Number:
		hide(at, v.String(), found)
	}
}

// hide lists a text, and each line of it: a private key stands on many, and a log has one at a time. Each is listed as it is and as it stands in
// JSON, which is also how Go quotes it.
func hide(at, text string, found *[]secret) {
	for _, s := range append([]string{text}, strings.Split(text, "\n")...) {
		if s = strings.TrimSpace(s); len(s) < minSecret {
			continue
		}
		forms := []string{s, inJSON(s, true), inJSON(s, false)}
		slices.Sort(forms)
		for _, form := range slices.Compact(forms) {
			*found = append(*found, secret{at, form})
		}
	}
}

// inJSON is a text as it stands between quotes in JSON, with & < > as they are or escaped.
func inJSON(s string, escaped bool) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(escaped)
	if e.Encode(s) != nil {
		return s
	}
	return strings.TrimSuffix(strings.TrimPrefix(b.String(), `"`), "\"\n")
}
