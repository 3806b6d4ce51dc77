package payment_test

import (
	"context"
	"fmt"
	"sync"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// acquirer is an invented company that takes money: what it knows of each attempt, and how its next calls fail.
type acquirer struct {
	mu       sync.Mutex
	caps     payment.Capabilities
	sessions map[string]*visit
	// lose has the next calls of a name take effect and lose the reply, refuse has them come back with an error and no effect.
	lose   map[string]int
	refuse map[string][]error
	// calls counts the calls by name; sent are the requests that came to create something.
	calls map[string]int
	sent  []payment.CreateRequest
	// before, when set, is called before each call takes effect.
	before func(name string)
	taken  int
}

// visit is what the company knows of one attempt.
type visit struct {
	req      payment.CreateRequest
	state    payment.AttemptState
	payments []payment.GatewayPayment
	final    bool
	url      string
}

func newAcquirer() *acquirer {
	return &acquirer{
		sessions: map[string]*visit{}, lose: map[string]int{}, refuse: map[string][]error{}, calls: map[string]int{},
		caps: payment.Capabilities{
			ID: "acme-pay", Version: "1", Means: []payment.Means{"visa", "pps"}, Flows: []payment.Flow{payment.Redirect, payment.QR},
			Currencies: []string{"HKD"}, AuthCapture: true, Cancel: true, QueryByReference: true, QueryListsPayments: true,
			Idempotency: payment.ByKey, Window: 24 * time.Hour, InFlight: time.Minute, SessionMin: 5 * time.Minute, SessionMax: time.Hour,
			ReferenceMax: 40, RedirectHosts: []string{"pay.acme.example"}, PayerCanPayTwice: true,
		},
	}
}

func (q *acquirer) Describe() payment.Capabilities { return q.caps }

// enter is the beginning of each call: it counts, waits and fails as told. Lost says that the reply gets lost after the effect.
func (q *acquirer) enter(name string) (lost bool, err error) {
	if q.before != nil {
		q.before(name)
	}
	q.mu.Lock()
	q.calls[name]++
	if errs := q.refuse[name]; len(errs) > 0 {
		q.refuse[name] = errs[1:]
		if errs[0] != nil {
			return false, errs[0]
		}
	}
	if q.lose[name] > 0 {
		q.lose[name]--
		return true, nil
	}
	return false, nil
}

var errLost = &payment.GatewayError{Class: payment.Unknown, Sent: true, Detail: "the reply was lost"}

func (q *acquirer) Create(_ context.Context, r payment.CreateRequest) (payment.AttemptReply, error) {
	lost, err := q.enter("create")
	defer q.mu.Unlock()
	if err != nil {
		return payment.AttemptReply{}, err
	}
	q.sent = append(q.sent, r)
	v := q.sessions[r.Reference]
	if v == nil {
		v = &visit{req: r, state: payment.AttemptPending, url: "https://pay.acme.example/s/" + r.Reference}
		q.sessions[r.Reference] = v
	} else if same := r; q.caps.Idempotency == payment.ByKey {
		same.SendNo, same.FirstSent = v.req.SendNo, v.req.FirstSent
		if same != v.req {
			return payment.AttemptReply{}, &payment.GatewayError{Class: payment.Conflict, Sent: true}
		}
	}
	if lost {
		return payment.AttemptReply{}, errLost
	}
	return payment.AttemptReply{State: v.state, GatewayRef: "gw-" + r.Reference, Next: v.next(), Payments: v.payments}, nil
}

func (v *visit) next() payment.NextAction {
	if v.state != payment.AttemptPending {
		return payment.NextAction{}
	}
	return payment.NextAction{Flow: v.req.Flow, URL: v.url, ExpiresAt: v.req.ExpiresAt}
}

func (q *acquirer) Query(_ context.Context, r payment.QueryRequest) (payment.QueryReply, error) {
	lost, err := q.enter("query")
	defer q.mu.Unlock()
	if err != nil {
		return payment.QueryReply{}, err
	}
	if lost {
		return payment.QueryReply{}, errLost
	}
	v := q.sessions[r.Reference]
	if v == nil {
		return payment.QueryReply{}, nil
	}
	return payment.QueryReply{
		Found: true, State: v.state, GatewayRef: "gw-" + r.Reference, Payments: append([]payment.GatewayPayment(nil), v.payments...),
		Next: v.next(), Final: v.final,
	}, nil
}

func (q *acquirer) Cancel(_ context.Context, r payment.OperationRequest) (payment.OperationReply, error) {
	lost, err := q.enter("cancel")
	defer q.mu.Unlock()
	if err != nil {
		return payment.OperationReply{}, err
	}
	v := q.sessions[r.Reference]
	if v == nil || v.state == payment.AttemptSucceeded {
		return payment.OperationReply{}, &payment.GatewayError{Class: payment.NotAllowed, Sent: true}
	}
	v.state, v.final, v.payments = payment.AttemptCancelled, true, nil
	if lost {
		return payment.OperationReply{}, errLost
	}
	return payment.OperationReply{State: payment.OperationSucceeded}, nil
}

func (q *acquirer) Capture(_ context.Context, r payment.OperationRequest) (payment.OperationReply, error) {
	lost, err := q.enter("capture")
	defer q.mu.Unlock()
	if err != nil {
		return payment.OperationReply{}, err
	}
	v := q.sessions[r.Reference]
	if v == nil || v.state != payment.AttemptAuthorised && v.state != payment.AttemptSucceeded {
		return payment.OperationReply{}, &payment.GatewayError{Class: payment.NotAllowed, Sent: true}
	}
	v.state, v.final = payment.AttemptSucceeded, true
	for i := range v.payments {
		v.payments[i].Authorised = false
	}
	if lost {
		return payment.OperationReply{}, errLost
	}
	return payment.OperationReply{State: payment.OperationSucceeded, Payments: v.payments}, nil
}

func (q *acquirer) Notification(context.Context, payment.Message) (payment.NotificationReply, error) {
	return payment.NotificationReply{}, nil
}

// pay has the payer of an attempt pay an amount; it gives the company's id of the payment.
func (q *acquirer) pay(reference string, amount money.Amount, at time.Time) string {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.taken++
	v := q.sessions[reference]
	id := fmt.Sprintf("p-%d", q.taken)
	v.payments = append(v.payments, payment.GatewayPayment{ID: id, Amount: amount, PaidAt: at, Means: "visa", Masked: "Visa 4242", Authorised: v.req.Authorise})
	if v.state = payment.AttemptSucceeded; v.req.Authorise {
		v.state = payment.AttemptAuthorised
	}
	return id
}

// set has the company say that an attempt is in a state, and whether that is final.
func (q *acquirer) set(reference string, s payment.AttemptState, final bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.sessions[reference].state, q.sessions[reference].final = s, final
}

// count is how often a call was made.
func (q *acquirer) count(name string) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.calls[name]
}
