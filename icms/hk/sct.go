package hk

import (
	"fmt"
	"slices"

	"courts.example/eservices/calendar"
	calendarhk "courts.example/eservices/calendar/hk"
	feeshk "courts.example/eservices/fees/hk"
	"courts.example/eservices/filing"
	filinghk "courts.example/eservices/filing/hk"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

// Options change a court of Hong Kong. The zero value takes the default of every policy.
type Options struct {
	// Reading names the reading of the opening hours that decides: calendarhk.Announced (also when empty) or calendarhk.Statutory.
	Reading string
	// Offices change both offices: closures known so far, half days, strictness past the published holidays.
	Offices calendarhk.Options
	// Fee and Receipt replace the policies of that name; the zero value keeps the default.
	Fee     icms.FeePolicy
	Receipt icms.ReceiptPolicy
	// Acceptance replaces the policy of that name.
	Acceptance icms.AcceptancePolicy
	// Warnings are the notices of warnings known so far, for time limits; later ones are announced to the Service.
	Warnings []calendar.Warning
	// Approvals are added to the register of bulk claimants: later approvals by the Principal Adjudicator, or sample data.
	Approvals []filing.Approval
	// Restrictions knows who may not file without leave; nil asks nobody.
	Restrictions filing.Restrictions
	// Maintenance tells when the system is announced to be down.
	Maintenance calendar.Availability
}

// SmallClaims assembles the Small Claims Tribunal: bulk claims, filed and paid electronically.
func SmallClaims(o Options) (icms.Court, error) {
	fail := func(err error) (icms.Court, error) {
		return icms.Court{}, fmt.Errorf("icms/hk: Small Claims Tribunal: %w", err)
	}
	registry, err := office(calendarhk.Registry, o)
	if err != nil {
		return fail(err)
	}
	accounts, err := office(calendarhk.Accounts, o)
	if err != nil {
		return fail(err)
	}
	schedule, err := feeshk.SmallClaims()
	if err != nil {
		return fail(err)
	}
	policy, err := filinghk.SmallClaims()
	if err != nil {
		return fail(err)
	}
	policy.Approvals = slices.Concat(policy.Approvals, o.Approvals)
	if err := policy.Validate(); err != nil {
		return fail(err)
	}
	coverage, err := Rollout()
	if err != nil {
		return fail(err)
	}
	hearings, err := hearings(registry)
	if err != nil {
		return fail(err)
	}
	court := icms.Court{
		Code: policy.Court, Name: policy.Name, Registry: registry, Accounts: accounts, Fees: schedule, FilingFee: feeshk.Filing,
		Filing: policy, Restrictions: o.Restrictions, Numbers: numbering(), Policies: defaults(), Means: Means(), Maintenance: o.Maintenance,
		Papers: Papers(), Limits: limits(o), NoSingle: bulkOnly(),
		Inspection: Inspection(), Coverage: coverage, Hearings: hearings,
	}
	if o.Fee != (icms.FeePolicy{}) {
		court.Policies.Fee = o.Fee
	}
	if o.Receipt != (icms.ReceiptPolicy{}) {
		court.Policies.Receipt = o.Receipt
	}
	if o.Acceptance != (icms.AcceptancePolicy{}) {
		court.Policies.Acceptance = o.Acceptance
	}
	return court, nil
}

func office(of func(calendarhk.Options) (*calendar.Office, error), o Options) (*calendar.Office, error) {
	made, err := of(o.Offices)
	if err != nil || o.Reading == "" {
		return made, err
	}
	return made.Reading(o.Reading)
}

// numbering is ours: the form of the case numbers of bulk claims could not be read.
func numbering() icms.Numbering {
	return icms.Numbering{Prefix: "SCTC", Digits: 6, Provision: assumed("case numbers", "form of the case numbers of bulk claims")}
}

// defaults are the named policies where the law is silent or unread.
func defaults() icms.Policies {
	return icms.Policies{
		Fee:         icms.FeePolicy{Choice: icms.PriceAtDeemed, Provision: assumed("fee instant", "a fee is that of the deemed receipt as if paid at once")},
		Receipt:     icms.ReceiptPolicy{Choice: icms.LaterOfBoth, Provision: assumed("filing with a fee", "received at the later of documents and money")},
		Acceptance:  icms.AcceptancePolicy{Choice: icms.Automatic, Provision: assumed("acceptance", "a bulk filing is accepted once it is received and paid")},
		Time:        icms.TimePolicy{Asked: true, Provision: assumed("time", "an officer may let a late paper count, or have one count as received earlier, on request")},
		Corrections: corrections(),
		Linking:     linking(),
		Represented: icms.RepresentedPolicy{Told: true, Provision: assumed("represented parties", "a party with a box of its own is told what its representative files")},
		Partial:     icms.PartialPolicy{Allowed: true, Provision: assumed("bad claims", "a batch with bad claims is refused unless its filer asks for the good ones to be filed")},
	}
}

func assumed(section, title string) law.Provision {
	return law.Provision{Instrument: "Policy of this library:", Section: section, Title: title, Status: law.Assumed}
}
