//go:build !unix

package runner

import (
	"os"
	"os/exec"
)

// prepare adds nothing: there are no process groups, and the life line ends a plugin whose host was killed.
func prepare(*exec.Cmd, *os.File) {}

// awaitExit can't wait without reaping.
func awaitExit(*os.Process) bool { return false }

// kill kills the process alone.
func kill(p *os.Process) error { return p.Kill() }

// isBusy says nothing here.
func isBusy(error) bool { return false }
