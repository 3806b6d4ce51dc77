package icms

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
)

// leg is a stretch of one index: the cases of it in their order, and the index's own cursor when there are more behind them.
type leg struct {
	cases []*foundCase
	next  string
	names bool // of the index of names
}

// merge puts the stretches into one order, up to where the shortest of them was read, and gives the place to go on from.
func merge(legs []leg, from place, limit int) ([]*foundCase, place) {
	var all []*foundCase
	horizon, open := "", false // all before it is read; open says that there is more behind it
	for _, l := range legs {
		all = append(all, l.cases...)
		if l.next == "" {
			continue
		}
		last := from.At // nothing was found as far as it was read
		if n := len(l.cases); n > 0 {
			last = behind(l.cases[n-1].at)
		}
		if !open || last < horizon {
			horizon, open = last, true
		}
	}
	slices.SortFunc(all, func(a, b *foundCase) int { return cmp.Compare(a.at, b.at) })
	all = slices.CompactFunc(all, func(a, b *foundCase) bool { return a.at == b.at })
	if open {
		end := slices.IndexFunc(all, func(f *foundCase) bool { return f.at >= horizon })
		if end >= 0 {
			all = all[:end]
		}
	}
	if len(all) > limit {
		all, open = all[:limit], true
	}
	if !open {
		return all, place{}
	}
	next := from
	if n := len(all); n > 0 {
		next.At = behind(all[n-1].at)
	}
	// The index of names goes on from its own cursor once all that it gave is behind; else it is read again from the place.
	if l := legs[0]; l.names && l.next != "" && (len(l.cases) == 0 || l.cases[len(l.cases)-1].at < next.At) {
		next.Names = l.next
	}
	return all, next
}

// behind is the bound behind a place.
func behind(at string) string { return at + "!" }

// place is where a page begins: at a place of cases, and where the index of names had got.
type place struct {
	At    string `json:"at"`
	Names string `json:"names,omitempty"`
}

// String is the cursor, empty for the zero place.
func (p place) String() string {
	if p == (place{}) {
		return ""
	}
	b, err := json.Marshal(p)
	if err != nil { // strings always marshal
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func readPlace(cursor string) (place, error) {
	var p place
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil && cursor != "" {
		err = json.Unmarshal(b, &p)
	}
	if err != nil || strings.ContainsFunc(p.At, notPrintable) {
		return p, invalid("%.80q is no cursor of a page", cursor)
	}
	return p, nil
}
