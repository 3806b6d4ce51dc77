package pdf_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"strings"
)

// file builds PDF files, object by object.
type file struct {
	bytes.Buffer
	offsets map[int]int
	packed  map[int][2]int // in which object stream, and where in it
	prev    int
}

func newFile(version string) *file {
	f := &file{offsets: map[int]int{}, packed: map[int][2]int{}, prev: -1}
	fmt.Fprintf(f, "%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n", version)
	return f
}

func (f *file) object(number int, text string) *file {
	f.offsets[number] = f.Len()
	fmt.Fprintf(f, "%d 0 obj\n%s\nendobj\n", number, text)
	return f
}

func (f *file) stream(number int, dict string, data []byte) *file {
	return f.object(number, fmt.Sprintf("<<%s /Length %d>>\nstream\n%s\nendstream", dict, len(data), data))
}

// pages adds a catalogue 1 and a flat tree 2 with pages from number 10 on.
func (f *file) pages(n int) *file {
	f.object(1, "<</Type/Catalog/Pages 2 0 R>>").object(2, tree(10, n))
	for i := range n {
		f.object(10+i, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>")
	}
	return f
}

func tree(first, n int) string {
	var kids strings.Builder
	for i := range n {
		fmt.Fprintf(&kids, "%d 0 R ", first+i)
	}
	return fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", n, kids.String())
}

// table ends the file, or an update of it, with a cross-reference table.
func (f *file) table(trailer string) *file {
	at := f.Len()
	f.WriteString("xref\n0 1\n0000000000 65535 f \n")
	for number, offset := range f.offsets {
		fmt.Fprintf(f, "%d 1\n%010d 00000 n \n", number, offset)
	}
	if f.prev >= 0 {
		trailer += fmt.Sprintf(" /Prev %d", f.prev)
	}
	fmt.Fprintf(f, "trailer\n<</Size 1000 /Root 1 0 R %s>>\n", trailer)
	return f.end(at)
}

func (f *file) end(at int) *file {
	fmt.Fprintf(f, "startxref\n%d\n%%%%EOF\n", at)
	f.prev, f.offsets, f.packed = at, map[int]int{}, map[int][2]int{}
	return f
}

// objectStream packs objects, given by number and text in turn.
func (f *file) objectStream(number int, objects ...any) *file {
	var directory, body strings.Builder
	for i := 0; i < len(objects); i += 2 {
		f.packed[objects[i].(int)] = [2]int{number, i / 2}
		fmt.Fprintf(&directory, "%d %d ", objects[i], body.Len())
		fmt.Fprintf(&body, "%s ", objects[i+1])
	}
	data := deflate([]byte(directory.String() + body.String()))
	return f.stream(number, fmt.Sprintf("/Type/ObjStm/N %d/First %d/Filter/FlateDecode", len(objects)/2, directory.Len()), data)
}

// xrefStream ends the file with a cross-reference stream of the given number, its rows packed with that predictor of PNG.
func (f *file) xrefStream(number int, predictor byte, trailer string) *file {
	at := f.Len()
	f.offsets[number] = at
	var index strings.Builder
	var rows [][]byte
	add := func(number int, kind byte, a, b int) {
		fmt.Fprintf(&index, "%d 1 ", number)
		row := []byte{kind, 0, 0, 0, 0, 0, 0}
		binary.BigEndian.PutUint32(row[1:], uint32(a))
		binary.BigEndian.PutUint16(row[5:], uint16(b))
		rows = append(rows, row)
	}
	for n, offset := range f.offsets {
		add(n, 1, offset, 0)
	}
	for n, at := range f.packed {
		add(n, 2, at[0], at[1])
	}
	if f.prev >= 0 {
		trailer += fmt.Sprintf(" /Prev %d", f.prev)
	}
	f.stream(number, fmt.Sprintf("/Type/XRef/W[1 4 2]/Size 1000/Index[%s]/Root 1 0 R/Filter[/FlateDecode]/DecodeParms[<</Predictor %d/Columns 7>>]%s",
		index.String(), 10+predictor, trailer), deflate(filtered(rows, predictor)))
	return f.end(at)
}

// filtered applies a predictor of PNG to rows.
func filtered(rows [][]byte, predictor byte) []byte {
	above := make([]byte, 7)
	var out []byte
	for _, row := range rows {
		out = append(out, predictor)
		for i, c := range row {
			var left, upperLeft byte
			if i > 0 {
				left, upperLeft = row[i-1], above[i-1]
			}
			switch predictor {
			case 1:
				c -= left
			case 2:
				c -= above[i]
			case 3:
				c -= byte((int(left) + int(above[i])) / 2)
			case 4:
				c -= nearest(int(left), int(above[i]), int(upperLeft))
			}
			out = append(out, c)
		}
		above = row
	}
	return out
}

// nearest is the predictor of Paeth, as the PNG specification words it.
func nearest(a, b, c int) byte {
	p := a + b - c
	best, at := a, abs(p-a)
	if d := abs(p - b); d < at {
		best, at = b, d
	}
	if abs(p-c) < at {
		best = c
	}
	return byte(best)
}

func abs(n int) int { return max(n, -n) }

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}
