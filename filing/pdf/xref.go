package pdf

import "bytes"

// maxUpdates bounds the parts of a cross-reference; each saving of a file may add one.
const maxUpdates = 4096

// loadTables reads the cross-reference from its newest part to its oldest.
func (in *inspection) loadTables() error {
	at, err := in.startxref()
	if err != nil {
		return err
	}
	sections := sections{in: in, seen: make(map[int64]bool)}
	for next := []int64{at}; len(next) > 0; {
		at, next = next[0], next[1:]
		if sections.seen[at] {
			return in.malformed(at, "the parts of the cross-reference go in a circle")
		}
		if sections.seen[at] = true; len(sections.seen) > maxUpdates {
			return in.bound("updates", maxUpdates)
		}
		older, err := sections.load(at)
		if err != nil {
			return err
		}
		next = append(older, next...)
	}
	return nil
}

// startxref finds where the newest part stands.
func (in *inspection) startxref() (int64, error) {
	from := max(0, in.file.size-edgeBytes)
	tail, err := in.edge(from)
	if err != nil {
		return 0, err
	}
	i := bytes.LastIndex(tail, []byte("startxref"))
	if i < 0 {
		return 0, in.malformed(from, "it does not say where its cross-reference is")
	}
	l := lexer{src: &in.file, pos: from + int64(i) + 9}
	at, ok := l.integer()
	if !ok {
		return 0, in.malformed(l.start, "it does not say where its cross-reference is")
	}
	return at, nil
}

// sections reads the parts of a cross-reference.
type sections struct {
	in   *inspection
	seen map[int64]bool
}

// load reads the part at an offset and gives where the next older ones are.
func (s *sections) load(at int64) ([]int64, error) {
	if at < 0 || at >= s.in.file.size {
		return nil, s.in.malformed(at, "a part of the cross-reference is outside of the file")
	}
	l := lexer{src: &s.in.file, pos: at}
	if l.word("xref") {
		return s.table(&l)
	}
	l.pos = at
	if _, err := l.object(); err != nil {
		return nil, err
	}
	d, err := l.dict()
	if err != nil {
		return nil, err
	}
	if !d.named(keyType, "XRef") {
		return nil, l.bad("there is no cross-reference where it should be")
	}
	s.trailer(d)
	if err := s.in.xrefStream(d); err != nil {
		return nil, err
	}
	return older(d, keyPrev), nil
}

// table reads a cross-reference table behind its keyword, with its trailer. A hybrid file names a stream too, which comes before what is
// older.
func (s *sections) table(l *lexer) ([]int64, error) {
	for {
		back := l.pos
		switch l.next() {
		case kindInt:
			if err := s.subsection(l, l.n); err != nil {
				return nil, err
			}
			continue
		case kindWord:
			if string(l.text) != "trailer" {
				return nil, l.bad("the cross-reference table is damaged")
			}
		case kindDict: // the keyword is missing
			l.pos = back
		default:
			return nil, l.bad("the cross-reference table is damaged")
		}
		d, err := l.dict()
		if err != nil {
			return nil, err
		}
		s.trailer(d)
		return older(d, keyXRefStm, keyPrev), nil
	}
}

// subsection reads the entries of objects with consecutive numbers.
func (s *sections) subsection(l *lexer, first int64) error {
	count, ok := l.integer()
	if !ok || first < 0 || count < 0 {
		return l.bad("the cross-reference table is damaged")
	}
	for i := range count {
		offset, ok := l.integer()
		_, ok2 := l.integer()
		if !ok || !ok2 || l.next() != kindWord || len(l.text) != 1 {
			return l.bad("an entry of the cross-reference table is damaged")
		}
		switch l.text[0] {
		case 'n':
			s.in.table.set(first+i, offsetEntry(offset), s.in.limits.Objects)
		case 'f':
			s.in.table.set(first+i, entryFree, s.in.limits.Objects)
		default:
			return l.bad("an entry of the cross-reference table is damaged")
		}
	}
	return nil
}

// trailer takes what the newest trailers say.
func (s *sections) trailer(d *dict) {
	in := s.in
	if v := d.get(keyRoot); in.root == 0 && v.kind == kindRef {
		in.root = v.n
	}
	in.encrypted(d)
}

func (in *inspection) encrypted(d *dict) {
	if k := d.get(keyEncrypt).kind; k == kindRef || k == kindDict {
		in.info.Encrypted = true
	}
}

func older(d *dict, keys ...key) []int64 {
	var out []int64
	for _, k := range keys {
		if v := d.get(k); v.kind == kindInt {
			out = append(out, v.n)
		}
	}
	return out
}
