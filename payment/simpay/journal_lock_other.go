//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package simpay

import "os"

// lock does nothing: this system has no such lock.
func lock(*os.File) error { return nil }
