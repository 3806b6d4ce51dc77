package xlsx

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"courts.example/eservices/filing"
)

// The bounds of a workbook. They hold for what its parts unpack to.
const (
	maxParts       = 10_000
	maxSmallPart   = 16 << 20  // the workbook's own part, relations, styles
	maxTexts       = 256 << 20 // the texts that cells share, and what it takes to hold them
	maxSheetPart   = 2 << 30
	maxMergedAreas = 4096
)

// book is an open workbook.
type book struct {
	name      string // for messages
	parts     map[string]*zip.File
	sheets    []sheet
	date1904  bool
	styles    []style
	textsPart string // "" when there is none or it is read
	texts     []string
}

// sheet is one sheet of rows.
type sheet struct {
	name   string
	part   string
	hidden bool
}

// openBook reads all of a workbook but its rows and texts.
func openBook(f filing.File) (*book, error) {
	b := &book{name: fmt.Sprintf("%.200q", f.Name), parts: make(map[string]*zip.File)}
	if err := b.open(f); err != nil {
		return nil, err
	}
	main, relations, err := b.mainPart()
	if err != nil {
		return nil, err
	}
	if err := b.readWorkbook(main, relations); err != nil {
		return nil, err
	}
	for _, r := range relations {
		switch {
		case r.kind("sharedStrings"):
			b.textsPart = r.target
		case r.kind("styles"):
			if err := b.readStyles(r.target); err != nil {
				return nil, err
			}
		}
	}
	return b, nil
}

func (b *book) unreadable(format string, args ...any) error {
	return fmt.Errorf("%w: %s %w", filing.ErrUnreadable, b.name, fmt.Errorf(format, args...))
}

// open lists the parts.
func (b *book) open(f filing.File) error {
	head := make([]byte, min(f.Size, 8))
	if _, err := f.Bytes.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("xlsx: reading %s: %w", b.name, err)
	}
	switch {
	case f.Size == 0:
		return b.unreadable("is empty")
	case strings.HasPrefix(string(head), "\xd0\xcf\x11\xe0"):
		return b.unreadable("has a password, or is a workbook of the old kind (.xls); take the password off, and save it as .xlsx")
	case !strings.HasPrefix(string(head), "PK"):
		return b.unreadable("is no Excel workbook; if it is text, give it its right name (.csv)")
	}
	archive, err := zip.NewReader(f.Bytes, f.Size)
	if err != nil {
		return b.unreadable("is damaged or cut short: %w", err)
	}
	if len(archive.File) > maxParts {
		return b.unreadable("has %d parts, more than any workbook needs (%d)", len(archive.File), maxParts)
	}
	for _, part := range archive.File {
		key := partKey(part.Name)
		if _, twice := b.parts[key]; twice {
			return b.unreadable("is damaged: it has the part %.100q twice", part.Name)
		}
		b.parts[key] = part
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

// partKey makes one form of the names of a part, which differ in case and in slashes from program to program.
func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// part opens a part, which must not unpack to more than limit.
func (b *book) part(name string, limit int64) (io.ReadCloser, error) {
	part, ok := b.parts[partKey(name)]
	if !ok {
		return nil, b.unreadable("lacks the part %.100q", name)
	}
	if part.UncompressedSize64 > uint64(limit) {
		return nil, b.unreadable("is too large: its part %.100q unpacks to %d bytes, more than %d; split it, or save it as CSV UTF-8", name, part.UncompressedSize64, limit)
	}
	in, err := part.Open()
	if err != nil {
		return nil, b.unreadable("can't be unpacked: %w", err)
	}
	return in, nil
}

// decode reads a whole small part.
func (b *book) decode(name string, into any) error {
	in, err := b.part(name, maxSmallPart)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := xml.NewTokenDecoder(newStream(in, defaultClaimBytes)).Decode(into); err != nil {
		return b.unreadable("is damaged: part %.100q: %w", name, err)
	}
	return nil
}

// relation is a link from one part to another.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	target string // from the root of the workbook
}

// kind reports whether the relation is of a kind, in either edition of the standard.
func (r relation) kind(name string) bool { return strings.HasSuffix(r.Type, "/"+name) }

// relationsOf reads where a part links to; "" is the workbook as a whole.
func (b *book) relationsOf(part string) ([]relation, error) {
	folder, file := path.Split(part)
	var list struct {
		Relation []relation `xml:"Relationship"`
	}
	if err := b.decode(path.Join(folder, "_rels", file+".rels"), &list); err != nil {
		return nil, err
	}
	for i := range list.Relation {
		r := &list.Relation[i]
		r.target = strings.TrimPrefix(r.Target, "/")
		if !strings.HasPrefix(r.Target, "/") {
			r.target = path.Join(folder, r.Target)
		}
	}
	return list.Relation, nil
}

// mainPart finds the workbook's own part and where it links to.
func (b *book) mainPart() (string, []relation, error) {
	root, err := b.relationsOf("")
	if err != nil {
		return "", nil, b.unreadable("is a zip archive, but no Excel workbook: %w", err)
	}
	for _, r := range root {
		if !r.kind("officeDocument") {
			continue
		}
		if strings.HasSuffix(r.target, ".bin") {
			return "", nil, b.unreadable("is a binary workbook (.xlsb); save it as .xlsx")
		}
		relations, err := b.relationsOf(r.target)
		return r.target, relations, err
	}
	return "", nil, b.unreadable("is no Excel workbook")
}

// readWorkbook reads the list of sheets and the date system.
func (b *book) readWorkbook(part string, relations []relation) error {
	var book struct {
		XMLName    xml.Name `xml:"workbook"`
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := b.decode(part, &book); err != nil {
		return err
	}
	b.date1904 = isTrue(book.Properties.Date1904)
	for _, s := range book.Sheets {
		for _, r := range relations {
			if r.kind("worksheet") && r.ID == relationID(s.Attrs) {
				b.sheets = append(b.sheets, sheet{name: s.Name, part: r.target, hidden: s.State == "hidden" || s.State == "veryHidden"})
			}
		}
	}
	return nil
}

// relationID finds the attribute r:id, whatever its prefix.
func relationID(attrs []xml.Attr) string {
	for _, a := range attrs {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" || s == "on" }

// choose finds the sheet with the claims and, if there is one, that with the control totals.
func (b *book) choose(name string) (claims sheet, control *sheet, err error) {
	var found, first *sheet
	for i := range b.sheets {
		s := &b.sheets[i]
		switch lower := strings.ToLower(strings.TrimSpace(s.name)); {
		case name != "" && strings.EqualFold(s.name, name):
			found = s
		case lower == "control" || lower == "核對資料":
			control = s
		case name == "" && found == nil && (lower == "claims" || lower == "申索"):
			found = s
		case first == nil && !s.hidden:
			first = s
		}
	}
	switch {
	case found != nil:
		return *found, control, nil
	case name != "":
		return sheet{}, nil, b.unreadable("has no sheet %q; it has %s", name, b.sheetNames())
	case first != nil:
		return *first, control, nil
	}
	return sheet{}, nil, b.unreadable("has no sheet with claims; it has %s", b.sheetNames())
}

func (b *book) sheetNames() string {
	names := make([]string, len(b.sheets))
	for i, s := range b.sheets {
		names[i] = fmt.Sprintf("%.60q", s.name)
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
