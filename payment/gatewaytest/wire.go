package gatewaytest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"syscall"
)

// Wire is an HTTP connection that can be spoilt: a [Faulter] for adapters that let their http.RoundTripper be chosen. It sits between the
// adapters of one sandbox and the company, sees no more than bytes, and is safe for concurrent use.
type Wire struct {
	// Next carries what is not spoilt; required.
	Next http.RoundTripper
	// Reads reports whether a request changes nothing at the company; nil takes GET and HEAD for such.
	Reads func(r *http.Request) bool
	// Strange gives the company's reply with a code that no manual has, for NewCode; nil offers none.
	Strange func() (status int, contentType, body string)

	mu  sync.Mutex
	now *trouble
}

// trouble is the fault in force.
type trouble struct {
	fault  Fault
	on     Calls
	once   sync.Once
	met    chan struct{}
	healed chan struct{}
	// late is the request that was held back.
	late *http.Request
}

// Fault spoils the connection.
func (w *Wire) Fault(f Fault, on Calls) (Trouble, error) {
	switch {
	case f == NewCode && w.Strange == nil:
		return Trouble{}, fmt.Errorf("%w: Wire.Strange is not set", ErrNotOffered)
	case !slices.Contains(wired(), f):
		return Trouble{}, fmt.Errorf("%w: a wire knows no fault %q", ErrNotOffered, f)
	}
	t := &trouble{fault: f, on: on, met: make(chan struct{}), healed: make(chan struct{})}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.now != nil {
		return Trouble{}, fmt.Errorf("gatewaytest: the wire has the fault %s already: heal it first", w.now.fault)
	}
	w.now = t
	return Trouble{Heal: func() { w.heal(t) }, Met: t.met}, nil
}

// wired are the faults of a wire.
func wired() []Fault { return append(instant(), Trickle, Stall, Late) }

// heal ends a fault, and delivers what was late.
func (w *Wire) heal(t *trouble) {
	w.mu.Lock()
	if w.now != t {
		w.mu.Unlock()
		return
	}
	w.now = nil
	late := t.late
	w.mu.Unlock()
	close(t.healed)
	if late != nil {
		if reply, err := w.Next.RoundTrip(late); err == nil {
			_, _ = drain(reply) // nobody waits for it any more
		}
	}
}

// current gives the fault in force, if it meets this request.
func (w *Wire) current(r *http.Request, body []byte) *trouble {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.now
	if t == nil || t.on == Changes && w.reads(r) {
		return nil
	}
	if t.fault != Late {
		return t
	}
	if t.late != nil {
		return nil
	}
	t.late = r.Clone(context.Background())
	t.late.Body = io.NopCloser(bytes.NewReader(body))
	return t
}

func (w *Wire) reads(r *http.Request) bool {
	if w.Reads != nil {
		return w.Reads(r)
	}
	return r.Method == http.MethodGet || r.Method == http.MethodHead
}

// RoundTrip carries a request, spoilt by the fault in force.
func (w *Wire) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := take(r)
	if err != nil {
		return nil, err
	}
	t := w.current(r, body)
	if t == nil {
		return w.pass(r, body)
	}
	if reply, err, done := before(t.fault, r); done {
		t.meet()
		return reply, err
	}
	reply, err := w.pass(r, body)
	if err != nil {
		return nil, err
	}
	text, err := drain(reply)
	if err != nil {
		return nil, err
	}
	t.meet()
	return w.after(t, r, answer(r, reply.StatusCode, reply.Header.Get("Content-Type"), text), text)
}

// meet says that a call has come to the point where it fails.
func (t *trouble) meet() { t.once.Do(func() { close(t.met) }) }

// pass carries a request on.
func (w *Wire) pass(r *http.Request, body []byte) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Body = io.NopCloser(bytes.NewReader(body))
	return w.Next.RoundTrip(r)
}

// before answers in the company's place, for the faults in which it is not reached.
func before(f Fault, r *http.Request) (*http.Response, error, bool) {
	status := map[Fault]int{Status500: 500, Status502: 502, Status503: 503, Status504: 504}[f]
	switch {
	case f == NoConnection:
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}, true
	case f == Late:
		return nil, broken(), true
	case f == Throttle:
		reply := answer(r, http.StatusTooManyRequests, "text/plain", "slow down")
		reply.Header.Set("Retry-After", fmt.Sprint(RetryAfter))
		return reply, nil, true
	case f == Loop:
		reply := answer(r, http.StatusTemporaryRedirect, "text/plain", "")
		reply.Header.Set("Location", r.URL.String())
		return reply, nil, true
	case status != 0:
		return answer(r, status, "text/plain", http.StatusText(status)), nil, true
	}
	return nil, nil, false
}

// after spoils the reply of a company that has done what it was asked.
func (w *Wire) after(t *trouble, r *http.Request, good *http.Response, text string) (*http.Response, error) {
	switch t.fault {
	case ReplyLost:
		return nil, broken()
	case ErrorAfter:
		return answer(r, http.StatusInternalServerError, "text/plain", "internal error"), nil
	case CutShort:
		good.Body = io.NopCloser(io.MultiReader(bytes.NewReader([]byte(text)[:len(text)/2]), failing{}))
		return good, nil
	case Garbage:
		return answer(r, http.StatusOK, "application/octet-stream", "\x00\xff\x1b[2J{]}<\x80\xfe"), nil
	case Page:
		return answer(r, http.StatusOK, "text/html", "<!doctype html><title>Maintenance</title><p>We are back soon."), nil
	case NewCode:
		status, contentType, body := w.Strange()
		return answer(r, status, contentType, body), nil
	case Stall:
		if err := t.hold(r); err != nil {
			return nil, err
		}
		return good, nil
	case Trickle:
		good.Body = io.NopCloser(io.MultiReader(bytes.NewReader([]byte(text)[:min(1, len(text))]), dripping{t, r}))
		return good, nil
	}
	return good, nil
}

// hold waits until the fault is healed or the caller has gone.
func (t *trouble) hold(r *http.Request) error {
	select {
	case <-t.healed:
		return nil
	case <-r.Context().Done():
		return r.Context().Err()
	}
}
