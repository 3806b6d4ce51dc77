package tables_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/tables"
)

// The parts of a document that Ballymore lacks, each with its mistake, on the District Court.
func TestMistakesInEveryPart(t *testing.T) {
	data, err := os.ReadFile("../hk/districtcourt.json")
	require.NoError(t, err)
	whole := string(data)
	paper := func(more string) string {
		return `"papers": [{"code": "defence", "name": {"en": "Defence"}, "provision": "time"` + more + `}], "means"`
	}
	for i, m := range []mistake{
		{`"means": "visa",`, `"means": "visa", "court": "SCT",`, "/means/1/court", `a court speaks for itself alone: write "DC"`},
		{`"means": "visa"`, `"means": "mastercard"`, "/means", "both in force"},
		{`"checked": "2026-11"`, `"checked": "lately"`, "/means/0", "no date like"},
		{`"means"`, paper(`, "sides": ["judge"]`), "/papers/0", `"judge" is no side`},
		{`"means"`, paper(`, "fee": "stamp"`), "/papers/0", `no item "stamp"`},
		{`"means"`, paper(`, "limit": {"event": "award made", "days": 0, "provision": "time"}`), "/papers/0", "has 0 days"},
		{`"short": 7`, `"short": -1`, "/limits", "-1 days"},
		{`"causes": ["gale_warning", `, `"causes": ["flood", `, "/limits/closures/causes/0", "no kind of warning"},
		{`"short": 7`, `"warnings": [{"id": "", "kind": "gale_warning", "from": "2026-08-03"}], "short": 7`, "/limits/warnings/0", "has no ID"},
		{`"opening": "9h"`, `"opening": "nine"`, "/limits/closures/opening", "no length of time"},
		{`"open": "24h"`, `"open": "-24h"`, "/inspection/open", "above zero"},
		{`"item": "search", "open"`, `"item": "seek", "open"`, "/inspection/item", `no item "seek"`},
		{`"item": "search", "open"`, `"parties": ["secret"], "item": "search", "open"`, "/inspection/parties", "no kind of paper"},
		{`"format": "rollout/1"`, `"format": "rollout/2"`, "/coverage/format", "rollout/1"},
		{`"years": 5`, `"years": 6`, "/coverage/courts/0/concession/last", "6 years from"},
		{`"like": "registry"`, `"like": "accounts"`, "/offices/accounts/like", `like the "registry"`},
		{`"registry": {`, `"registry": {"like": "registry",`, "/offices/registry/like", "like no other office"},
		{`"registry": {`, `"registry": {"reading": "literal",`, "/offices/registry", `no reading "literal"`},
		{`"registry": {`, `"registry": {"special": [{"date": "2026-12-24", "open": ["09:00-09:00"], "title": {"en": "Eve"}, "provision": "hours"}],`, "/offices/registry/special/0", "closes before"},
		{`"registry": {`, `"registry": {"closures": [{"id": "a", "from": "2026-08-03", "reopens": "2026-08-02"}],`, "/offices/registry/closures/0", "not after it begins"},
		{`"numbers": {"prefix"`, `"maintenance": [{"id": "a", "from": "2026-08-03", "until": "2026-08-02"}], "numbers": {"prefix"`, "/maintenance/0", "not after it begins"},
		{`"numbers": {"prefix"`, `"hearings": {"earliest": 9, "latest": 3, "provision": "time"}, "numbers": {"prefix"`, "/hearings", "are none"},
		{`"accounts": {`, `"hearings": {"like": "registry", "name": {"en": "Hearings"}}, "accounts": {`, "/offices/hearings", "but no hearings"},
		{`"numbers": {"prefix"`, `"hooks": ["assess", "guess", "assess"], "numbers": {"prefix"`, "/hooks/1", "no hook"},
		{`"numbers": {"prefix"`, `"hooks": ["assess", "guess", "assess"], "numbers": {"prefix"`, "/hooks/2", "stands twice"},
		{`"numbers": {"prefix"`, `"hooks": ["assess"], "numbers": {"prefix"`, "/hooks", "needs codes"},
		{`"numbers": {"prefix"`, `"codes": [{"code": "claim.limit.over", "severity": "refusal", "text": {"en": "x"}, "rule": "x", "remedy": {"en": "x"}, "provision": "time"}], "numbers": {"prefix"`, "/codes", "name it in hooks"},
		{`"numbers": {"prefix"`, `"hooks": ["assess"], "codes": [{"code": "claim.amount.missing", "severity": "refusal", "text": {"en": "x"}, "rule": "x", "remedy": {"en": "x"}, "provision": "time"}], "numbers": {"prefix"`, "/codes/0", "built-in"},
		{`"accounts": {`, `"accounts": {"closures": [` + strings.Repeat(`{"id": "a", "from": "2026-08-03"},`, 1000) + `{"id": "a", "from": "2026-08-03"}],`, "/offices/accounts/closures", "it may have 1000"},
	} {
		require.True(t, strings.Contains(whole, m.old), m.old)
		told := false
		found := problems(t, []byte(strings.Replace(whole, m.old, m.new, 1)))
		for _, p := range found {
			told = told || p.Pointer == m.pointer && strings.Contains(p.Text, m.says)
		}
		require.True(t, told, "%d %s: %s\nfound %v", i, m.pointer, m.says, found)
	}
}

