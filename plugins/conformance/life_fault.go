package conformance

import (
	"context"
	"fmt"
	"slices"
	"time"

	"google.golang.org/grpc/codes"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
)

// faultRules are the rules about time and frozen processes.
func faultRules() []rule {
	return []rule{
		{id: "A12", text: "a call is over at its deadline, in the plugin too", test: func(b *bench) { b.overrun(false) }},
		{id: "A13", text: "a call that is given up is over, in the plugin too", test: func(b *bench) { b.overrun(true) }},
		{id: "P4", text: "frozen it holds nobody up; it goes on when it may, and can be killed", test: frozen},
		{id: "M1", text: "it adds less than 50 ms to what the company takes, at the 99th percentile", last: true, test: overhead},
		{id: "M2", text: "an hour of load leaves memory, files and goroutines as they are", why: "it takes an hour"},
	}
}

// slack is by how much a call may outlive its context, inside the plugin.
const slack = 200 * time.Millisecond

// measures is how often a time is measured before it is called too long: the machine may be busy, but a plugin that is late is late every time.
const measures = 3

// overrun makes sure that a call of the plugin is over in time when its context has ended.
func (b *bench) overrun(giveUp bool) {
	b.Helper()
	if _, ok := b.firm.(gatewaytest.Faulter); !ok {
		leave(b.T, NotChecked, "nothing can be made slow from outside")
	}
	var late error
	for n := range measures {
		if late = b.overran(n+1, giveUp); late == nil {
			return
		}
	}
	b.Errorf("%v", late)
}

// overran has a call wait for a company that does not answer, ends its context, and asks the plugin by Drain whether it still runs: the call itself
// returns on this side whatever the plugin does.
func (b *bench) overran(n int, giveUp bool) (late error) {
	b.Helper()
	p := b.ready()
	defer p.end()
	g := b.gateway(p)
	trouble := b.fault(gatewaytest.Stall, gatewaytest.Changes)
	const deadline = time.Second
	ctx, cancel := context.WithTimeout(b.ctx, map[bool]time.Duration{true: 30 * time.Second, false: deadline}[giveUp])
	defer cancel()
	defer trouble.Heal()
	done := make(chan error, 1)
	go func() {
		_, err := g.Create(ctx, b.request(n))
		done <- err
	}()
	select {
	case <-trouble.Met:
	case err := <-done:
		b.Fatalf("Create did not ask the company: %v", err)
	}
	if giveUp {
		cancel()
	}
	err := <-done
	if payment.ClassOf(err) != payment.Unknown {
		b.Errorf("Create that was sent and is over: %v; must be of class %q", err, payment.Unknown)
	}
	return b.drained(p, slack+300*time.Millisecond)
}

// drained says how long something still ran in the plugin, if it was too long.
func (b *bench) drained(p *process, within time.Duration) error {
	b.Helper()
	ctx, cancel := b.within(5 * time.Second)
	defer cancel()
	began := time.Now()
	_, err := base(p.conn).Drain(ctx, &basev1.DrainRequest{Within: wire.Span(4 * time.Second)})
	if took := time.Since(began); err != nil || took > within {
		return fmt.Errorf("the call's context has ended, and Drain waits for it: %v after %v; must be over within %v", err, took.Round(time.Millisecond), slack)
	}
	return nil
}

// frozenFor is how long a process is frozen at least.
const frozenFor = 2 * time.Second

func frozen(b *bench) {
	p := b.ready()
	b.works(p, "before it is frozen")
	if err := freeze(p.pid); err != nil {
		leave(b.T, NotChecked, err.Error())
	}
	ctx, cancel := b.within(quietLimit)
	defer cancel()
	reach(ctx, func() bool { return b.touchIn(p, frozenFor) == codes.DeadlineExceeded }) // a signal takes a moment
	if err := thaw(p.pid); err != nil {
		b.Fatalf("it can't be let go on: %v", err)
	}
	b.works(p, "after it was frozen")
	if !p.alive() {
		return
	}
	children := descendants(p.pid)
	_ = freeze(p.pid)
	_ = p.run.Kill(b.ctx)
	b.over(p, "a kill while it is frozen", children)
}

// overhead compares the time of a call with the time that the company took for it.
func overhead(b *bench) {
	if b.firm == nil || b.firm.wire() == nil {
		leave(b.T, NotChecked, "the company's own time can't be seen")
	}
	const limit, rounds, calls = 50 * time.Millisecond, 5, 200
	p := b.ready()
	g := b.gateway(p)
	best := time.Duration(1 << 62)
	for round := range rounds { // the machine may be busy: a plugin that is slow is slow every time
		added := b.added(g, round*calls, calls, limit)
		if best = min(best, added); best < limit {
			return
		}
	}
	b.Errorf("at the 99th percentile it adds %v to what the company takes, at most %v are right", best.Round(time.Millisecond), limit)
}

// added gives the time that calls add to the company's at the 99th percentile, as soon as it is sure to be at least the limit.
func (b *bench) added(g payment.Gateway, first, calls int, limit time.Duration) time.Duration {
	b.Helper()
	var over []time.Duration
	for i := range calls {
		b.firm.wire().took()
		ctx, cancel := b.within(quietLimit)
		began := time.Now()
		_, err := g.Create(ctx, b.request(first+i))
		whole := time.Since(began)
		cancel()
		if err != nil {
			b.Fatalf("Create %d: %v", i, err)
		}
		for _, theirs := range b.firm.wire().took() {
			whole -= theirs
		}
		if whole < limit {
			continue
		}
		if over = append(over, whole); len(over) > calls/100 {
			return slices.Min(over)
		}
	}
	return 0
}
