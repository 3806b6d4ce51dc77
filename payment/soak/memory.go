package main

import (
	"fmt"
	"os"
	"runtime"
)

// measure gives what is alive on the heap, after what is not has been collected, and what the system gives this process: SQLite keeps its
// pages outside of the heap.
func measure() memory {
	runtime.GC()
	runtime.GC() // what the first one left to finalizers and pools
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return memory{Heap: m.HeapAlloc, Resident: resident(), Goroutines: runtime.NumGoroutine()}
}

// resident is the memory of this process by the account of Linux, 0 elsewhere.
func resident() uint64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, pages uint64
	if _, err := fmt.Sscan(string(text), &size, &pages); err != nil {
		return 0
	}
	return pages * uint64(os.Getpagesize())
}

// String says it in a line.
func (m memory) String() string {
	text := fmt.Sprintf("heap %s in %d goroutines", mega(m.Heap), m.Goroutines)
	if m.Resident > 0 {
		text += ", resident " + mega(m.Resident)
	}
	return text
}

func mega(bytes uint64) string { return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20)) }

// The growth that is allowed from the second tenth part of a steady soak, when everything is warm, to the last: by a share, and by what chance
// may add.
const (
	warm          = 1
	growthShare   = 0.25
	heapChance    = 4 << 20
	systemsChance = 32 << 20
)

// grown says what has grown in a steady soak; it is empty when nothing has.
func grown(all []memory) string {
	if len(all) <= warm+1 {
		return ""
	}
	base, last := all[warm], all[len(all)-1]
	for _, part := range []struct {
		name               string
		base, last, chance uint64
	}{
		{"heap", base.Heap, last.Heap, heapChance},
		{"resident memory", base.Resident, last.Resident, systemsChance},
	} {
		if limit := uint64(float64(part.base)*(1+growthShare)) + part.chance; part.last > limit {
			return fmt.Sprintf("the %s has grown from %s to %s, more than to %s", part.name, mega(part.base), mega(part.last), mega(limit))
		}
	}
	return ""
}
