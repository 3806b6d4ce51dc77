package explore

// graph holds the fair moves: those out of state n lead to targets[offsets[n]:offsets[n+1]].
type graph struct {
	offsets []uint32
	targets []uint32
}

// circle finds a state from which fair moves lead back to it, by taking away, again and again, the states into which none leads.
// States that were not looked into, n of them in all, lead nowhere.
func (g *graph) circle(n int) (uint32, bool) {
	for len(g.offsets) <= n {
		g.offsets = append(g.offsets, uint32(len(g.targets)))
	}
	into := make([]uint32, n)
	for _, to := range g.targets {
		into[to]++
	}
	free := make([]uint32, 0, n)
	for at := range into {
		if into[at] == 0 {
			free = append(free, uint32(at))
		}
	}
	gone := 0
	for ; gone < len(free); gone++ {
		at := free[gone]
		for _, to := range g.targets[g.offsets[at]:g.offsets[at+1]] {
			if into[to]--; into[to] == 0 {
				free = append(free, to)
			}
		}
	}
	if gone == n {
		return 0, false
	}
	return g.onCircle(into), true
}

// onCircle walks backwards among the states that are left, each of which has a predecessor there, until it meets one again.
func (g *graph) onCircle(left []uint32) uint32 {
	before := make([]uint32, len(left))
	var at uint32
	for s := range left {
		if left[s] == 0 {
			continue
		}
		for _, to := range g.targets[g.offsets[s]:g.offsets[s+1]] {
			if left[to] > 0 {
				before[to], at = uint32(s), to
			}
		}
	}
	met := make(map[uint32]bool)
	for !met[at] {
		met[at] = true
		at = before[at]
	}
	return at
}
