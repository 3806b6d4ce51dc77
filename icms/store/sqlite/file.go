package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
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
