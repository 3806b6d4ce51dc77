package storewire

import "sync/atomic"

const (
	// partsMemory is what the parts of all changes together may hold in a plugin's memory, in bytes on the wire.
	partsMemory = 64 << 20
	// answerMemory is what one answer may hold in the host's memory, and answersMemory what all the answers of a plugin together may while they are
	// received, in bytes as tally counts them. A page of store.MaxPage records of 100 kB each fits, and so do 100,000 hits of 1 kB.
	answerMemory  = 128 << 20
	answersMemory = 2 * answerMemory
	// thingCost is about what the value of a thing, and the growing of the list that it is in, take besides its bytes.
	thingCost = 192
)

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
