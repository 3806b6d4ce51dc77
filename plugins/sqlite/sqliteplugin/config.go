package sqliteplugin

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"courts.example/eservices/icms/store/sqlite"
	"courts.example/eservices/plugins/sdk"
)

// configSchema is the JSON Schema of the configuration.
const configSchema = `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "properties": {
    "path": {"type": "string", "description": "the database file, from the root; its folder exists"},
    "wait": {"type": "string", "description": "how long a call waits for others: 10s", "default": "10s"},
    "durability": {"enum": ["full", "process"], "default": "full"}
  },
  "required": ["path"],
  "additionalProperties": false
}`

// parse reads a configuration. Its error is sdk.Problems with everything that is wrong.
func parse(config []byte) (sqlite.Options, error) {
	var o sqlite.Options
	var p sdk.Problems
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(config, &fields); err != nil || fields == nil {
		p.Add("", `is no JSON object: write {"path": "/var/lib/court/records.db"}`)
		return o, p
	}
	text := func(name string, read func(value string) string) {
		raw, said := fields[name]
		delete(fields, name)
		if !said {
			return
		}
		var value *string
		if err := json.Unmarshal(raw, &value); err != nil || value == nil {
			p.Add("/"+name, "is no text")
			return
		}
		if problem := read(*value); problem != "" {
			p.Add("/"+name, "%s", problem)
		}
	}
	if _, said := fields["path"]; !said {
		p.Add("/path", "is missing: name the database file")
	}
	text("path", func(v string) string { o.Path = v; return pathProblem(v) })
	text("wait", func(v string) string { return waitProblem(v, &o.Wait) })
	text("durability", func(v string) string { return durabilityProblem(v, &o.Durability) })
	unknown := make([]string, 0, len(fields))
	for name := range fields {
		unknown = append(unknown, name)
	}
	slices.Sort(unknown)
	for _, name := range unknown {
		p.Add("/"+pointer(name), "is not known: path, wait and durability are")
	}
	return o, p.Err()
}

// pointer writes a name for a JSON pointer.
func pointer(name string) string {
	b := bytes.ReplaceAll([]byte(name), []byte("~"), []byte("~0"))
	return string(bytes.ReplaceAll(b, []byte("/"), []byte("~1")))
}

func pathProblem(path string) string {
	if !filepath.IsAbs(path) {
		return "does not begin at the root of the file system: the folder that a plugin runs in is the host's choice"
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return "is a folder: name the file in it"
	}
	info, err := os.Stat(filepath.Dir(path))
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir():
		return "is in a folder that does not exist: make it, for this plugin's user alone"
	case err != nil:
		return "is in a folder that can't be looked at: " + err.Error()
	}
	return ""
}

func waitProblem(text string, to *time.Duration) string {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return `is no time above 0: write "10s"`
	}
	*to = d
	return ""
}

func durabilityProblem(text string, to *sqlite.Durability) string {
	switch text {
	case "full":
		*to = sqlite.Full
	case "process":
		*to = sqlite.Process
	default:
		return `is neither "full" nor "process"`
	}
	return ""
}
