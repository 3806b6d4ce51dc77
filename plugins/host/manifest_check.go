package host

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"courts.example/eservices/plugins/internal/wire"
)

// Problem is one thing that is wrong with a manifest or a configuration.
type Problem struct {
	// Path is a JSON pointer: "/plugins/0/sha256". Text says what is wrong and what would be right.
	Path, Text string
}

// ManifestError is everything that is wrong with a manifest.
type ManifestError struct {
	// File is the manifest's, when it was read from one.
	File     string
	Problems []Problem
}

func (e *ManifestError) Error() string {
	name := "manifest of plugins"
	if e.File != "" {
		name += " " + e.File
	}
	return name + ": " + listProblems(e.Problems)
}

// listProblems puts problems in a row.
func listProblems(list []Problem) string {
	texts := make([]string, len(list))
	for i, p := range list {
		texts[i] = strings.TrimSpace(p.Path + " " + p.Text)
	}
	return strings.Join(texts, "; ")
}

var (
	nameRule    = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$`)
	versionRule = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}$`)
	envRule     = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
)

// Bounds of what a manifest may ask for.
const (
	maxTimeout = 10 * time.Minute
	// minStoreTimeout leaves time for a store to say that it is still at a change, which it does every five seconds or so.
	minStoreTimeout = 15 * time.Second
	maxConcurrency  = 4096
	maxCrashes      = 10000
	maxArgs         = 64
)

// Check says everything that is wrong, as a *ManifestError, or nil. It looks at no file.
func (m Manifest) Check() error {
	var c checker
	seen := map[string]int{}
	for i, p := range m.Plugins {
		c.at = fmt.Sprintf("/plugins/%d", i)
		c.plugin(p)
		if first, twice := seen[p.Name]; twice {
			c.wrong("name", "%q is the name of /plugins/%d already: two configurations are two names", p.Name, first)
		} else {
			seen[p.Name] = i
		}
	}
	if len(c.problems) > 0 {
		return &ManifestError{Problems: c.problems}
	}
	return nil
}

// checker gathers problems.
type checker struct {
	at       string
	problems []Problem
}

func (c *checker) wrong(field, format string, args ...any) {
	c.problems = append(c.problems, Problem{Path: c.at + "/" + field, Text: fmt.Sprintf(format, args...)})
}

func (c *checker) must(ok bool, field, format string, args ...any) {
	if !ok {
		c.wrong(field, format, args...)
	}
}

func (c *checker) plugin(p Plugin) {
	c.must(nameRule.MatchString(p.Name), "name", "%q: 1 to 40 lower-case letters, digits and hyphens", p.Name)
	c.must(p.Plugin == "" || nameRule.MatchString(p.Plugin), "plugin", "%q: 1 to 40 lower-case letters, digits and hyphens", p.Plugin)
	c.must(p.Kind == Gateway || p.Kind == Store || p.Kind == Court, "kind", "%q: gateway, store or court", p.Kind)
	c.must(versionRule.MatchString(p.Version), "version", "%q: letters, digits and . + _ -, at most 64", p.Version)
	c.must(isLocal(p.Path), "path", "%q: a path below the folder of plugins, with slashes, without ..", p.Path)
	c.must(isDigest(p.SHA256), "sha256", "%q: 64 lower-case hexadecimal digits, as Digest gives them", p.SHA256)
	c.must(p.Entry == "" || isLocal(p.Entry), "entry", "%q: a path below the plugin's own folder, with slashes, without ..", p.Entry)
	if p.Interpreter != nil {
		c.must(filepath.IsAbs(p.Interpreter.Path), "interpreter/path", "%q: an absolute path", p.Interpreter.Path)
		c.must(isDigest(p.Interpreter.SHA256), "interpreter/sha256", "%q: 64 lower-case hexadecimal digits", p.Interpreter.SHA256)
	}
	c.environment(p)
	c.configuration(p)
	c.bounds(p)
}

func (c *checker) environment(p Plugin) {
	c.must(len(p.Args) <= maxArgs, "args", "%d arguments: at most %d", len(p.Args), maxArgs)
	for i, a := range p.Args {
		c.must(!strings.ContainsRune(a, 0), fmt.Sprintf("args/%d", i), "must not contain a NUL")
	}
	for i, name := range p.Env {
		field := fmt.Sprintf("env/%d", i)
		c.must(envRule.MatchString(name), field, "%q: the name of a variable, without a value", name)
		c.must(!reserved(name), field, "%q belongs to the host and the plugin: leave it out", name)
	}
}

