package host

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// maxManifest bounds a manifest in bytes.
const maxManifest = 1 << 20

// Manifest is an operator's list of plugins: what may run here.
type Manifest struct {
	Plugins []Plugin `json:"plugins"`
}

// Kind is what a plugin serves.
type Kind string

// The kinds of plugins.
const (
	Gateway Kind = "gateway"
	Store   Kind = "store"
	Court   Kind = "court"
)

// Plugin is what an operator says of one plugin. The plugin says the same of itself, or it is not used.
type Plugin struct {
	// Name is the host's for this plugin with this configuration, unique in the manifest: lower-case letters, digits and hyphens. Plugin is the
	// name that the plugin gives itself; empty: Name. Version is the author's.
	Name    string `json:"name"`
	Plugin  string `json:"plugin,omitempty"`
	Kind    Kind   `json:"kind"`
	Version string `json:"version"`
	// Path is the program or its folder, below Options.Dir, with slashes. SHA256 is its digest as Digest gives it.
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	// Interpreter runs a script. Entry is the file in a folder that is run, or that the interpreter runs.
	Interpreter *Interpreter `json:"interpreter,omitempty"`
	Entry       string       `json:"entry,omitempty"`
	// Args are arguments. Anybody on the machine can read them: no secrets.
	Args []string `json:"args,omitempty"`
	// Env names variables of the host's environment that the plugin gets too. It gets no others.
	Env []string `json:"env,omitempty"`
	// ConfigFile is a JSON object in a file in the folder of the manifest, or below it, read at every start.
	ConfigFile string `json:"config,omitempty"`
	// Config is the configuration by the host itself, in the place of a file. Without both it is {}.
	Config Secret `json:"-"`
	// Timeout bounds a call and each message of a stream; 0: 30 s, and 15 s at least for a store, which says from time to time that it is still at a
	// change. Concurrency is how many run at once; 0: 64, and
	// 2 at least for a store, where whoever makes a change may read meanwhile.
	Timeout     Duration `json:"timeout,omitempty"`
	Concurrency int      `json:"concurrency,omitempty"`
	// Health is how often a running plugin is asked how it does; 0: every 10 s.
	Health Duration `json:"health,omitempty"`
	// Crashes is after how many ends within Limits.Window that nobody asked for it goes into quarantine; 0: 5.
	Crashes int `json:"crashes,omitempty"`

	// folder is where the manifest lay.
	folder string
}

// Interpreter is the program that runs a script. It belongs to the system and is not copied: the file is opened once, hashed, and on Linux run
// by that same handle; nobody but the system's administrator may be able to write it.
type Interpreter struct {
	// Path is absolute.
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// Duration is a time.Duration that is written "30s".
type Duration time.Duration

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Duration) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	if err != nil {
		return fmt.Errorf(`duration %q: write "30s" or "2m"`, b)
	}
	*d = Duration(v)
	return nil
}

// MarshalText implements encoding.TextMarshaler.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// Secret is a configuration. It shows itself nowhere.
type Secret []byte

// String, GoString and MarshalJSON show nothing.
func (s Secret) String() string { return fmt.Sprintf("(%d bytes)", len(s)) }

// GoString implements fmt.GoStringer.
func (s Secret) GoString() string { return s.String() }

// Format implements fmt.Formatter: no verb shows anything.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalJSON implements json.Marshaler.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// ReadManifest reads and checks a manifest. Files of configurations are looked for beside it. The error is a *ManifestError with everything
// that is wrong.
func ReadManifest(file string) (Manifest, error) {
	f, err := os.Open(file)
	if err != nil {
		return Manifest{}, fmt.Errorf("cannot read the manifest of plugins: %w", err)
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxManifest+1))
	if err != nil {
		return Manifest{}, fmt.Errorf("cannot read the manifest of plugins %s: %w", file, err)
	}
	folder, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return Manifest{}, fmt.Errorf("cannot find the folder of the manifest %s: %w", file, err)
	}
	m, err := ParseManifest(data, folder)
	if e := (*ManifestError)(nil); errors.As(err, &e) {
		e.File = file
	}
	return m, err
}

// ParseManifest reads and checks a manifest: strict JSON, no field that it doesn't know. folder is where files of configurations are; empty:
// there are none.
func ParseManifest(data []byte, folder string) (Manifest, error) {
	if len(data) > maxManifest {
		return Manifest{}, &ManifestError{Problems: []Problem{{Text: fmt.Sprintf("is longer than %d bytes", maxManifest)}}}
	}
	if err := checkMembers(data); err != nil {
		return Manifest{}, &ManifestError{Problems: []Problem{{Text: err.Error()}}}
	}
	var m Manifest
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return Manifest{}, &ManifestError{Problems: []Problem{{Text: err.Error()}}}
	}
	for i := range m.Plugins {
		m.Plugins[i].folder = folder
	}
	return m, m.Check()
}
