package payment

import "sync"

// counts counts what changes nothing and is not stored: messages that were turned away, by gateway and reason.
type counts struct {
	mu       sync.Mutex
	rejected map[rejectedBy]int64
}

type rejectedBy struct {
	Gateway string
	Reason  RejectReason
}

func newCounts() *counts { return &counts{rejected: make(map[rejectedBy]int64)} }

// reject counts a message that was turned away.
func (c *counts) reject(gateway string, reason RejectReason) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rejected[rejectedBy{gateway, reason}]++
}

// Rejected says how many messages of a gateway this Cashier has turned away since it was made, by reason.
func (c *Cashier) Rejected(gateway string) map[RejectReason]int64 {
	c.counts.mu.Lock()
	defer c.counts.mu.Unlock()
	out := make(map[RejectReason]int64)
	for by, n := range c.counts.rejected {
		if by.Gateway == gateway {
			out[by.Reason] = n
		}
	}
	return out
}
