package filing

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"unicode/utf8"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// JSONLines reads claims from JSON lines in UTF-8: one JSON object per line, with the members of [Claim]. An amount is a text
// such as "HKD 120.00" or "120.00", or a number, which is taken by its digits and never as a float. null counts as absent.
// A member we don't know, or one given twice, is a finding.
//
// The first object may be {"control":{"claims":1000,"total":"HKD 1000.00","hash":"sha256:..."}}. The hash is that of the
// file's bytes after its line.
type JSONLines struct{}

// Name is "jsonl".
func (JSONLines) Name() string { return "jsonl" }

// Read implements [Format].
func (JSONLines) Read(ctx context.Context, f File, o ReadOptions) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		f.Bytes = contextBytes{ctx, f.Bytes}
		r, err := openJSONLines(f, o)
		if err != nil {
			yield(Row{}, err)
			return
		}
		if o.Header != nil {
			o.Header(r.control.control, r.control.findings)
		}
		r.rows(ctx, yield)
	}
}

// jsonReader is a file of JSON lines whose control object is read.
type jsonReader struct {
	file    File
	lines   *lineScanner
	claims  jsonClaims
	control controlReader
	pending []byte // the first line, when it was a claim
	tooLong bool   // the first line was too long to keep
}

func openJSONLines(f File, o ReadOptions) (*jsonReader, error) {
	text, err := sniffJSON(f)
	if err != nil {
		return nil, err
	}
	r := &jsonReader{file: f, claims: newJSONClaims(o.Dates), control: controlReader{home: o.Currency}}
	if o.Currency != "" {
		if r.claims.home, err = money.ParseCurrency(o.Currency); err != nil {
			return nil, fmt.Errorf("filing: the currency of the reading options: %w", err)
		}
	}
	limit := o.MaxClaimBytes
	if limit <= 0 {
		limit = defaultClaimBytes
	}
	r.lines = &lineScanner{in: text.open(f), limit: limit, buf: make([]byte, csvBuffer)}
	return r, r.first(text)
}

// sniffJSON refuses files that are no JSON lines at all.
func sniffJSON(f File) (sniffed, error) {
	head := make([]byte, min(f.Size, 4096))
	if _, err := readAt(f, head, 0); err != nil {
		return sniffed{}, err
	}
	if err := refuseOther(f.Name, head); err != nil {
		return sniffed{}, err
	}
	refuse := func(what string) (sniffed, error) {
		return sniffed{}, fmt.Errorf("%w: %s %s", ErrUnreadable, quoteName(f.Name), what)
	}
	text := sniffed{}
	if rest, ok := bytes.CutPrefix(head, []byte("\xef\xbb\xbf")); ok {
		text.mark, head = 3, rest
	}
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return refuse("is in UTF-16; JSON lines are in UTF-8")
	}
	head = bytes.TrimLeft(head, " \t\r\n")
	first, _, more := bytes.Cut(head, []byte("\n"))
	switch {
	case bytes.HasPrefix(head, []byte("[")):
		return refuse("is one JSON list; write one object per line, without brackets and commas around them")
	case more && string(bytes.TrimSpace(first)) == "{":
		return refuse("is a JSON object over several lines; write one object per line")
	case len(head) > 0 && head[0] != '{' && !json.Valid(bytes.TrimSpace(first)):
		return refuse("does not begin with a JSON object")
	}
	return text, nil
}

// first reads the first line: the control object, or a claim to be given later.
func (r *jsonReader) first(text sniffed) error {
	line, err := r.next()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil && !errors.Is(err, errTooLong) {
		return r.failed(err)
	}
	if err == nil && json.Valid(line) && r.claims.readControl(string(line), r.lines.line, &r.control) {
		return r.control.checkHash(r.file, text, r.lines.line)
	}
	r.pending, r.tooLong = line, err != nil
	return nil
}

// next gives the next line that is not blank.
func (r *jsonReader) next() ([]byte, error) {
	if line, tooLong := r.pending, r.tooLong; line != nil || tooLong {
		r.pending, r.tooLong = nil, false
		if tooLong {
			return nil, errTooLong
		}
		return line, nil
	}
	for {
		line, err := r.lines.next()
		if err != nil || len(bytes.TrimSpace(line)) > 0 {
			return line, err
		}
	}
}

// rows gives the claims.
func (r *jsonReader) rows(ctx context.Context, yield func(Row, error) bool) {
	for {
		line, err := r.next()
		if err == nil && r.lines.line%256 == 0 {
			err = ctx.Err()
		}
		row := Row{Line: r.lines.line}
		switch {
		case errors.Is(err, io.EOF):
			return
		case errors.Is(err, errTooLong):
			row.reject(bad(codeRowTooLarge, law.V("limit", r.lines.limit)))
		case err != nil:
			yield(Row{}, r.failed(err))
			return
		default:
			r.claims.read(&row, line)
		}
		if !yield(row, nil) {
			return
		}
	}
}

// reject marks a row of which nothing can be read.
func (r *Row) reject(p problem) {
	r.find(p, Path{})
	r.Unread = wholeClaim()
}

func (r *jsonReader) failed(err error) error {
	return fmt.Errorf("filing: reading %s after line %d: %w", quoteName(r.file.Name), r.lines.line, err)
}

// read reads a claim from a line.
func (c *jsonClaims) read(row *Row, line []byte) {
	if !utf8.Valid(line) {
		row.reject(bad(codeCellEncoding, law.V("place", validPrefix(line)+1)))
		return
	}
	if !json.Valid(line) {
		row.reject(syntaxProblem(line))
		return
	}
	c.walk = jsonWalk{text: string(line)}
	c.row = row
	c.claim()
	row.nameReference()
}

// validPrefix counts the characters before the first broken one.
func validPrefix(line []byte) int {
	for n, i := 0, 0; ; n++ {
		r, size := utf8.DecodeRune(line[i:])
		if r == utf8.RuneError && size <= 1 {
			return n
		}
		i += size
	}
}

// syntaxProblem says where a line stops being JSON.
func syntaxProblem(line []byte) problem {
	var raw json.RawMessage
	place, says := int64(len(line)), "unexpected end"
	var syntax *json.SyntaxError
	if err := json.Unmarshal(line, &raw); errors.As(err, &syntax) {
		place, says = syntax.Offset, syntax.Error()
	}
	return bad(codeJSONSyntax, law.V("place", place), law.V("problem", says))
}
