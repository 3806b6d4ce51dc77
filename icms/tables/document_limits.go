package tables

import (
	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// Limits counts time limits for acts at the registry.
type Limits struct {
	// Name is the rule's name for people.
	Name law.Text `json:"name"`
	// Version names the edition of the rule; absent, it is that of the document.
	Version string `json:"version,omitempty"`
	// Short is the longest period, in days, in which the days left out are not counted; 0 counts every day always.
	Short int `json:"short,omitempty"`
	// LeftOut are the days that are not counted in a short period.
	LeftOut DaySet `json:"leftOut,omitzero"`
	// NotLast are the days on which no period ends: it runs on to the next other day.
	NotLast DaySet `json:"notLast,omitzero"`
	// Kinds are the kinds of warning that count, by the names that warnings use.
	Kinds map[string]Cause `json:"kinds,omitempty"`
	// Warnings are the warnings known so far; later ones are announced to the service.
	Warnings []calendar.Warning `json:"warnings,omitempty"`
	// Closures lets closures of the registry count as warnings.
	Closures *ClosuresAsWarnings `json:"closures,omitempty"`
	// Strict refuses dates whose holidays are projected.
	Strict bool `json:"strict,omitempty"`
	// Grounds are what the steps of an expiry's reason rest on.
	Grounds LimitGrounds `json:"grounds"`
}

// DaySet says which days belong to a set.
type DaySet struct {
	// Weekdays are days of the week.
	Weekdays []Weekday `json:"weekdays,omitempty"`
	// Holidays says that holidays do.
	Holidays bool `json:"holidays,omitempty"`
	// Warnings says that days do on which a warning of a kind that counts was in force at some time.
	Warnings bool `json:"warnings,omitempty"`
	// Closed says that days do on which the registry, though it has hours, was closed through all of them.
	Closed bool `json:"closed,omitempty"`
}

// LimitGrounds are what the steps of an expiry's reason rest on.
type LimitGrounds struct {
	// Event says that the day of the event is not counted.
	Event law.Provision `json:"event"`
	// Short is about the days left out of a short period.
	Short law.Provision `json:"short,omitzero"`
	// NotLast is about the days on which no period ends.
	NotLast law.Provision `json:"notLast,omitzero"`
	// Weekdays says of a day of the week why it is in a set.
	Weekdays map[Weekday]law.Provision `json:"weekdays,omitempty"`
	// Closed says why a day does on which the registry is closed.
	Closed law.Provision `json:"closed,omitzero"`
	// Pending holds while a warning or a closure has no end yet.
	Pending law.Provision `json:"pending,omitzero"`
}

// ClosuresAsWarnings lets a closure of the registry count as a warning of the kind that its cause names, from its beginning to its reopening. One that
// reopens with the opening of a day, or before, ends with the beginning of that day.
type ClosuresAsWarnings struct {
	// Causes are the causes that do; each is a kind of warning too.
	Causes []string `json:"causes"`
	// Opening is the longest time from the beginning of a day to the opening of the registry when nothing keeps it closed: "9h".
	Opening Span `json:"opening"`
	// Provision is what this rests on.
	Provision law.Provision `json:"provision"`
}
