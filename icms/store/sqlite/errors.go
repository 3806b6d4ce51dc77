package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"courts.example/eservices/icms/store"
	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// ErrNewer says that a newer version of this package has written the database: run that version, or restore a copy from before.
var ErrNewer = errors.New("sqlite: the database was written by a newer version of this program")

// fail gives an error of the driver its place and its sentinel. Errors that have one keep it.
func fail(doing string, err error) error {
	if err == nil {
		return nil
	}
	kind := kindOf(err)
	if kind == nil || errors.Is(err, kind) {
		return fmt.Errorf("sqlite: %s: %w", doing, err)
	}
	return fmt.Errorf("sqlite: %s: %w: %w", doing, kind, err)
}

func kindOf(err error) error {
	var e *driver.Error
	switch {
	case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return nil
	case errors.As(err, &e):
		return kindOfCode(e.Code())
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
		return store.ErrFull
	case errors.Is(err, sql.ErrConnDone) || errors.Is(err, fs.ErrClosed):
		return store.ErrClosed
	}
	return nil
}

func kindOfCode(code int) error {
	switch code {
	case lib.SQLITE_IOERR_SHMSIZE: // the shared memory of the log could not grow
		return store.ErrFull
	case lib.SQLITE_IOERR_SHORT_READ, lib.SQLITE_IOERR_CORRUPTFS, lib.SQLITE_IOERR_DATA:
		return store.ErrCorrupt
	}
	switch code & 0xff {
	case lib.SQLITE_FULL:
		return store.ErrFull
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return store.ErrCorrupt
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_PROTOCOL:
		return store.ErrBusy
	case lib.SQLITE_TOOBIG:
		return store.ErrInvalid
	}
	return nil
}

// hasCode says whether the driver failed with the primary code.
func hasCode(err error, code int) bool {
	var e *driver.Error
	return errors.As(err, &e) && e.Code()&0xff == code
}

func isBusy(err error) bool {
	return hasCode(err, lib.SQLITE_BUSY) || hasCode(err, lib.SQLITE_LOCKED) || hasCode(err, lib.SQLITE_PROTOCOL)
}

func isConstraint(err error) bool { return hasCode(err, lib.SQLITE_CONSTRAINT) }
