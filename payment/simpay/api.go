package simpay

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"
)

// maxBody bounds the body of a request.
const maxBody = 64 << 10

// request is a request of the API, read whole.
type request struct {
	op    Op
	key   string
	body  []byte
	query func(string) string
}

// answer is what is said to it.
type answer struct {
	status int
	replay bool
	retry  int
	body   []byte
}

// operation serves an operation of the API, with the faults that befall it.
func (s *Sim) operation(op Op) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q := request{op: op, key: r.Header.Get(headerKey), query: r.URL.Query().Get}
		fault := s.begin(op)
		if fault != nil && fault.Mode == Refused {
			hangUp(r)
		}
		if !s.admitted(r) {
			s.refuse(w, refuse(http.StatusUnauthorized, codeUnauthorised, "the credentials are not the merchant's"))
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			s.refuse(w, refuse(http.StatusBadRequest, codeInvalid, "the body could not be read whole, of at most %d bytes", maxBody))
			return
		}
		q.body = body
		s.serve(w, r, q, fault)
	}
}

// begin counts a request and draws its fault.
func (s *Sim) begin(op Op) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[op]++
	return s.fault(op)
}

// admitted reports whether a request shows what is derived of one of the secrets.
func (s *Sim) admitted(r *http.Request) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	ok := false
	for _, secret := range s.secrets {
		if hmac.Equal([]byte(r.Header.Get("Authorization")), []byte(secret.bearer())) {
			ok = true
		}
	}
	return ok
}

// handle gives the answer to a request. When it fails, the journal has, and there is no answer to give.
func (s *Sim) handle(q request) (a answer, err error) {
	err = s.do(func(now time.Time) (err error) {
		a, err = s.once(q, now)
		return err
	})
	return a, err
}

// once handles a request whose key was not used before; for one that was it gives the answer of then. The lock is held.
func (s *Sim) once(q request, now time.Time) (answer, error) {
	if !q.op.changes() {
		return reply(s.run(q, now))
	}
	if q.key == "" || len(q.key) > maxKey {
		return reply(nil, refuse(http.StatusBadRequest, codeInvalid, "a request that changes something needs a key of 1 to %d bytes", maxKey))
	}
	sum := sha256.Sum256(append([]byte(q.op+"\n"), q.body...))
	hash := hex.EncodeToString(sum[:])
	if k := s.books.keys[q.key]; k != nil {
		if k.Hash != hash {
			return reply(nil, refuse(http.StatusConflict, codeKeyReused, "the key was used with other contents"))
		}
		return answer{status: http.StatusOK, replay: true, body: k.Answer}, nil
	}
	a, err := reply(s.run(q, now))
	if err == nil && a.status == http.StatusOK {
		s.books.put(&usedKey{Key: q.key, Op: q.op, Hash: hash, Until: now.Add(s.o.Terms.Window), Answer: a.body})
	}
	return a, err
}

// reply makes an answer of what an operation gave.
func reply(v any, err error) (answer, error) {
	var no *refusal
	if errors.As(err, &no) {
		body, err := json.Marshal(errorAnswer{*no})
		return answer{status: no.Status, retry: no.RetryAfter, body: body}, err
	}
	if err != nil {
		return answer{}, err
	}
	body, err := json.Marshal(v)
	return answer{status: http.StatusOK, body: body}, err
}

// run has an operation done; the lock is held.
func (s *Sim) run(q request, now time.Time) (any, error) {
	switch q.op {
	case OpCreate:
		return with(q, now, s.create)
	case OpCancel:
		return with(q, now, s.cancel)
	case OpCapture:
		return with(q, now, s.capture)
	case OpRefund:
		return with(q, now, s.giveBack)
	case OpQuery:
		x, err := s.find(q.query("reference"), q.query("id"))
		if err != nil {
			return nil, err
		}
		return s.snapshot(x, now), nil
	case OpQueryRefund:
		r := s.books.refundByRef[q.query("reference")]
		if id := q.query("id"); r == nil && q.query("reference") == "" {
			r = s.books.refunds[id]
		}
		if r == nil {
			return nil, refuse(http.StatusNotFound, codeNotFound, "there is no such refund")
		}
		return r.answer(), nil
	case OpSettlement:
		return s.settlementPage(q)
	}
	return healthAnswer{Time: now}, nil
}

// with reads the body of a request and does the operation.
func with[B, A any](q request, now time.Time, do func(B, time.Time) (A, error)) (any, error) {
	var b B
	d := json.NewDecoder(bytes.NewReader(q.body))
	d.DisallowUnknownFields()
	if err := d.Decode(&b); err != nil || d.More() {
		return nil, refuse(http.StatusBadRequest, codeInvalid, "the body is not the JSON of this request")
	}
	a, err := do(b, now)
	if err != nil {
		return nil, err
	}
	return a, nil
}

// pageSize is how many lines of settlement one answer holds.
const pageSize = 500

func (s *Sim) settlementPage(q request) (any, error) {
	date := q.query("date")
	if _, err := time.Parse(dateForm, date); err != nil {
		return nil, refuse(http.StatusBadRequest, codeInvalid, "a date is written 2006-01-02")
	}
	after, err := strconv.Atoi("0" + q.query("after"))
	if err != nil {
		return nil, refuse(http.StatusBadRequest, codeInvalid, "after is a number")
	}
	var page settlementAnswer
	var last int
	for _, n := range s.books.ledger.days[date] {
		l := s.books.ledger.byNumber[n]
		if l.Held || n <= after {
			continue
		}
		if len(page.Lines) == pageSize {
			page.Next = last
			break
		}
		page.Lines = append(page.Lines, l.SettlementLine)
		last = n
	}
	return page, nil
}

// refuse answers a request that was not handled.
func (s *Sim) refuse(w http.ResponseWriter, no *refusal) {
	a, err := reply(nil, no)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	s.send(w, a)
}

// send writes an answer whole.
func (s *Sim) send(w http.ResponseWriter, a answer) {
	a.header(w.Header())
	w.WriteHeader(a.status)
	// A caller who has gone away gets no answer, which is the caller's to find out.
	_, _ = w.Write(a.body)
}

func (a answer) header(h http.Header) {
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	h.Set("Cache-Control", "no-store")
	if a.replay {
		h.Set(headerReplay, "true")
	}
	if a.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(a.retry))
	}
}
