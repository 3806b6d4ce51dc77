package storewire

import "sync/atomic"

// partsMemory is what the parts of all changes together may hold in memory, in bytes on the wire.
const partsMemory = 64 << 20

// budget is memory that calls share.
type budget struct{ left atomic.Int64 }

func newBudget(n int64) *budget {
	b := &budget{}
	b.left.Store(n)
	return b
}

// take takes n bytes and says whether they were there.
func (b *budget) take(n int64) bool {
	if b.left.Add(-n) >= 0 {
		return true
	}
	b.left.Add(n)
	return false
}

func (b *budget) give(n int64) { b.left.Add(n) }
