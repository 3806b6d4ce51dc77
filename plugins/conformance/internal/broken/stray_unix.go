//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// strayed has a command leave the group of this process.
func strayed(c *exec.Cmd) *exec.Cmd {
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	return c
}
