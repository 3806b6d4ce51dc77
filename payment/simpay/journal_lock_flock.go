//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package simpay

import (
	"os"
	"syscall"
)

// lock takes the file for this program until it is closed, or the program dies.
func lock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }
