package runner

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

// prepare has the process lead a group of its own and die with the thread that starts it. A file is executed through the handle, which the
// process does not inherit.
func prepare(cmd *exec.Cmd, file *os.File) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if file != nil {
		cmd.Path = fmt.Sprintf("/proc/self/fd/%d", file.Fd())
	}
}

// awaitExit waits for the end of a process without reaping it, and says whether it could.
func awaitExit(p *os.Process) bool {
	for {
		err := unix.Waitid(unix.P_PID, p.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
		if !errors.Is(err, unix.EINTR) {
			return err == nil
		}
	}
}
