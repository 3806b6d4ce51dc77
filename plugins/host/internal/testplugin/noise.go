//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// misbehave does what annoys hosts.
func misbehave(verb, argument string, n int) (string, error) {
	switch verb {
	case "log":
		_, _ = fmt.Fprintln(realStderr, argument)
	case "flood":
		line := strings.Repeat("x", 200) + "\n"
		for range n {
			_, _ = realStderr.WriteString(line)
		}
	case "stdout":
		fmt.Println(argument)
		_, _ = fmt.Fprintln(realStdout, argument)
	case "grandchild", "escape":
		// A child that holds stdout and stderr for long; escape leaves the group of processes.
		c := exec.Command("/bin/sleep", argument)
		c.Stdout, c.Stderr = realStdout, realStderr
		c.SysProcAttr = &syscall.SysProcAttr{Setsid: verb == "escape"}
		if err := c.Start(); err != nil {
			return "", err
		}
		return strconv.Itoa(c.Process.Pid), nil
	}
	return argument, nil
}

// What the process was started with; go-plugin puts pipes of its own in their place.
var (
	realStdout = os.Stdout
	realStderr = os.Stderr
)
