package sqlite

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed migrations/*.sql
var migrations embed.FS

const (
	schemaThere  = `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'icms_schema'`
	schemaFound  = `SELECT coalesce(max(version), 0) FROM icms_schema`
	schemaCreate = `CREATE TABLE icms_schema (version INTEGER PRIMARY KEY) STRICT`
	schemaAdd    = `INSERT INTO icms_schema (version) VALUES (?)`
)

// migrate brings the tables up to date, each step once, under the write lock: of two processes that start at once the second finds
// the work done.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := migrationSteps()
	if err != nil {
		return err
	}
	if s.isUpToDate(ctx, len(steps)) {
		return nil
	}
	return s.write(ctx, "bring the tables up to date", func(ctx context.Context, q *session) error {
		found, err := schemaVersion(ctx, q)
		if err != nil {
			return err
		}
		if found > len(steps) {
			return fmt.Errorf("%w: its tables are of version %d, this program knows versions up to %d", ErrNewer, found, len(steps))
		}
		for i, step := range steps[found:] {
			if _, err := q.exec(ctx, step); err != nil {
				return fmt.Errorf("version %d: %w", found+i+1, err)
			}
			if _, err := q.exec(ctx, schemaAdd, found+i+1); err != nil {
				return err
			}
		}
		return nil
	})
}

// isUpToDate looks without the write lock, so that a program can start while another is writing. What it can't find out, the look
// under the lock will.
func (s *Store) isUpToDate(ctx context.Context, known int) bool {
	var there, version int
	if err := s.writer.QueryRowContext(ctx, schemaThere).Scan(&there); err != nil || there == 0 {
		return false
	}
	err := s.writer.QueryRowContext(ctx, schemaFound).Scan(&version)
	return err == nil && version == known
}

// schemaVersion reads the version of the tables, and makes the table of versions when there is none.
func schemaVersion(ctx context.Context, q *session) (int, error) {
	var there, version int
	if _, err := q.row(ctx, schemaThere, nil, &there); err != nil {
		return 0, err
	}
	if there == 0 {
		_, err := q.exec(ctx, schemaCreate)
		return 0, err
	}
	_, err := q.row(ctx, schemaFound, nil, &version)
	return version, err
}

// migrationSteps are the embedded scripts in their order: step 1 is 0001.sql, and so on.
func migrationSteps() ([]string, error) {
	entries, err := fs.ReadDir(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	steps := make([]string, len(entries))
	for i := range entries {
		text, err := migrations.ReadFile(fmt.Sprintf("migrations/%04d.sql", i+1))
		if err != nil {
			return nil, err
		}
		steps[i] = string(text)
	}
	return steps, nil
}
