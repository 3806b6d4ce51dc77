package members

import "slices"

// Status is where an account or an organisation stands.
type Status string

// The statuses.
const (
	// Applied waits for an officer's decision, Refused had a negative one and may apply again.
	Applied Status = "applied"
	Refused Status = "refused"
	// Active may be used, Suspended may not for the time being, Closed never again.
	Active    Status = "active"
	Suspended Status = "suspended"
	Closed    Status = "closed"
)

var statuses = [...]Status{Applied, Refused, Active, Suspended, Closed}

// Statuses lists the statuses.
func Statuses() []Status { return slices.Clone(statuses[:]) }

// step is one row of the table of what may happen to an account or an organisation.
type step struct {
	name     string
	from, to Status
}

// The steps; what is not in the table is refused.
const (
	stepApply     = "apply"
	stepApprove   = "approve"
	stepRefuse    = "refuse"
	stepSuspend   = "suspend"
	stepReinstate = "reinstate"
	stepClose     = "close"
)

var steps = [...]step{
	{stepApply, "", Applied},
	{stepApply, Refused, Applied},
	{stepApprove, Applied, Active},
	{stepRefuse, Applied, Refused},
	{stepSuspend, Active, Suspended},
	{stepReinstate, Suspended, Active},
	{stepClose, Active, Closed},
	{stepClose, Suspended, Closed},
}

// next looks a step up in the table; done says that it was taken before.
func next(from Status, name string) (to Status, done, ok bool) {
	for _, s := range steps {
		if s.name == name && s.from == from {
			return s.to, false, true
		}
	}
	for _, s := range steps {
		if s.name == name && s.to == from {
			return from, true, true
		}
	}
	return "", false, false
}

// worse gives the status that counts of an account in an organisation.
func worse(account, organisation Status) Status {
	if account == Active || organisation == Refused {
		return organisation
	}
	return account
}
