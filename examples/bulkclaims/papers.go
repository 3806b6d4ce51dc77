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
