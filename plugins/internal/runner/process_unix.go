//go:build unix

package runner

import (
	"errors"
	"os"
	"syscall"
)

// kill kills a process that was not reaped, with its group.
func kill(p *os.Process) error {
	err := syscall.Kill(-p.Pid, syscall.SIGKILL)
	if errors.Is(err, syscall.ESRCH) {
		return os.ErrProcessDone
	}
	return err
}

// isBusy says that the program is open for writing.
func isBusy(err error) bool { return errors.Is(err, syscall.ETXTBSY) }
