package filing

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/traditionalchinese"
)

// Big5 has no mark of its own, and files in other old encodings often decode as Big5 into nonsense. So a file counts as Big5 only
// when nothing speaks against it:
//
//   - every byte decodes, with the Hong Kong supplementary characters;
//   - at least three of four characters are from the rows of common use (lead bytes A1 to C6), where an encoding of Western
//     letters would give rare ones;
//   - at least one of ten has a second byte of 40 to 7E, which the Mainland's GB encodings hardly use, and a Big5 text does in
//     four of ten.
const (
	big5CommonFirst = 0xa1
	big5CommonLast  = 0xc6
)

// looksBig5 decides whether a file that is not UTF-8 is Big5.
func looksBig5(f File) (bool, error) {
	in := bufio.NewReaderSize(io.NewSectionReader(f.Bytes, 0, f.Size), 64<<10)
	decoder := traditionalchinese.Big5.NewDecoder()
	var characters, common, low int
	var out [8]byte
	for {
		lead, err := in.ReadByte()
		if errors.Is(err, io.EOF) {
			return characters > 0 && common*4 >= characters*3 && low*10 >= characters, nil
		}
		if err != nil {
			return false, err
		}
		if lead < 0x80 {
			continue
		}
		trail, err := in.ReadByte()
		if err != nil {
			return false, ignoreEOF(err)
		}
		n, _, err := decoder.Transform(out[:], []byte{lead, trail}, true)
		if err != nil || bytes.ContainsRune(out[:n], utf8.RuneError) {
			return false, nil
		}
		characters++
		if lead >= big5CommonFirst && lead <= big5CommonLast {
			common++
		}
		if trail < 0x7f {
			low++
		}
	}
}

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
