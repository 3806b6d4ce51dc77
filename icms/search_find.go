package icms

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
)

// hunt looks for registered cases. It reads indexes in which open cases alone stand.
type hunt struct {
	s *Service
	// court is the court with the approvals given so far.
	court *Court
	cover *cover
	// number is a case number, party a text looked for in names, while it is typed or whole; empty for any.
	number, party string
	typing        bool
	// from and until bound the places, half-open; empty for none.
	from, until string
	// member is the registered user for whom restricted cases are found by their number; empty for nobody. Owner is who searches.
	member, owner string
}

// foundCase is the head of a case record, by which it is found, and where it stands.
type foundCase struct {
	caseHead
	at     string
	record store.Record
}

// days bounds a hunt by civil days, both in; a zero day is no bound.
func (h *hunt) days(from, until calendar.Date) {
	if !from.IsZero() {
		h.from = from.String()
	}
	if !until.IsZero() {
		h.until = until.AddDays(1).String()
	}
	if first := h.cover.from; !first.IsZero() {
		h.from = max(h.from, first.String())
	}
}

// period refuses a period without a day.
func period(from, until calendar.Date) error {
	if from.IsZero() || until.IsZero() || !until.Before(from) {
		return nil
	}
	return refuse(filing.NewFinding(filing.SearchDates, "/until", law.Provision{}, law.V("from", from), law.V("until", until)))
}

// nameable refuses what no name can be found by.
func nameable(text string, typing bool) error {
	if _, err := names.Matches(text, typing); !errors.Is(err, names.ErrText) {
		return err
	}
	return refuse(filing.NewFinding(filing.SearchName, "/party", law.Provision{}, law.V("name", filing.Show(text))))
}

// page gives the cases in the order of their places, with the cursor of the next page. It may be short, or empty, and have a next one.
func (h *hunt) page(ctx context.Context, after string, limit int) ([]*foundCase, string, error) {
	if limit = cmp.Or(limit, 100); limit < 0 || limit > store.MaxPage {
		return nil, "", invalid("a page of %d cases: ask for 1 to %d, or 0 for the usual number", limit, store.MaxPage)
	}
	from, err := readPlace(after)
	if err != nil {
		return nil, "", err
	}
	from.At = max(from.At, h.from)
	if h.number != "" {
		out, err := h.numbered(ctx, from.At)
		return out, "", err
	}
	legs, err := h.legs(ctx, from, limit)
	if err != nil {
		return nil, "", err
	}
	out, next := merge(legs, from, limit)
	return slices.DeleteFunc(out, func(f *foundCase) bool { return !h.wants(f) }), next.String(), nil
}

// wants reports whether a case that was found by an index is one of those looked for.
func (h *hunt) wants(f *foundCase) bool {
	return f.isOpen() && h.cover.includes(&f.caseHead)
}

// numbered finds the case of the number looked for, if it is all else that is. It asks the store the same of a case that is not there and of
// one that may not be known of.
func (h *hunt) numbered(ctx context.Context, from string) ([]*foundCase, error) {
	f, err := h.open(ctx)
	if err == nil && f == nil && h.member != "" {
		f, err = h.restricted(ctx)
	}
	if err != nil || f == nil || f.at < from || h.until != "" && f.at >= h.until || !h.cover.includes(&f.caseHead) {
		return nil, err
	}
	if is, err := h.calls(ctx, f); err != nil || !is {
		return nil, err
	}
	return []*foundCase{f}, nil
}

// open reads the case of the number looked for; nil when there is none that anybody may find.
func (h *hunt) open(ctx context.Context) (*foundCase, error) {
	f, err := h.get(ctx)
	if f != nil && !f.isOpen() {
		return nil, err
	}
	return f, err
}

// get reads the case of the number looked for, whatever its access; nil when there is none.
func (h *hunt) get(ctx context.Context) (*foundCase, error) {
	r, err := h.s.store.Get(ctx, kindCase, caseID(h.court.Code, h.number))
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrInvalid) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("icms: case %s of %s: %w", h.number, h.court.Code, err)
	}
	return h.court.readFound(r)
}

// restricted reads the case of the number looked for, when it is restricted and the member is a party to it or acts for one: it looks among the
// member's own cases, in which no sealed one stands.
func (h *hunt) restricted(ctx context.Context) (*foundCase, error) {
	own, err := h.s.store.Match(ctx, indexMember, []string{key(h.member, h.court.Code, h.number)})
	if errors.Is(err, store.ErrInvalid) {
		return nil, nil
	}
	if err != nil || len(own) == 0 {
		return nil, err
	}
	f, err := h.get(ctx)
	if f != nil && f.Access != CaseRestricted {
		return nil, err
	}
	return f, err
}

