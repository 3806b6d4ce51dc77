package icms

import (
	"context"
	"fmt"
	"strings"

	"courts.example/eservices/icms/store"
)

// Case gives the file of a case to the court itself, also of one that is sealed.
func (r Registry) Case(ctx context.Context, court, number string) (CaseFile, error) {
	f, err := r.s.caseFile(ctx, court, number)
	if err != nil {
		return CaseFile{}, err
	}
	return *f, nil
}

// CasesOf gives a page of the cases in which a registered user is a party or acts for one, in the order of courts and case numbers, with the
// cursor of the next page ("" at the end). A limit of 0 means 100. Cases in which nothing but their registration has happened are not among
// them, nor are sealed ones.
func (r Registry) CasesOf(ctx context.Context, member, after string, limit int) ([]CaseFile, string, error) {
	s := r.s
	page, err := s.store.List(ctx, store.Query{Index: indexMember, Kind: kindFile, Prefix: key(member, ""), After: after, Limit: limit})
	if err != nil {
		return nil, "", fmt.Errorf("icms: cases of %s: %w", member, err)
	}
	out := make([]CaseFile, 0, len(page.Records))
	for _, rec := range page.Records {
		court, number, _ := strings.Cut(rec.ID, "/")
		f, err := s.caseFile(ctx, court, number)
		if err != nil {
			return nil, "", err
		}
		if f.Access != CaseSealed && len(f.partyOf(member)) > 0 { // it may have changed since the page was read
			out = append(out, *f)
		}
	}
	return out, page.Next, nil
}
