package main

import (
	"fmt"
	"io"
	"os/exec"
	"os/signal"
	"syscall"
	"time"
)

// patience is how long a program that was asked to end may take.
const patience = 20 * time.Second

// keep runs a program and ends it when its own standard input ends, which happens however its parent ends: so no program that knows
// nothing of this command is left behind. The program is asked to end by SIGTERM.
func keep(command []string, stdin io.Reader, stdout, stderr io.Writer) error {
	if len(command) == 0 {
		return fmt.Errorf("%s: no program is named", roleKeeper)
	}
	signal.Ignore(syscall.SIGINT) // a terminal sends it to all: the program ends by itself then
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdout, cmd.Stderr = stdout, stderr
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() {
		_, _ = io.Copy(io.Discard, stdin)
		if cmd.Process.Signal(syscall.SIGTERM) == nil {
			time.Sleep(patience)
		}
		_ = cmd.Process.Kill()
	}()
	return cmd.Wait()
}
