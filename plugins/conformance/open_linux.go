package conformance

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

func pidOf(c child) int { return c.pid }

// watchOpen looks, until told to stop, which regular files outside some folders a process and those below it hold open for writing.
func watchOpen(pid int, inside []string, stop <-chan struct{}) []string {
	seen := map[string]bool{}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for done := false; !done; {
		select {
		case <-stop:
			done = true // after a last look
		case <-tick.C:
		}
		for _, name := range openFiles(pid) {
			if !within(inside, name) {
				seen[name] = true
			}
		}
	}
	var all []string
	for name := range seen {
		all = append(all, name)
	}
	return all
}

func within(folders []string, name string) bool {
	for _, f := range folders {
		if strings.HasPrefix(name, f+string(filepath.Separator)) {
			return true
		}
	}
	return false
}

// openFiles lists the regular files that a process holds open for writing.
func openFiles(pid int) []string {
	dir := fmt.Sprintf("/proc/%d/fd", pid)
	entries, _ := os.ReadDir(dir)
	var all []string
	for _, e := range entries {
		name, err := os.Readlink(filepath.Join(dir, e.Name()))
		if err != nil || !filepath.IsAbs(name) || strings.HasPrefix(name, "/dev/") || strings.HasPrefix(name, "/memfd:") {
			continue
		}
		if info, err := os.Stat(filepath.Join(dir, e.Name())); err != nil || !info.Mode().IsRegular() {
			continue
		}
		if writing(pid, e.Name()) {
			all = append(all, name)
		}
	}
	return all
}

// writing reads from the flags of a descriptor whether it was opened for writing.
func writing(pid int, fd string) bool {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/fdinfo/%s", pid, fd))
	for line := range strings.Lines(string(text)) {
		if flags, ok := strings.CutPrefix(line, "flags:"); ok {
			n, err := strconv.ParseUint(strings.TrimSpace(flags), 8, 32)
			return err == nil && n&3 != 0
		}
	}
	return false
}
