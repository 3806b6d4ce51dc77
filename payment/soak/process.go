package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// process is a child of this command. It ends by itself when its standard input does, so that it outlives this command in no case.
type process struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
	url   string
	// ended is closed when the process is no more; how is why then.
	ended chan struct{}
	how   error
}

// start starts this command in a role, and waits for the address that it prints first. What it complains about is appended to log.
func start(role string, args []string, log *os.File) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &process{cmd: exec.Command(self, append([]string{role}, args...)...), ended: make(chan struct{})}
	p.cmd.Stderr = log
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	go func() {
		p.how = p.cmd.Wait()
		close(p.ended)
	}()
	if err != nil {
		return nil, fmt.Errorf("%s ended before it had an address (%w): see %s", role, p.stop(), log.Name())
	}
	p.url = strings.TrimSpace(line)
	return p, nil
}

// kill ends the process as a loss of power would, by its own id. It is an error when the process has ended before.
func (p *process) kill() error {
	err := p.cmd.Process.Kill()
	<-p.ended
	return err
}

// stop asks the process to end and waits for it.
func (p *process) stop() error {
	_ = p.stdin.Close()
	<-p.ended
	return p.how
}
