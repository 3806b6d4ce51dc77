package pdf

import (
	"io"
	"slices"
)

// object reads the "12 0 obj" before an object and gives its number.
func (l *lexer) object() (int64, error) {
	number, ok := l.integer()
	if _, ok2 := l.integer(); !ok || !ok2 || !l.word("obj") {
		return 0, l.bad("there is no object where one is needed")
	}
	return number, nil
}

// resolve gives a lexer before the object of that number.
func (in *inspection) resolve(number int64) (*lexer, error) {
	e := in.table.get(number)
	switch e & entryKind {
	case entryOffset:
		return in.at(e.offset(), number)
	case entryStream:
		stream, index := e.inStream()
		return in.inStream(stream, index, number)
	}
	if in.table.over && number >= int64(in.limits.Objects) {
		return nil, in.bound("objects", int64(in.limits.Objects))
	}
	return nil, in.malformed(0, "an object that is referred to is missing")
}

// at gives a lexer before the object that must stand at the offset.
func (in *inspection) at(offset, number int64) (*lexer, error) {
	l := &lexer{src: &in.file, pos: offset}
	found, err := l.object()
	if err != nil {
		return nil, err
	}
	if found != number {
		return nil, l.bad("another object stands where one is needed")
	}
	return l, nil
}

// maxStreamBytes bounds an object stream, and all of those that are kept.
const maxStreamBytes = 4 << 20

// objectStream is an unpacked one.
type objectStream struct {
	number  int64
	objects []streamObject
	src     source
}

type streamObject struct{ number, offset int64 }

// objectStreams keeps the last used ones, newest at the end.
type objectStreams struct {
	kept  []*objectStream
	bytes int64
}

func (c *objectStreams) find(number int64) *objectStream {
	i := slices.IndexFunc(c.kept, func(s *objectStream) bool { return s.number == number })
	if i < 0 {
		return nil
	}
	s := c.kept[i]
	c.kept = append(slices.Delete(c.kept, i, i+1), s)
	return s
}

// maxKept bounds the number of the streams that are kept, for each is asked for each object.
const maxKept = 64

func (c *objectStreams) keep(s *objectStream) {
	c.kept = append(c.kept, s)
	c.bytes += s.cost()
	for len(c.kept) > 1 && (c.bytes > maxStreamBytes || len(c.kept) > maxKept) {
		c.bytes -= c.kept[0].cost()
		c.kept = slices.Delete(c.kept, 0, 1)
	}
}

func (s *objectStream) cost() int64 { return s.src.size + 16*int64(len(s.objects)) }

// inStream gives a lexer before an object of an object stream.
func (in *inspection) inStream(stream, index, number int64) (*lexer, error) {
	s := in.streams.find(stream)
	if s == nil {
		var err error
		if s, err = in.loadStream(stream); err != nil {
			return nil, err
		}
		in.streams.keep(s)
	}
	if index >= int64(len(s.objects)) || s.objects[index].number != number {
		return nil, in.malformed(0, "an object stream lacks an object")
	}
	return &lexer{src: &s.src, pos: s.objects[index].offset}, nil
}

// loadStream unpacks an object stream. It stands in the file itself, never in another, so this does not go deeper.
func (in *inspection) loadStream(number int64) (*objectStream, error) {
	e := in.table.get(number)
	if e&entryKind != entryOffset {
		return nil, in.malformed(0, "an object stream is missing")
	}
	l, err := in.at(e.offset(), number)
	if err != nil {
		return nil, err
	}
	d, err := l.dict()
	if err != nil {
		return nil, err
	}
	return in.unpackStream(d, number)
}

func (in *inspection) unpackStream(d *dict, number int64) (*objectStream, error) {
	count, first := d.integer(keyN, -1), d.integer(keyFirst, -1)
	if !d.named(keyType, "ObjStm") || count < 0 || first < 0 {
		return nil, in.malformed(d.end, "there is no object stream where one is needed")
	}
	if count > int64(in.limits.Objects) {
		return nil, in.bound("objects", int64(in.limits.Objects))
	}
	data, err := in.packer.open(in, d)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(data, maxStreamBytes+1))
	if err != nil {
		return nil, in.stream(d, err)
	}
	if len(b) > maxStreamBytes {
		return nil, in.bound("object stream", maxStreamBytes)
	}
	s := &objectStream{number: number, src: source{in: in, buf: b, size: int64(len(b))}}
	return s, s.directory(count, first)
}

// directory reads the numbers and offsets that stand before the objects.
func (s *objectStream) directory(count, first int64) error {
	l := lexer{src: &s.src}
	for range count {
		number, ok := l.integer()
		offset, ok2 := l.integer()
		if !ok || !ok2 || offset < 0 {
			return l.bad("the directory of an object stream is damaged")
		}
		s.objects = append(s.objects, streamObject{number: number, offset: min(first, s.src.size) + min(offset, s.src.size)})
	}
	return nil
}
