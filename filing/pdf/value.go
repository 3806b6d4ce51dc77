package pdf

// The keys of dictionaries that are looked at.
type key uint8

const (
	keyNone key = iota
	keyType
	keyKids
	keyPages
	keyVersion
	keyRoot
	keyPrev
	keyXRefStm
	keyEncrypt
	keySize
	keyW
	keyIndex
	keyLength
	keyFilter
	keyParms
	keyN
	keyFirst
	keyPredictor
	keyColors
	keyBits
	keyColumns
	keyCount
)

func keyOf(name []byte) key {
	switch string(name) {
	case "Type":
		return keyType
	case "Kids":
		return keyKids
	case "Pages":
		return keyPages
	case "Version":
		return keyVersion
	case "Root":
		return keyRoot
	case "Prev":
		return keyPrev
	case "XRefStm":
		return keyXRefStm
	case "Encrypt":
		return keyEncrypt
	case "Size":
		return keySize
	case "W":
		return keyW
	case "Index":
		return keyIndex
	case "Length":
		return keyLength
	case "Filter":
		return keyFilter
	case "DecodeParms":
		return keyParms
	case "N":
		return keyN
	case "First":
		return keyFirst
	}
	return parameterKey(name)
}

// parameterKey is the rest of keyOf: the parameters of a predictor.
func parameterKey(name []byte) key {
	switch string(name) {
	case "Predictor":
		return keyPredictor
	case "Colors":
		return keyColors
	case "BitsPerComponent":
		return keyBits
	case "Columns":
		return keyColumns
	}
	return keyNone
}

// value is a value of a dictionary. Arrays and dictionaries are only found, and read where they stand when they are wanted.
type value struct {
	kind kind // kindEnd: absent
	n    int64
	name string
	pos  int64 // of an array or a dictionary: its first byte
}

// dict is a dictionary as far as its keys are looked at; of a repeated key the last value holds.
type dict struct {
	src    *source
	end    int64 // behind it
	values [keyCount]value
}

func (d *dict) get(k key) value { return d.values[k] }

// named reports whether the value is that name.
func (d *dict) named(k key, name string) bool {
	return d.values[k].kind == kindName && d.values[k].name == name
}

// integer gives an integer, or what stands for an absent one.
func (d *dict) integer(k key, absent int64) int64 {
	if v := d.values[k]; v.kind == kindInt {
		return v.n
	}
	return absent
}

// dict reads a dictionary.
func (l *lexer) dict() (*dict, error) {
	d := new(dict)
	return d, l.dictInto(d)
}

// dictInto reads a dictionary in the place of another.
func (l *lexer) dictInto(d *dict) error {
	if l.next() != kindDict {
		return l.bad("there is no dictionary where one is needed")
	}
	*d = dict{src: l.src}
	for {
		switch l.next() {
		case kindDictEnd:
			d.end = l.pos
			return nil
		case kindName:
			k := keyOf(l.text)
			v, err := l.value(k != keyNone)
			if err != nil {
				return err
			}
			if k != keyNone {
				d.values[k] = v
			}
		default:
			return l.bad("a dictionary is damaged")
		}
	}
}

// value reads a value; the text of a name only where it is wanted.
func (l *lexer) value(wanted bool) (value, error) {
	k := l.next()
	v := value{kind: k, pos: l.start}
	switch k {
	case kindInt:
		v.n = l.n
		l.reference(&v)
	case kindName:
		if wanted {
			v.name = string(l.text)
		}
	case kindArray, kindDict:
		return v, l.skip()
	case kindWord:
		if string(l.text) == "null" {
			v.kind = kindNull
		}
	case kindString:
	default:
		return v, l.bad("a value is missing")
	}
	return v, nil
}

// reference makes a reference of "12 0 R", whose first number was read.
func (l *lexer) reference(v *value) {
	back := l.pos
	if _, ok := l.integer(); ok && l.word("R") {
		v.kind = kindRef
		return
	}
	l.pos = back
}

// skip goes behind the array or dictionary that was opened.
func (l *lexer) skip() error {
	for depth := 1; depth > 0; {
		switch l.next() {
		case kindArray, kindDict:
			if depth++; depth > l.src.in.limits.Depth {
				return l.src.in.bound("depth", int64(l.src.in.limits.Depth))
			}
		case kindArrayEnd, kindDictEnd:
			depth--
		case kindEnd:
			return l.bad("an array or a dictionary has no end")
		}
	}
	return nil
}

func (l *lexer) bad(detail string) error { return l.src.in.malformed(l.start, detail) }

// integers reads an array of at most limit integers.
func (d *dict) integers(k key, limit int) ([]int64, error) {
	v := d.get(k)
	l := lexer{src: d.src, pos: v.pos, start: v.pos}
	if v.kind != kindArray || l.next() != kindArray {
		return nil, l.bad("there is no array of numbers where one is needed")
	}
	var out []int64
	for {
		switch l.next() {
		case kindArrayEnd:
			return out, nil
		case kindInt:
			if len(out) == limit {
				return nil, l.src.in.bound("objects", int64(limit))
			}
			out = append(out, l.n)
		default:
			return nil, l.bad("an array of numbers is damaged")
		}
	}
}
