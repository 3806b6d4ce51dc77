package storewire

// slab gives out values from blocks of many: one allocation for all of a block.
type slab[T any] struct{ free []T }

const slabBlock = 128

func (s *slab[T]) next() *T {
	if len(s.free) == 0 {
		s.free = make([]T, slabBlock)
	}
	v := &s.free[0]
	s.free = s.free[1:]
	return v
}

// bytesSlab keeps copies of bytes in large blocks.
type bytesSlab struct{ free []byte }

const bytesBlock = 64 << 10

func (s *bytesSlab) keep(b []byte) []byte {
	if len(b) > bytesBlock/4 {
		return append([]byte(nil), b...)
	}
	if len(b) > cap(s.free)-len(s.free) {
		s.free = make([]byte, 0, bytesBlock)
	}
	from := len(s.free)
	s.free = append(s.free, b...)
	return s.free[from:len(s.free):len(s.free)]
}
