//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package simpay

import "os"

// lock does nothing: this system has no such lock.
func lock(*os.File) error { return nil }

// syncFolder does nothing: this system has no such call.
func syncFolder(string) error { return nil }
