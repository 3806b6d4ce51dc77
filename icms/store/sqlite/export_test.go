package sqlite

import "database/sql"

// Reader gives the tests the pool that reads.
func (s *Store) Reader() *sql.DB { return s.reader }

// OnStep sets what is called before each statement of a write.
func (s *Store) OnStep(f func(query string) error) {
	s.step = f
	s.kept = nil
}

// Queries are the statements that read.
func Queries() []string { return readQueries() }
