package pdf

import "bytes"

const (
	pieceBytes = 64 << 10
	carryBytes = 64 // of a piece are seen again with the next
)

// scan goes through the file once for objects and trailers. What stands later in the file holds, as in incremental updates.
func (in *inspection) scan() error {
	s := scanner{in: in}
	buf := make([]byte, carryBytes+min(pieceBytes, max(0, in.file.size)))
	have := 0 // bytes carried over at the start of buf
	for at := int64(0); at < in.file.size; {
		n := int(min(pieceBytes, in.file.size-at))
		if err := in.read(buf[have:have+n], at); err != nil {
			return err
		}
		if err := s.piece(buf[:have+n], at-int64(have), have); err != nil {
			return err
		}
		at += int64(n)
		keep := min(carryBytes, have+n)
		copy(buf, buf[have+n-keep:have+n])
		have = keep
	}
	if in.root = s.root; in.root == 0 {
		in.root = s.catalogue
	}
	return nil
}

type scanner struct {
	in        *inspection
	root      int64 // that the last trailer names
	catalogue int64 // the last object that says it is one
}

var (
	wordObject  = []byte("obj")
	wordTrailer = []byte("trailer")
)

// piece looks at a piece of the file that stands at base; what ends within its first old bytes was seen before.
func (s *scanner) piece(b []byte, base int64, old int) error {
	for _, word := range [...][]byte{wordObject, wordTrailer} {
		for from := 0; ; {
			i := bytes.Index(b[from:], word)
			if i < 0 {
				break
			}
			start := from + i
			from = start + len(word)
			if from <= old {
				continue
			}
			if err := s.hit(word[0], b[:start], base+int64(from)); err != nil {
				return err
			}
		}
	}
	return s.in.fatal
}

// hit looks at what stands behind a word, given what stands before it. Only what ends everything is an error.
func (s *scanner) hit(word byte, before []byte, behind int64) error {
	l := &lexer{src: &s.in.file, pos: behind}
	if word == 't' {
		if d, err := l.dict(); err == nil {
			s.trailer(d)
		}
		return s.in.fatal
	}
	number, offset, ok := numbersBefore(before)
	if !ok {
		return nil
	}
	entry := offsetEntry(behind - int64(len(wordObject)) - int64(offset))
	k := l.next()
	l.pos = behind
	if k != kindDict {
		if k != kindEnd {
			s.in.table.set(number, entry, s.in.limits.Objects)
		}
		return s.in.fatal
	}
	d, err := l.dict()
	if err != nil {
		return s.in.fatal
	}
	s.in.table.set(number, entry, s.in.limits.Objects)
	return s.dictionary(number, d)
}

// dictionary takes what an object is good for.
func (s *scanner) dictionary(number int64, d *dict) error {
	switch {
	case d.named(keyType, "Catalog"):
		s.catalogue = number
	case d.named(keyType, "XRef"):
		s.trailer(d)
	case d.named(keyType, "ObjStm"):
		return s.stream(number, d)
	}
	return nil
}

func (s *scanner) trailer(d *dict) {
	if v := d.get(keyRoot); v.kind == kindRef {
		s.root = v.n
	}
	s.in.encrypted(d)
}

// stream takes the objects of an object stream. One that can't be unpacked, as in an encrypted file, is left out.
func (s *scanner) stream(number int64, d *dict) error {
	stream, err := s.in.unpackStream(d, number)
	if s.in.fatal != nil {
		return s.in.fatal
	}
	if err != nil {
		if unsupported, ok := err.(*UnsupportedError); ok {
			s.in.skipped = unsupported
		}
		return nil
	}
	for i, o := range stream.objects {
		s.in.table.set(o.number, streamEntry(number, int64(i)), s.in.limits.Objects)
	}
	return nil
}

// numbersBefore reads the two numbers at the end of b backwards, and gives how far from the end the first starts.
func numbersBefore(b []byte) (number int64, distance int, ok bool) {
	end := len(b)
	b, _, ok = lastNumber(b, 5)
	if !ok {
		return 0, 0, false
	}
	if b, number, ok = lastNumber(b, 10); !ok {
		return 0, 0, false
	}
	return number, end - len(b), true
}

// lastNumber takes a number of at most that many digits, with space behind it, from the end.
func lastNumber(b []byte, digits int) (rest []byte, number int64, ok bool) {
	trimmed := bytes.TrimRight(b, " \t\r\n\f\x00")
	start := len(trimmed)
	for start > 0 && len(trimmed)-start <= digits && isDigit(trimmed[start-1]) {
		start--
	}
	n := len(trimmed) - start
	if n == 0 || n > digits || len(trimmed) == len(b) {
		return nil, 0, false
	}
	for _, c := range trimmed[start:] {
		number = number*10 + int64(c-'0')
	}
	return trimmed[:start], number, true
}
