package gatewaytest

// T is what the suite needs of a test runner. [Go] makes one of a *testing.T; [Check] needs none.
type T interface {
	// Name names the running case.
	Name() string
	// Helper marks the caller as a helper, whose lines are no use in a report.
	Helper()
	// Errorf reports a failure; the case goes on.
	Errorf(format string, args ...any)
	// Fatalf reports a failure and ends the case. It does not return.
	Fatalf(format string, args ...any)
	// Skipf ends the case without a verdict. It does not return.
	Skipf(format string, args ...any)
	// Cleanup runs f when the case has ended, the last one first.
	Cleanup(f func())
	// TempDir gives an empty folder that goes when the case has ended.
	TempDir() string
	// Run runs a case below this one and says whether it did not fail.
	Run(name string, f func(t T)) bool
}

// GoTest is what *testing.T has of T.
type GoTest[P any] interface {
	Name() string
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Skipf(format string, args ...any)
	Cleanup(f func())
	TempDir() string
	Run(name string, f func(t P)) bool
}

// Go makes a T of a *testing.T.
func Go[P GoTest[P]](t P) T { return goT[P]{t} }

type goT[P GoTest[P]] struct{ GoTest[P] }

func (t goT[P]) Run(name string, f func(t T)) bool {
	return t.GoTest.Run(name, func(p P) { f(goT[P]{p}) })
}
