package conformance

import (
	"bytes"
	"crypto/rand"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"

	"courts.example/eservices/plugins/host"
)

// Options say what is certified and how.
type Options struct {
	// Kind is what the plugin serves; required, as is Path: its program, or the folder that holds it.
	Kind host.Kind
	Path string
	// Entry is the file in the folder that is run. Interpreter is the program that runs a script: a path, or a name to be found in PATH. They
	// and Args may stand in the settings instead.
	Entry, Interpreter string
	Args               []string
	// Settings are the configuration and the sandbox; see ReadSettings.
	Settings Settings
	// Seed gives the order of the cases and is part of every reference.
	Seed uint64
	// Parallel is how many cases run beside each other; 0: 2. No rule about time is checked beside others.
	Parallel int
	// Helper is this program's command to become a helper host; see HelperHost. Without it the rule about orphans is not checked.
	Helper []string
	// Note is told each result as it comes, from one goroutine at a time; nil tells nobody.
	Note func(Result)
}

// Settings are what a provider says of its plugin: how it is run and configured, and the company that it speaks to.
type Settings struct {
	// Config is the plugin's configuration. In its texts {{url}} stands for the company's address, {{secret}} for the secret that messages are
	// signed with, {{dir}} for a folder of the case, empty at first. An element {{secret}} of a list becomes all secrets that are in force.
	Config json.RawMessage `json:"config"`
	// Sandbox is the company, for gateways.
	Sandbox Company `json:"sandbox,omitzero"`
	// Entry, Interpreter and Args are those of Options.
	Entry       string   `json:"entry,omitempty"`
	Interpreter string   `json:"interpreter,omitempty"`
	Args        []string `json:"args,omitempty"`
}

// Company is the company that a gateway speaks to when it is certified.
type Company struct {
	// Kind is "simpay" for the simulated company, which Certify runs itself; "control" for a company's own sandbox that serves simpay's control
	// API; "none" when there is no payer, so that what needs one is not checked. Empty is "none".
	Kind string `json:"kind"`
	// URL and Secret are those of the control API, Merchant is what stands for {{secret}}; for "control".
	URL      string `json:"url,omitempty"`
	Secret   string `json:"secret,omitempty"`
	Merchant string `json:"merchant,omitempty"`
	// Currencies, Means, Late and PayTwice are the terms of "simpay"; empty ones are HKD and JPY, card and wallet, no and no.
	Currencies []string `json:"currencies,omitempty"`
	Means      []string `json:"means,omitempty"`
	Late       bool     `json:"late,omitempty"`
	PayTwice   bool     `json:"payTwice,omitempty"`
}

// ErrUsage says that Certify was asked for what can't be: nothing was checked.
var ErrUsage = errors.New("conformance: could not run")

// ReadSettings reads settings from a JSON file, strictly. Its error wraps ErrUsage.
func ReadSettings(file string) (Settings, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return Settings{}, fmt.Errorf("%w: %w", ErrUsage, err)
	}
	var s Settings
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return Settings{}, fmt.Errorf("%w: %s: %w", ErrUsage, file, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Settings{}, fmt.Errorf("%w: %s: there is text after the document", ErrUsage, file)
	}
	return s, nil
}

// subject is a plugin on trial: a private copy of its program, as a host runs one.
type subject struct {
	o Options
	// copied is the copy of what was given, digest its digest; folder is where processes have theirs.
	copied, digest, folder string
	program                string
	args                   []string
	// home is where a process starts; empty: in its own folder.
	home        string
	interpreter *Interpreter
	certificate tls.Certificate
	info        info
	// word is planted where it must not be seen again; it stands nowhere by chance.
	word string
	// mark begins every secret of the run that is made here.
	mark  string
	count atomic.Uint64
	// only leaves out what a test of the suite itself does not need; nil leaves out nothing, as ever in Certify.
	only func(id string) bool
}

// newSubject copies a plugin.
func newSubject(o Options, folder string) (*subject, error) {
	s := &subject{o: o, folder: folder, word: "w" + strings.ToLower(rand.Text()), mark: "k" + rand.Text()}
	path, err := filepath.Abs(o.Path)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if s.digest, err = host.Digest(path); err != nil {
		return nil, err
	}
	if s.certificate, err = newCertificate(); err != nil {
		return nil, err
	}
	s.copied = filepath.Join(folder, filepath.Base(path))
	if info.IsDir() {
		err = s.copyFolder(path)
	} else {
		err = s.copyFile(path, info)
	}
	if err != nil {
		return nil, err
	}
	if again, err := host.Digest(s.copied); err != nil || again != s.digest {
		return nil, errors.Join(fmt.Errorf("the copy of %s differs: did it change meanwhile?", path), err)
	}
	return s, s.interpret()
}

func (s *subject) copyFolder(path string) error {
	if s.o.Entry == "" {
		return fmt.Errorf("%s is a folder: name the file in it that is run by -entry, or by entry in the settings", path)
	}
	s.program, s.home = filepath.Join(s.copied, filepath.FromSlash(s.o.Entry)), s.copied
	if err := os.CopyFS(s.copied, os.DirFS(path)); err != nil {
		return err
	}
	if _, err := os.Stat(s.program); err != nil {
		return fmt.Errorf("entry: %w", err)
	}
	return nil
}

func (s *subject) copyFile(path string, info os.FileInfo) error {
	if s.o.Entry != "" {
		return fmt.Errorf("%s is a file: leave out the entry", path)
	}
	s.program = s.copied
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	to, err := os.OpenFile(s.copied, os.O_WRONLY|os.O_CREATE|os.O_EXCL, info.Mode().Perm()&0o500|0o400)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close())
}

// interpret has the interpreter run what is a script.
func (s *subject) interpret() error {
	s.args = s.o.Args
	if s.o.Interpreter == "" {
		return nil
	}
	path, err := exec.LookPath(s.o.Interpreter)
	if err != nil {
		return fmt.Errorf("the interpreter: %w", err)
	}
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return err
	}
	sum, err := host.Digest(path)
	if err != nil {
		return err
	}
	s.interpreter = &Interpreter{Path: path, SHA256: sum}
	s.program, s.args = path, append([]string{s.program}, s.o.Args...)
	return nil
}

// place names the folder of another process; short, because sockets lie in it.
func (s *subject) place() string {
	return filepath.Join(s.folder, "p"+strconv.FormatUint(s.count.Add(1), 10))
}
