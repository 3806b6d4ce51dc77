//go:build unix

package host_test

// helperFlag makes the test binary a host that a test can kill.
const helperFlag = "-be-a-host"

func helper([]string) {}
