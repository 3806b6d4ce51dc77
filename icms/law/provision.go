package law

import (
	"strings"
	"time"
)

// Provision is one place in the law (or in an official statement, or in our own policies) with how certain we are of it and
// when it applies. It is comparable with ==, so that tables can be keyed by it.
type Provision struct {
	// Instrument is the short citation of the whole text: "Cap. 638H", "Judiciary statement of 14 Apr 2022".
	Instrument string `json:"instrument"`
	// Section is the place inside it: "r. 2", "s. 71(1A)(c)". Empty means the whole instrument.
	Section string `json:"section,omitempty"`
	// Title says in a few English words what the place rules.
	Title string `json:"title,omitempty"`
	// URL is where the text or statement was read; empty for our own policies.
	URL string `json:"url,omitempty"`
	// Status is how certain we are of what the table takes from it.
	Status Status `json:"status"`
	// From and Until bound the instants at which it applies, half-open: From is in, Until is out. Zero is open on that side.
	From  time.Time `json:"from,omitzero"`
	Until time.Time `json:"until,omitzero"`
}

// IsZero reports whether p cites nothing at all.
func (p Provision) IsZero() bool { return p == Provision{} }

// AppliesAt reports whether t lies in [From, Until).
func (p Provision) AppliesAt(t time.Time) bool {
	return (p.From.IsZero() || !t.Before(p.From)) && (p.Until.IsZero() || t.Before(p.Until))
}

// Cite gives instrument and section, the form in which lawyers name the place: "Cap. 1 s. 71(1A)".
func (p Provision) Cite() string {
	return strings.TrimSpace(p.Instrument + " " + p.Section)
}

// String gives the citation with its status: "Cap. 1 s. 71(1A) [secondary]".
func (p Provision) String() string {
	if p.IsZero() {
		return ""
	}
	return p.Cite() + " [" + p.Status.String() + "]"
}