// reserved says whether a variable is the host's to set.
func reserved(name string) bool {
	return name == wire.CookieKey || name == "TMPDIR" || strings.HasPrefix(name, "PLUGIN_") || strings.HasPrefix(name, wire.CookieKey+"_")
}

func (c *checker) configuration(p Plugin) {
	switch {
	case p.ConfigFile == "":
	case p.Config != nil:
		c.wrong("config", "the host gives the configuration: leave out the file")
	case p.folder == "":
		c.wrong("config", "there is no folder to look for %q: read the manifest from a file", p.ConfigFile)
	default:
		c.must(isLocal(p.ConfigFile), "config", "%q: a file beside the manifest or below, with slashes, without ..", p.ConfigFile)
	}
	if p.Config != nil {
		if err := checkConfig(p.Config); err != nil {
			c.wrong("config", "%v", err)
		}
	}
}

func (c *checker) bounds(p Plugin) {
	for field, d := range map[string]Duration{"timeout": p.Timeout, "health": p.Health} {
		c.must(d >= 0 && time.Duration(d) <= maxTimeout, field, "%v: from 0 (the default) to %v", time.Duration(d), maxTimeout)
	}
	c.must(p.Kind != Store || p.Timeout <= 0 || time.Duration(p.Timeout) >= minStoreTimeout, "timeout",
		"%v: a store needs %v or more, for it says no sooner that it is still at a change", time.Duration(p.Timeout), minStoreTimeout)
	c.must(p.Kind != Store || p.Concurrency != 1, "concurrency", "1: a store needs 2 or more, for who makes a change may read meanwhile")
	c.must(p.Concurrency >= 0 && p.Concurrency <= maxConcurrency, "concurrency", "%d: from 0 (the default) to %d", p.Concurrency, maxConcurrency)
	c.must(p.Crashes >= 0 && p.Crashes <= maxCrashes, "crashes", "%d: from 0 (the default) to %d", p.Crashes, maxCrashes)
}

// isLocal says whether a slash-separated path stays where it starts, by its name.
func isLocal(p string) bool {
	return p != "" && p != "." && !strings.ContainsAny(p, "\\\x00") && path.Clean(p) == p && filepath.IsLocal(filepath.FromSlash(p))
}

func isDigest(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil && len(s) == 64 && strings.ToLower(s) == s
}

// checkConfig says what is wrong with a configuration, without repeating any of it.
func checkConfig(b []byte) error {
	var object map[string]json.RawMessage
	if len(b) > wire.MaxConfig {
		return fmt.Errorf("the configuration has %d bytes: at most %d", len(b), wire.MaxConfig)
	}
	if err := json.Unmarshal(b, &object); err != nil || object == nil {
		return errors.New("the configuration is no JSON object")
	}
	return nil
}

// checkMembers refuses text after the document and members that stand twice, of which encoding/json would silently take the last.
func checkMembers(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if err := walkMembers(d, "", 0); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is text after the document")
	}
	return nil
}

func walkMembers(d *json.Decoder, at string, depth int) error {
	t, err := d.Token()
	if err != nil {
		return fmt.Errorf("is no JSON: %w", err)
	}
	open, nested := t.(json.Delim)
	if !nested {
		return nil
	}
	if depth > 16 {
		return fmt.Errorf("%s is nested too deeply", at)
	}
	seen := map[string]bool{}
	for i := 0; d.More(); i++ {
		name := fmt.Sprint(i)
		if open == '{' {
			if name, err = member(d, seen); err != nil {
				return fmt.Errorf("%s/%s: %w", at, name, err)
			}
		}
		if err := walkMembers(d, at+"/"+name, depth+1); err != nil {
			return err
		}
	}
	if _, err = d.Token(); err != nil {
		return fmt.Errorf("is no JSON: %w", err)
	}
	return nil
}

// memberRule is how all members of a manifest are called. encoding/json would take others for them that differ in case.
var memberRule = regexp.MustCompile(`^[a-z0-9]+$`)

// member reads the name of a member, which may not have been seen, and stands as it must be written.
func member(d *json.Decoder, seen map[string]bool) (string, error) {
	t, err := d.Token()
	if err != nil {
		return "", fmt.Errorf("is no JSON: %w", err)
	}
	name, _ := t.(string)
	if !memberRule.MatchString(name) {
		return name, errors.New("is no member of a manifest: their names are lower-case letters and digits")
	}
	if seen[name] {
		return name, errors.New("stands twice")
	}
	seen[name] = true
	return name, nil
}
