package explore

import "hash/maphash"

// visited is the set of states, numbered in the order in which they came: a hash table of numbers with the states beside it.
type visited[S comparable] struct {
	seed   maphash.Seed
	states []S
	slots  []slot // the length is a power of two
}

// slot is a place of the table: a part of a state's hash, to tell most others apart without looking at them, and the state's number plus 1.
type slot struct{ tag, n uint32 }

func newVisited[S comparable]() *visited[S] {
	return &visited[S]{seed: maphash.MakeSeed(), slots: make([]slot, 1<<10)}
}

// add gives the number of a state and whether it is new.
func (v *visited[S]) add(s S) (at uint32, isNew bool) {
	h := maphash.Comparable(v.seed, s)
	tag, mask := uint32(h>>32), uint64(len(v.slots)-1)
	i := h & mask
	for ; v.slots[i].n != 0; i = (i + 1) & mask {
		if n := v.slots[i].n - 1; v.slots[i].tag == tag && v.states[n] == s {
			return n, false
		}
	}
	v.states = append(v.states, s)
	n := uint32(len(v.states))
	v.slots[i] = slot{tag, n}
	if len(v.states)*2 > len(v.slots) {
		v.grow()
	}
	return n - 1, true
}

// grow doubles the table. No state is there twice, so none is compared.
func (v *visited[S]) grow() {
	v.slots = make([]slot, 2*len(v.slots))
	mask := uint64(len(v.slots) - 1)
	for n, s := range v.states {
		h := maphash.Comparable(v.seed, s)
		i := h & mask
		for v.slots[i].n != 0 {
			i = (i + 1) & mask
		}
		v.slots[i] = slot{uint32(h >> 32), uint32(n) + 1}
	}
}