// calls reports whether a party of a case has the name looked for.
func (h *hunt) calls(ctx context.Context, f *foundCase) (bool, error) {
	if h.party == "" {
		return true, nil
	}
	is, err := names.Matches(h.party, h.typing, append(slices.Clip(f.Names), textName(f.ClaimantName))...)
	if err != nil || is {
		return is, err
	}
	ids, err := h.claimants(ctx)
	return slices.Contains(ids, f.Claimant), err
}

// legs reads a stretch of every index that the hunt goes by.
func (h *hunt) legs(ctx context.Context, from place, limit int) ([]leg, error) {
	if h.party == "" {
		l, err := h.list(ctx, indexCauseBook, key(h.court.Code, ""), from.At, limit)
		return []leg{l}, err
	}
	first, err := h.named(ctx, from, limit)
	if err != nil {
		return nil, err
	}
	legs := []leg{first}
	ids, err := h.claimants(ctx)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		l, err := h.list(ctx, indexClaimant, key(h.court.Code, id, ""), from.At, limit)
		if err != nil {
			return nil, err
		}
		legs = append(legs, l)
	}
	return legs, nil
}

// claimants lists those of the court's register who have the name looked for, or had it in an earlier approval.
func (h *hunt) claimants(ctx context.Context) ([]string, error) {
	all := h.s.courts[h.court.Code].court.Filing.Approvals
	kept, _, err := h.s.approvals(ctx, h.court.Code)
	if err != nil {
		return nil, err
	}
	for _, k := range kept.Approvals {
		all = append(slices.Clip(all), k.Approval)
	}
	var ids []string
	for i := range all {
		is, err := names.Matches(h.party, h.typing, textName(all[i].Name))
		if err != nil {
			return nil, err
		}
		if is && !slices.Contains(ids, all[i].ID) {
			ids = append(ids, all[i].ID)
		}
	}
	return ids, nil
}

// list reads a stretch of an index whose keys end with places.
func (h *hunt) list(ctx context.Context, index, prefix, from string, limit int) (leg, error) {
	q := store.Query{Index: index, Kind: kindCase, Prefix: prefix, From: prefix + from, Limit: limit}
	if h.until != "" {
		q.Until = prefix + h.until
	}
	page, err := h.s.store.List(ctx, q)
	for err == nil && len(page.Records) == 0 && page.Next != "" {
		q.After = page.Next
		page, err = h.s.store.List(ctx, q)
	}
	if err != nil {
		return leg{}, fmt.Errorf("icms: cases of %s: %w", h.court.Code, err)
	}
	return h.leg(page.Records, page.Next)
}

// named reads a stretch of the parties' names.
func (h *hunt) named(ctx context.Context, from place, limit int) (leg, error) {
	q := names.Query{Text: h.party, Typing: h.typing, From: from.At, Until: h.until, After: from.Names, Limit: limit,
		Scopes: []string{nameScope(h.court.Code)}}
	page, err := h.court.names().Search(ctx, h.s.store, q)
	if errors.Is(err, store.ErrInvalid) {
		err = fmt.Errorf("%w: %w", ErrInvalid, err) // the cursor
	}
	if err != nil {
		return leg{}, fmt.Errorf("icms: cases of %s by name: %w", h.court.Code, err)
	}
	l, err := h.leg(page.Records, page.Next)
	l.names = true
	return l, err
}

func (h *hunt) leg(records []store.Record, next string) (leg, error) {
	l := leg{next: next, cases: make([]*foundCase, len(records))}
	for i, r := range records {
		f, err := h.court.readFound(r)
		if err != nil {
			return leg{}, err
		}
		l.cases[i] = f
	}
	return l, nil
}

// readFound reads the head of a case record; the claim behind it is left alone.
func (c *Court) readFound(r store.Record) (*foundCase, error) {
	f := &foundCase{record: r}
	head, err := headOf(r.Body)
	if err == nil {
		err = json.Unmarshal(head, &f.caseHead)
	}
	if err != nil {
		return nil, fmt.Errorf("icms: case %s: %w: %w", r.ID, store.ErrCorrupt, err)
	}
	found, err := c.found(&f.caseHead)
	f.at = found.at()
	return f, err
}
