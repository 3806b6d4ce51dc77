package pdf

import (
	"bytes"
	"context"
	"errors"
	"io"
)

// Info is what is known of a file.
type Info struct {
	// Pages counts the leaves of the page tree. It is 0 for an encrypted file, which is not looked into.
	Pages int
	// Encrypted says that the file is encrypted, be it with an empty password.
	Encrypted bool
	// Version is that of the header or the later one of the catalogue, such as "1.7".
	Version string
}

// Limits bound what a file may cost. A value of 0 stands for the default.
type Limits struct {
	// Objects bounds the numbers of objects, and the nodes of the page tree. Each takes 8 bytes. The default is 262,144.
	Objects int
	// Unpacked bounds the bytes unpacked in all. The default is 64 MiB.
	Unpacked int64
	// Depth bounds the levels of the page tree and of arrays and dictionaries in each other. The default is 256.
	Depth int
}

const (
	defaultObjects  = 1 << 18
	defaultUnpacked = 64 << 20
	defaultDepth    = 256
	maxObjects      = 1 << 28 // what an entry of the table can name

	edgeBytes     = 1 << 10 // the header is in the first, startxref in the last of them
	workBase      = 4 << 20
	workPerByte   = 8
	workPerInside = 4 // for each byte unpacked
)

func (l Limits) withDefaults() Limits {
	if l.Objects <= 0 {
		l.Objects = defaultObjects
	}
	if l.Unpacked <= 0 {
		l.Unpacked = defaultUnpacked
	}
	if l.Depth <= 0 {
		l.Depth = defaultDepth
	}
	l.Objects = min(l.Objects, maxObjects)
	return l
}

// Inspect looks at the size bytes of r. With the default limits it holds less than 24 MiB, and less than 256 KiB for the files of
// ordinary offices. The error is a [*MalformedError], a [*BoundError], an [*UnsupportedError], the context's, or one of reading; Info
// then has what was known before, above all whether the file is encrypted. r is read at any place and by one goroutine.
func Inspect(ctx context.Context, r io.ReaderAt, size int64, limits Limits) (Info, error) {
	in := &inspection{ctx: ctx, limits: limits.withDefaults(), left: workBase + workPerByte*max(0, size)}
	in.file = source{in: in, reader: r, size: size}
	if err := in.header(); err != nil {
		return Info{}, err
	}
	err := in.loadTables()
	if err == nil {
		err = in.answer()
	}
	var malformed *MalformedError
	if errors.As(err, &malformed) {
		err = in.repair()
	}
	return in.info, err
}

// inspection is the state of one call.
type inspection struct {
	ctx      context.Context
	limits   Limits
	left     int64 // of the work
	unpacked int64
	fatal    error // ends everything: a failed reading, the context, a bound

	file    source
	info    Info
	table   table
	root    int64 // the number of the catalogue, 0 when unknown
	streams objectStreams
	packer  packer
	skipped error // an object stream that a repair could not unpack
}

// repair looks for the objects where the tables are broken.
func (in *inspection) repair() error {
	in.table, in.root, in.streams = table{scanned: true}, 0, objectStreams{}
	err := in.scan()
	if err == nil {
		err = in.answer()
	}
	var malformed *MalformedError
	if in.skipped != nil && errors.As(err, &malformed) {
		return in.skipped
	}
	return err
}

// answer counts the pages, once the table is there.
func (in *inspection) answer() error {
	if in.info.Encrypted {
		return nil
	}
	return in.countPages()
}

// header reads the version.
func (in *inspection) header() error {
	head, err := in.edge(0)
	if err != nil {
		return err
	}
	at := bytes.Index(head, []byte("%PDF-"))
	if at < 0 {
		return &MalformedError{Detail: "it has no PDF header"}
	}
	version := head[at+5:]
	n := 0
	for n < len(version) && n < 8 && (isDigit(version[n]) || version[n] == '.') {
		n++
	}
	in.info.Version = string(version[:n])
	return nil
}

// edge reads the KiB from at on.
func (in *inspection) edge(at int64) ([]byte, error) {
	buf := make([]byte, max(0, min(edgeBytes, in.file.size-at)))
	return buf, in.read(buf, at)
}

// malformed is the answer to something that can't be; where reading ended for another reason it is that one.
func (in *inspection) malformed(at int64, detail string) error {
	if in.fatal != nil {
		return in.fatal
	}
	return &MalformedError{Offset: at, Detail: detail}
}

// bound ends the inspection at a bound.
func (in *inspection) bound(name string, limit int64) error {
	if in.fatal == nil {
		in.fatal = &BoundError{Bound: name, Limit: limit}
	}
	return in.fatal
}
