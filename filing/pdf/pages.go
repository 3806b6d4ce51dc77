package pdf

import "slices"

// countPages goes from the catalogue through the whole page tree.
func (in *inspection) countPages() error {
	catalogue := new(dict)
	if err := in.dictionary(in.root, catalogue); err != nil {
		return err
	}
	if v := catalogue.get(keyVersion); v.kind == kindName && v.name > in.info.Version {
		in.info.Version = v.name
	}
	pages := catalogue.get(keyPages)
	if pages.kind != kindRef {
		return in.malformed(catalogue.end, "its catalogue names no pages")
	}
	w := pageWalk{in: in, pending: []pageNode{{number: pages.n}}, kinds: make([]nodeKind, len(in.table.entries))}
	for len(w.pending) > 0 {
		last := len(w.pending) - 1
		node := w.pending[last]
		w.pending = w.pending[:last]
		if err := w.visit(node); err != nil {
			return err
		}
	}
	if w.pages == 0 {
		return in.malformed(catalogue.end, "it has no pages")
	}
	in.info.Pages = w.pages
	return nil
}

// dictionary reads the object of that number.
func (in *inspection) dictionary(number int64, into *dict) error {
	l, err := in.resolve(number)
	if err != nil {
		return err
	}
	return l.dictInto(into)
}

// pageNode is a node of the page tree that is still to be looked at.
type pageNode struct {
	number int64
	depth  int32
}

type nodeKind uint8

const (
	nodeUnseen nodeKind = iota
	nodePage
	nodeInner
)

// pageWalk goes through the tree in its order, without recursion: pending holds what is still to come, the next at the end.
type pageWalk struct {
	in      *inspection
	pending []pageNode
	kinds   []nodeKind // by number
	node    dict       // the one looked at
	nodes   int
	pages   int
}

func (w *pageWalk) kind(number int64) nodeKind {
	if number < 0 || number >= int64(len(w.kinds)) {
		return nodeUnseen
	}
	return w.kinds[number]
}

func (w *pageWalk) visit(n pageNode) error {
	switch w.kind(n.number) {
	case nodeInner:
		return w.in.malformed(0, "the page tree goes in a circle")
	case nodePage: // the same page stands twice
		w.pages++
		return nil
	}
	d := &w.node
	if err := w.in.dictionary(n.number, d); err != nil {
		return err
	}
	if page := d.named(keyType, "Page") || d.get(keyKids).kind == kindEnd; page {
		if d.named(keyType, "Pages") {
			return w.in.malformed(d.end, "a node of the page tree has no children")
		}
		w.kinds[n.number] = nodePage
		w.pages++
		return nil
	}
	w.kinds[n.number] = nodeInner
	if limit := w.in.limits.Depth; int(n.depth) >= limit {
		return w.in.bound("depth", int64(limit))
	}
	return w.children(d, n.depth+1)
}

// children puts the children of a node before what is still to come.
func (w *pageWalk) children(d *dict, depth int32) error {
	l, err := w.kids(d)
	if err != nil {
		return err
	}
	from := len(w.pending)
	for {
		back := l.pos
		if l.next() == kindArrayEnd {
			slices.Reverse(w.pending[from:])
			return nil
		}
		l.pos = back
		v, err := l.value(false)
		if err != nil {
			return err
		}
		if v.kind != kindRef {
			return l.bad("a child in the page tree is no reference")
		}
		if w.nodes++; w.nodes > w.in.limits.Objects {
			return w.in.bound("objects", int64(w.in.limits.Objects))
		}
		w.pending = append(w.pending, pageNode{number: v.n, depth: depth})
	}
}

// kids gives a lexer behind the bracket that opens the children; they may be an object of their own.
func (w *pageWalk) kids(d *dict) (*lexer, error) {
	v := d.get(keyKids)
	l := &lexer{src: d.src, pos: v.pos}
	if v.kind == kindRef {
		var err error
		if l, err = w.in.resolve(v.n); err != nil {
			return nil, err
		}
	}
	if l.next() != kindArray {
		return nil, l.bad("a node of the page tree has no children")
	}
	return l, nil
}
