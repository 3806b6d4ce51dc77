//go:build !unix

package conformance

import "errors"

var errSignals = errors.New("this system has no signals")

func terminate(*process) error { return errSignals }
func freeze(int) error         { return errSignals }
func thaw(int) error           { return errSignals }
