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

// Queries are the statements that read.
func Queries() []string { return readQueries() }
