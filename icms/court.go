package icms

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/fees"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/rollout"
	"courts.example/eservices/payment"
)

// Court is everything the counter knows of a court, as data. It is checked by New and never changed after.
type Court struct {
	// Code names the court in references, records and chains: letters and digits.
	Code string
	// Name is the court's name for people.
	Name law.Text
	// Registry receives documents, Accounts receives money. Both carry the reading that decides; closures are added by the
	// Service as they are announced. The zone of the registry is the court's.
	Registry, Accounts *calendar.Office
	// Fees prices; FilingFee is the item charged for each claim of a batch.
	Fees      *fees.Schedule
	FilingFee string
	// Filing holds the rules for claims and batches.
	Filing filing.Policy
	// Agents knows who may file for claimants of the register; nil allows a claimant's own id alone.
	Agents Agents
	// Restrictions knows who may not file without leave; nil asks nobody.
	Restrictions filing.Restrictions
	// Assessor looks at claims beyond what the tables say, with the codes of the policies' own; nil asks nobody.
	Assessor filing.Assessor
	// Numbers forms case numbers.
	Numbers Numbering
	// Policies decide where the law is silent.
	Policies Policies
	// Means say by which means, within which limits, the court can be paid. A court without any refuses nothing, unless another court
	// of the same Service has some.
	Means []payment.MeansRule
	// Papers are the kinds of paper that parties may send in a case, Limits counts their time limits; nil Limits allows none that has one.
	Papers []PaperKind
	Limits LimitsFor
	// Single is the policy by which single claims are taken; nil takes none, and NoSingle says on what that rests.
	Single   *filing.Policy
	NoSingle law.Provision
	// Hearings says when a first hearing may be, Inspection what it takes to search and inspect.
	Hearings   HearingPolicy
	Inspection InspectionPolicy
	// Coverage is the roll-out list that has the court under its Code; nil covers all that the court has, since ever.
	Coverage *rollout.Table
	// Maintenance tells when the service itself is announced to be down; it never moves a receipt. The zero value is always up.
	Maintenance calendar.Availability

	bound map[string]string // claimant to the registered user that staff bound to it, of a desk that files
}

// byOfficer reports whether an officer accepts or refuses each filing.
func (c *Court) byOfficer() bool { return c.Policies.Acceptance.Choice == ByOfficer }

// Zone is the zone of the court's civil dates: that of its registry.
func (c *Court) Zone() *time.Location { return c.Registry.Zone() }

// Numbering forms case numbers: Prefix, the number in at least Digits digits, "/", the year of the instant at which the filing
// counts as received, in the court's zone. Each year starts at 1.
type Numbering struct {
	Prefix    string
	Digits    int
	Provision law.Provision
}

// Number forms the case number of a place in a year's sequence.
func (n Numbering) Number(year int, seq int64) string {
	return fmt.Sprintf("%s%0*d/%d", n.Prefix, n.Digits, seq, year)
}

// FeeInstant names the instant as of which a filing is priced.
type FeeInstant string

// The choices of FeeInstant.
const (
	// PriceAtDeemed prices as of the deemed receipt of the filing as if it were paid at once.
	PriceAtDeemed FeeInstant = "deemed"
	// PriceAtSubmission prices as of the instant at which the last byte was in.
	PriceAtSubmission FeeInstant = "submission"
)

// ReceiptInstant names the instant at which a filing that needs a fee counts as received.
type ReceiptInstant string

// The choices of ReceiptInstant.
const (
	// LaterOfBoth takes the later of two deemed receipts: the documents at the registry, the money at the accounts office.
	LaterOfBoth ReceiptInstant = "later of documents and money"
	// DocumentsAlone takes the deemed receipt of the documents.
	DocumentsAlone ReceiptInstant = "documents alone"
)

// FeePolicy and ReceiptPolicy are choices with the ground they rest on.
type (
	FeePolicy struct {
		Choice    FeeInstant
		Provision law.Provision
	}
	ReceiptPolicy struct {
		Choice    ReceiptInstant
		Provision law.Provision
	}
)

// Policies are the named policies of a court: what it does where the law is silent, each with its own ground and status.
type Policies struct {
	Fee     FeePolicy
	Receipt ReceiptPolicy
	// Acceptance says who accepts a filing.
	Acceptance AcceptancePolicy
	// Time says whether parties may ask for more time, or for an earlier receipt.
	Time TimePolicy
	// Represented says whether a party is told what somebody filed for it.
	Represented RepresentedPolicy
	// Partial says whether the good claims of a batch with bad ones may be filed when the filer asks for it.
	Partial PartialPolicy
	// Corrections says whether the correction of a paper costs a fee again.
	Corrections CorrectionPolicy
	// Linking bounds the tries of the codes by which parties prove who they are.
	Linking LinkPolicy
}

// Acceptance names who accepts a filing.
type Acceptance string

// The choices of Acceptance.
const (
	// Automatic accepts a filing by its being received and paid.
	Automatic Acceptance = "automatic"
	// ByOfficer has an officer accept or refuse each filing; its money is held until then.
	ByOfficer Acceptance = "by officer"
)

// AcceptancePolicy is the choice with the ground it rests on. The empty choice is Automatic.
type AcceptancePolicy struct {
	Choice    Acceptance
	Provision law.Provision
}

// PartialPolicy says whether a filer may ask for the good claims of a bad batch to be filed.
type PartialPolicy struct {
	Allowed   bool
	Provision law.Provision
}

// RepresentedPolicy says whether a party that has a box of its own, and others who act for it, are told what somebody filed in its name: a paper of
// a case, a batch of a claimant.
type RepresentedPolicy struct {
	Told      bool
	Provision law.Provision
}

// TimePolicy says whether a party may ask an officer to let a late paper count, or to have a paper count as received earlier.
type TimePolicy struct {
	Asked     bool
	Provision law.Provision
}

// Check proves a court's data, as New does. Its error says everything that is wrong at once.
func (c *Court) Check() error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("icms: court %q: "+format, append([]any{c.Code}, args...)...))
	}
	if c.Code == "" || strings.ContainsFunc(c.Code, notLetterOrDigit) {
		bad("Code must be letters and digits")
	}
	if c.Registry == nil || c.Accounts == nil {
		bad("Registry and Accounts must both be offices")
	}
	if c.Fees == nil || c.FilingFee == "" {
		bad("Fees and FilingFee must say what a claim costs")
	}
	if c.Numbers.Prefix == "" || c.Numbers.Digits < 1 || c.Numbers.Digits > 12 {
		bad("Numbers needs a prefix and 1 to 12 digits")
	}
	if f := c.Policies.Fee.Choice; f != PriceAtDeemed && f != PriceAtSubmission {
		bad("Policies.Fee.Choice %q is not one of the choices", f)
	}
	if r := c.Policies.Receipt.Choice; r != LaterOfBoth && r != DocumentsAlone {
		bad("Policies.Receipt.Choice %q is not one of the choices", r)
	}
	if a := c.Policies.Acceptance.Choice; a != "" && a != Automatic && a != ByOfficer {
		bad("Policies.Acceptance.Choice %q is not one of the choices", a)
	}
	if c.Single != nil {
		if err := c.Single.Validate(); err != nil {
			bad("Single: %w", err)
		} else if len(c.Single.Notices) == 0 {
			bad("Single has no notice that says from when claims are taken")
		}
	}
	c.checkPapers(bad)
	c.checkLinking(bad)
	c.checkInspection(bad)
	c.checkHearings(bad)
	return errors.Join(errs...)
}

func notLetterOrDigit(r rune) bool {
	return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9')
}
