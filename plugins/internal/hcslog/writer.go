package hcslog

import (
	"bytes"
	"io"
)

// Writer takes what comes in pieces, for one writer at a time, and logs whole lines.
func (s *Sink) Writer(from string) io.Writer { return &writer{sink: s, from: from} }

type writer struct {
	sink *Sink
	from string
	line []byte
	// cutting says that the rest of a line that was too long is skipped.
	cutting bool
}

func (w *writer) Write(b []byte) (int, error) {
	n := len(b)
	for len(b) > 0 {
		piece, rest, ended := bytes.Cut(b, []byte("\n"))
		b = rest
		if !w.cutting {
			room := maxLine - len(w.line)
			w.line = append(w.line, piece[:min(len(piece), room)]...)
			if ended || len(piece) >= room {
				w.sink.take(w.line, w.from, !ended || len(piece) > room)
				w.line = w.line[:0]
				w.cutting = true
			}
		}
		w.cutting = w.cutting && !ended
	}
	return n, nil
}
