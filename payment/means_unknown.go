package payment

import (
	"fmt"
	"time"

	"courts.example/eservices/icms/law"
)

// UnknownLimit is something about the limits of a means that nobody knows; for those who look after a system.
type UnknownLimit struct {
	// Court is empty for every court.
	Court string `json:"court,omitempty"`
	Means Means  `json:"means"`
	// What is "min", "max", or "per" where the most is known but not what it is counted over.
	What string `json:"what"`
	// Provision is where it was looked for, Checked when.
	Provision law.Provision `json:"provision"`
	Checked   string        `json:"checked"`
}

// String tells it in one line: "visa at every court: max is unknown (Notice 1, checked 2026-03)".
func (u UnknownLimit) String() string {
	court := "every court"
	if u.Court != "" {
		court = "court " + u.Court
	}
	return fmt.Sprintf("%s at %s: %s is unknown (%s, checked %s)", u.Means, court, u.What, u.Provision.Cite(), u.Checked)
}

// Unknown lists what nobody knows about the limits of the rules in force at an instant, in the order of the rules. Such a limit refuses
// nothing.
func (p *MeansPolicy) Unknown(at time.Time) []UnknownLimit {
	var unknown []UnknownLimit
	for _, r := range p.rules {
		if !r.at(at) {
			continue
		}
		_, capped := r.Max.Amount()
		for _, limit := range []struct {
			what  string
			known bool
		}{{"min", r.Min.Known()}, {"max", r.Max.Known()}, {"per", !capped || r.Per != PerUnknown}} {
			if !limit.known {
				unknown = append(unknown, UnknownLimit{r.Court, r.Means, limit.what, r.Provision, r.Checked})
			}
		}
	}
	return unknown
}
