package store

import (
	"iter"
	"slices"
)

// Merge adds everything that src would commit to c, so that both commit together or neither does. An engine that hands out
// changes (a debit, a receipt) leaves it to its caller to merge them into the change of the whole.
//
// ID, At, Chain and Note stay as c has them; where c has none they are taken from src. Puts, Parts, Deletes, Sums, Draw, Events,
// Work and Done of src follow those of c, so the numbers that src draws are found in Applied.First after those of c. A Require
// that c has already is not repeated. Src is not changed, and later appends to c don't show in it.
func (c *Change) Merge(src Change) {
	if c.ID == "" {
		c.ID = src.ID
	}
	if c.At.IsZero() {
		c.At = src.At
	}
	if c.Chain == "" {
		c.Chain = src.Chain
	}
	if len(c.Note) == 0 {
		c.Note = src.Note
	}
	c.Puts = slices.Concat(c.Puts, src.Puts)
	c.Parts = joinParts(c.Parts, src.Parts)
	c.Deletes = slices.Concat(c.Deletes, src.Deletes)
	c.Require = mergeKeys(c.Require, src.Require)
	c.Sums = slices.Concat(c.Sums, src.Sums)
	c.Draw = slices.Concat(c.Draw, src.Draw)
	c.Events = slices.Concat(c.Events, src.Events)
	c.Work = slices.Concat(c.Work, src.Work)
	c.Done = slices.Concat(c.Done, src.Done)
}

// mergeKeys gives the keys of both lists, each once.
func mergeKeys(a, b []Key) []Key {
	out := slices.Clip(a)
	for _, k := range b {
		if !slices.Contains(a, k) {
			out = append(out, k)
		}
	}
	return out
}

// joinParts streams the parts of a, then those of b; an error in a ends the stream.
func joinParts(a, b iter.Seq2[[]Put, error]) iter.Seq2[[]Put, error] {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return func(yield func([]Put, error) bool) {
		for _, parts := range []iter.Seq2[[]Put, error]{a, b} {
			for puts, err := range parts {
				if !yield(puts, err) || err != nil {
					return
				}
			}
		}
	}
}
