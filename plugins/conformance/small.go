package conformance

import "strconv"

// tag is the part of a reference that differs from seed to seed.
func tag(seed uint64) string { return strconv.FormatUint(seed&0xffffffff, 36) }
