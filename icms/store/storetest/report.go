package storetest

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync"

	"courts.example/eservices/icms/store"
)

// Result is what became of one case.
type Result struct {
	// Name is the topic and the rule: "unique/taken".
	Name string
	// Failures says what was wrong; a case without one has passed.
	Failures []string
}

// Check runs the suite without go test and gives the result of every case, in order. The function opens a new, empty store for
// each. The error is that of the folders of the cases, not of a case.
func Check(open func(t T) store.Store) ([]Result, error) {
	r := &report{}
	root := &recorder{report: r}
	Run(root, open)
	return r.results, errors.Join(r.trouble...)
}

type report struct {
	results []Result
	trouble []error
}

// recorder is the T of Check.
type recorder struct {
	report   *report
	name     string
	mu       sync.Mutex
	failures []string
	cleanups []func()
	group    bool
}

func (t *recorder) Name() string { return t.name }
func (t *recorder) Helper()      {}

func (t *recorder) Errorf(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failures = append(t.failures, fmt.Sprintf(format, args...))
}

func (t *recorder) Fatalf(format string, args ...any) {
	t.Errorf(format, args...)
	runtime.Goexit()
}

func (t *recorder) Cleanup(f func()) { t.cleanups = append(t.cleanups, f) }

func (t *recorder) TempDir() string {
	dir, err := os.MkdirTemp("", "storetest-")
	if err != nil {
		t.Fatalf("no folder for the case: %v", err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.report.trouble = append(t.report.trouble, err)
		}
	})
	return dir
}

// Run runs a case in a goroutine of its own, because Fatalf ends the goroutine.
func (t *recorder) Run(name string, f func(t T)) bool {
	t.group = true
	sub := &recorder{report: t.report, name: name}
	if t.name != "" {
		sub.name = t.name + "/" + name
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer sub.finish()
		f(sub)
	}()
	<-done
	if !sub.group {
		t.report.results = append(t.report.results, Result{Name: sub.name, Failures: sub.failures})
	}
	return len(sub.failures) == 0
}

// finish notes a panic as a failure and cleans up.
func (t *recorder) finish() {
	if p := recover(); p != nil {
		t.Errorf("panic: %v\n%s", p, debug.Stack())
	}
	for i := len(t.cleanups) - 1; i >= 0; i-- {
		t.cleanups[i]()
	}
}
