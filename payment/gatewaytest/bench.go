package gatewaytest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// deadline is how long a call may take, as a host's deadlines are.
const deadline = 30 * time.Second

// bench is a gateway under test, in one case.
type bench struct {
	T
	ctx  context.Context
	s    Sandbox
	g    payment.Gateway
	caps payment.Capabilities
	tag  string
	n    int
}

// tag begins the references of a case: no two cases share one, nor do seeds that differ in their lower half.
func tag(id string, seed uint64) string { return id + "-" + strconv.FormatUint(seed&0xffffffff, 36) }

// ref gives a new reference.
func (b *bench) ref() string {
	b.n++
	return fmt.Sprintf("%s-%d", b.tag, b.n)
}

// amount is so many minor units of the first currency.
func (b *bench) amount(minor int64) money.Amount { return b.in(b.caps.Currencies[0], minor) }

func (b *bench) in(code string, minor int64) money.Amount {
	c, err := money.ParseCurrency(code)
	if err != nil {
		b.Fatalf("the gateway declares the currency %q: %v", code, err)
	}
	return money.New(minor, c)
}

// session is how long a payer is given: half an hour, within what is declared.
func (b *bench) session() time.Duration {
	d := max(30*time.Minute, b.caps.SessionMin)
	if b.caps.SessionMax > 0 {
		d = min(d, b.caps.SessionMax)
	}
	return d
}

// request is a good request for a new attempt.
func (b *bench) request() payment.CreateRequest {
	ref, now := b.ref(), b.s.Now()
	return payment.CreateRequest{
		Reference: ref, Key: ref + ":create:1", Amount: b.amount(14000), Means: b.caps.Means[0], Flow: b.caps.Flows[0],
		Description: "Fees for order " + ref, Locale: "en",
		ReturnURL: "https://court.example/return", CancelURL: "https://court.example/cancel", NotifyURL: "https://court.example/notify",
		ExpiresAt: now.Add(b.session()).Truncate(time.Second), FirstSent: now, SendNo: 1,
	}
}

// call gives a context for one call.
func (b *bench) call() (context.Context, context.CancelFunc) {
	return context.WithTimeout(b.ctx, deadline)
}

// try creates, and may fail.
func (b *bench) try(g payment.Gateway, r payment.CreateRequest) (payment.AttemptReply, error) {
	ctx, cancel := b.call()
	defer cancel()
	return g.Create(ctx, r)
}

// create starts an attempt that must be started.
func (b *bench) create(r payment.CreateRequest) payment.AttemptReply {
	b.Helper()
	reply, err := b.try(b.g, r)
	if err != nil {
		b.Fatalf("Create %s of %v: %v", r.Reference, r.Amount, err)
	}
	return reply
}

// start starts an ordinary attempt and gives its reference.
func (b *bench) start() string {
	b.Helper()
	r := b.request()
	b.create(r)
	return r.Reference
}

// ask queries by our reference, and may fail.
func (b *bench) ask(g payment.Gateway, ref string) (payment.QueryReply, error) {
	ctx, cancel := b.call()
	defer cancel()
	return g.Query(ctx, payment.QueryRequest{Reference: ref})
}

// query asks for an attempt that must be there.
func (b *bench) query(ref string) payment.QueryReply {
	b.Helper()
	q, err := b.ask(b.g, ref)
	if err != nil || !q.Found {
		b.Fatalf("Query %s: found %v, error %v", ref, q.Found, err)
	}
	return q
}

// state makes sure of an attempt's state.
func (b *bench) state(ref string, want payment.AttemptState) payment.QueryReply {
	b.Helper()
	q := b.query(ref)
	if q.State != want {
		b.Errorf("Query %s: state %q, must be %q", ref, q.State, want)
	}
	return q
}

// class makes sure of the class of an error.
func (b *bench) class(what string, err error, want ...payment.ErrorClass) *payment.GatewayError {
	b.Helper()
	if !slices.Contains(want, payment.ClassOf(err)) {
		b.Errorf("%s: the error %v is of class %q, must be of %s", what, err, payment.ClassOf(err), either(want))
	}
	var g *payment.GatewayError
	if !errors.As(err, &g) {
		g = &payment.GatewayError{Class: payment.Unknown, Sent: true}
	}
	return g
}

func either(classes []payment.ErrorClass) string {
	var s []string
	for _, c := range classes {
		s = append(s, string(c))
	}
	return strings.Join(s, " or ")
}

// equal compares what a rule is about.
func (b *bench) equal(what string, got, want any) {
	b.Helper()
	if !reflect.DeepEqual(got, want) {
		b.Errorf("%s: got %v, must be %v", what, got, want)
	}
}

// atOnce makes n calls beside each other and gives the wait for them. A call that panics fails the case.
func (b *bench) atOnce(n int, call func(i int)) (wait func()) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					b.Errorf("panic: %v\n%s", p, debug.Stack())
				}
			}()
			call(i)
		})
	}
	return wg.Wait
}

// unless unites reasons not to ask a gateway: the first that holds.
func unless(reasons ...func(c payment.Capabilities) string) func(c payment.Capabilities) string {
	return func(c payment.Capabilities) string {
		for _, reason := range reasons {
			if why := reason(c); why != "" {
				return why
			}
		}
		return ""
	}
}

// without is a reason not to ask a gateway that does not declare something.
func without(what string, has func(c payment.Capabilities) bool) func(c payment.Capabilities) string {
	return func(c payment.Capabilities) string {
		if has(c) {
			return ""
		}
		return "the gateway declares no " + what
	}
}
