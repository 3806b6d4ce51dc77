package simpay

import (
	"encoding/json"
	"net/http"
	"time"
)

// serve answers a request, or does what its fault says.
func (s *Sim) serve(w http.ResponseWriter, r *http.Request, q request, f *Fault) {
	if f != nil && f.Mode.before() {
		s.failBefore(w, f)
		return
	}
	if f != nil && f.Mode == Late {
		s.postpone(q, f.After)
		panic(http.ErrAbortHandler)
	}
	a, err := s.handle(q)
	if err != nil {
		panic(http.ErrAbortHandler) // the journal failed: what would be said could be forgotten
	}
	if f != nil {
		s.failAfter(w, r, a, f)
		return
	}
	if s.o.Canary != "" && a.status != http.StatusOK {
		a = s.poisoned(a)
	}
	s.send(w, a)
}

// failBefore answers without having done anything.
func (s *Sim) failBefore(w http.ResponseWriter, f *Fault) {
	switch f.Mode {
	case Throttle:
		no := refuse(http.StatusTooManyRequests, codeThrottled, "too many requests")
		no.RetryAfter = 1
		s.refuse(w, no)
	case DeclineAtOnce:
		no := refuse(http.StatusPaymentRequired, codeDeclined, "the payer's bank says no")
		no.Decline = declineCodes[0].code
		s.refuse(w, no)
	case Strange:
		s.refuse(w, refuse(http.StatusBadRequest, s.withCanary("x_7731"), "%s", s.withCanary("an answer of tomorrow")))
	default:
		s.refuse(w, refuse(f.Status, codeInternal, "nothing was done"))
	}
}

// failAfter has done all, and does not say so.
func (s *Sim) failAfter(w http.ResponseWriter, r *http.Request, a answer, f *Fault) {
	switch f.Mode {
	case ErrorAfter:
		s.refuse(w, refuse(f.Status, codeInternal, "something went wrong"))
	case Garbage:
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<html><body>It works!</body></html>"))
	case Circle:
		http.Redirect(w, r, r.URL.RequestURI(), http.StatusTemporaryRedirect)
	case CutShort, Trickle:
		a.header(w.Header())
		w.WriteHeader(a.status)
		_, _ = w.Write(a.body[:len(a.body)/2])
		_ = http.NewResponseController(w).Flush()
		if f.Mode == Trickle {
			wait(r, maxHang)
		}
		panic(http.ErrAbortHandler)
	case Slow:
		if !wait(r, f.After) {
			panic(http.ErrAbortHandler)
		}
		s.send(w, a)
	case Hang:
		wait(r, maxHang)
		panic(http.ErrAbortHandler)
	default:
		panic(http.ErrAbortHandler)
	}
}

// maxHang bounds how long a caller is kept waiting who does not go away.
const maxHang = 2 * time.Minute

// wait waits, unless the caller goes away before; it reports whether the caller is still there.
func wait(r *http.Request, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-r.Context().Done():
		return false
	case <-timer.C:
		return true
	}
}

// poisoned puts the canary into the words of a refusal.
func (s *Sim) poisoned(a answer) answer {
	var e errorAnswer
	if json.Unmarshal(a.body, &e) == nil {
		e.Error.Detail = s.withCanary(e.Error.Detail)
		if body, err := json.Marshal(e); err == nil {
			a.body = body
		}
	}
	return a
}

// postpone has a request that changes something take effect later.
func (s *Sim) postpone(q request, after time.Duration) {
	if !q.op.changes() {
		return
	}
	_ = s.do(func(now time.Time) error { // when the journal fails, the request is lost, as was promised
		f := &flight{Op: q.op, Key: q.key, Body: q.body, Due: now.Add(after)}
		f.N, _ = s.books.number("flight")
		s.books.put(f)
		return nil
	})
}

// land has a request take effect that was postponed. Nobody hears the answer.
func (s *Sim) land(f *flight, at time.Time) {
	if f == nil || f.Done || at.Before(f.Due) {
		return
	}
	f.Done = true
	s.books.put(f)
	_, _ = s.once(request{op: f.Op, key: f.Key, body: f.Body}, at)
}
