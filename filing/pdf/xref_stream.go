package pdf

import (
	"bufio"
	"errors"
	"io"
)

// xrefStream reads the entries that the stream behind the dictionary holds.
func (in *inspection) xrefStream(d *dict) error {
	widths, err := d.integers(keyW, 3)
	if err != nil {
		return err
	}
	if len(widths) != 3 || !narrow(widths[0]) || !narrow(widths[1]) || !narrow(widths[2]) || widths[0]+widths[1]+widths[2] == 0 {
		return in.malformed(d.end, "the fields of a cross-reference stream have no sensible widths")
	}
	index := []int64{0, d.integer(keySize, 0)}
	if d.get(keyIndex).kind != kindEnd {
		if index, err = d.integers(keyIndex, 2*in.limits.Objects); err != nil {
			return err
		}
	}
	data, err := in.packer.open(in, d)
	if err != nil {
		return err
	}
	rows := xrefRows{in: in, data: bufio.NewReaderSize(data, rowBuffer), w: [3]int{int(widths[0]), int(widths[1]), int(widths[2])}}
	for ; len(index) >= 2; index = index[2:] {
		if err := rows.read(index[0], index[1]); err != nil {
			return in.stream(d, err)
		}
	}
	return nil
}

func narrow(w int64) bool { return w >= 0 && w <= 8 }

type xrefRows struct {
	in   *inspection
	data *bufio.Reader
	w    [3]int
	buf  [24]byte
}

// read takes the entries of count objects from first on.
func (r *xrefRows) read(first, count int64) error {
	if first < 0 || count < 0 || first > maxOffset || count > maxOffset {
		return errOdd
	}
	row := r.buf[:r.w[0]+r.w[1]+r.w[2]]
	for i := range count {
		if _, err := io.ReadFull(r.data, row); err != nil {
			return err
		}
		kind := int64(1) // when the field is absent
		if r.w[0] > 0 {
			kind = bigEndian(row[:r.w[0]])
		}
		a, b := bigEndian(row[r.w[0]:r.w[0]+r.w[1]]), bigEndian(row[r.w[0]+r.w[1]:])
		e := entryFree
		switch kind {
		case 1:
			e = offsetEntry(a)
		case 2:
			e = streamEntry(a, b)
		}
		r.in.table.set(first+i, e, r.in.limits.Objects)
	}
	return nil
}

func bigEndian(b []byte) int64 {
	n := uint64(0)
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return int64(n)
}

var errOdd = errors.New("its numbers are odd")

// stream makes the right error of one that came while unpacking a stream.
func (in *inspection) stream(d *dict, err error) error {
	var unsupported *UnsupportedError
	if errors.As(err, &unsupported) {
		return err
	}
	return in.malformed(d.end, "a packed part can't be unpacked: "+err.Error())
}
