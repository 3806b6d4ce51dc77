package icms

import (
	"slices"
	"strings"

	"courts.example/eservices/fees"
	"courts.example/eservices/icms/law"
)

// paper finds a kind of paper of the court; nil when it has none of that code.
func (c *Court) paper(code string) *PaperKind {
	if i := slices.IndexFunc(c.Papers, func(k PaperKind) bool { return k.Code == code }); i >= 0 {
		return &c.Papers[i]
	}
	return nil
}

// paperCodes lists the codes of the kinds of paper.
func (c *Court) paperCodes() string {
	codes := make([]string, len(c.Papers))
	for i, k := range c.Papers {
		codes[i] = k.Code
	}
	return strings.Join(codes, ", ")
}

// from reports whether a side may send it.
func (k *PaperKind) from(side Side) bool { return len(k.Sides) == 0 || slices.Contains(k.Sides, side) }

// checkPapers proves the table of kinds, so that no paper that comes meets a hole in it.
func (c *Court) checkPapers(bad func(format string, args ...any)) {
	if f := c.Policies.Corrections.Choice; f != "" && f != PaidOnce && f != PaidEachTime {
		bad("Policies.Corrections.Choice %q is not one of the choices", f)
	}
	for i, k := range c.Papers {
		at := "Papers[%d] (%s): "
		fail := func(what string, args ...any) { bad(at+what, append([]any{i, k.Code}, args...)...) }
		if k.Code == "" || strings.ContainsFunc(k.Code, notInID) || k.Name.In(law.English) == "" {
			fail("it needs a code without bars and a name")
		}
		if c.paper(k.Code) != &c.Papers[i] {
			fail("another kind has the same code")
		}
		for _, side := range k.Sides {
			if side != ClaimantSide && side != DefendantSide {
				fail("%q is no side", side)
			}
		}
		switch {
		case k.Event == "" && (k.Days != 0 || k.Instead != ""):
			fail("it has a time limit and no Event")
		case k.Event != "" && k.Days < 1:
			fail("its time limit has %d days", k.Days)
		case k.Event != "" && c.Limits == nil:
			fail("it has a time limit, and Limits, which counts it, is nil")
		}
		if k.Instead != "" && (c.paper(k.Asked) == nil || c.paper(k.Asked).Event != k.Event) {
			fail("Asked %q must be a kind whose limit runs from the same Event", k.Asked)
		}
		if k.Fee != "" && c.Fees != nil && !slices.ContainsFunc(c.Fees.Items(), func(item fees.Item) bool { return item.Name == k.Fee }) {
			fail("Fees have no item %q", k.Fee)
		}
	}
}

// sideNames are the sides in words.
var sideNames = map[Side]law.Text{
	ClaimantSide:  law.T("claimant", "申索人"),
	DefendantSide: law.T("defendant", "被告人"),
}

// eventNames are the events in words.
var eventNames = map[CaseEvent]law.Text{
	AwardMade:       law.T("the award or order", "裁斷或命令"),
	HearingHeld:     law.T("the hearing", "聆訊"),
	AwardServed:     law.T("the service of the written award", "書面裁斷的送達"),
	ReasonsServed:   law.T("the service of the reasons", "裁斷理由的送達"),
	TransferDecided: law.T("the decision to transfer", "移交的決定"),
}

// name is the event in words; one of a court's own is its own name.
func (e CaseEvent) name() law.Text {
	if t, ok := eventNames[e]; ok {
		return t
	}
	return law.T(string(e), string(e))
}

// served reports whether the event happens to each party by itself.
func (e CaseEvent) served() bool { return e == AwardServed || e == ReasonsServed }
