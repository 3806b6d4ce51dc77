package payment

import "time"

// self is who does what nobody asked for.
const self = "cashier"

// learnt is what was learnt about an attempt: what its gateway says, cleaned, and how we know.
type learnt struct {
	QueryReply
	from Source
	at   time.Time
	// proven says that a payment of the attempt is on record here.
	proven bool
	// fresh says that the report has brought a payment that was not on record.
	fresh bool
	// code is the gateway's word for a failure, cause ours.
	code, cause string
	// flags are to be added.
	flags []Flag
}

// learn gives the attempt as it is after a report. It decides by the table of transitions; a success without a payment on record is not
// believed, and a payment on record is a success whatever the report says.
func (a Attempt) learn(l learnt) Attempt {
	was := a
	for _, f := range l.flags {
		a.flag(f)
	}
	if l.Found {
		a.unflag(FlagLost)
		a.NotBefore = time.Time{}
	}
	if l.GatewayRef != "" {
		a.GatewayRef = l.GatewayRef
	}
	reported := l.State
	switch {
	case l.proven:
		reported = AttemptSucceeded
		a.unflag(FlagUnproven)
	case reported == AttemptSucceeded:
		reported = ""
		if l.from != FromReply { // an answer may come before the gateway's own list of payments
			a.flag(FlagUnproven)
		}
	}
	if to, moved := a.State.Next(reported); moved {
		a.State, a.Asked = to, 0
	}
	a.show(l)
	a.end(was, l)
	a.Final = a.Final || l.Final && !a.State.Active() && reported != AttemptAuthorised
	return a
}

// show keeps what the payer has to do while the attempt waits for the payer, and until when.
func (a *Attempt) show(l learnt) {
	if a.State != AttemptPending {
		a.Next = NextAction{}
		return
	}
	if l.State != AttemptPending {
		return
	}
	if l.Next.Flow != "" {
		a.Next = l.Next
	}
	for _, until := range []time.Time{l.Next.ExpiresAt, l.Expires} {
		if until.After(a.StartedAt) {
			a.ExpiresAt = until
		}
	}
}

// end completes an attempt that is no longer active, and the operations that this decides.
func (a *Attempt) end(was Attempt, l learnt) {
	if a.State.Active() {
		return
	}
	if was.State.Active() {
		a.EndedAt, a.Cause = l.at, l.cause
		a.Decline, a.Code = l.Decline, l.code
	} else if was.State != AttemptSucceeded && a.State == AttemptSucceeded {
		a.flag(FlagLate)
	}
	if l.State == AttemptAuthorised && !l.proven { // money is held for an attempt that has ended: it is given up
		a.Cancel.want(self, l.at)
		return
	}
	a.Cancel.decide(a.State == AttemptCancelled || a.State == AttemptExpired || a.State == AttemptFailed)
	a.Capture.decide(a.State == AttemptSucceeded)
}

// decide ends an operation that is open.
func (o *Operation) decide(done bool) {
	switch {
	case !o.Open():
	case done:
		o.State = OperationSucceeded
	default:
		o.State = OperationFailed
	}
}

// want asks for an operation that isn't open.
func (o *Operation) want(by string, at time.Time) {
	if !o.Open() {
		*o = Operation{Nth: o.Nth + 1, State: OperationUnknown, By: by, At: at}
	}
}

// polls are how long after the n-th question to a gateway the next one is due, while the attempt doesn't move.
func polls() [5]time.Duration {
	return [...]time.Duration{5 * time.Second, 15 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute}
}

// due is when to ask about an attempt again: soon at first, then hourly while it may be paid and for the grace after that, then daily. The
// end of its session is not slept through.
func (a Attempt) due(at time.Time, grace time.Duration) time.Time {
	steps := polls()
	wait := 24 * time.Hour
	switch {
	case a.Asked < len(steps):
		wait = steps[a.Asked]
	case at.Before(a.ExpiresAt.Add(grace)):
		wait = time.Hour
	}
	next := at.Add(wait)
	if end := a.ExpiresAt.Add(steps[0]); a.State.Active() && at.Before(end) && end.Before(next) {
		return end
	}
	return next
}

// over reports whether nobody needs to look after the attempt any more.
func (a Attempt) over() bool {
	return a.Final && a.Resolving == "" && !a.Cancel.Open() && !a.Capture.Open()
}
