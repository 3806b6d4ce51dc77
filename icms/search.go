package icms

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment"
)

// Search asks for a search of the register of a court.
type Search struct {
	Court string `json:"court"`
	// By is who searches and owns the search: a registered user, or any name by which the host knows a person who is none.
	By Filer `json:"by"`
	// Reference is the owner's own name for the search, 1 to 64 bytes: the same search under the same reference is one search, and is paid once.
	Reference string `json:"reference"`
	// Number is a case number, Party what to look for in the names of the parties of either side: see package names for what matches. From and
	// Until are the first and last civil day on which the claim counts as received. At least one of them, or Type, is given; a case has all that are.
	Number string        `json:"number,omitempty"`
	Party  string        `json:"party,omitempty"`
	From   calendar.Date `json:"from,omitzero"`
	Until  calendar.Date `json:"until,omitzero"`
	// Type is a type of case; empty searches all that can be inspected.
	Type string `json:"type,omitempty"`
}

// SearchState says where a search stands.
type SearchState string

// The states of a search.
const (
	// SearchAsked waits for its fee, SearchOpen may be looked at, SearchEnded no longer: its time is over, or its fee went back.
	SearchAsked SearchState = "asked"
	SearchOpen  SearchState = "open"
	SearchEnded SearchState = "ended"
)

// Searched is a search as it is kept.
type Searched struct {
	Search
	ID string `json:"id"`
	// At is the instant at which it was asked for; its fee is that of the instant at which its order was made.
	At time.Time `json:"at"`
	// Order is the order of the fee, Fee its amount; both are empty where nothing is charged. An order that ended unpaid is replaced by asking
	// for the search again, at the fee of then.
	Order string       `json:"order,omitempty"`
	Fee   money.Amount `json:"fee,omitzero"`
	// Opens is for how long it may be looked at; Opened is when that began, with the payment, and Ends when it is over. Both are zero until then.
	Opens  time.Duration `json:"opens"`
	Opened time.Time     `json:"opened,omitzero"`
	Ends   time.Time     `json:"ends,omitzero"`
	// Receipt is the number of the receipt, empty until it is paid.
	Receipt string `json:"receipt,omitempty"`
	// State is where it stood when it was read, Refunded when its fee went back, which ended it; zero while it did not.
	State    SearchState `json:"-"`
	Refunded time.Time   `json:"-"`
	// Findings are warnings that are told before it is paid for.
	Findings []filing.Finding `json:"findings,omitempty"`

	version int64
}

// The types of event about searches.
const (
	EventSearchAsked  = "icms.search.asked"
	EventSearchOpened = "icms.search.opened"
)

// Inspection groups the searches of the register and the looking at what they find.
type Inspection struct{ s *Service }

// Inspection is where the register is searched and cases are inspected.
func (s *Service) Inspection() Inspection { return Inspection{s} }

// Search asks for a search and makes the order of its fee. It is open once that is paid, from a deposit account, at the counter or at a
// gateway; where nothing is charged it is open at once. It tells nothing of what it would find. The same search again is answered as it stands;
// what the court does not offer or know is a *RefusalError.
func (i Inspection) Search(ctx context.Context, in Search) (Searched, error) {
	s := i.s
	d, err := s.court(in.Court)
	if err != nil {
		return Searched{}, err
	}
	if err := in.check(); err != nil {
		return Searched{}, err
	}
	for range maxTries {
		kept, err := s.search(ctx, searchID(&in))
		waits := true
		if isNotFound(err) {
			kept, err = s.newSearch(d, &in)
		} else if err == nil {
			kept, waits, err = s.askedBefore(ctx, d, kept, &in)
		}
		if err != nil {
			return Searched{}, err
		}
		if !waits {
			return s.standing(ctx, kept)
		}
		if err := s.ask(ctx, d, kept); err != nil && !meanwhile(err) {
			return Searched{}, fmt.Errorf("icms: search %s: %w", kept.ID, err)
		}
	}
	return Searched{}, overtaken("search " + in.Reference)
}

// meanwhile says that somebody else was first, so that things are to be looked at again.
func meanwhile(err error) bool {
	for _, again := range []error{payment.ErrChanged, payment.ErrOrdered, store.ErrVersion, store.ErrTaken} {
		if errors.Is(err, again) {
			return true
		}
	}
	return false
}

// check holds the form of a search.
func (in *Search) check() error {
	line := func(s string) bool { return strings.TrimSpace(s) == s && !strings.ContainsFunc(s, notPrintable) }
	switch {
	case in.By.Organisation == "" || len(in.By.Organisation) > payment.MaxID || strings.ContainsFunc(in.By.Organisation, notInID):
		return invalid("By.Organisation %.120q must be 1 to %d bytes without bars and control characters: of a person without an account, any name by which you know it",
			in.By.Organisation, payment.MaxID)
	case in.Reference == "" || len(in.Reference) > 64 || !line(in.Reference):
		return invalid("Reference %.80q must be 1 to 64 bytes of printable characters without spaces at its ends", in.Reference)
	case len(in.Number) > 60 || !line(in.Number):
		return invalid("Number %.80q must be at most 60 bytes of printable characters without spaces at its ends", in.Number)
	}
	return nil
}

// newSearch weighs a search that was not asked for before.
func (s *Service) newSearch(d *desk, in *Search) (*Searched, error) {
	at := s.now()
	c := d.court
	kept := &Searched{Search: *in, ID: searchID(in), At: at, Opens: c.Inspection.Open}
	cover, err := c.inspected(in.Type, at)
	if err != nil {
		return nil, err
	}
	if err := in.weigh(); err != nil {
		return nil, err
	}
	if from := cover.from; !from.IsZero() {
		if !in.Until.IsZero() && in.Until.Before(from) {
			return nil, refuse(filing.NewFinding(filing.SearchBefore, "/until", cover.provision, law.V("from", from), law.V("until", in.Until)))
		}
		kept.Findings = append(kept.Findings, filing.NewFinding(filing.SearchLimited, "", cover.provision, law.V("from", from)))
	}
	return kept, nil
}

// weigh says whether a search names something to look for.
func (in *Search) weigh() error {
	if in.Number == "" && in.Party == "" && in.Type == "" && in.From.IsZero() && in.Until.IsZero() {
		return refuse(filing.NewFinding(filing.SearchEmpty, "", law.Provision{}))
	}
	if err := period(in.From, in.Until); err != nil {
		return err
	}
	if in.Party == "" {
		return nil
	}
	return nameable(in.Party, false)
}
