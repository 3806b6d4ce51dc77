package conformance

import (
	"slices"
	"strconv"
	"time"
)

// tag is the part of a reference that differs from seed to seed.
func tag(seed uint64) string { return strconv.FormatUint(seed&0xffffffff, 36) }

// percentile gives the value below which so many of a hundred lie.
func percentile(all []time.Duration, percent int) time.Duration {
	slices.Sort(all)
	return all[min(len(all)-1, len(all)*percent/100)]
}
