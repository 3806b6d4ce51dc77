package conformance

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"time"
)

// recorder is the T of Certify: a case with a time limit, in a folder of the run.
type recorder struct {
	run *run

	mu       sync.Mutex
	result   Result
	ended    bool
	group    bool
	cleanups []func()
}

func (t *recorder) Name() string { return t.result.ID }
func (t *recorder) Helper()      {}

func (t *recorder) Errorf(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.ended {
		t.result.Failures = append(t.result.Failures, t.run.clean(fmt.Sprintf(format, args...)))
	}
}

func (t *recorder) Fatalf(format string, args ...any) {
	t.Errorf(format, args...)
	runtime.Goexit()
}

// Skipf takes a Status as its first argument for the verdict.
func (t *recorder) Skipf(format string, args ...any) {
	s, why := NotChecked, fmt.Sprintf(format, args...)
	if len(args) > 1 {
		if given, ok := args[0].(Status); ok {
			s, why = given, fmt.Sprint(args[1:]...)
		}
	}
	t.mu.Lock()
	if !t.ended && t.result.Status == "" {
		t.result.Status, t.result.Reason = s, why
	}
	t.mu.Unlock()
	runtime.Goexit()
}

// explain gives the reason in the place of the one with which the case will be left: it knows more.
func (t *recorder) explain(why string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.result.explained = why
}

// Cleanup runs f at the end, or at once when the case has been given up already.
func (t *recorder) Cleanup(f func()) {
	t.mu.Lock()
	if !t.ended {
		t.cleanups = append(t.cleanups, f)
		t.mu.Unlock()
		return
	}
	t.mu.Unlock()
	f()
}

func (t *recorder) TempDir() string {
	dir, err := os.MkdirTemp(t.run.folder, "case")
	if err != nil {
		t.Fatalf("no folder for the case: %v", err)
	}
	return dir
}

// Run runs a case in a goroutine of its own and waits for it, but no longer than the limit.
func (t *recorder) Run(name string, f func(t T)) bool {
	t.mu.Lock()
	t.group = true
	t.mu.Unlock()
	sub := &recorder{run: t.run, result: Result{ID: name}}
	if t.result.ID != "" {
		sub.result.ID = t.result.ID + "/" + name
	}
	began := t.run.now()
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer sub.contain()
		f(sub)
	}()
	timer := time.NewTimer(t.run.limit)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
		if sub.isGroup() {
			<-done // each of its cases has the limit
			break
		}
		sub.Errorf("the case did not end within %v", t.run.limit)
	}
	result := sub.finish()
	result.Took = Took(t.run.now().Sub(began))
	if !sub.group || len(result.Failures) > 0 {
		t.run.note(result)
	}
	return result.Status != Failed
}

// isGroup reports whether the case has cases below it.
func (t *recorder) isGroup() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.group
}

// contain notes a panic as a failure.
func (t *recorder) contain() {
	if p := recover(); p != nil {
		t.Errorf("panic: %v\n%s", p, debug.Stack())
	}
}

// finish gives the verdict and cleans up. A failure outweighs a reason to skip. What a case that was given up does afterwards counts no more.
func (t *recorder) finish() Result {
	for {
		t.mu.Lock()
		n := len(t.cleanups)
		if n == 0 {
			break
		}
		f := t.cleanups[n-1]
		t.cleanups = t.cleanups[:n-1]
		t.mu.Unlock()
		f()
	}
	defer t.mu.Unlock()
	t.ended = true
	r := t.result
	switch {
	case len(r.Failures) > 0:
		r.Status, r.Reason = Failed, ""
	case r.Status == "":
		r.Status = Passed
	case r.explained != "":
		r.Reason = r.explained
	}
	return r
}

// beside is a recorder that runs its cases beside each other, so many at a time; wait waits for them.
type beside struct {
	*recorder
	slots chan struct{}
	wg    *sync.WaitGroup
}

func (t *recorder) beside(n int) beside {
	return beside{t, make(chan struct{}, n), new(sync.WaitGroup)}
}

func (t beside) wait() { t.wg.Wait() }

// Run starts a case when there is a place for it. Whoever asks is told that it did not fail.
func (t beside) Run(name string, f func(t T)) bool {
	t.slots <- struct{}{}
	t.wg.Go(func() {
		defer func() { <-t.slots }()
		t.recorder.Run(name, f)
	})
	return true
}

// makeFolder makes the folder of a run. Names of sockets must be short.
func makeFolder() (string, error) {
	dir, err := os.MkdirTemp("", "c")
	if err != nil {
		return "", err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return "", err
	}
	if len(dir) > 40 && runtime.GOOS != "windows" {
		return "", errors.Join(fmt.Errorf("the folder for temporary files has a name that is too long for sockets: set TMPDIR to a shorter one than %s", dir), os.RemoveAll(dir))
	}
	return dir, nil
}
