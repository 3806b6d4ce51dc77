package conformance

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// child is a process that another has started.
type child struct {
	pid   int
	began string
	name  string
}

func (c child) String() string { return fmt.Sprintf("%d (%s)", c.pid, c.name) }

func (c child) kill() { _ = syscall.Kill(c.pid, syscall.SIGKILL) }

// stat reads a process's parent, and the instant of its start, which no other process with the same number has.
func stat(pid int) (parent int, c child, ok bool) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, child{}, false
	}
	open, closed := strings.IndexByte(string(text), '('), strings.LastIndexByte(string(text), ')')
	if open < 0 || closed < open {
		return 0, child{}, false
	}
	fields := strings.Fields(string(text[closed+1:]))
	if len(fields) < 20 || fields[0] == "Z" || fields[0] == "X" {
		return 0, child{}, false
	}
	parent, _ = strconv.Atoi(fields[1])
	return parent, child{pid: pid, began: fields[19], name: string(text[open+1 : closed])}, true
}

// descendants are the processes below another, as far as they have not left it.
func descendants(pid int) []child {
	entries, _ := filepath.Glob("/proc/[0-9]*")
	below := map[int][]child{}
	for _, e := range entries {
		n, _ := strconv.Atoi(filepath.Base(e))
		if parent, c, ok := stat(n); ok {
			below[parent] = append(below[parent], c)
		}
	}
	var all []child
	next := []int{pid}
	for len(next) > 0 {
		for _, c := range below[next[0]] {
			all = append(all, c)
			next = append(next, c.pid)
		}
		next = next[1:]
	}
	return all
}

// living are those that run still.
func living(all []child) []child {
	var left []child
	for _, c := range all {
		if _, now, ok := stat(c.pid); ok && now.began == c.began {
			left = append(left, c)
		}
	}
	return left
}
