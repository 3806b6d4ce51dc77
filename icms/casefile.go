package icms

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// CaseFile is what the court keeps of a case beside the claim itself: who may see it, who its parties are and how it stands. It is made
// when something first happens in the case; before that it reads as one that is open, ongoing and has the parties of the claim.
type CaseFile struct {
	Court  string `json:"court"`
	Number string `json:"number"`
	// Received is the instant at which the claim counts as received, Batch the batch in which it came.
	Received time.Time `json:"received"`
	Batch    string    `json:"batch,omitempty"`
	State    CaseState `json:"state"`
	// Access says who may inspect it.
	Access  CaseAccess  `json:"access"`
	Parties []CaseParty `json:"parties"`
	// Hearing is the next hearing; nil while none is fixed.
	Hearing *Hearing `json:"hearing,omitempty"`
	// Papers counts the documents of the case, in and out.
	Papers int `json:"papers"`

	version int64
	claim   filing.Claim
	// claimant is the registered user that began it.
	claimant string
}

// CaseState says how a case stands.
type CaseState string

// The states of a case.
const (
	CaseOngoing   CaseState = "ongoing"
	CaseConcluded CaseState = "concluded"
)

// CaseAccess says who may inspect a case.
type CaseAccess string

// The kinds of access.
const (
	// CaseOpen may be inspected by anyone who pays the fee, CaseRestricted by parties and their representatives, CaseSealed by the court alone:
	// to everybody else it is not there.
	CaseOpen       CaseAccess = "open"
	CaseRestricted CaseAccess = "restricted"
	CaseSealed     CaseAccess = "sealed"
)

// Side is a side of a case.
type Side string

// The sides.
const (
	ClaimantSide  Side = "claimant"
	DefendantSide Side = "defendant"
)

// CaseParty is a party to a case.
type CaseParty struct {
	// ID names the party in its case: "claimant-1", "defendant-2".
	ID   string       `json:"id"`
	Side Side         `json:"side"`
	Name filing.Party `json:"name"`
	// Member is the registered user, an organisation or an individual, that is the party, once that is known. Representatives are the
	// registered users that act for it.
	Member          string   `json:"member,omitempty"`
	Representatives []string `json:"representatives,omitempty"`
	// Served is when and how the claim was served on the party; nil while it is not known.
	Served *ServiceRecord `json:"served,omitempty"`
	// ServedBefore are the records of that which were corrected or taken back, the oldest first.
	ServedBefore []ServiceRecord `json:"servedBefore,omitempty"`
}

// ServiceRecord says how a document came to a party.
type ServiceRecord struct {
	// How is the court's word for the way: "personally", "post", "message box".
	How string    `json:"how"`
	At  time.Time `json:"at"`
	// By is who says so, Evidence what that rests on, such as an affidavit's document number.
	By       Filer  `json:"by"`
	Evidence string `json:"evidence,omitempty"`
	// Reference is the court's own name for the record. Ended says who corrected or took it back, when and why; nil while it stands.
	Reference string    `json:"reference,omitempty"`
	Ended     *Decision `json:"ended,omitempty"`
}

// Hearing is a hearing that is fixed.
type Hearing struct {
	// Sitting names the sitting; the cases of one batch share one.
	Sitting string    `json:"sitting"`
	At      time.Time `json:"at"`
	Place   string    `json:"place"`
	FixedBy Filer     `json:"fixedBy"`
	FixedAt time.Time `json:"fixedAt"`
	// Agreed says on what the agreement of the parties rests to a day that the court's policy leaves to it; empty when it was not needed.
	Agreed string `json:"agreed,omitempty"`
	// Closed names the closure, announced after it was fixed, into which it falls: it is to be fixed anew. Empty while the court is open then.
	Closed string `json:"closed,omitempty"`
}

// The records and indexes of cases in progress.
const (
	kindFile     = "case-file"    // id: <court>/<case number>
	indexMember  = "case.member"  // registered user, court, case number
	indexHearing = "case.hearing" // court, instant, sitting
)

