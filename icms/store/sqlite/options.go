package sqlite

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Options say how a database is opened. The zero value, with a path, is right for most programs.
type Options struct {
	// Path is the database file for Open. Its folder must exist; the file is made when it does not, readable by its owner alone.
	// New has no use for it.
	Path string
	// Wait is how long a call waits for its turn to write, behind the goroutines of this process and behind other processes,
	// before it gives up with store.ErrBusy; 0 means 10 seconds. A caller's context may end the wait earlier.
	Wait time.Duration
	// Readers is the number of connections that read; 0 means 4. New has no use for it: there the embedder's pools decide.
	Readers int
	// Durability is what a commit has survived when Apply returns; the zero value is Full.
	Durability Durability
}

// Durability is how far a commit is carried before Apply returns.
type Durability int

const (
	// Full means that a commit survives the loss of power. It is the promise that store.Store makes.
	Full Durability = iota
	// Process means that a commit survives the death of the process, but that the last commits may be lost with the power (never in
	// part, and never out of order). It breaks the promise of store.Store: use it for tests and trials.
	Process
)

const (
	defaultWait    = 10 * time.Second
	defaultReaders = 4
	// writerWait is how long SQLite itself waits for a lock before it looks whether the caller still wants to.
	writerWait = 50 * time.Millisecond
)

func (o Options) check() (Options, error) {
	if o.Wait < 0 || o.Readers < 0 {
		return o, errors.New("sqlite: Options.Wait and Options.Readers can't be negative")
	}
	if o.Durability != Full && o.Durability != Process {
		return o, fmt.Errorf("sqlite: Options.Durability %d is neither Full nor Process", o.Durability)
	}
	if o.Wait == 0 {
		o.Wait = defaultWait
	}
	if o.Readers == 0 {
		o.Readers = defaultReaders
	}
	return o, nil
}

// DSN gives the data source name with which an embedder opens the file at Options.Path with the driver "sqlite" of
// modernc.org/sqlite, so that every connection of the pool is set as this package needs it: write-ahead log, the chosen durability,
// transactions that take the write lock when they begin.
func DSN(o Options) (string, error) {
	o, err := o.check()
	if err != nil {
		return "", err
	}
	return o.dsn(o.Wait)
}

func (o Options) dsn(busy time.Duration, more ...string) (string, error) {
	if o.Path == "" {
		return "", errors.New("sqlite: Options.Path is empty: name the database file")
	}
	path, err := filepath.Abs(o.Path)
	if err != nil {
		return "", fmt.Errorf("sqlite: %w", err)
	}
	if path = filepath.ToSlash(path); !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	synchronous := "synchronous(FULL)"
	if o.Durability == Process {
		synchronous = "synchronous(NORMAL)"
	}
	pragmas := append([]string{
		"busy_timeout(" + strconv.FormatInt(busy.Milliseconds(), 10) + ")",
		"foreign_keys(1)",
		"journal_mode(WAL)",
		"journal_size_limit(67108864)",
		synchronous,
		"temp_store(MEMORY)",
	}, more...)
	u := url.URL{Scheme: "file", Path: path, RawQuery: url.Values{"_pragma": pragmas, "_txlock": {"immediate"}}.Encode()}
	return u.String(), nil
}
