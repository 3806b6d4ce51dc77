package icms

import (
	"fmt"
	"strings"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
)

// The indexes by which registered cases are found. Their keys end with the place of the case: see casePlace.
const (
	indexCauseBook = "cause-book"    // court, place
	indexClaimant  = "case.claimant" // court, claimant, place
	indexNames     = "case.name"     // court, what names.Index makes of the names, place
)

// casePlace is the place of a case in the order of its court's cause book: the civil day on which it counts as received, then its number.
func casePlace(day string, place int64) string { return key(day, fmt.Sprintf("%012d", place)) }

// nameScope is the scope in which the parties of a court's open cases are found by name.
func nameScope(court string) string { return key(court, string(CaseOpen)) }

// isOpen reports whether anybody may find the case.
func (h *caseHead) isOpen() bool { return h.Access == "" || h.Access == CaseOpen }

// partyNames gives the names of parties, each with what it is called in all languages.
func partyNames(parties []filing.Party) []string {
	out := make([]string, len(parties))
	for i := range parties {
		if out[i] = parties[i].Name; parties[i].Chinese != "" {
			out[i] += " " + parties[i].Chinese
		}
	}
	return out
}

// textName makes one name of what somebody is called in all languages.
func textName(t law.Text) string {
	all := make([]string, 0, len(t))
	for _, tag := range t.Tags() {
		all = append(all, t[tag])
	}
	return strings.Join(all, " ")
}

// listed is the claimant of that id in the court's register; nil when there is none. Cases of those who are in it are found by that id, and
// not each by its claimant's name.
func (c *Court) listed(claimant string) *filing.Claimant {
	for i := range c.Filing.Approvals {
		if known := &c.Filing.Approvals[i].Claimant; known.ID == claimant {
			return known
		}
	}
	return nil
}

// claimantName is what the claimant of a case was called when it was filed, as far as its record says.
func (c *Court) claimantName(head *caseHead) law.Text {
	if len(head.ClaimantName) > 0 {
		return head.ClaimantName
	}
	if known := c.listed(head.Claimant); known != nil {
		return known.Name
	}
	return law.T(head.Claimant, head.Claimant)
}

// foundBy is what the record of a registered case is found by.
type foundBy struct {
	court *Court
	// day is the civil day on which the claim counts as received, place the place of the case in its year's numbers.
	day   string
	place int64
	head  *caseHead
}

// found gives what a kept case is found by.
func (c *Court) found(head *caseHead) (foundBy, error) {
	place, err := c.Numbers.place(head.Number)
	if err != nil {
		return foundBy{}, fmt.Errorf("icms: case %s: %w: %w", caseID(c.Code, head.Number), store.ErrCorrupt, err)
	}
	return foundBy{court: c, day: civilDay(c, head.Received), place: place, head: head}, nil
}

// at is the place of the case.
func (k foundBy) at() string { return casePlace(k.day, k.place) }

// named is what the case is found by in the index of names.
func (k foundBy) named() names.Entry {
	all := k.head.Names
	if !k.head.Listed && len(k.head.ClaimantName) > 0 {
		all = append(all[:len(all):len(all)], textName(k.head.ClaimantName))
	}
	return names.Entry{Scope: nameScope(k.court.Code), Sort: k.at(), Names: all}
}

// entries gives the keys by which a case record is found. It is the only place that makes them: a case is registered, sealed and opened
// again with the same ones. A sealed case and a restricted one have none: what is in no index is in no page, no cursor and no count, and
// takes no time.
func (k foundBy) entries() ([]store.Entry, error) {
	if !k.head.isOpen() {
		return nil, nil
	}
	out, err := names.Index{Name: indexNames}.Entries(k.named())
	if err != nil {
		return nil, fmt.Errorf("icms: case %s: %w", k.head.Number, err)
	}
	return append(out,
		store.Entry{Index: indexCauseBook, Key: key(k.court.Code, k.at())},
		store.Entry{Index: indexClaimant, Key: key(k.court.Code, k.head.Claimant, k.at())},
	), nil
}

// names is the index of the names of a court's parties.
func (c *Court) names() names.Index {
	return names.Index{Name: indexNames, Read: func(r store.Record) ([]names.Entry, error) {
		f, err := c.readFound(r)
		if err != nil {
			return nil, err
		}
		found, err := c.found(&f.caseHead)
		return []names.Entry{found.named()}, err
	}}
}
