// Package runner starts and ends the process of a plugin, in the place that go-plugin leaves for a runner of the host's own.
//
// What go-plugin's own runner lacks and this one has: every wait is bounded; the process leads a group of its own, and what it started
// ends with it; the pipes are closed when the process has ended, so that a grandchild which holds them keeps nobody waiting; stdin is a life
// line that is open as long as the host lives; on Linux the kernel kills the process when the host dies. The handshake is read and judged
// here, and only a line that passes reaches go-plugin; stderr never does.
//
// A process that leaves the group (setsid) outlives its parent; nothing waits for it. On systems without process groups only the process
// itself is killed.
package runner
