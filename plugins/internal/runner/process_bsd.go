//go:build unix && !linux

package runner

import (
	"os"
	"os/exec"
	"syscall"
)

// prepare has the process lead a group of its own. There is no death signal: the life line ends a plugin whose host was killed.
func prepare(cmd *exec.Cmd, _ *os.File) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// awaitExit can't wait without reaping.
func awaitExit(*os.Process) bool { return false }
