package courtwire

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/plugins/internal/wire"
	courtv1 "courts.example/eservices/plugins/proto/icms/plugin/court/v1"
)

const (
	// within bounds one question to a hook, whatever bound the connection has of its own.
	within = 30 * time.Second
	// maxRequest bounds the claims of one message, in bytes; maxClaims by their number.
	maxRequest = 1 << 20
	maxClaims  = 1000
	// What a finding may hold.
	maxFindings = 100 // of one claim
	maxCode     = 100 // bytes
	maxPointer  = 200 // bytes
	maxValues   = 20
	maxValue    = 1000 // bytes
)

// hooks asks the other end.
type hooks struct {
	wire  courtv1.CourtServiceClient
	court string
}

// Assess implements filing.Assessor.
func (h *hooks) Assess(ctx context.Context, claimant filing.Claimant, at time.Time, claims []*filing.Claim) ([]filing.Assessed, error) {
	var out []filing.Assessed
	err := inMessages(claims, func(from int, part []*courtv1.Claim) error {
		ctx, cancel := context.WithTimeout(ctx, within)
		defer cancel()
		said, err := h.wire.Assess(ctx, &courtv1.AssessRequest{Court: h.court, Claimant: claimant.ID, At: wire.Timestamp(at), Claims: part})
		if err != nil {
			return fmt.Errorf("court plugin: assess: %w", err)
		}
		found, err := findings(said.GetFindings(), len(part))
		for _, f := range found {
			f.Index += from
			out = append(out, f)
		}
		return err
	})
	return out, err
}

// findings reads what is said of n claims.
func findings(list []*courtv1.Finding, n int) ([]filing.Assessed, error) {
	if len(list) > n*maxFindings {
		return nil, wire.Nonsense("assess: %d findings on %d claims", len(list), n)
	}
	out := make([]filing.Assessed, 0, len(list))
	for _, f := range list {
		if i := f.GetIndex(); i < 0 || int(i) >= n {
			return nil, wire.Nonsense("assess: a finding on claim %d of %d", i, n)
		}
		if c := f.GetCode(); c == "" || len(c) > maxCode {
			return nil, wire.Nonsense("assess: a finding with the code %.40q", c)
		}
		if p := f.GetPath(); len(p) > maxPointer || p != "" && p[0] != '/' || !utf8.ValidString(p) {
			return nil, wire.Nonsense("assess: a finding at %.40q, which is no JSON pointer", p)
		}
		if len(f.GetValues()) > maxValues {
			return nil, wire.Nonsense("assess: a finding with %d values", len(f.GetValues()))
		}
		a := filing.Assessed{Index: int(f.GetIndex()), Code: filing.Code(f.GetCode()), Pointer: f.GetPath()}
		for _, name := range slices.Sorted(maps.Keys(f.GetValues())) {
			value := f.GetValues()[name]
			if len(name)+len(value) > maxValue {
				return nil, wire.Nonsense("assess: a value of more than %d bytes", maxValue)
			}
			a.Values = append(a.Values, law.V(name, value))
		}
		out = append(out, a)
	}
	return out, nil
}

// Restricted implements filing.Restrictions.
func (h *hooks) Restricted(ctx context.Context, claimant filing.Claimant, claims []*filing.Claim) ([]int, error) {
	var out []int
	err := inMessages(claims, func(from int, part []*courtv1.Claim) error {
		ctx, cancel := context.WithTimeout(ctx, within)
		defer cancel()
		said, err := h.wire.Restricted(ctx, &courtv1.RestrictedRequest{Claimant: claimant.ID, Claims: part})
		if err != nil {
			return fmt.Errorf("court plugin: restricted: %w", err)
		}
		caught := make([]bool, len(part))
		for _, i := range said.GetIndexes() {
			if i < 0 || int(i) >= len(part) || caught[i] {
				return wire.Nonsense("restricted: claim %d of %d, or twice the same", i, len(part))
			}
			caught[i] = true
			out = append(out, from+int(i))
		}
		return nil
	})
	return out, err
}

// Agents implements icms.Agents.
func (h *hooks) Agents(ctx context.Context, organisation string, claimants []string) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	said, err := h.wire.Agents(ctx, &courtv1.AgentsRequest{Organisation: organisation, Claimants: claimants})
	if err != nil {
		return nil, fmt.Errorf("court plugin: agents: %w", err)
	}
	for _, c := range said.GetClaimants() {
		if !slices.Contains(claimants, c) {
			return nil, wire.Nonsense("agents: %.40q, about whom nobody asked", strings.ToValidUTF8(c, "?"))
		}
	}
	return said.GetClaimants(), nil
}
