package icms

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/store"
)

// checkClaims reads the claims, checks them by the court's rules and prices them, in one pass over the file.
func (s *Service) checkClaims(ctx context.Context, a *assessment, in *Batch, who identity) error {
	c, r := a.court, &a.result
	check, err := c.Filing.NewCheck(filing.Batch{
		Type: in.Type, Venue: in.Venue, Claimant: in.Claimant, At: r.Receipt.Expected,
		Filed: &filedClaims{service: s, court: c, wheres: map[string]*keysOf{}}, Restrictions: c.Restrictions, Assessor: c.Assessor,
		Documents: in.Documents, Unpriced: a.unpricedClaim,
	})
	if err != nil {
		return err
	}
	rows := in.Format.Read(ctx, in.Claims, filing.ReadOptions{Currency: c.Filing.Currency.Code(), Header: check.Header})
	done := 0
	for row, err := range check.Rows(ctx, rows) {
		if err != nil {
			return err
		}
		if err := a.claim(&row); err != nil {
			return err
		}
		if done++; done%partSize == 0 {
			report(in.Progress, "checking", done, 0)
		}
	}
	report(in.Progress, "checking", done, done)
	said := check.Result()
	r.Claims, r.Accepted, r.Refused, r.Claimed = said.Claims, said.Accepted, said.Refused, said.Claimed
	r.Findings = append(r.Findings, said.Findings...)
	r.State = Refused
	if said.Fileable(in.Partial && c.Policies.Partial.Allowed) {
		r.State = Ready
	}
	return nil
}

// keysRecord carries the keys of a part of a batch's claims: a reference can't be filed twice, and what claims are about is
// found again. Claims are listed in the order of their case numbers.
type keysRecord struct {
	Batch string `json:"batch"`
	// From is the place of the first claim among the accepted ones, counted from 0.
	From   int64       `json:"from"`
	Claims [][2]string `json:"claims"`

	papers []string // hashes of the documents of these claims
}

// put makes the store.Put of a part.
func (k *keysRecord) put(c *Court) (store.Put, error) {
	p := store.Put{Kind: kindKeys, ID: fmt.Sprintf("%s/%06d", k.Batch, k.From)}
	p.Unique = make([]store.Entry, 0, len(k.Claims))
	p.Index = make([]store.Entry, 0, len(k.Claims)+len(k.papers))
	slices.Sort(k.papers)
	for _, hash := range slices.Compact(k.papers) {
		p.Index = append(p.Index, store.Entry{Index: indexBlob, Key: hash})
	}
	for _, pair := range k.Claims {
		if pair[0] != "" {
			p.Unique = append(p.Unique, store.Entry{Index: indexClaim, Key: key(c.Code, pair[0])})
		}
		if pair[1] != "" {
			p.Index = append(p.Index, store.Entry{Index: indexSubstance, Key: key(c.Code, pair[1])})
		}
	}
	var err error
	p.Body, err = json.Marshal(k)
	return p, err
}

// filedClaims tells the checks which claims were filed before, and where.
type filedClaims struct {
	service *Service
	court   *Court
	wheres  map[string]*keysOf // by id of the keys record
}

// keysOf is a part of a filed batch, read once for all the keys found in it.
type keysOf struct {
	batch *batchRecord
	keys  keysRecord
}

// Filed implements filing.Filed.
func (f *filedClaims) Filed(ctx context.Context, keys []string) (map[string]string, error) {
	full := make([]string, len(keys))
	for i, k := range keys {
		full[i] = key(f.court.Code, k)
	}
	found := map[string]string{}
	for _, index := range []string{indexClaim, indexSubstance} {
		hits, err := f.service.store.Match(ctx, index, full)
		if err != nil {
			return nil, fmt.Errorf("icms: claims filed before: %w", err)
		}
		for _, h := range hits {
			name := strings.TrimPrefix(h.Key, key(f.court.Code, ""))
			if found[name] != "" {
				continue
			}
			if found[name], err = f.where(ctx, h.Record, name); err != nil {
				return nil, err
			}
		}
	}
	return found, nil
}

// where names the place of a filed claim to its claimant: its batch and, once that is registered, its line in it, "july-2026 #3". No case number
// is in it, so that a case that is sealed is answered like any other.
func (f *filedClaims) where(ctx context.Context, rec store.Record, name string) (string, error) {
	part := f.wheres[rec.ID]
	if part == nil {
		part = new(keysOf)
		if err := json.Unmarshal(rec.Body, &part.keys); err != nil {
			return "", fmt.Errorf("icms: claim keys %s: %w: %w", rec.ID, store.ErrCorrupt, err)
		}
		var err error
		if part.batch, err = f.service.reload(ctx, part.keys.Batch); err != nil {
			return "", err
		}
		f.wheres[rec.ID] = part
	}
	b := part.batch
	place := slices.IndexFunc(part.keys.Claims, func(pair [2]string) bool { return pair[0] == name || pair[1] == name })
	if b.State != Registered || place < 0 {
		return b.Reference, nil
	}
	number := f.court.Numbers.Number(b.Year, b.First+part.keys.From+int64(place))
	kept, err := f.service.store.Get(ctx, kindCase, caseID(f.court.Code, number))
	if err != nil {
		return "", notFound(err, "case %s of %s", number, f.court.Code)
	}
	c, err := readCase(kept)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s #%d", b.Reference, c.Line), nil
}
