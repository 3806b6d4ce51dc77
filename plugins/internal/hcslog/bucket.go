package hcslog

import "time"

// bucket lets so many lines through at once and so many a second. When it is empty it stays shut until it is half full, so that a flood gives
// a few long gaps and not a gap after every line.
type bucket struct {
	burst, rate float64
	level       float64
	last        time.Time
	shut        bool
}

// newBucket gives a full bucket.
func newBucket(burst, rate int, now time.Time) *bucket {
	return &bucket{burst: float64(burst), rate: float64(rate), level: float64(burst), last: now}
}

// take says whether one more line may pass.
func (b *bucket) take(now time.Time) bool {
	if d := now.Sub(b.last); d > 0 {
		b.level = min(b.burst, b.level+d.Seconds()*b.rate)
		b.last = now
	}
	if b.shut && b.level < b.burst/2 {
		return false
	}
	b.shut = b.level < 1
	if b.shut {
		return false
	}
	b.level--
	return true
}
