package icms

import (
	"context"
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// FoundCase is a case as a search shows it.
type FoundCase struct {
	Number string `json:"number"`
	Type   string `json:"type,omitempty"`
	// Commenced is the civil day on which the claim counts as received.
	Commenced calendar.Date `json:"commenced"`
	Claimant  law.Text      `json:"claimant"`
	// Defendants are what they are called, each in all languages.
	Defendants []string   `json:"defendants"`
	Access     CaseAccess `json:"access"`
}

// InspectedCase is a case that is looked at by a search.
type InspectedCase struct {
	FoundCase
	State CaseState `json:"state"`
	// Claim is the claim as it was filed, without its claimant's reference and the addresses of the defendants, and Papers are the documents that were
	// filed with it: paper 0 of [Inspection.Open].
	Claim  filing.Claim      `json:"claim"`
	Papers []filing.Document `json:"papers,omitempty"`
	// At and Place are when and where the next hearing is; zero while none is fixed.
	At    time.Time `json:"at,omitzero"`
	Place string    `json:"place,omitempty"`
}

// Results gives a page of the cases that an open search finds now, in the order of the days on which they were commenced, then of their
// numbers, with the cursor of the next page ("" at the end). A page may be short, or empty, and have a next one. A limit of 0 means 100. Sealed cases are
// in none; a restricted one is found by its number, by those who are parties to it or act for one. A search that is not paid, is over or had its fee
// given back is a *RefusalError.
func (i Inspection) Results(ctx context.Context, search, after string, limit int) ([]FoundCase, string, error) {
	q, h, err := i.hunt(ctx, search)
	if err != nil {
		return nil, "", err
	}
	page, next, err := h.page(ctx, after, limit)
	if err != nil {
		return nil, "", fmt.Errorf("icms: results of search %s: %w", q.ID, err)
	}
	out := make([]FoundCase, len(page))
	for n, f := range page {
		out[n] = h.court.shown(f)
	}
	return out, next, nil
}

// hunt makes the hunt of an open search.
func (i Inspection) hunt(ctx context.Context, search string) (*Searched, *hunt, error) {
	s := i.s
	q, err := s.search(ctx, search)
	if err != nil {
		return nil, nil, err
	}
	d, err := s.filingDesk(ctx, q.Court)
	if err != nil {
		return nil, nil, err
	}
	now, err := s.standing(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	switch now.State {
	case SearchAsked:
		return nil, nil, refuse(filing.NewFinding(filing.SearchUnpaid, "", d.court.Inspection.Provision, law.V("search", q.Reference), law.V("amount", q.Fee)))
	case SearchEnded:
		code, values := now.over(d.court)
		return nil, nil, refuse(filing.NewFinding(code, "", d.court.Inspection.Provision, values...))
	}
	cover, err := d.court.inspected(q.Type, s.now())
	if err != nil {
		return nil, nil, err
	}
	h := &hunt{
		s: s, court: d.court, cover: cover, number: q.Number, party: q.Party, member: q.By.Organisation, owner: q.By.Organisation,
	}
	h.days(q.From, q.Until)
	return q, h, nil
}

// shown is a case as a search shows it.
func (c *Court) shown(f *foundCase) FoundCase {
	out := FoundCase{
		Number: f.Number, Type: f.Type, Commenced: calendar.DateOf(f.Received, c.Zone()), Claimant: c.claimantName(&f.caseHead),
		Defendants: f.Names, Access: f.Access,
	}
	if out.Access == "" {
		out.Access = CaseOpen
	}
	return out
}

// sight is a case that a search finds.
type sight struct {
	hunt  *hunt
	found *foundCase
	file  *CaseFile
	// party says that who looks is a party to it or acts for one.
	party bool
}

// look finds one case by an open search, if the search finds it: for everything else, and for what may not be known of, there is no such case.
func (i Inspection) look(ctx context.Context, search, number string) (*sight, error) {
	q, h, err := i.hunt(ctx, search)
	if err != nil {
		return nil, err
	}
	none := fmt.Errorf("%w: case %s in search %s", ErrNotFound, number, q.Reference)
	if h.number != "" && h.number != number {
		return nil, none
	}
	if h.number == "" { // not found by its number: an open one alone
		h.number, h.member = number, ""
	}
	page, _, err := h.page(ctx, "", 1)
	if err != nil {
		return nil, err
	}
	if len(page) == 0 {
		return nil, none
	}
	file, err := i.s.caseFile(ctx, h.court.Code, number)
	if err != nil {
		return nil, err
	}
	if file.Access != h.court.shown(page[0]).Access { // it changed since it was found
		return nil, none
	}
	return &sight{h, page[0], file, len(file.partyOf(h.owner)) > 0}, nil
}

// Case shows a case that an open search finds. One that it does not find is an ErrNotFound, whatever the cause.
func (i Inspection) Case(ctx context.Context, search, number string) (InspectedCase, error) {
	v, err := i.look(ctx, search, number)
	if err != nil {
		return InspectedCase{}, err
	}
	return v.inspected(), nil
}

func (v *sight) inspected() InspectedCase {
	out := InspectedCase{FoundCase: v.hunt.court.shown(v.found), State: v.file.State, Claim: v.file.Claim(), Papers: v.found.Papers}
	out.Claim.Reference = ""
	out.Claim.Defendants = slices.Clone(out.Claim.Defendants)
	for n := range out.Claim.Defendants {
		out.Claim.Defendants[n].Address = ""
	}
	if v.file.Hearing != nil {
		out.At, out.Place = v.file.Hearing.At, v.file.Hearing.Place
	}
	return out
}
