package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"courts.example/eservices/filing"
	"courts.example/eservices/filing/xlsx"
)

// input is what is to be filed, open.
type input struct {
	claims filing.File
	format filing.Format
	docs   fs.FS // nil without -docs
	open   []interface{ Close() error }
}

// openInput opens the claims and the folder of documents. Close it.
func openInput(o options) (*input, error) {
	in := new(input)
	if err := in.openClaims(o.claims); err != nil {
		return nil, errors.Join(err, in.Close())
	}
	if o.docs != "" {
		root, err := os.OpenRoot(o.docs) // nothing outside the folder is read, whatever names and links say
		if err != nil {
			return nil, errors.Join(fmt.Errorf("-docs %s: %w: name a folder that can be read", o.docs, cause(err)), in.Close())
		}
		in.open, in.docs = append(in.open, root), root.FS()
	}
	return in, nil
}

func (in *input) openClaims(name string) error {
	if name == "" {
		in.claims = filing.File{Name: bundledName, Bytes: bytes.NewReader(bundled), Size: int64(len(bundled))}
		in.format = filing.CSV{}
		return nil
	}
	format, err := formatOf(name)
	if err != nil {
		return err
	}
	in.format = format
	info, err := os.Stat(name) // before opening, which waits for ever on a pipe
	if err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("-claims %s: not a file with a size: save the claims as a file and name it", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("-claims %s: %w: name a file that can be read", name, cause(err))
	}
	in.open = append(in.open, f)
	if info, err = f.Stat(); err != nil {
		return fmt.Errorf("-claims %s: %w", name, cause(err))
	}
	in.claims = filing.File{Name: filepath.Base(name), Bytes: f, Size: info.Size()}
	return nil
}

// Close closes the files.
func (in *input) Close() error {
	var errs []error
	for _, c := range in.open {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

// formatOf tells the format by the end of the file's name.
func formatOf(name string) (writable, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv":
		return filing.CSV{}, nil
	case ".jsonl":
		return filing.JSONLines{}, nil
	case ".xlsx":
		return xlsx.Format{}, nil
	}
	return nil, fmt.Errorf("-claims %s: the name must end in .csv, .xlsx or .jsonl; save the file as one of them", name)
}

// cause is the bare reason of an error of the file system, without the call and the name that our own message gives.
func cause(err error) error {
	if p, ok := err.(*fs.PathError); ok {
		return p.Err
	}
	return err
}
