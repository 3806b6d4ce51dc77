package sqlite

import "database/sql"

// Reader gives the tests the pool that reads.
func (s *Store) Reader() *sql.DB { return s.reader }

// OnStep sets what is called before each statement of a write.
func (s *Store) OnStep(f func(query string) error) {
	s.step = f
	if s.kept != nil {
		s.kept.step = f
	}
}

// HoldTurn keeps all of this process from writing until the function is called.
func (s *Store) HoldTurn() (release func()) {
	s.turn <- struct{}{}
	return s.endTurn
}

// Waiting gives the number of changes that wait to be applied together.
func (s *Store) Waiting() int {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	return len(s.queue.list)
}

// Recode decodes the entries of a record and encodes them again.
func Recode(text string) (string, error) {
	entries, err := decodeEntries(text)
	return encodeEntries(entries), err
}

// EncodeKey encodes the entries of a record with this one key.
func EncodeKey(index int64, key string, unique bool) string {
	e := entry{index: &indexName{id: index}, key: key, slot: plainSlot}
	if unique {
		e.slot = 0
	}
	return encodeEntries([]entry{e})
}

// Queries are the statements that read.
func Queries() []string { return readQueries() }
