package filing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// charset is how a file writes characters as bytes.
type charset uint8

const (
	charsetUTF8 charset = iota
	charsetUTF16LE
	charsetUTF16BE
	charsetBig5
)

// sniffed is what a look at all bytes of a text file tells.
type sniffed struct {
	charset charset
	mark    int64 // length of the byte order mark
}

// sniffText finds the charset of a text file. It reads the whole file once, so that the first Chinese name in the last row
// counts as much as the heading. Bytes that are neither UTF-8 nor Big5 don't fail here: the cells that hold them become findings.
func sniffText(f File) (sniffed, error) {
	head := make([]byte, min(f.Size, 4096))
	if _, err := readAt(f, head, 0); err != nil {
		return sniffed{}, err
	}
	if err := refuseOther(f.Name, head); err != nil {
		return sniffed{}, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return sniffed{charsetUTF8, 3}, nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return sniffed{charsetUTF16LE, 2}, nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return sniffed{charsetUTF16BE, 2}, nil
	}
	valid, err := allUTF8(f)
	if err != nil || valid {
		return sniffed{}, err
	}
	big5, err := looksBig5(f)
	if big5 {
		return sniffed{charset: charsetBig5}, err
	}
	return sniffed{}, err
}

// refuseOther says what a file that is not text is instead.
func refuseOther(name string, head []byte) error {
	refuse := func(what string) error { return fmt.Errorf("%w: %s %s", ErrUnreadable, quoteName(name), what) }
	switch {
	case len(head) == 0:
		return refuse("is empty")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return refuse("is an Excel workbook or another zip archive, not text; give it its right name (.xlsx), or save it as CSV UTF-8")
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return refuse("is an Excel workbook of the old kind (.xls) or one with a password, not text; save it as CSV UTF-8")
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return refuse("is a PDF document, not text")
	case bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff")):
		return refuse("is in UTF-32; save it as CSV UTF-8")
	case bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"), []byte("<")):
		return refuse("is a page in HTML or XML, not rows of text; save it as CSV UTF-8")
	case len(head) >= 4 && (head[0] == 0) != (head[1] == 0) && (head[2] == 0) != (head[3] == 0):
		return refuse("is in UTF-16 without the byte order mark that says so; save it as CSV UTF-8")
	}
	return nil
}

// contextBytes gives the bytes of a file until its context ends.
type contextBytes struct {
	ctx context.Context
	io.ReaderAt
}

func (b contextBytes) ReadAt(p []byte, at int64) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	return b.ReaderAt.ReadAt(p, at)
}

func quoteName(name string) string {
	if name == "" {
		return "the file"
	}
	return fmt.Sprintf("%.200q", name)
}

// readAt fills b from the file at the place, and is an error when the file is shorter than its Size says.
func readAt(f File, b []byte, place int64) (int, error) {
	n, err := f.Bytes.ReadAt(b, place)
	if n == len(b) {
		return n, nil
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return n, fmt.Errorf("filing: reading %s at byte %d: %w", quoteName(f.Name), place+int64(n), err)
	}
	return n, fmt.Errorf("%w: %s ends at byte %d, before its size of %d", ErrUnreadable, quoteName(f.Name), place+int64(n), f.Size)
}

// open gives the characters of the file as UTF-8, without the byte order mark. What is no character becomes U+FFFD, apart
// from broken UTF-8, which stays as it is; both are found in the cells.
func (s sniffed) open(f File) io.Reader {
	raw := io.NewSectionReader(f.Bytes, s.mark, f.Size-s.mark)
	switch s.charset {
	case charsetUTF16LE:
		return transform.NewReader(raw, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder())
	case charsetUTF16BE:
		return transform.NewReader(raw, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder())
	case charsetBig5:
		return transform.NewReader(raw, traditionalchinese.Big5.NewDecoder())
	}
	return raw
}

// allUTF8 reports whether the whole file is UTF-8.
func allUTF8(f File) (bool, error) {
	buf := make([]byte, 64<<10)
	kept := 0 // bytes of a character cut off at the end of the last chunk
	for place := int64(0); place < f.Size; {
		n := int(min(int64(len(buf)-kept), f.Size-place))
		if _, err := readAt(f, buf[kept:kept+n], place); err != nil {
			return false, err
		}
		place += int64(n)
		chunk := buf[:kept+n]
		whole := len(chunk)
		if place < f.Size {
			whole -= cutOff(chunk)
		}
		if !utf8.Valid(chunk[:whole]) {
			return false, nil
		}
		kept = copy(buf, chunk[whole:])
	}
	return true, nil
}

// cutOff counts the bytes at the end of b that begin a character and don't finish it.
func cutOff(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if last := b[len(b)-n:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				return n
			}
			return 0
		}
	}
	return 0
}
