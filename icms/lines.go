package icms

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/blob"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
)

// line is one claim as it was checked and priced. The lines of a batch are a blob of two JSON values for each claim, a line each, in
// the order of the file: this head, then the claim itself. Every step after acceptance reads them and not the file, so that a
// reader of files that changes can't change what was accepted; and the claim is carried on as it is, without being parsed again.
type line struct {
	Line int `json:"line"`
	// Refused says that the claim was left out; Findings say why, and warn about claims that were filed.
	Refused  bool            `json:"refused,omitempty"`
	Findings json.RawMessage `json:"findings,omitempty"`
	// Fee is what the claim costs, Keys the names under which it can't be filed again, Names those of its defendants.
	Fee    money.Amount      `json:"fee,omitzero"`
	Keys   [2]string         `json:"keys"`
	Names  []string          `json:"names,omitempty"`
	Papers []filing.Document `json:"documents,omitempty"`
	// Claim is the claim's own JSON, valid until the next line is read.
	Claim []byte `json:"-"`
}

// lineWriter stages the lines of a batch while they are checked.
type lineWriter struct {
	pipe    *io.PipeWriter
	buf     *bufio.Writer
	staged  chan stagedLines
	encoder *json.Encoder
}

type stagedLines struct {
	blob blob.Staged
	err  error
}

// writeLines begins to stage; finish or abandon must be called.
func (s *Service) writeLines(ctx context.Context) *lineWriter {
	r, w := io.Pipe()
	lw := &lineWriter{pipe: w, buf: bufio.NewWriterSize(w, 1<<16), staged: make(chan stagedLines, 1)}
	lw.encoder = json.NewEncoder(lw.buf)
	lw.encoder.SetEscapeHTML(false)
	go func() {
		b, err := s.blobs.Stage(ctx, r, 0)
		r.CloseWithError(err)
		lw.staged <- stagedLines{b, err}
	}()
	return lw
}

func (w *lineWriter) write(l *line, claim *filing.Claim) error {
	if err := w.encoder.Encode(l); err != nil {
		return err
	}
	return w.encoder.Encode(claim)
}

// finish gives the staged blob, not kept yet.
func (w *lineWriter) finish() (blob.Staged, error) {
	err := w.buf.Flush()
	w.pipe.CloseWithError(err)
	out := <-w.staged
	if out.err != nil {
		return nil, fmt.Errorf("icms: keeping the claims: %w", out.err)
	}
	return out.blob, nil
}

// abandon ends the staging and leaves nothing.
func (w *lineWriter) abandon() {
	w.pipe.CloseWithError(io.ErrUnexpectedEOF)
	if out := <-w.staged; out.blob != nil {
		out.blob.Drop()
	}
}

// readLines streams the lines of a kept batch. A line given is overwritten by the next one.
func readLines(r io.Reader) iter.Seq2[*line, error] {
	return func(yield func(*line, error) bool) {
		in := bufio.NewReaderSize(r, 1<<16)
		var head, claim []byte
		for {
			var err error
			if head, err = readLine(in, head[:0]); err == io.EOF && len(head) == 0 {
				return
			}
			l := new(line)
			if err == nil {
				err = json.Unmarshal(head, l)
			}
			if err == nil {
				claim, err = readLine(in, claim[:0])
				l.Claim = claim
			}
			if err != nil {
				yield(nil, fmt.Errorf("icms: the kept claims: %w: %w", store.ErrCorrupt, err))
				return
			}
			if !yield(l, nil) {
				return
			}
		}
	}
}

// readLine appends a line without its end to b. A last line without an end is io.EOF, whatever it holds.
func readLine(in *bufio.Reader, b []byte) ([]byte, error) {
	for {
		part, err := in.ReadSlice('\n')
		b = append(b, part...)
		if err == nil {
			return b[:len(b)-1], nil
		}
		if err != bufio.ErrBufferFull {
			return b, err
		}
	}
}

// openLines opens the lines of a kept batch.
func (s *Service) openLines(ctx context.Context, hash string) (blob.File, error) {
	f, err := s.blobs.Open(ctx, hash)
	if err != nil {
		return nil, fmt.Errorf("icms: the kept claims %.12s: %w", hash, err)
	}
	return f, nil
}

// Line is the answer for one claim of a kept batch.
type Line struct {
	// Line is the row in the file, Claim what it said.
	Line  int
	Claim filing.Claim
	// Number is the case number, empty until the batch is registered and for refused claims.
	Number  string
	Refused bool
	Fee     money.Amount
	// Findings say why a claim was refused, or warn.
	Findings []filing.Finding
}

// Lines streams the answers claim by claim, in the order of the file.
func (r Registry) Lines(ctx context.Context, batch string) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		s := r.s
		rec, err := s.store.Get(ctx, kindBatch, batch)
		if err != nil {
			yield(Line{}, notFound(err, "batch %s", batch))
			return
		}
		b, err := readBatch(rec)
		if err != nil {
			yield(Line{}, err)
			return
		}
		d, err := s.court(b.Court)
		if err != nil {
			yield(Line{}, err)
			return
		}
		f, err := s.openLines(ctx, b.Lines)
		if err != nil {
			yield(Line{}, err)
			return
		}
		defer f.Close()
		place := b.First
		for l, err := range readLines(io.NewSectionReader(f, 0, f.Size())) {
			if err != nil {
				yield(Line{}, err)
				return
			}
			out, err := l.answer()
			if err == nil && !l.Refused && b.State == Registered {
				out.Number = d.court.Numbers.Number(b.Year, place)
				place++
			}
			if !yield(out, err) || err != nil {
				return
			}
		}
	}
}

func (l *line) answer() (Line, error) {
	out := Line{Line: l.Line, Refused: l.Refused, Fee: l.Fee}
	if err := json.Unmarshal(l.Claim, &out.Claim); err != nil {
		return out, fmt.Errorf("icms: line %d: %w: %w", l.Line, store.ErrCorrupt, err)
	}
	if len(l.Findings) > 0 {
		if err := json.Unmarshal(l.Findings, &out.Findings); err != nil {
			return out, fmt.Errorf("icms: line %d: %w: %w", l.Line, store.ErrCorrupt, err)
		}
	}
	return out, nil
}
