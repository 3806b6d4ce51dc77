package conformance

import (
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/payment/gatewaytest"
)

// T is what a suite needs of a test runner; gatewaytest.Go makes one of a *testing.T, and Certify needs none.
type T = gatewaytest.T

// Status is what became of a rule.
type Status = gatewaytest.Status

// The statuses. Skipped: the plugin declares that it has no such thing. NotChecked: a machine can't see it, or the sandbox does not supply
// what it takes; it is never counted as passed.
const (
	Passed     = gatewaytest.Passed
	Failed     = gatewaytest.Failed
	Skipped    = gatewaytest.Skipped
	NotChecked = gatewaytest.NotChecked
)

// leave ends a case without a verdict, as gatewaytest does it.
func leave(t T, s Status, why string) {
	t.Helper()
	t.Skipf("%s: %s", s, why)
}

// storeT runs the suite of stores, whose T is smaller.
type storeT struct{ T }

func (t storeT) Run(name string, f func(t storetest.T)) bool {
	return t.T.Run(name, func(t T) { f(storeT{t}) })
}
