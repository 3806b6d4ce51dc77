package rollout

import (
	"slices"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// Directory is the public information of courts. It is immutable and safe for any number of goroutines. [LoadDirectory] reads one.
type Directory struct {
	name, version string
	zone          *time.Location
	courts        []*listedInfo
}

// listedInfo is the information of a court with its maintenance proven.
type listedInfo struct {
	Info
	availability calendar.Availability
}

// Info is what a court tells its users about itself. What is not known is absent; Missing names it.
type Info struct {
	// Court is the court's code.
	Court string
	// Offices are where the court can be reached in person.
	Offices []Place
	// Contacts are where enquiries go.
	Contacts []Contact
	// HelpCentres are where users of the electronic system are helped.
	HelpCentres []Place
	// Requirements are what the electronic system needs at the user's side.
	Requirements []Requirement
	// Hours are the service hours of the electronic system, by their first days.
	Hours []ServiceHours
	// Maintenance are the published times in which it is out of service.
	Maintenance []calendar.Maintenance
}

// Place is a place to go to.
type Place struct {
	Name      law.Text      `json:"name"`
	Address   law.Text      `json:"address,omitempty"`
	Hours     law.Text      `json:"hours,omitempty"`
	Provision law.Provision `json:"provision"`
}

// Contact is a line or an address for enquiries; at least one of Telephone and Email is set.
type Contact struct {
	Name      law.Text      `json:"name"`
	Telephone string        `json:"telephone,omitempty"`
	Email     string        `json:"email,omitempty"`
	Provision law.Provision `json:"provision"`
}

// RequirementKind groups what the system needs at the user's side.
type RequirementKind string

// The kinds of requirements.
const (
	// Browser is a combination of systems and browsers.
	Browser RequirementKind = "browser"
	// Setting is a setting of the browser.
	Setting RequirementKind = "setting"
	// Protocol is a protocol of the connection.
	Protocol RequirementKind = "protocol"
)

// Requirement is something that the system needs at the user's side.
type Requirement struct {
	Kind RequirementKind `json:"kind"`
	// Systems are the operating systems on which any of Names works; empty for all of them.
	Systems []string `json:"systems,omitempty"`
	// Names are browsers or protocols of which one is needed, or settings of which all are.
	Names     []string      `json:"names"`
	Provision law.Provision `json:"provision"`
}

// ServiceHours are the hours in which the electronic system serves, on the days from First on and up to Last, both in; the zero Last
// leaves the end open. Opens is in, Closes is not; 00:00 to 24:00 is round the clock.
type ServiceHours struct {
	First         calendar.Date
	Last          calendar.Date
	Opens, Closes calendar.Clock
	Provision     law.Provision
}

// Topic is a kind of public information.
type Topic string

// The topics of an Info.
const (
	Offices      Topic = "offices"
	Contacts     Topic = "contacts"
	HelpCentres  Topic = "help_centres"
	Requirements Topic = "requirements"
	Hours        Topic = "hours"
	Maintenance  Topic = "maintenance"
)

// Missing lists the topics of which nothing is known. Of maintenance it means that no notice was found, not that there is none.
func (i Info) Missing() []Topic {
	var out []Topic
	for _, t := range []struct {
		topic Topic
		known int
	}{
		{Offices, len(i.Offices)}, {Contacts, len(i.Contacts)}, {HelpCentres, len(i.HelpCentres)},
		{Requirements, len(i.Requirements)}, {Hours, len(i.Hours)}, {Maintenance, len(i.Maintenance)},
	} {
		if t.known == 0 {
			out = append(out, t.topic)
		}
	}
	return out
}

// Version is the version of the directory's data.
func (d *Directory) Version() string { return d.version }

// Courts lists the codes of the courts, in the order of the file.
func (d *Directory) Courts() []string {
	out := make([]string, len(d.courts))
	for i, c := range d.courts {
		out[i] = c.Court
	}
	return out
}

// Info gives the information of a court; false when the directory has none.
func (d *Directory) Info(court string) (Info, bool) {
	c := d.court(court)
	if c == nil {
		return Info{}, false
	}
	return Info{}.with(c.Info), true
}

// Availability gives the published maintenance of a court as its host takes it, to add notices of its own. The error is a
// *[NotListedError].
func (d *Directory) Availability(court string) (calendar.Availability, error) {
	c := d.court(court)
	if c == nil {
		return calendar.Availability{}, &NotListedError{Court: court, Listed: d.Courts()}
	}
	return c.availability, nil
}

func (d *Directory) court(code string) *listedInfo {
	for _, c := range d.courts {
		if c.Court == code {
			return c
		}
	}
	return nil
}

// with gives what stands in i followed by what stands in o, as slices of its own. The court is that of o.
func (i Info) with(o Info) Info {
	return Info{
		Court:   o.Court,
		Offices: slices.Concat(i.Offices, o.Offices), Contacts: slices.Concat(i.Contacts, o.Contacts),
		HelpCentres: slices.Concat(i.HelpCentres, o.HelpCentres), Requirements: slices.Concat(i.Requirements, o.Requirements),
		Hours: slices.Concat(i.Hours, o.Hours), Maintenance: slices.Concat(i.Maintenance, o.Maintenance),
	}
}
