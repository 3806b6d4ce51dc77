package icms

import (
	"context"
	"fmt"
	"iter"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/store"
)

// indexNumbers finds batches by the case numbers drawn for them: court, year, the first place in twelve digits.
const indexNumbers = "batch.numbers"

// RegisterEntry is a line of the register of claims: a case as it stands.
type RegisterEntry struct {
	CaseFile
	// Claim is the claim by which the case began.
	Claim filing.Claim
}

// RegisterQuery asks for a part of the register of claims.
type RegisterQuery struct {
	Court string
	// Year is the year of the case numbers.
	Year int
	// From is the place of the first case in the year's numbers; 0 begins at the first.
	From int64
	// State takes only cases that stand so; empty takes all.
	State CaseState
}

// Claims streams the register of claims of a court and year in the order of case numbers, each case as it stands when it is come to. It is
// the court's own: sealed cases are in it. Memory does not grow with its length.
func (r Registry) Claims(ctx context.Context, q RegisterQuery) iter.Seq2[RegisterEntry, error] {
	return func(yield func(RegisterEntry, error) bool) {
		s := r.s
		d, err := s.court(q.Court)
		if err != nil {
			yield(RegisterEntry{}, err)
			return
		}
		for b, err := range s.numbered(ctx, d.court, q) {
			if err != nil {
				yield(RegisterEntry{}, err)
				return
			}
			for place := max(b.First, q.From); place < b.First+int64(b.Accepted); place++ {
				f, err := s.caseFile(ctx, q.Court, d.court.Numbers.Number(b.Year, place))
				if err != nil {
					yield(RegisterEntry{}, err)
					return
				}
				if q.State != "" && f.State != q.State {
					continue
				}
				if !yield(RegisterEntry{CaseFile: *f, Claim: f.claim}, nil) {
					return
				}
			}
		}
	}
}

// numbered streams the registered batches of a year in the order of their case numbers, from the one that holds the first place asked for.
func (s *Service) numbered(ctx context.Context, c *Court, q RegisterQuery) iter.Seq2[*batchRecord, error] {
	year := fmt.Sprintf("%04d", q.Year)
	all := store.Query{Index: indexNumbers, Prefix: key(c.Code, year, "")}
	return func(yield func(*batchRecord, error) bool) {
		if q.From > 1 {
			page, err := s.store.List(ctx, store.Query{
				Index: indexNumbers, Kind: kindBatch, Prefix: all.Prefix, Until: numbersKey(c.Code, q.Year, q.From) + "\x00", Descending: true, Limit: 1,
			})
			if err != nil {
				yield(nil, fmt.Errorf("icms: register of %s: %w", c.Code, err))
				return
			}
			if len(page.Records) > 0 {
				b, err := readBatch(page.Records[0])
				if err != nil {
					yield(nil, err)
					return
				}
				all.From = numbersKey(c.Code, q.Year, b.First)
			}
		}
		for b, err := range s.batches(ctx, all) {
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

func numbersKey(court string, year int, first int64) string {
	return key(court, fmt.Sprintf("%04d", year), fmt.Sprintf("%012d", first))
}
