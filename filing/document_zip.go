package filing

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
)

// zipPackage is what the directory of a zip file tells, without unpacking anything.
type zipPackage struct {
	word, sheet, content bool // the parts that make an office file
	macros, encrypted    bool
}

// The sizes of the records of a zip file, and how much of a directory is read.
const (
	zipEndBytes      = 22
	zipEntryBytes    = 46
	zipMaxComment    = 1<<16 - 1
	zipMaxDirectory  = 1 << 20
	zipEndMagic      = "PK\x05\x06"
	zipEntryMagic    = "PK\x01\x02"
	zipFlagEncrypted = 1
)

// mediaType is the type of the package; one without a sound directory is a plain zip.
func (z zipPackage) mediaType() string {
	switch {
	case z.content && z.word:
		return typeDOCX
	case z.content && z.sheet:
		return typeXLSX
	}
	return typeZip
}

// readZip reads the directory of a zip file, at most a MiB of it. A directory that is damaged, or larger, tells nothing. The
// error is one of reading.
func readZip(f File) (zipPackage, error) {
	tail := make([]byte, min(f.Size, zipEndBytes+zipMaxComment))
	if _, err := f.Bytes.ReadAt(tail, f.Size-int64(len(tail))); err != nil && err != io.EOF {
		return zipPackage{}, fmt.Errorf("reading the end of the zip file: %w", err)
	}
	at := bytes.LastIndex(tail, []byte(zipEndMagic))
	if at < 0 || len(tail)-at < zipEndBytes {
		return zipPackage{}, nil
	}
	end := tail[at:]
	size, offset := int64(binary.LittleEndian.Uint32(end[12:])), int64(binary.LittleEndian.Uint32(end[16:]))
	if size > zipMaxDirectory || offset+size > f.Size {
		return zipPackage{}, nil
	}
	directory := make([]byte, size)
	if _, err := f.Bytes.ReadAt(directory, offset); err != nil && err != io.EOF {
		return zipPackage{}, fmt.Errorf("reading the directory of the zip file: %w", err)
	}
	return parseZip(directory), nil
}

// parseZip goes through the entries of a directory as far as it is sound.
func parseZip(directory []byte) zipPackage {
	var z zipPackage
	for len(directory) >= zipEntryBytes && string(directory[:4]) == zipEntryMagic {
		u16 := func(at int) int { return int(binary.LittleEndian.Uint16(directory[at:])) }
		name, next := u16(28), zipEntryBytes+u16(28)+u16(30)+u16(32)
		if next > len(directory) {
			break
		}
		z.entry(string(directory[zipEntryBytes:zipEntryBytes+name]), u16(8))
		directory = directory[next:]
	}
	return z
}

func (z *zipPackage) entry(name string, flags int) {
	switch name {
	case "[Content_Types].xml":
		z.content = true
	case "word/document.xml":
		z.word = true
	case "xl/workbook.xml":
		z.sheet = true
	case "word/vbaProject.bin", "xl/vbaProject.bin":
		z.macros = true
	}
	z.encrypted = z.encrypted || flags&zipFlagEncrypted != 0
}
