package tables

import (
	"encoding/json"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment"
)

// Format is the name and version of the format, the value of the member "format".
const Format = "court/1"

// Document is a court as one JSON document.
type Document struct {
	// Schema is for editors: where the JSON Schema of this format lies. It is not read.
	Schema string `json:"$schema,omitempty"`
	// Format is the name and version of this format: "court/1".
	Format string `json:"format"`
	// Code names the court in references, records and case lists: letters and digits.
	Code string `json:"code"`
	// Name is the court's name for people, by language.
	Name law.Text `json:"name"`
	// Version is the version of this document; it changes with every change. Tables without a version of their own take it.
	Version string `json:"version"`
	// Zone is the zone of the court's clocks and dates: an IANA name such as "Europe/Dublin", or an offset such as "+08:00".
	Zone string `json:"zone"`
	// Provisions are the sources on which the rows rest, by a name of your choice. Each is cited somewhere. Wherever a provision is wanted, write such
	// a name, or the provision itself.
	Provisions map[string]law.Provision `json:"provisions,omitempty"`
	// Holidays are the dates on which the offices do not open, besides the weekdays without hours.
	Holidays Holidays `json:"holidays"`
	// Offices are the court's offices with their hours.
	Offices Offices `json:"offices"`
	// Fees is a whole schedule of fees as package fees reads it ("format": "fees/1"), with provisions of its own.
	Fees json.RawMessage `json:"fees"`
	// FilingFee is the item of the fees that each claim of a batch costs.
	FilingFee string `json:"filingFee"`
	// Filing holds the rules for claims that are filed in batches.
	Filing filing.Policy `json:"filing"`
	// Single holds the rules for claims that are filed one by one; without it none is taken.
	Single *filing.Policy `json:"single,omitempty"`
	// NoSingle says on what it rests that single claims are not taken.
	NoSingle law.Provision `json:"noSingle,omitzero"`
	// Numbers forms case numbers.
	Numbers Numbers `json:"numbers"`
	// Policies are what the court does where the law is silent.
	Policies Policies `json:"policies"`
	// Means say how the court can be paid, in the order in which payers are offered them. Without any, nothing is refused.
	Means []payment.MeansRule `json:"means,omitempty"`
	// Papers are the kinds of paper that parties may send in a case.
	Papers []Paper `json:"papers,omitempty"`
	// Limits counts time limits; it is needed where a paper has one.
	Limits *Limits `json:"limits,omitempty"`
	// Hearings says when a first hearing may be. The hours of hearings are those of the office of that name.
	Hearings *Hearings `json:"hearings,omitempty"`
	// Inspection says what it takes to search and inspect; without it there is none.
	Inspection *Inspection `json:"inspection,omitempty"`
	// Coverage is a roll-out list as package icms/rollout reads it ("format": "rollout/1"), which has the court under its code. Without it
	// all that the court has is covered, since ever.
	Coverage json.RawMessage `json:"coverage,omitempty"`
	// Maintenance are the times in which the system is announced to be out of service.
	Maintenance []calendar.Maintenance `json:"maintenance,omitempty"`
	// Hooks are what the court's program is asked beside these tables: "assess", "restrictions", "agents".
	Hooks []string `json:"hooks,omitempty"`
	// Codes are the findings that the hook "assess" may report.
	Codes []Code `json:"codes,omitempty"`
}

// Numbers forms case numbers: the prefix, the number in at least so many digits, "/", the year.
type Numbers struct {
	// Prefix stands before the number.
	Prefix string `json:"prefix"`
	// Digits is the least number of digits, 1 to 12.
	Digits int `json:"digits"`
	// Provision is where the form stands.
	Provision law.Provision `json:"provision"`
}

// Policies are what a court does where the law is silent, each with its ground.
type Policies struct {
	// Fee says as of which instant a filing is priced.
	Fee FeePolicy `json:"fee"`
	// Receipt says when a filing that needs a fee counts as received.
	Receipt ReceiptPolicy `json:"receipt"`
	// Acceptance says who accepts a filing; without it filings are accepted by being received and paid.
	Acceptance *AcceptancePolicy `json:"acceptance,omitempty"`
	// Time says whether parties may ask for more time; without it they may not.
	Time *TimePolicy `json:"time,omitempty"`
	// Represented says whether a party is told what somebody filed for it; without it, it is not.
	Represented *RepresentedPolicy `json:"represented,omitempty"`
	// Partial says whether the good claims of a batch with bad ones may be filed; without it they may not.
	Partial *PartialPolicy `json:"partial,omitempty"`
	// Corrections says whether the correction of a paper costs a fee again; without it, it does not.
	Corrections *CorrectionPolicy `json:"corrections,omitempty"`
	// Linking bounds the tries of the codes by which parties prove who they are; without it the library's bounds hold.
	Linking *LinkPolicy `json:"linking,omitempty"`
}

// FeePolicy is a choice with its ground.
type FeePolicy struct {
	// Choice is "deemed" (as of the receipt that the filing has if paid at once) or "submission" (as of the last byte's arrival).
	Choice icms.FeeInstant `json:"choice"`
	// Provision is what the choice rests on.
	Provision law.Provision `json:"provision"`
}

// ReceiptPolicy is a choice with its ground.
type ReceiptPolicy struct {
	// Choice is "later of documents and money" or "documents alone".
	Choice icms.ReceiptInstant `json:"choice"`
	// Provision is what the choice rests on.
	Provision law.Provision `json:"provision"`
}