// everything answers every hook.
type everything struct{}

func (everything) Assess(context.Context, filing.Claimant, time.Time, []*filing.Claim) ([]filing.Assessed, error) {
	return []filing.Assessed{{Code: "dc.odd"}, {Code: "dc.odd", Provision: law.Provision{Instrument: "own", Status: law.Assumed}}}, nil
}

func (everything) Restricted(context.Context, filing.Claimant, []*filing.Claim) ([]int, error) {
	return nil, nil
}

func (everything) Agents(context.Context, string, []string) ([]string, error) { return nil, nil }

// A document gives a court with exactly the hooks that it declares.
func TestHooks(t *testing.T) {
	code := `{"code": "dc.odd", "severity": "warning", "text": {"en": "Odd."}, "rule": "x", "remedy": {"en": "x"}, "provision": "practice"}`
	all := []string{filing.AssessHook, filing.RestrictionsHook, filing.AgentsHook}
	for set := range 8 {
		var declared []string
		for i, name := range all {
			if set&(1<<i) != 0 {
				declared = append(declared, name)
			}
		}
		more := ""
		if len(declared) > 0 {
			more = `"hooks": ["` + strings.Join(declared, `", "`) + `"], `
		}
		if set&1 != 0 {
			more += `"codes": [` + code + `], `
		}
		read, err := tables.Load([]byte(strings.Replace(string(document(t, "ballymore.json")), "{", "{"+more, 1)))
		require.NoError(t, err)
		require.Equal(t, declared, read.Hooks())
		for given := range 8 {
			var h tables.Hooks
			if given&1 != 0 {
				h.Assessor = everything{}
			}
			if given&2 != 0 {
				h.Restrictions = everything{}
			}
			if given&4 != 0 {
				h.Agents = everything{}
			}
			court, err := read.CourtWith(h)
			if given != set {
				require.ErrorIs(t, err, tables.ErrHooks, fmt.Sprint(set, given))
				continue
			}
			require.NoError(t, err)
			require.Equal(t, set&1 != 0, court.Assessor != nil)
			require.Equal(t, set&2 != 0, court.Restrictions != nil)
			require.Equal(t, set&4 != 0, court.Agents != nil)
			if court.Assessor != nil {
				found, err := court.Assessor.Assess(t.Context(), filing.Claimant{}, time.Time{}, nil)
				require.NoError(t, err)
				require.Equal(t, "Ballymore Practice Note", found[0].Provision.Cite(), "that of the code")
				require.Equal(t, "own", found[1].Provision.Cite())
			}
		}
	}
	_, err := tables.Load(nil)
	require.Error(t, err)
}
