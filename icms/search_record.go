package icms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/store"
)

// kindSearch is the kind of record of searches, and of the subject of their orders; id: see searchID.
const kindSearch = "search"

// indexSearcher finds the searches of their owner: owner, the instant at which they were asked for.
const indexSearcher = "search.owner"

// searchID names a search by who asks for it and by its reference, so that asking again finds it. It tells neither.
func searchID(in *Search) string {
	sum := sha256.Sum256([]byte(in.By.Organisation + "\x00" + in.Reference))
	return in.Court + "/" + hex.EncodeToString(sum[:16])
}

// put makes the store.Put that moves the search on from the version it was read at.
func (q *Searched) put() (store.Put, error) {
	body, err := json.Marshal(q)
	if err != nil {
		return store.Put{}, fmt.Errorf("icms: search %s: %w", q.ID, err)
	}
	return store.Put{
		Kind: kindSearch, ID: q.ID, Body: body, Expect: q.version,
		Index: []store.Entry{{Index: indexSearcher, Key: key(q.By.Organisation, stamp(q.At))}},
	}, nil
}

func readSearch(r store.Record) (*Searched, error) {
	q := &Searched{version: r.Version}
	if err := json.Unmarshal(r.Body, q); err != nil {
		return nil, fmt.Errorf("icms: search %s: %w: %w", r.ID, store.ErrCorrupt, err)
	}
	return q, nil
}

func (s *Service) search(ctx context.Context, id string) (*Searched, error) {
	r, err := s.store.Get(ctx, kindSearch, id)
	if err != nil {
		return nil, notFound(err, "search %s", id)
	}
	return readSearch(r)
}

// sameAs refuses another search under the reference of this one.
func (q *Searched) sameAs(c *Court, in *Search) error {
	asked := *in
	if asked.By.User = q.By.User; asked == q.Search {
		return nil
	}
	return refuse(filing.NewFinding(filing.SearchReference, "/reference", law.Provision{},
		law.V("reference", q.Reference), law.V("asked", civil(c, q.At))))
}

// Asked reads a search, whoever owns it.
func (i Inspection) Asked(ctx context.Context, id string) (Searched, error) {
	q, err := i.s.search(ctx, id)
	if err != nil {
		return Searched{}, err
	}
	return i.s.standing(ctx, q)
}

// AskedBy gives a page of the searches of an owner in the order in which they were asked for, with the cursor of the next page ("" at the
// end). A limit of 0 means 100.
func (i Inspection) AskedBy(ctx context.Context, owner, after string, limit int) ([]Searched, string, error) {
	page, err := i.s.store.List(ctx, store.Query{
		Index: indexSearcher, Kind: kindSearch, Prefix: key(owner, ""), After: after, Limit: limit,
	})
	if err != nil {
		return nil, "", fmt.Errorf("icms: searches of %s: %w", owner, err)
	}
	out := make([]Searched, len(page.Records))
	for n, r := range page.Records {
		q, err := readSearch(r)
		if err != nil {
			return nil, "", err
		}
		if out[n], err = i.s.standing(ctx, q); err != nil {
			return nil, "", err
		}
	}
	return out, page.Next, nil
}
