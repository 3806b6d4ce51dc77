package blob

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Sweep takes away what nobody needs: leftovers of stagings that a crash has ended, and kept content of which keep says that no record
// names it; a nil keep leaves all kept content alone. Only what is older than the instant is looked at, by the clock of the file
// system: choose it well before the longest time between Stage and the commit of the record that names the content. Content that is
// kept again while Sweep runs stays. It gives the number of files it removed, also with an error, and ends at the first error.
func (f *Folder) Sweep(ctx context.Context, olderThan time.Time, keep func(hash string) (bool, error)) (removed int, err error) {
	remove := func(path string) error {
		gone, err := f.removeOld(path, olderThan)
		if gone {
			removed++
		}
		return err
	}
	if err := f.each(ctx, filepath.Join(f.root, stagingName), remove); err != nil || keep == nil {
		return removed, fail("sweep", err)
	}
	dirs, err := os.ReadDir(f.root)
	if err != nil {
		return removed, fail("sweep", err)
	}
	for _, dir := range dirs {
		if !dir.IsDir() || len(dir.Name()) != 2 {
			continue
		}
		err := f.each(ctx, filepath.Join(f.root, dir.Name()), func(path string) error {
			hash := filepath.Base(path)
			if !isHash(hash) {
				return nil // not ours
			}
			if old, err := isOld(path, olderThan); err != nil || !old {
				return err
			}
			if needed, err := keep(hash); err != nil || needed {
				return err
			}
			return remove(path)
		})
		if err != nil {
			return removed, fail("sweep", err)
		}
	}
	return removed, nil
}

// each visits the files of one folder.
func (f *Folder) each(ctx context.Context, dir string, visit func(path string) error) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := visit(filepath.Join(dir, file.Name())); err != nil {
			return fmt.Errorf("%s: %w", file.Name(), err)
		}
	}
	return nil
}

// removeOld removes a file that is still old under the lock.
func (f *Folder) removeOld(path string, olderThan time.Time) (bool, error) {
	unlock, err := f.lock(true)
	if err != nil {
		return false, err
	}
	defer unlock()
	if old, err := isOld(path, olderThan); err != nil || !old {
		return false, err
	}
	if err := os.Remove(path); err != nil {
		return false, err
	}
	return true, nil
}

func isOld(path string, olderThan time.Time) (bool, error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil // somebody else was quicker
	}
	return err == nil && info.Mode().IsRegular() && info.ModTime().Before(olderThan), err
}

// lock keeps sweeping apart from keeping, in this process and among processes.
func (f *Folder) lock(exclusive bool) (unlock func(), err error) {
	release := f.mu.RUnlock
	if exclusive {
		f.mu.Lock()
		release = f.mu.Unlock
	} else {
		f.mu.RLock()
	}
	file, err := os.OpenFile(filepath.Join(f.root, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		if err = lockFile(file, exclusive); err != nil {
			err = errors.Join(err, file.Close())
		}
	}
	if err != nil {
		release()
		return nil, err
	}
	return func() {
		file.Close() // which unlocks it; nothing was written
		release()
	}, nil
}
