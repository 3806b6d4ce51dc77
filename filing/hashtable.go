package filing

// hashTable is a set of 64-bit hashes with the line at which each came first, and a sum beside it where asked: 12 or 20 bytes an
// entry in open addressing. It is cut into shards that grow one at a time, by a quarter and from different sizes, so that
// growing never doubles the memory in use.
type hashTable struct {
	shards [tableShards]tableShard
	sums   bool
}

const tableShards = 64

type tableShard struct {
	hashes []uint64 // 0 is free
	lines  []uint32
	sums   []int64 // only in a table with sums
	used   int
}

func newHashTable(sums bool) *hashTable { return &hashTable{sums: sums} }

// add notes a hash; when it was there before it gives the line at which it came first.
func (t *hashTable) add(hash uint64, line int) (first int, seen bool) {
	s, i, seen := t.place(hash, line)
	return int(s.lines[i]), seen
}

// place finds the entry of a hash, and makes one at this line when there is none. The entry stays where it is until the next place.
func (t *hashTable) place(hash uint64, line int) (s *tableShard, i int, seen bool) {
	if hash == 0 {
		hash = 1
	}
	number := hash >> 58
	s = &t.shards[number]
	if s.used*5 >= len(s.hashes)*4 {
		s.grow(int(number), t.sums)
	}
	i = s.find(hash)
	if s.hashes[i] == hash {
		return s, i, true
	}
	s.hashes[i], s.lines[i] = hash, uint32(line)
	s.used++
	return s, i, false
}

// find gives the place of a hash, or the free place where it belongs.
func (s *tableShard) find(hash uint64) int {
	i := int((hash & 0xffffffff) * uint64(len(s.hashes)) >> 32)
	for s.hashes[i] != 0 && s.hashes[i] != hash {
		if i++; i == len(s.hashes) {
			i = 0
		}
	}
	return i
}

func (s *tableShard) grow(number int, sums bool) {
	old := *s
	size := len(old.hashes) + len(old.hashes)/4
	if size == 0 {
		size = 64 + number/4 // from 64 to a quarter more, so that shards of one fill grow at different times
	}
	s.hashes, s.lines = make([]uint64, size), make([]uint32, size)
	if sums {
		s.sums = make([]int64, size)
	}
	for j, hash := range old.hashes {
		if hash == 0 {
			continue
		}
		i := s.find(hash)
		s.hashes[i], s.lines[i] = hash, old.lines[j]
		if sums {
			s.sums[i] = old.sums[j]
		}
	}
}
