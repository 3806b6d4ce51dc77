package icms

import (
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// PaperKind is a kind of paper that parties may send in a case.
type PaperKind struct {
	// Code names the kind in records: "defence", "review".
	Code string
	Name law.Text
	// Sides are the sides that may send it; empty allows every party.
	Sides []Side
	// Event names what its time limit is counted from, Days is the limit; no Event means no limit. Limit is where the limit stands.
	Event CaseEvent
	Days  int
	Limit law.Provision
	// Instead is an event from which the limit counts in the place of Event, when the party asked for that within the limit by a paper of the
	// kind Asked, and Deferred where that stands.
	Instead  CaseEvent
	Asked    string
	Deferred law.Provision
	// Afterwards says that it may be sent in a case that is concluded.
	Afterwards bool
	// OnPaper says that it may not be sent electronically: the filer goes to the registry.
	OnPaper bool
	// Fee is the item of the court's fees that it costs; empty charges nothing here. Provision says on what the kind rests.
	Fee       string
	Provision law.Provision
}

// CaseEvent is something in a case from which time limits are counted.
type CaseEvent string

// The events.
const (
	// AwardMade is the date of the award or order, HearingHeld that of the hearing, AwardServed and ReasonsServed when the written award or the
	// reasons for it were served, TransferDecided that of a decision to transfer.
	AwardMade       CaseEvent = "award made"
	HearingHeld     CaseEvent = "hearing held"
	AwardServed     CaseEvent = "award served"
	ReasonsServed   CaseEvent = "reasons served"
	TransferDecided CaseEvent = "transfer decided"
)

// HearingPolicy says when hearings may be.
type HearingPolicy struct {
	// Earliest and Latest bound the first hearing: civil days after the day on which the claim counts as received, both allowed; 0 for no bound.
	Earliest, Latest int
	Provision        law.Provision
	// Hours are the hours at which hearings begin. A hearing begins within them while the registry is open, so that a day on which that is closed
	// has none; nil takes the registry's own hours alone.
	Hours *calendar.Office
}

// InspectionPolicy says what it takes to search and inspect.
type InspectionPolicy struct {
	// Item is the item of the court's fees that a search costs; empty charges nothing. Where its fee is not known there is no search.
	Item string
	// Open is how long a search that was paid for may be looked at; Provision says on what that rests. Zero offers no inspection.
	Open time.Duration
	// Parties are the kinds of paper at which only those may look who are parties to the case or act for one.
	Parties   []string
	Provision law.Provision
}

// LimitsFor counts periods of days for acts at the registry, whose closures are those announced so far.
type LimitsFor func(registry *calendar.Office) (*calendar.Limits, error)
