package xlsx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"courts.example/eservices/filing"
)

// mergedAreas are the merged areas of a sheet, for rows that come in their order.
type mergedAreas struct {
	areas  []area // by their first row; those before next are active or done
	next   int
	active []area
}

// area is a block of cells. Rows count from 1 and columns from 0; the last ones are in.
type area struct{ top, bottom, left, right int }

// mergedAreas reads the merged areas of a sheet, which stand behind its rows. Most sheets have none, and for those the
// sheet is only searched for the word.
func (b *book) mergedAreas(s sheet) (mergedAreas, error) {
	var m mergedAreas
	in, err := b.part(s.part, maxSheetPart)
	if err != nil {
		return m, err
	}
	found, err := holds(in, "mergeCell ")
	in.Close()
	if err != nil {
		return m, b.unreadable("is damaged: sheet %.60q: %w", s.name, err)
	}
	if !found {
		return m, nil
	}
	if in, err = b.part(s.part, maxSheetPart); err != nil {
		return m, err
	}
	defer in.Close()
	tokens := newStream(in, defaultClaimBytes)
	for {
		token, err := tokens.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return m, b.unreadable("is damaged: sheet %.60q: %w", s.name, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "mergeCell" {
			continue
		}
		if a, ok := areaOf(attribute(start, "ref")); ok {
			m.areas = append(m.areas, a)
		}
		if len(m.areas) > maxMergedAreas {
			return m, b.unreadable("has more than %d merged areas in sheet %.60q; take them apart", maxMergedAreas, s.name)
		}
	}
	slices.SortFunc(m.areas, func(a, b area) int { return a.top - b.top })
	return m, nil
}

// holds searches a stream for a word.
func holds(in io.Reader, word string) (bool, error) {
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := in.Read(buf[kept:])
		if bytes.Contains(buf[:kept+n], []byte(word)) {
			return true, nil
		}
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		tail := min(kept+n, len(word)-1)
		kept = copy(buf, buf[kept+n-tail:kept+n])
	}
}

// areaOf reads a reference such as "A1:C3".
func areaOf(ref string) (area, bool) {
	from, to, ok := strings.Cut(ref, ":")
	left, ok1 := columnOf(from)
	right, ok2 := columnOf(to)
	top, err1 := strconv.Atoi(strings.TrimLeft(from, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	bottom, err2 := strconv.Atoi(strings.TrimLeft(to, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return area{top, bottom, left, right}, ok && ok1 && ok2 && err1 == nil && err2 == nil
}

// mark marks the cells of a row that lie in a merged area and don't hold its value, as far as there are headings.
func (m *mergedAreas) mark(cells []filing.Cell, line, width int) []filing.Cell {
	for ; m.next < len(m.areas) && m.areas[m.next].top <= line; m.next++ {
		m.active = append(m.active, m.areas[m.next])
	}
	m.active = slices.DeleteFunc(m.active, func(a area) bool { return a.bottom < line })
	for _, a := range m.active {
		for column := a.left; column <= min(a.right, width-1); column++ {
			if line == a.top && column == a.left {
				continue
			}
			for len(cells) <= column {
				cells = append(cells, filing.Cell{})
			}
			cells[column].Merged = true
		}
	}
	return cells
}
