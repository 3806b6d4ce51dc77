package pdf

// entry says where an object is: nothing (0), free, at an offset of the file, or in an object stream.
type entry uint64

const (
	entryFree   entry = 1 << 62
	entryOffset entry = 2 << 62
	entryStream entry = 3 << 62
	entryKind   entry = 3 << 62
	indexBits         = 32
	maxOffset         = 1<<62 - 1
)

// table holds the entries of all objects by number. It grows with the highest number, up to the bound.
type table struct {
	entries []entry
	scanned bool // later entries override; of a cross-reference, which is read from the newest part on, the first holds
	over    bool // there are numbers beyond the bound
}

func (t *table) set(number int64, e entry, limit int) {
	switch {
	case number < 0:
		return
	case number >= int64(limit):
		t.over = true
		return
	}
	for int64(len(t.entries)) <= number {
		t.entries = append(t.entries, make([]entry, number+1-int64(len(t.entries)))...)
	}
	if t.scanned || t.entries[number] == 0 {
		t.entries[number] = e
	}
}

func (t *table) get(number int64) entry {
	if number < 0 || number >= int64(len(t.entries)) {
		return 0
	}
	return t.entries[number]
}

func offsetEntry(offset int64) entry {
	if offset < 0 || offset > maxOffset {
		return entryFree
	}
	return entryOffset | entry(offset)
}

// streamEntry names the place index in the object stream of that number.
func streamEntry(stream, index int64) entry {
	if stream < 0 || stream >= maxObjects || index < 0 || index >= 1<<indexBits {
		return entryFree
	}
	return entryStream | entry(stream)<<indexBits | entry(index)
}

func (e entry) offset() int64 { return int64(e &^ entryKind) }

func (e entry) inStream() (stream, index int64) {
	e &^= entryKind
	return int64(e >> indexBits), int64(e & (1<<indexBits - 1))
}
