//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package simpay

import (
	"errors"
	"os"
	"syscall"
)

// lock takes the file for this program until it is closed, or the program dies.
func lock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }

// syncFolder makes certain that a file that was made in a folder is in it after a crash.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
