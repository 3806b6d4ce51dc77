//go:build !unix || solaris || aix

package blob

import "os"

// lockFile does nothing: the standard library has no file lock on this system. Run Sweep from one process, while no other keeps.
func lockFile(*os.File, bool) error { return nil }

// syncDir does nothing: on this system a folder can't be synced, and the file system keeps names durable itself.
func syncDir(string) error { return nil }
