package hcslog

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"
)

const (
	// tailLines and tailText bound what Tail gives.
	tailLines = 6
	tailText  = 400
)

// Options say where lines go and how many.
type Options struct {
	// Logger carries the names of the plugin already.
	Logger *slog.Logger
	// Clean takes secrets out of a text. Longest is how many bytes the longest of them has.
	Clean   func(string) string
	Longest int
	// Burst lines pass at once and Rate a second after them; the others are counted and left out.
	Burst, Rate int
	// Now tells the time.
	Now func() time.Time
}

// Sink takes what one process of a plugin writes. It is safe for concurrent use.
type Sink struct {
	o       Options
	mu      sync.Mutex
	bucket  *bucket
	dropped int
	tail    []string
}

// NewSink gives a Sink.
func NewSink(o Options) *Sink {
	return &Sink{o: o, bucket: newBucket(o.Burst, o.Rate, o.Now())}
}

// Copy reads lines until the end, from "stderr" or "stdout". It never stops reading before, and holds one line at a time.
func (s *Sink) Copy(r io.Reader, from string) {
	in := bufio.NewReaderSize(r, maxLine)
	for cutting := false; ; {
		raw, err := in.ReadSlice('\n')
		if len(raw) > 0 && !cutting {
			s.take(raw, from, err == bufio.ErrBufferFull)
		}
		// A longer line is taken once, cut, and the rest of it is skipped.
		cutting = err == bufio.ErrBufferFull
		if err != nil && !cutting {
			s.gap()
			return
		}
	}
}

// Tail is what the process wrote last, without its debugging, on one line, for an error about its end.
func (s *Sink) Tail() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.tail, " | ")
}

// take logs one line, or the head of one that is too long, or counts it.
func (s *Sink) take(raw []byte, from string, head bool) {
	s.mu.Lock()
	pass := s.bucket.take(s.o.Now())
	if !pass {
		s.dropped++
	}
	s.mu.Unlock()
	if !pass {
		return
	}
	s.gap()
	text := strings.TrimSpace(string(raw))
	if text == "" {
		return
	}
	l := s.parse(text, head)
	if l.level > slog.LevelDebug {
		s.keep(l.text)
	}
	if !s.o.Logger.Enabled(context.Background(), l.level) {
		return
	}
	said := make([]any, len(l.fields))
	for i, f := range l.fields {
		said[i] = f
	}
	s.o.Logger.Log(context.Background(), l.level, l.text, slog.String("from", from), slog.Group("fields", said...))
}

func (s *Sink) parse(text string, head bool) line {
	if head {
		return parseHead(text, s.o.Clean, s.o.Longest)
	}
	return parse(text, s.o.Clean)
}

// keep remembers a line for Tail.
func (s *Sink) keep(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.tail) == tailLines {
		s.tail = append(s.tail[:0], s.tail[1:]...)
	}
	s.tail = append(s.tail, cut(text, tailText))
}

// gap says how much was left out since it last said so.
func (s *Sink) gap() {
	s.mu.Lock()
	n := s.dropped
	s.dropped = 0
	s.mu.Unlock()
	if n > 0 {
		s.o.Logger.Warn("the plugin logs too much: lines were left out", slog.Int("lines", n), slog.Int("lines_a_second", s.o.Rate))
	}
}
