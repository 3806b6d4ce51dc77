package main

import (
	"context"
	"encoding/json"
	"io"
	"path/filepath"

	"courts.example/eservices/icms"
)

// writePapers writes the papers of a filed batch and gives their places. The acknowledgement comes last: where it lies, the others
// lie too.
func (j *job) writePapers(ctx context.Context, r icms.Result, entries []icms.Entry) ([]string, error) {
	result, err := j.writeKept(ctx, r)
	if err != nil {
		return nil, err
	}
	dir := filepath.Dir(result)
	receipt, html, ack := filepath.Join(dir, receiptFile), filepath.Join(dir, pageFile), filepath.Join(dir, ackFile)
	if err := writeFile(receipt, asJSON(r.Payment)); err != nil {
		return nil, err
	}
	p := page{
		Ack: r.Acknowledgement, Payment: r.Payment, Entries: entries, More: len(entries) < r.Accepted, ResultFile: resultFile,
	}
	if err := writeFile(html, func(w io.Writer) error { return p.write(w, j.court.Zone()) }); err != nil {
		return nil, err
	}
	if err := writeFile(ack, asJSON(r.Acknowledged)); err != nil {
		return nil, err
	}
	return []string{ack, receipt, html, result}, nil
}

// asJSON writes a value as JSON that a person can read.
func asJSON(v any) func(io.Writer) error {
	return func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(v)
	}
}

// shownCases is the number of cause-book lines shown.
const shownCases = 5

// firstCases reads the first cause-book lines of a registered batch.
func (j *job) firstCases(ctx context.Context, r icms.Result) ([]icms.Entry, error) {
	var out []icms.Entry
	for line, err := range j.Registry().Lines(ctx, r.ID) {
		if err != nil {
			return nil, err
		}
		if line.Number == "" {
			continue
		}
		entry, err := j.CauseBook().Case(ctx, j.court.Code, line.Number)
		if err != nil {
			return nil, err
		}
		if out = append(out, entry); len(out) == shownCases {
			break
		}
	}
	return out, nil
}

// folder is where the papers of a batch go.
func (j *job) folder(r icms.Result) (string, error) {
	dir := j.o.out
	if dir == "" {
		dir = filepath.Join(home, r.ID)
	}
	return dir, makeFolder("-out", dir)
}
