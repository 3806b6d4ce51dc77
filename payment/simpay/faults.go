package simpay

import (
	"fmt"
	"slices"
	"time"
)

// Op is a request of the API.
type Op string

// The operations.
const (
	OpCreate      Op = "create"
	OpQuery       Op = "query"
	OpCancel      Op = "cancel"
	OpCapture     Op = "capture"
	OpRefund      Op = "refund"
	OpQueryRefund Op = "query-refund"
	OpSettlement  Op = "settlement"
	OpHealth      Op = "health"
)

// Ops lists the operations.
func Ops() []Op {
	return []Op{OpCreate, OpQuery, OpCancel, OpCapture, OpRefund, OpQueryRefund, OpSettlement, OpHealth}
}

// changes reports whether an operation changes anything.
func (o Op) changes() bool { return o == OpCreate || o == OpCancel || o == OpCapture || o == OpRefund }

// Mode is what goes wrong with a request.
type Mode string

// The modes. In the first group nothing has happened at the company, in the second all has.
const (
	// Refused refuses the connection. Over a network, where there is a connection already, it is cut before anything is read.
	Refused Mode = "refused"
	// Throttle answers 429 with a Retry-After of a second.
	Throttle Mode = "throttle"
	// ErrorBefore answers with a status of 500 or another.
	ErrorBefore Mode = "error-before"
	// DeclineAtOnce answers that the payer's bank says no. It is for OpCreate.
	DeclineAtOnce Mode = "decline"
	// Strange answers 400 with a code that nobody has heard of.
	Strange Mode = "strange"

	// ReplyLost cuts the connection in place of the answer.
	ReplyLost Mode = "reply-lost"
	// ErrorAfter answers with a status of 500 or another.
	ErrorAfter Mode = "error-after"
	// Slow answers after Fault.After, as the clock on the wall has it.
	Slow Mode = "slow"
	// Hang never answers: it waits for the caller to go away.
	Hang Mode = "hang"
	// Trickle sends half of the answer and then hangs.
	Trickle Mode = "trickle"
	// CutShort sends half of the answer and then cuts the connection.
	CutShort Mode = "cut-short"
	// Garbage answers 200 with a page of HTML.
	Garbage Mode = "garbage"
	// Circle answers with a redirection to the same address.
	Circle Mode = "circle"

	// Late cuts the connection, and the request has its effect only Fault.After later. A query is lost.
	Late Mode = "late"
)

// Modes lists the modes.
func Modes() []Mode {
	return []Mode{
		Refused, Throttle, ErrorBefore, DeclineAtOnce, Strange,
		ReplyLost, ErrorAfter, Slow, Hang, Trickle, CutShort, Garbage, Circle, Late,
	}
}

// before reports whether nothing happens at the company.
func (m Mode) before() bool {
	return m == Refused || m == Throttle || m == ErrorBefore || m == DeclineAtOnce || m == Strange
}

// Fault is something that goes wrong.
type Fault struct {
	// Op is the operation that it befalls; empty befalls any.
	Op   Op   `json:"op,omitempty"`
	Mode Mode `json:"mode"`
	// Times is how often; 0 means once. It is for Fail.
	Times int `json:"times,omitempty"`
	// Rate is the share of requests, from 0 to 1. It is for FaultRates.
	Rate float64 `json:"rate,omitempty"`
	// Status is what ErrorBefore and ErrorAfter answer; 0 means 500.
	Status int `json:"status,omitempty"`
	// After is how much later a Late request lands, or a Slow answer comes: at most Terms.InFlight; 0 means Terms.InFlight.
	After time.Duration `json:"after,omitempty"`
}

// faultPlan is what is to go wrong: first what was planned, then by lot.
type faultPlan struct {
	planned []Fault
	rates   []Fault
}

// Fail plans faults for the next requests, each for the next of its operation; a Sim that is made anew knows nothing of them. What can't be is refused with ErrOptions.
func (s *Sim) Fail(faults ...Fault) error {
	faults = slices.Clone(faults)
	for i := range faults {
		f := &faults[i]
		if err := s.checkFault(f); err != nil {
			return err
		}
		if f.Times == 0 {
			f.Times = 1
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.planned = append(s.faults.planned, faults...)
	return nil
}

// FaultRates sets, until the Sim is made anew, which share of requests goes wrong, in place of what was set before: each fault draws its own lot, in the order given, and
// the first that is drawn counts. None switches it off. What can't be is refused with ErrOptions.
func (s *Sim) FaultRates(faults ...Fault) error {
	faults = slices.Clone(faults)
	for i := range faults {
		if err := s.checkFault(&faults[i]); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.rates = faults
	return nil
}

// Heal drops all faults that were planned, and all rates.
func (s *Sim) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = faultPlan{}
}

func (s *Sim) checkFault(f *Fault) error {
	if f.After == 0 {
		f.After = s.o.Terms.InFlight
	}
	if f.Status == 0 {
		f.Status = 500
	}
	switch {
	case !slices.Contains(Modes(), f.Mode):
		return fmt.Errorf("%w: no fault is called %.20q; these are: %q", ErrOptions, f.Mode, Modes())
	case f.Op != "" && !slices.Contains(Ops(), f.Op):
		return fmt.Errorf("%w: no operation is called %.20q; these are: %q", ErrOptions, f.Op, Ops())
	case f.Times < 0 || !share(f.Rate):
		return fmt.Errorf("%w: a fault can't come %d times or at the rate %v", ErrOptions, f.Times, f.Rate)
	case f.Status < 400 || f.Status > 599:
		return fmt.Errorf("%w: the status %d says of no fault", ErrOptions, f.Status)
	case f.After < 0 || f.After > s.o.Terms.InFlight:
		return fmt.Errorf("%w: a request can't take %v: Terms.InFlight is %v", ErrOptions, f.After, s.o.Terms.InFlight)
	}
	return nil
}

// fault takes the fault of a request, nil for none; the lock is held.
func (s *Sim) fault(op Op) *Fault {
	for i := range s.faults.planned {
		f := s.faults.planned[i]
		if f.Op != "" && f.Op != op {
			continue
		}
		if s.faults.planned[i].Times--; s.faults.planned[i].Times == 0 {
			s.faults.planned = slices.Delete(s.faults.planned, i, i+1)
		}
		return &f
	}
	for _, f := range s.faults.rates {
		if (f.Op == "" || f.Op == op) && s.chance(f.Rate) {
			return &f
		}
	}
	return nil
}
