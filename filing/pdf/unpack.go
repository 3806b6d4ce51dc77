package pdf

import (
	"bufio"
	"compress/flate"
	"errors"
	"io"
)

// packer unpacks streams, one at a time, with the same buffers.
type packer struct {
	buffer *bufio.Reader
	flate  io.ReadCloser
}

// open gives the unpacked bytes of the stream behind the dictionary.
func (p *packer) open(in *inspection, d *dict) (io.Reader, error) {
	at, err := streamStart(d)
	if err != nil {
		return nil, err
	}
	filter, parms, err := in.filter(d)
	if err != nil {
		return nil, err
	}
	raw := &fileReader{in: in, at: at}
	if p.buffer == nil {
		p.buffer = bufio.NewReaderSize(raw, 4<<10)
	}
	p.buffer.Reset(raw)
	if filter == "" {
		n, err := in.length(d)
		if err != nil {
			return nil, err
		}
		return &metered{in: in, from: io.LimitReader(p.buffer, n)}, nil
	}
	return p.inflate(in, d, parms)
}

// inflate reads FlateDecode: two bytes of header, then data that say themselves where they end. The checksum isn't looked at.
func (p *packer) inflate(in *inspection, d, parms *dict) (io.Reader, error) {
	if _, err := p.buffer.Discard(2); err != nil {
		return nil, in.malformed(d.end, "a packed part is empty")
	}
	if p.flate == nil {
		p.flate = flate.NewReader(p.buffer)
	} else if err := p.flate.(flate.Resetter).Reset(p.buffer, nil); err != nil {
		return nil, in.malformed(d.end, "a packed part can't be unpacked")
	}
	data := io.Reader(&metered{in: in, from: p.flate})
	if parms == nil {
		return data, nil
	}
	return in.predictor(data, parms)
}

// streamStart finds the first byte of the stream behind the dictionary.
func streamStart(d *dict) (int64, error) {
	l := lexer{src: d.src, pos: d.end}
	if d.src.reader == nil || !l.word("stream") {
		return 0, l.bad("there is no stream where one is needed")
	}
	l.accept('\r')
	l.accept('\n')
	return l.pos, nil
}

// filter gives the one filter of a stream, "" or FlateDecode, and its parameters, nil when there are none.
func (in *inspection) filter(d *dict) (string, *dict, error) {
	f, err := in.single(d, keyFilter)
	if err != nil {
		return "", nil, err
	}
	switch {
	case f.kind == kindEnd || f.kind == kindNull:
		return "", nil, nil
	case f.kind != kindName:
		return "", nil, in.malformed(d.end, "the filter of a stream has no name")
	case f.name != "FlateDecode":
		return "", nil, &UnsupportedError{Feature: "filter " + f.name}
	}
	p, err := in.single(d, keyParms)
	if err != nil || p.kind != kindDict {
		return f.name, nil, err
	}
	l := lexer{src: d.src, pos: p.pos}
	parms, err := l.dict()
	return f.name, parms, err
}

// single gives a value that may stand alone or as the only one of an array.
func (in *inspection) single(d *dict, k key) (value, error) {
	v := d.get(k)
	if v.kind == kindArray {
		l := lexer{src: d.src, pos: v.pos + 1}
		if l.next() == kindArrayEnd {
			return value{}, nil
		}
		l.pos = v.pos + 1
		var err error
		if v, err = l.value(true); err != nil {
			return v, err
		}
		if l.next() != kindArrayEnd {
			return v, &UnsupportedError{Feature: "a chain of filters"}
		}
	}
	if v.kind == kindRef {
		return v, &UnsupportedError{Feature: "a filter given by reference"}
	}
	return v, nil
}

