package gatewaytest

// Faulter spoils the connection between the adapters and the company. [Wire] is one for adapters that speak HTTP.
type Faulter interface {
	// Fault makes calls fail in the way of f until healed (Late: only the first). ErrNotOffered says that it can't be done here.
	Fault(f Fault, on Calls) (Trouble, error)
}

// Calls are calls of the company.
type Calls string

// The calls: those that change something there, or all.
const (
	Changes Calls = "changes"
	All     Calls = "all"
)

// Trouble is a fault that is in force.
type Trouble struct {
	// Heal ends it and returns once the connection works again.
	Heal func()
	// Met is closed when the first call has come to the point where it fails.
	Met <-chan struct{}
}

// Fault is a way in which a call fails.
type Fault string

// The faults. "Done" means that the company has done what it was asked, "not done" that it has not and will not.
const (
	// NoConnection: nothing is sent.
	NoConnection Fault = "no-connection"
	// ReplyLost: done, and the connection breaks before a reply.
	ReplyLost Fault = "reply-lost"
	// ErrorAfter: done, and the answer is an internal error.
	ErrorAfter Fault = "error-after"
	// CutShort: done, and the reply ends in the middle; Garbage: it is noise; Page: it is a page for people, with a status that says well.
	CutShort Fault = "cut-short"
	Garbage  Fault = "garbage"
	Page     Fault = "page"
	// Status500 to Status504: not done, with that status.
	Status500 Fault = "status-500"
	Status502 Fault = "status-502"
	Status503 Fault = "status-503"
	Status504 Fault = "status-504"
	// Throttle: not done; the company asks to wait for RetryAfter.
	Throttle Fault = "throttle"
	// Loop: not done; one is sent on and on in a circle.
	Loop Fault = "loop"
	// NewCode: done, and the answer is an error with a code that no manual has.
	NewCode Fault = "new-code"
	// Trickle: done, and the reply drips without an end. Stall: done, and no reply comes, until healed or the caller has gone.
	Trickle Fault = "trickle"
	Stall   Fault = "stall"
	// Late: the next such call ends without an answer; the company gets it when healed. Calls after it work.
	Late Fault = "late"
)

// RetryAfter is the wait, in whole seconds, that Throttle asks for.
const RetryAfter = 7
