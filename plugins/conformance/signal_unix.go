//go:build unix

package conformance

import "syscall"

// terminate asks a process to end.
func terminate(p *process) error { return syscall.Kill(p.pid, syscall.SIGTERM) }

// freeze stops a process without ending it; thaw lets it go on.
func freeze(pid int) error { return syscall.Kill(pid, syscall.SIGSTOP) }
func thaw(pid int) error   { return syscall.Kill(pid, syscall.SIGCONT) }
