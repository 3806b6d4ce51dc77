//go:build unix

package host_test

import (
	"fmt"
	"os"
	"strings"
)

// isZombie says whether a process has ended and was not waited for, where the system says so.
func isZombie(pid int) bool {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, rest, _ := strings.Cut(string(b), ") ")
	return strings.HasPrefix(rest, "Z")
}
