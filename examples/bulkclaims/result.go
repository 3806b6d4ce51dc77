package main

import (
	"context"
	"io"
	"iter"
	"maps"
	"path/filepath"
	"slices"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
)

// What became of a claim, in the result file.
const (
	statusFiled    = "filed"    // it has a case number
	statusAccepted = "accepted" // kept; its case number is not drawn yet
	statusReady    = "ready"    // checked only, nothing keeps it from being filed
	statusHeld     = "held"     // good itself, but not filed because of others in its batch
	statusRefused  = "refused"
)

// writeKept writes the result file of a batch that is kept, and gives its place.
func (j *job) writeKept(ctx context.Context, r icms.Result) (string, error) {
	return j.writeResult(r, func(yield func(filing.Outcome, error) bool) {
		for line, err := range j.Registry().Lines(ctx, r.ID) {
			if !yield(keptResult(&line), err) || err != nil {
				return
			}
		}
	})
}

func keptResult(l *icms.Line) filing.Outcome {
	out := filing.Outcome{Line: l.Line, Reference: l.Claim.Reference, CaseNumber: l.Number, Fee: l.Fee, Findings: l.Findings}
	switch {
	case l.Refused:
		out.Status = statusRefused
	case l.Number == "":
		out.Status = statusAccepted
	default:
		out.Status = statusFiled
	}
	return out
}

// writeChecked writes the result file of a batch that was checked and is not kept, and gives its place. What is to be said of the
// batch and of its header comes first.
func (j *job) writeChecked(ctx context.Context, r icms.Result) (string, error) {
	byLine := map[int][]filing.Finding{}
	for _, f := range r.Findings {
		byLine[f.Path.Line] = append(byLine[f.Path.Line], f)
	}
	return j.writeResult(r, func(yield func(filing.Outcome, error) bool) {
		last := -1
		general := func(until int) bool {
			for ; last+1 < until; last++ {
				if found := byLine[last+1]; found != nil && !yield(filing.Outcome{Line: last + 1, Status: statusOfBatch(r), Findings: found}, nil) {
					return false
				}
			}
			return true
		}
		for row, err := range j.in.format.Read(ctx, j.in.claims, filing.ReadOptions{}) {
			if err != nil {
				yield(filing.Outcome{}, err)
				return
			}
			if !general(row.Line) || !yield(checkedResult(r, &row, byLine[row.Line]), nil) {
				return
			}
			last = row.Line
		}
		general(slices.Max(append(slices.Collect(maps.Keys(byLine)), 0)) + 1)
	})
}

func checkedResult(r icms.Result, row *filing.Row, found []filing.Finding) filing.Outcome {
	out := filing.Outcome{Line: row.Line, Reference: row.Claim.Reference, Status: statusReady, Findings: found}
	switch {
	case filing.Refuses(found):
		out.Status = statusRefused
	case r.State == icms.Refused:
		out.Status = statusHeld
	}
	return out
}

func statusOfBatch(r icms.Result) string {
	if r.State == icms.Refused {
		return statusRefused
	}
	return statusReady
}

// writeResult writes results as a file that a spreadsheet opens safely.
func (j *job) writeResult(r icms.Result, results iter.Seq2[filing.Outcome, error]) (string, error) {
	dir, err := j.folder(r)
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, resultFile)
	return path, writeFile(path, func(w io.Writer) error {
		out, err := filing.NewResultWriter(w)
		if err != nil {
			return err
		}
		for result, err := range results {
			if err != nil {
				return err
			}
			if err := out.Write(result); err != nil {
				return err
			}
		}
		return out.Flush()
	})
}
