package gatewaytest

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"courts.example/eservices/payment"
)

// Status is what became of a rule.
type Status string

// The statuses. Skipped: the gateway declares that it has no such thing. NotChecked: the sandbox does not supply what it takes to
// check it, or no suite inside a process can; it is never counted as passed.
const (
	Passed     Status = "passed"
	Failed     Status = "failed"
	Skipped    Status = "skipped"
	NotChecked Status = "not checked"
)

// Result is what became of one rule.
type Result struct {
	// ID names the rule for ever ("C3"), Rule says it in words.
	ID     string `json:"id"`
	Rule   string `json:"rule"`
	Status Status `json:"status"`
	// Reason says why it was skipped or not checked, Failures what was wrong.
	Reason   string   `json:"reason,omitempty"`
	Failures []string `json:"failures,omitempty"`
}

// Report is what became of a gateway. It says what it was given: results for all rules, in the order of their ids.
type Report struct {
	Seed         uint64               `json:"seed"`
	Capabilities payment.Capabilities `json:"capabilities"`
	Results      []Result             `json:"results"`
}

// IDs lists the rules of a status.
func (r Report) IDs(s Status) []string {
	ids := []string{}
	for _, result := range r.Results {
		if result.Status == s {
			ids = append(ids, result.ID)
		}
	}
	return ids
}

// String prints a line for every rule that did not pass, and the counts.
func (r Report) String() string {
	var b strings.Builder
	for _, result := range r.Results {
		if result.Status == Passed {
			continue
		}
		fmt.Fprintf(&b, "%-4s %-11s %s", result.ID, result.Status, result.Rule)
		if result.Reason != "" {
			fmt.Fprintf(&b, ": %s", result.Reason)
		}
		b.WriteByte('\n')
		for _, failure := range result.Failures {
			fmt.Fprintf(&b, "     %s\n", strings.ReplaceAll(failure, "\n", "\n     "))
		}
	}
	fmt.Fprintf(&b, "%s %s, seed %d:", r.Capabilities.ID, r.Capabilities.Version, r.Seed)
	for _, s := range []Status{Passed, Failed, Skipped, NotChecked} {
		fmt.Fprintf(&b, " %d %s,", len(r.IDs(s)), s)
	}
	return strings.TrimSuffix(b.String(), ",")
}

// Check runs the suite without go test. The error is that of the folders of the cases, not of a case.
func Check(h Harness) (Report, error) {
	r := &Report{Seed: h.Seed}
	root := &recorder{report: r}
	Run(root, h)
	place := map[string]int{}
	for i, rule := range rules() {
		place[rule.id] = i
	}
	for i := range r.Results {
		r.Results[i].Rule = rules()[place[r.Results[i].ID]].text
	}
	slices.SortFunc(r.Results, func(a, b Result) int { return place[a.ID] - place[b.ID] })
	return *r, errors.Join(root.trouble...)
}

// recorder is the T of Check.
type recorder struct {
	report   *Report
	mu       sync.Mutex
	result   Result
	cleanups []func()
	trouble  []error
}

func (t *recorder) Name() string { return t.result.ID }
func (t *recorder) Helper()      {}

func (t *recorder) Errorf(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.result.Failures = append(t.result.Failures, fmt.Sprintf(format, args...))
}

func (t *recorder) Fatalf(format string, args ...any) {
	t.Errorf(format, args...)
	runtime.Goexit()
}

func (t *recorder) Skipf(format string, args ...any) {
	if t.result.Status == "" {
		t.result.Status, t.result.Reason = NotChecked, fmt.Sprintf(format, args...)
	}
	runtime.Goexit()
}

func (t *recorder) Cleanup(f func()) { t.cleanups = append(t.cleanups, f) }

func (t *recorder) TempDir() string {
	dir, err := os.MkdirTemp("", "gatewaytest-")
	if err != nil {
		t.Fatalf("no folder for the case: %v", err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.trouble = append(t.trouble, err)
		}
	})
	return dir
}

// Run runs a case in a goroutine of its own, because Fatalf and Skipf end the goroutine.
func (t *recorder) Run(name string, f func(t T)) bool {
	sub := &recorder{report: t.report, result: Result{ID: name}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer sub.finish()
		f(sub)
	}()
	<-done
	t.trouble = append(t.trouble, sub.trouble...)
	t.report.Results = append(t.report.Results, sub.result)
	return sub.result.Status != Failed
}

// finish notes a panic as a failure, cleans up and gives the verdict. A failure outweighs a reason to skip.
func (t *recorder) finish() {
	if p := recover(); p != nil {
		t.Errorf("panic: %v\n%s", p, debug.Stack())
	}
	for i := len(t.cleanups) - 1; i >= 0; i-- {
		t.cleanups[i]()
	}
	switch {
	case len(t.result.Failures) > 0:
		t.result.Status, t.result.Reason = Failed, ""
	case t.result.Status == "":
		t.result.Status = Passed
	}
}
