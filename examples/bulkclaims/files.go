package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// The files that are written into -out.
const (
	ackFile     = "acknowledgement.json"
	receiptFile = "receipt.json"
	pageFile    = "acknowledgement.html"
	resultFile  = "result.csv"
)

// makeFolder makes a folder for files that name people: its owner alone can look into it. One that exists is left as it is.
func makeFolder(flag, dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("%s %s: can't make the folder: %w: name another place", flag, dir, cause(err))
	}
	return nil
}

// writeFile writes a file as a whole or not at all: beside its place first, on the disk, and then into its place at once. An
// older file of that name is replaced.
func writeFile(path string, fill func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, cause(err))
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("writing %s: %w", path, cause(err)), os.Remove(f.Name()))
		}
	}()
	w := bufio.NewWriter(f)
	if err := fill(w); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(w.Flush(), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// writeNew is writeFile for a place where nothing may be yet, because a person may have worked on the file.
func writeNew(path string, fill func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil || !errors.Is(err, fs.ErrNotExist) {
		if err != nil {
			return fmt.Errorf("-claims %s: %w", path, cause(err))
		}
		return fmt.Errorf("-claims %s: there is such a file already; give another name, or remove it first", path)
	}
	return writeFile(path, fill)
}
