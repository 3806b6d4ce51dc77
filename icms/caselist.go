package icms

import (
	"context"
	"fmt"
	"slices"
	"strconv"
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

// CasesOf gives a page of the cases in which a registered user is a party or acts for one, with the cursor of the next page ("" at the end): first
// those that it began itself, by court, batch and case number, then those to which it was linked, by court and case number. A limit of 0 means
// 100, the most is 1,000. A case that the registered user keeps is in one page and in no other, whatever happens in it between the pages. Sealed
// cases are not among them. A page may be short, or empty, before the end.
func (r Registry) CasesOf(ctx context.Context, member, after string, limit int) ([]CaseFile, string, error) {
	return r.s.casesOf(ctx, member, after, limit, func(f *CaseFile) (bool, error) { return f.Access != CaseSealed, nil })
}

// caseList is a walk over the cases of a registered user.
type caseList struct {
	s      *Service
	ctx    context.Context
	member string
	limit  int
	// shows says whether a case of the member is listed.
	shows func(*CaseFile) (bool, error)
	out   []CaseFile
	left  int // how many more cases may be looked at
}

// maxLooked bounds how many cases are looked at for a page of those that were linked: who began very many cases has as many that are listed before.
const maxLooked = 2000

// The beginnings of cursors: of cases that the member began, and of those to which it was linked.
const (
	cursorBegun  = "b|"
	cursorLinked = "l|"
)

func (s *Service) casesOf(ctx context.Context, member, after string, limit int, shows func(*CaseFile) (bool, error)) ([]CaseFile, string, error) {
	switch {
	case limit == 0:
		limit = 100
	case limit < 0 || limit > store.MaxPage:
		return nil, "", invalid("a page of cases has at most %d, not %d", store.MaxPage, limit)
	}
	l := &caseList{s: s, ctx: ctx, member: member, limit: limit, shows: shows, left: maxLooked}
	rest, linked := strings.CutPrefix(after, cursorLinked)
	if !linked {
		next, err := l.begun(strings.TrimPrefix(after, cursorBegun))
		if err != nil || next != "" {
			return l.out, next, err
		}
		rest = ""
	}
	next, err := l.linked(rest)
	return l.out, next, err
}

func (l *caseList) full() bool { return len(l.out) >= l.limit || l.left <= 0 }

// add lists a case if it is the member's and shown.
func (l *caseList) add(f *CaseFile) error {
	l.left--
	if len(f.partyOf(l.member)) == 0 {
		return nil
	}
	shown, err := l.shows(f)
	if shown && err == nil {
		l.out = append(l.out, *f)
	}
	return err
}

// begun lists the cases of the batches of the claimants that the member is or was. A cursor names court, claimant, place and reference of the batch
// to go on with.
func (l *caseList) begun(after string) (string, error) {
	at := strings.SplitN(after, "|", 4)
	if after != "" && len(at) != 4 {
		return "", invalid("%.80q is no cursor of cases", after)
	}
	for _, court := range l.s.Courts() {
		if after != "" && court < at[0] {
			continue
		}
		kept, _, err := l.s.approvals(l.ctx, court)
		if err != nil {
			return "", err
		}
		ids := kept.everBound(l.member)
		slices.Sort(ids)
		for _, claimant := range slices.Compact(ids) {
			var place int64
			reference := ""
			if after != "" && court == at[0] {
				if claimant < at[1] {
					continue
				}
				if claimant == at[1] {
					if place, err = strconv.ParseInt(at[2], 10, 64); err != nil {
						return "", invalid("%.80q is no cursor of cases", after)
					}
					reference = at[3]
				}
			}
			if next, err := l.batches(court, claimant, reference, place); err != nil || next != "" {
				return next, err
			}
		}
	}
	return "", nil
}

// batches lists the cases of the batches of a claimant, from a place in the one of that reference on.
func (l *caseList) batches(court, claimant, reference string, place int64) (string, error) {
	prefix := key(court, claimant, "")
	for b, err := range l.s.batches(l.ctx, store.Query{Index: indexReference, Prefix: prefix, From: prefix + reference}) {
		if err != nil {
			return "", err
		}
		if b.State != Registered {
			continue
		}
		from := b.First
		if b.Reference == reference {
			from = max(from, place)
		}
		c := l.s.courts[court].court
		for n := from; n < b.First+int64(b.Accepted); n++ {
			if l.full() {
				return cursorBegun + key(court, claimant, strconv.FormatInt(n, 10), b.Reference), nil
			}
			f, err := l.s.caseFile(l.ctx, court, c.Numbers.Number(b.Year, n))
			if err == nil && f.claimant == l.member {
				err = l.add(f)
			}
			if err != nil {
				return "", err
			}
		}
	}
	return "", nil
}

// linked lists the cases to which the member was linked.
func (l *caseList) linked(after string) (string, error) {
	for {
		if l.full() {
			return cursorLinked + after, nil
		}
		page, err := l.s.store.List(l.ctx, store.Query{
			Index: indexMember, Kind: kindFile, Prefix: key(l.member, ""), After: after, Limit: min(l.limit-len(l.out), l.left),
		})
		if err != nil {
			return "", fmt.Errorf("icms: cases of %s: %w", l.member, err)
		}
		for _, rec := range page.Records {
			court, number, _ := strings.Cut(rec.ID, "/")
			f, err := l.s.caseFile(l.ctx, court, number)
			if err != nil {
				return "", err
			}
			if f.claimant == l.member { // it was listed among those that the member began
				l.left--
				continue
			}
			if err := l.add(f); err != nil {
				return "", err
			}
		}
		if after = page.Next; after == "" {
			return "", nil
		}
	}
}