// AcceptancePolicy is a choice with its ground.
type AcceptancePolicy struct {
	// Choice is "automatic" or "by officer".
	Choice icms.Acceptance `json:"choice"`
	// Provision is what the choice rests on.
	Provision law.Provision `json:"provision"`
}

// TimePolicy is a choice with its ground.
type TimePolicy struct {
	// Asked says that a party may ask an officer to let a late paper count, or to have one count as received earlier.
	Asked bool `json:"asked"`
	// Provision is what that rests on.
	Provision law.Provision `json:"provision"`
}

// RepresentedPolicy is a choice with its ground.
type RepresentedPolicy struct {
	// Told says that a party with a box of its own is told what somebody filed in its name.
	Told bool `json:"told"`
	// Provision is what that rests on.
	Provision law.Provision `json:"provision"`
}

// CorrectionPolicy is a choice with its ground.
type CorrectionPolicy struct {
	// Choice is "paid once" or "paid each time".
	Choice icms.CorrectionFee `json:"choice"`
	// Provision is what the choice rests on.
	Provision law.Provision `json:"provision"`
}

// LinkPolicy bounds tries with its ground.
type LinkPolicy struct {
	// Tries is how many wrong codes one registered user may give before waiting.
	Tries int `json:"tries,omitempty"`
	// CodeTries is how many wrong tries of all users together the code of a party bears before it rests.
	CodeTries int `json:"codeTries,omitempty"`
	// Rest is how long that takes: "24h".
	Rest Span `json:"rest,omitempty"`
	// Provision is what the bounds rest on.
	Provision law.Provision `json:"provision"`
}

// PartialPolicy is a choice with its ground.
type PartialPolicy struct {
	// Allowed says that a filer may ask for the good claims to be filed without the bad ones.
	Allowed bool `json:"allowed"`
	// Provision is what that rests on.
	Provision law.Provision `json:"provision"`
}

// Paper is a kind of paper that parties may send in a case.
type Paper struct {
	// Code names the kind in records: "defence".
	Code string `json:"code"`
	// Name is the kind in words.
	Name law.Text `json:"name"`
	// Sides are the sides that may send it, "claimant" and "defendant"; absent, every party may.
	Sides []icms.Side `json:"sides,omitempty"`
	// Limit is its time limit; absent, it has none.
	Limit *PaperLimit `json:"limit,omitempty"`
	// Afterwards says that it may be sent in a case that is concluded.
	Afterwards bool `json:"afterwards,omitempty"`
	// OnPaper says that it may not be sent electronically: the filer goes to the registry.
	OnPaper bool `json:"onPaper,omitempty"`
	// Fee is the item of the fees that it costs; absent, nothing is charged here.
	Fee string `json:"fee,omitempty"`
	// Provision says on what the kind rests.
	Provision law.Provision `json:"provision"`
}

// PaperLimit is the time limit of a kind of paper.
type PaperLimit struct {
	// Event is what it is counted from: "award made", "hearing held", "award served", "reasons served", "transfer decided", or an event of the
	// court's own.
	Event icms.CaseEvent `json:"event"`
	// Days is the number of days.
	Days int `json:"days"`
	// Provision is where the limit stands.
	Provision law.Provision `json:"provision"`
	// Instead is a later event from which it may be counted.
	Instead *PaperInstead `json:"instead,omitempty"`
}

// PaperInstead lets a time limit count from another event.
type PaperInstead struct {
	// Event is the event in the place of the first one.
	Event icms.CaseEvent `json:"event"`
	// Asked is the kind of paper by which the party asked for that within the limit.
	Asked string `json:"asked"`
	// Provision is where that stands.
	Provision law.Provision `json:"provision"`
}

// Hearings says when a first hearing may be.
type Hearings struct {
	// Earliest and Latest are civil days after the day on which the claim counts as received, both allowed; absent, there is no bound.
	Earliest int `json:"earliest,omitempty"`
	// Latest is the other bound.
	Latest int `json:"latest,omitempty"`
	// Provision is where they stand.
	Provision law.Provision `json:"provision"`
}

// Inspection says what it takes to search and inspect.
type Inspection struct {
	// Item is the item of the fees that a search costs; absent, searches are free. Where its fee is not known there is no search.
	Item string `json:"item,omitempty"`
	// Open is how long a search may be looked at: "24h", "90m".
	Open Span `json:"open"`
	// Parties are the kinds of paper at which only parties, and who acts for one, may look.
	Parties []string `json:"parties,omitempty"`
	// Provision says on what that rests.
	Provision law.Provision `json:"provision"`
}

// Code is a kind of finding that the hook "assess" may report.
type Code struct {
	// Code names it in lower case with points: "claim.deposit.unprotected".
	Code filing.Code `json:"code"`
	// Severity is "refusal" or "warning".
	Severity filing.Severity `json:"severity"`
	// Text is the sentence, with {name} placeholders for the values that the hook gives.
	Text law.Text `json:"text"`
	// Rule says in one line what is checked.
	Rule string `json:"rule"`
	// Remedy says what the filer can do.
	Remedy law.Text `json:"remedy"`
	// Provision says on what findings of the code rest.
	Provision law.Provision `json:"provision"`
}
