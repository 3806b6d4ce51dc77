package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"courts.example/eservices/icms/store"
)

// touch makes the file when it is not there, for its owner alone, and makes its name durable. SQLite gives the files beside it the
// same mode.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if runtime.GOOS == "windows" {
		return nil // a folder can't be synced there
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// mostFaults bounds what Check tells.
const mostFaults = 10

// Check reads the whole database and looks whether its structure is sound; it takes a while on a large one, and lets others work.
// The error wraps store.ErrCorrupt and tells the first faults: stop, and restore a copy. Whether records are as they were written is
// another question, which [store.Verify] answers.
func (s *Store) Check(ctx context.Context) error {
	const doing = "check the database"
	if s.closed.Load() {
		return s.fail(doing, store.ErrClosed)
	}
	rows, err := s.reader.QueryContext(ctx, fmt.Sprintf("PRAGMA integrity_check(%d)", mostFaults))
	if err != nil {
		return s.fail(doing, err)
	}
	defer rows.Close()
	faults, err := faultsOf(rows)
	switch {
	case err != nil:
		return s.fail(doing, err)
	case len(faults) > 0:
		return s.fail(doing, fmt.Errorf("%w: %s", store.ErrCorrupt, strings.Join(faults, "; ")))
	}
	return nil
}

func faultsOf(rows *sql.Rows) (faults []string, err error) {
	for rows.Next() {
		var fault string
		if err := rows.Scan(&fault); err != nil {
			return nil, err
		}
		if fault != "ok" {
			faults = append(faults, fault)
		}
	}
	return faults, rows.Err()
}