// length gives that of a stream that isn't packed, which may stand in an object of its own.
func (in *inspection) length(d *dict) (int64, error) {
	v := d.get(keyLength)
	if e := in.table.get(v.n); v.kind == kindRef && e&entryKind == entryOffset {
		l := lexer{src: &in.file, pos: e.offset()}
		number, err := l.object()
		if err == nil && number == v.n && l.next() == kindInt {
			v = value{kind: kindInt, n: l.n}
		}
	}
	if v.kind != kindInt || v.n < 0 {
		return 0, in.malformed(d.end, "a stream has no length")
	}
	return v.n, nil
}

// metered counts what was unpacked, and ends at the bound.
type metered struct {
	in   *inspection
	from io.Reader
}

func (m *metered) Read(p []byte) (int, error) {
	in := m.in
	if in.fatal != nil {
		return 0, in.fatal
	}
	n, err := m.from.Read(p)
	in.unpacked += int64(n)
	in.left += workPerInside * int64(n)
	if in.unpacked > in.limits.Unpacked {
		return 0, in.bound("unpacked", in.limits.Unpacked)
	}
	return n, err
}

// maxRow bounds a row of a predictor; those of cross-references have some 5 bytes.
const maxRow = 1 << 16

// rowBuffer is how much is unpacked ahead of rows, so that short ones cost no call each.
const rowBuffer = 4 << 10

// predictor undoes what was done to rows of bytes to pack them better.
func (in *inspection) predictor(data io.Reader, parms *dict) (io.Reader, error) {
	kind := parms.integer(keyPredictor, 1)
	colors, bits, columns := parms.integer(keyColors, 1), parms.integer(keyBits, 8), parms.integer(keyColumns, 1)
	switch {
	case kind <= 1:
		return data, nil
	case kind < 10:
		return nil, &UnsupportedError{Feature: "the predictor of TIFF"}
	case colors < 1 || colors > 32 || bits < 1 || bits > 16 || columns < 1 || columns > maxRow:
		return nil, in.malformed(parms.end, "the predictor has odd parameters")
	}
	row := (colors*bits*columns + 7) / 8
	if row > maxRow {
		return nil, in.malformed(parms.end, "the predictor has odd parameters")
	}
	return &pngRows{
		from: bufio.NewReaderSize(data, rowBuffer), pixel: int(max(1, colors*bits/8)), row: make([]byte, row), above: make([]byte, row),
	}, nil
}

// pngRows undoes the predictors of PNG: each row has a byte before it that names one.
type pngRows struct {
	from       *bufio.Reader
	pixel      int
	row, above []byte
	rest       []byte // of row, not read yet
}

var errFilter = errors.New("a row has an unknown predictor")

func (p *pngRows) Read(b []byte) (int, error) {
	if len(p.rest) == 0 {
		if err := p.next(); err != nil {
			return 0, err
		}
	}
	n := copy(b, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

func (p *pngRows) next() error {
	p.row, p.above = p.above, p.row
	filter, err := p.from.ReadByte()
	if err != nil {
		return err
	}
	if _, err := io.ReadFull(p.from, p.row); err != nil {
		return err
	}
	if filter > 4 {
		return errFilter
	}
	for i := range p.row {
		var left, upperLeft byte
		if i >= p.pixel {
			left, upperLeft = p.row[i-p.pixel], p.above[i-p.pixel]
		}
		p.row[i] += predict(filter, left, p.above[i], upperLeft)
	}
	p.rest = p.row
	return nil
}

func predict(filter, left, up, upperLeft byte) byte {
	switch filter {
	case 1:
		return left
	case 2:
		return up
	case 3:
		return byte((int(left) + int(up)) / 2)
	case 4:
		return paeth(int(left), int(up), int(upperLeft))
	}
	return 0
}

func paeth(a, b, c int) byte {
	da, db, dc := distance(b, c), distance(a, c), distance(a+b, 2*c)
	switch {
	case da <= db && da <= dc:
		return byte(a)
	case db <= dc:
		return byte(b)
	}
	return byte(c)
}

func distance(a, b int) int { return max(a-b, b-a) }
