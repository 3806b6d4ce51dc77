package host

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// byHandle says that a file can be executed by its handle.
const byHandle = true

// newMemory gives a file in memory that can be executed, or nil where the system forbids it; then the copy is made on disk.
func newMemory(name string) *os.File {
	fd, err := unix.MemfdCreate(name, unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING|unix.MFD_EXEC)
	if errors.Is(err, unix.EINVAL) { // A kernel before 6.3 doesn't know MFD_EXEC, and needs none.
		fd, err = unix.MemfdCreate(name, unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	}
	if err != nil {
		return nil
	}
	return os.NewFile(uintptr(fd), name)
}

// seal makes a file in memory one that nobody can change any more.
func seal(f *os.File) error {
	_, err := unix.FcntlInt(f.Fd(), unix.F_ADD_SEALS, unix.F_SEAL_WRITE|unix.F_SEAL_SHRINK|unix.F_SEAL_GROW|unix.F_SEAL_SEAL)
	return os.NewSyscallError("fcntl", err)
}
