//go:build unix

package sdk

import (
	"os"

	"golang.org/x/sys/unix"
)

// divert has the file 1 lead into a pipe. It gives a file that leads where 1 led, which no child inherits, and the one to print to.
func divert(w *os.File) (host, printing *os.File, err error) {
	fd, err := unix.FcntlInt(stdout.Fd(), unix.F_DUPFD_CLOEXEC, 3)
	if err != nil {
		return nil, nil, os.NewSyscallError("fcntl", err)
	}
	if err := replace(int(w.Fd()), int(stdout.Fd())); err != nil {
		unix.Close(fd)
		return nil, nil, os.NewSyscallError("dup", err)
	}
	return os.NewFile(uintptr(fd), "host"), stdout, w.Close()
}
