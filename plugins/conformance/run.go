package conformance

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"courts.example/eservices/plugins/host"
	"courts.example/eservices/plugins/internal/wire"
)

// caseLimit bounds one case.
const caseLimit = 90 * time.Second

// run is one certification.
type run struct {
	o      Options
	clock  func() time.Time
	folder string
	limit  time.Duration

	mu      sync.Mutex
	results []Result
}

func (r *run) now() time.Time { return time.Now() }

// clean puts short words in the place of the run's folder.
func (r *run) clean(s string) string { return s }

// note takes a result.
func (r *run) note(result Result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.results = append(r.results, result)
	if r.o.Note != nil {
		r.o.Note(result)
	}
}

// Certify checks a plugin by every rule of its kind. The date is by the clock given. An error says that nothing could be checked, and wraps
// ErrUsage; a plugin that fails is no error, but a report that says so.
func Certify(ctx context.Context, o Options, clock func() time.Time) (Report, error) {
	return certify(ctx, o, clock, nil)
}

func certify(ctx context.Context, o Options, clock func() time.Time, only func(id string) bool) (Report, error) {
	if !slices.Contains([]host.Kind{host.Gateway, host.Store, host.Court}, o.Kind) {
		return Report{}, fmt.Errorf("%w: the kind %q: gateway, store or court", ErrUsage, o.Kind)
	}
	if err := o.Settings.check(o.Kind); err != nil {
		return Report{}, fmt.Errorf("%w: the settings: %w", ErrUsage, err)
	}
	o.Entry, o.Interpreter = cmp.Or(o.Entry, o.Settings.Entry), cmp.Or(o.Interpreter, o.Settings.Interpreter)
	if len(o.Args) == 0 {
		o.Args = o.Settings.Args
	}
	if o.Settings.Sandbox.Kind == "control" {
		o.Parallel = 1 // all cases have the one company
	}
	folder, err := makeFolder()
	if err != nil {
		return Report{}, fmt.Errorf("%w: %w", ErrUsage, err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	s, err := newSubject(o, folder)
	if err != nil {
		return Report{}, fmt.Errorf("%w: %w", ErrUsage, err)
	}
	s.only = only
	r := &run{o: o, clock: clock, folder: folder, limit: caseLimit}
	r.suite(ctx, s)
	return r.report(s), errors.Join(ctx.Err())
}

// check refuses settings that could mean nothing.
func (s Settings) check(kind host.Kind) error {
	if _, err := fill(s.Config, filling{}); err != nil {
		return fmt.Errorf("config: %w", err)
	}
	c := s.Sandbox
	switch {
	case kind != host.Gateway && c.Kind != "":
		return errors.New("sandbox: only gateways have one")
	case !slices.Contains([]string{"", "none", "simpay", "control"}, c.Kind):
		return fmt.Errorf("sandbox.kind %q: simpay, control or none", c.Kind)
	case c.Kind == "simpay" && !marked(s.Config, markURL):
		return errors.New(`config: nowhere stands {{url}}, so that the plugin would not speak to the simulated company`)
	case c.Kind == "control" && (c.URL == "" || c.Secret == ""):
		return errors.New("sandbox: control needs the url and the secret of the control API")
	}
	return nil
}

// suite runs the cases: first whether the plugin starts at all, then all others, at last those that bear no company.
func (r *run) suite(ctx context.Context, s *subject) {
	root := &recorder{run: r}
	rules := s.rules()
	first := rules[0]
	if !root.Run(first.id, s.trial(ctx, first)) && !s.starts(root) {
		r.giveUp(s, "the plugin does not start: "+first.id)
		return
	}
	if !s.examine(root) {
		r.giveUp(s, "the plugin does not say what it is: "+rules[1].id)
		return
	}
	order := rules[2:]
	random := rand.New(rand.NewPCG(r.o.Seed, uint64(len(order))))
	random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	many := root.beside(cmp.Or(r.o.Parallel, 2))
	for _, rule := range order {
		if !rule.last {
			many.Run(rule.id, s.trial(ctx, rule))
		}
	}
	s.semantics(ctx, many)
	many.wait()
	for _, rule := range order {
		if rule.last {
			root.Run(rule.id, s.trial(ctx, rule))
		}
	}
}

// starts tells a plugin that starts, though it fails the rule about starts, from one that does not.
func (s *subject) starts(t *recorder) bool {
	quiet := &recorder{run: &run{folder: t.run.folder, limit: t.run.limit}}
	return quiet.Run("start", func(t T) { s.start(t) })
}

// trial is the case of a rule.
func (s *subject) trial(ctx context.Context, r rule) func(t T) {
	return func(t T) {
		switch {
		case ctx.Err() != nil:
			leave(t, NotChecked, "the run was ended")
		case r.test == nil:
			leave(t, NotChecked, r.why)
		case s.only != nil && !s.only(r.id):
			leave(t, NotChecked, "it was not asked for")
		}
		r.test(s.bench(t))
	}
}

// giveUp leaves every rule that has no result yet.
func (r *run) giveUp(s *subject, why string) {
	for _, rule := range s.table() {
		if !slices.ContainsFunc(r.results, func(known Result) bool { return known.ID == rule.ID }) {
			r.note(Result{ID: rule.ID, Status: NotChecked, Reason: why})
		}
	}
}

// inWords says the name of a case of the suite of stores in words: "unique/of-one-kind".
func inWords(id string) string { return strings.NewReplacer("/", ": ", "-", " ").Replace(id) }

// report puts the results in order.
func (r *run) report(s *subject) Report {
	report := Report{
		Date: r.clock().UTC().Truncate(time.Second), Suite: Suite, Protocol: wire.Protocol, System: path.Join(runtime.GOOS, runtime.GOARCH),
		Plugin: Plugin{
			Kind: string(s.o.Kind), Name: s.info.name, Version: s.info.version, SDK: s.info.sdk, SHA256: s.digest, Interpreter: s.interpreter,
			Entry: s.o.Entry, Args: s.o.Args,
		},
		Sandbox: s.o.Settings.Sandbox.Kind, Seed: r.o.Seed, Capabilities: s.info.capabilities, Hooks: s.info.hooks, Results: r.results,
	}
	place := map[string]int{}
	for i, known := range s.table() {
		place[known.ID] = i + 1
	}
	table := s.table()
	for i := range report.Results {
		if n := place[report.Results[i].ID]; n > 0 {
			report.Results[i].Rule = table[n-1].Text
		} else {
			report.Results[i].Rule = inWords(report.Results[i].ID)
		}
	}
	slices.SortStableFunc(report.Results, func(a, b Result) int {
		return cmp.Or(place[a.ID]-place[b.ID], cmp.Compare(a.ID, b.ID))
	})
	report.seal()
	return report
}
