package host

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

// killOrphans ends what still runs of the plugins of a dead host: the processes whose folder for temporary files lies in the host's. The death
// signal has ended the plugins themselves; what they had started has lost them. The folder's name is made at random, so that no stranger has it, and
// it is found again whether or not a process has left its group. One that was started with another environment is not found.
func killOrphans(folder string) {
	list, err := os.ReadDir("/proc")
	if err != nil {
		return
	}
	for _, e := range list {
		if pid, err := strconv.Atoi(e.Name()); err == nil && pid != os.Getpid() {
			killIfOf(folder, pid)
		}
	}
}

// killIfOf kills a process if it is of a plugin of a host. The handle is taken first: the process that was looked at is the one that is killed, even
// if its number passes to another meanwhile.
func killIfOf(folder string, pid int) {
	fd, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		return
	}
	defer func() { _ = unix.Close(fd) }()
	env, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "environ")) // Only that of processes of this user can be read.
	if err != nil {
		return
	}
	mark := []byte(tempVariable + "=" + folder + string(filepath.Separator))
	if bytes.HasPrefix(env, mark) || bytes.Contains(env, append([]byte{0}, mark...)) {
		_ = unix.PidfdSendSignal(fd, unix.SIGKILL, nil, 0)
	}
}
