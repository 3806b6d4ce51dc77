package pdf

import (
	"fmt"
	"io"
)

// windowBytes is how much is read at a time at a place that was jumped to. Small, for pages stand apart.
const windowBytes = 1 << 10

// source is what a lexer reads: the file through a window, or an unpacked stream that is there as a whole.
type source struct {
	in     *inspection
	reader io.ReaderAt // nil for an unpacked stream
	size   int64
	base   int64 // where buf stands
	buf    []byte
	store  []byte
}

// at gives a byte; false at the end and after anything fatal.
func (s *source) at(pos int64) (byte, bool) {
	if i := pos - s.base; i >= 0 && i < int64(len(s.buf)) {
		return s.buf[i], true
	}
	if s.reader == nil || pos < 0 || pos >= s.size || s.in.fatal != nil {
		return 0, false
	}
	if s.store == nil {
		s.store = make([]byte, windowBytes)
	}
	s.base, s.buf = pos, s.store[:min(windowBytes, s.size-pos)]
	if s.in.read(s.buf, pos) != nil {
		s.buf = nil
		return 0, false
	}
	return s.buf[0], true
}

// read fills buf from the file.
func (in *inspection) read(buf []byte, at int64) error {
	if in.fatal != nil {
		return in.fatal
	}
	if err := in.ctx.Err(); err != nil {
		in.fatal = err
		return err
	}
	if err := in.spend(int64(len(buf))); err != nil {
		return err
	}
	n, err := in.file.reader.ReadAt(buf, at)
	if n == len(buf) {
		return nil
	}
	if err == nil || err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	in.fatal = fmt.Errorf("pdf: reading %d bytes at %d of %d: %w", len(buf), at, in.file.size, err)
	return in.fatal
}

// spend takes from the work that the file may cost.
func (in *inspection) spend(n int64) error {
	if in.left -= n; in.left < 0 {
		return in.bound("work", workBase+workPerByte*in.file.size+workPerInside*in.unpacked)
	}
	return in.fatal
}

// fileReader reads the file from a place to its end, in order.
type fileReader struct {
	in *inspection
	at int64
}

func (r *fileReader) Read(p []byte) (int, error) {
	p = p[:min(int64(len(p)), r.in.file.size-r.at)]
	if len(p) == 0 {
		return 0, io.EOF
	}
	if err := r.in.read(p, r.at); err != nil {
		return 0, err
	}
	r.at += int64(len(p))
	return len(p), nil
}
