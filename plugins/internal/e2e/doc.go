// Package e2e has the tests that take plugins of several kinds at once, from a filing to its acknowledgement: with plugins that are killed in the
// middle, and with a court that no line of Go knows.
package e2e