// partyOf gives the parties for whom a registered user acts: itself, or those it represents.
func (f *CaseFile) partyOf(member string) []CaseParty {
	return slices.DeleteFunc(slices.Clone(f.Parties), func(p CaseParty) bool {
		return p.Member != member && !slices.Contains(p.Representatives, member)
	})
}

// Claim is the claim by which the case began.
func (f *CaseFile) Claim() filing.Claim { return f.claim }

// caseFile reads a case with its file, sealed or not: whoever shows it looks at Access first.
func (s *Service) caseFile(ctx context.Context, court, number string) (*CaseFile, error) {
	d, err := s.court(court)
	if err != nil {
		return nil, err
	}
	rec, err := s.store.Get(ctx, kindCase, caseID(court, number))
	if err != nil {
		return nil, notFound(err, "case %s of %s", number, court)
	}
	var kept caseRecord
	if err := json.Unmarshal(rec.Body, &kept); err != nil {
		return nil, fmt.Errorf("icms: case %s: %w: %w", rec.ID, store.ErrCorrupt, err)
	}
	rec, err = s.store.Get(ctx, kindFile, caseID(court, number))
	if errors.Is(err, store.ErrNotFound) {
		return newCaseFile(d.court, kept), nil
	}
	if err != nil {
		return nil, fmt.Errorf("icms: case %s of %s: %w", number, court, err)
	}
	f := &CaseFile{version: rec.Version, claim: kept.Claim, claimant: cmp.Or(kept.Member, kept.Claimant)}
	if err := json.Unmarshal(rec.Body, f); err != nil {
		return nil, fmt.Errorf("icms: case file %s: %w: %w", rec.ID, store.ErrCorrupt, err)
	}
	return f, nil
}

// newCaseFile is the file of a case in which nothing has happened yet.
func newCaseFile(c *Court, kept caseRecord) *CaseFile {
	f := &CaseFile{
		Court: kept.Court, Number: kept.Number, Received: kept.Received, Batch: kept.Batch, State: CaseOngoing, Access: CaseOpen, claim: kept.Claim,
		claimant: cmp.Or(kept.Member, kept.Claimant),
	}
	f.Parties = append(f.Parties, CaseParty{ID: "claimant-1", Side: ClaimantSide, Name: named(c.claimantName(&kept.caseHead)), Member: f.claimant})
	for i, p := range kept.Claim.Defendants {
		f.Parties = append(f.Parties, CaseParty{ID: fmt.Sprintf("defendant-%d", i+1), Side: DefendantSide, Name: p})
	}
	return f
}

// named is a party of whom the name is known and no address.
func named(name law.Text) filing.Party {
	p := filing.Party{Name: name.In(law.English, law.TraditionalChinese)}
	if chinese := name[law.TraditionalChinese]; chinese != p.Name {
		p.Chinese = chinese
	}
	return p
}

// put makes the store.Put that moves the file on from the version it was read at. That of a sealed case is in no index.
func (f *CaseFile) put() (store.Put, error) {
	body, err := json.Marshal(f)
	if err != nil {
		return store.Put{}, fmt.Errorf("icms: case file %s: %w", f.Number, err)
	}
	p := store.Put{Kind: kindFile, ID: caseID(f.Court, f.Number), Body: body, Expect: f.version}
	if f.Access == CaseSealed {
		return p, nil
	}
	if f.Hearing != nil {
		p.Index = append(p.Index, store.Entry{Index: indexHearing, Key: key(f.Court, stamp(f.Hearing.At), f.Hearing.Sitting)})
	}
	members := map[string]bool{}
	for _, party := range f.Parties {
		for _, m := range append([]string{party.Member}, party.Representatives...) {
			if m != "" && !members[m] {
				members[m] = true
				p.Index = append(p.Index, store.Entry{Index: indexMember, Key: key(m, f.Court, f.Number)})
			}
		}
	}
	return p, nil
}
