package filing_test

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

// References are one rule everywhere: case, width and spacing tell nothing apart, punctuation does.
func TestReferencesCompare(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"INV-1", "inv-1", true},
		{"INV-1", " INV-1  ", true},
		{"ＩＮＶ-１", "inv-1", true},
		{"A  1", "a 1", true},
		{"INV-1", "INV/1", false},
		{"INV-1", "INV-01", false},
		{"INV1", "INV 1", false},
	} {
		first, second := goodClaim(1), goodClaim(2)
		first.Reference, second.Reference = c.a, c.b
		p := harbour(t)
		out, _ := checkAll(t, p, powerBatch(p), first, second)
		require.Equal(t, c.same, out[1].Refused, "%q and %q", c.a, c.b)
		require.Equal(t, c.same, first.Keys("x").Reference == second.Keys("x").Reference, "%q and %q", c.a, c.b)
		if c.same {
			require.Equal(t, []filing.Code{"claim.duplicate.reference"}, codesOf(out[1].Findings))
			require.Contains(t, out[1].Findings[0].Text().In(law.English), "line 2")
		}
	}
}

// The rule of repeats agrees with a plain model that compares every pair.
func TestRepeatsModel(t *testing.T) {
	p := harbour(t)
	b := powerBatch(p)
	rapid.Check(t, func(r *rapid.T) {
		claims := make([]filing.Claim, rapid.IntRange(1, 60).Draw(r, "claims"))
		for i := range claims {
			claims[i] = goodClaim(rapid.IntRange(0, 3).Draw(r, "defendant"))
			claims[i].Reference = fmt.Sprint("R", rapid.IntRange(0, 40).Draw(r, "reference"))
			claims[i].Amount = cad(fmt.Sprint(rapid.SampledFrom([]int{400, 700, 1900}).Draw(r, "amount")))
			claims[i].Nature = rapid.SampledFrom([]string{"", "meter"}).Draw(r, "nature")
		}
		out, _ := checkAll(t, p, b, claims...)
		for i := range out {
			require.Equal(r, modelOf(claims, i), codesOf(out[i].Findings), "claim %d", i)
		}
	})
}

// modelOf says which codes the i-th claim gets, by looking at all claims before it.
func modelOf(claims []filing.Claim, i int) []filing.Code {
	codes := []filing.Code{}
	repeated := func(i int) bool {
		for _, o := range claims[:i] {
			if o.Reference == claims[i].Reference {
				return true
			}
		}
		return false
	}
	if repeated(i) {
		return append(codes, "claim.duplicate.reference")
	}
	total, twin, several := claims[i].Amount, false, false
	for j, o := range claims[:i] {
		if repeated(j) || o.Defendants[0] != claims[i].Defendants[0] || o.Nature != claims[i].Nature {
			continue
		}
		several = true
		twin = twin || o.Amount == claims[i].Amount
		total, _ = total.Add(o.Amount)
	}
	if twin {
		codes = append(codes, "claim.duplicate.substance")
	}
	if several && total.Minor() > cad("2000").Minor() {
		codes = append(codes, "claim.splitting.suspected")
	}
	return codes
}

// The order of the defendants, and how their names are written, makes no other claim.
func TestSubstanceKey(t *testing.T) {
	claim := goodClaim(1)
	claim.Defendants = append(claim.Defendants, filing.Party{Name: "Defendant 0002", Chinese: "被告人二", Address: "2 Pier Road"})
	same := claim
	same.Reference = "another"
	same.Defendants = []filing.Party{claim.Defendants[1], claim.Defendants[0]}
	same.Defendants[1].Name = "DEFENDANT  ０００１"
	require.Equal(t, claim.Keys("a").Substance, same.Keys("a").Substance)
	require.NotEqual(t, claim.Keys("a").Substance, claim.Keys("b").Substance)
	for name, change := range map[string]func(*filing.Claim){
		"amount":   func(c *filing.Claim) { c.Amount = cad("1") },
		"nature":   func(c *filing.Claim) { c.Nature = "water" },
		"category": func(c *filing.Claim) { c.Category = "other" },
		"day":      func(c *filing.Claim) { c.AroseOn = calendar.MustDate("2025-01-01") },
		"name":     func(c *filing.Claim) { c.Defendants = c.Defendants[:1] },
	} {
		other := claim
		change(&other)
		require.NotEqual(t, claim.Keys("a").Substance, other.Keys("a").Substance, name)
	}
}

// Keys are stored for ever: these must never change.
func TestKeysAreStable(t *testing.T) {
	claim := goodClaim(1)
	require.Equal(t, filing.Keys{
		Reference: "harbour-power/ref/inv-0000001",
		Substance: "harbour-power/sub/cdd8802396a1709c949a44b8646b66c0",
	}, claim.Keys("harbour-power"))
	claim.Reference = string(make([]byte, 300)) + fmt.Sprintf("%0200d", 1)
	require.Regexp(t, `^a/ref/sha256:[0-9a-f]{64}$`, claim.Keys("a").Reference)
	require.Equal(t, filing.Keys{}, (&filing.Claim{}).Keys("a"))
}

// TestMillionClaims streams a million claims with findings and measures what stays in memory.
func TestMillionClaims(t *testing.T) {
	const claims = 1_000_000
	p := harbour(t)
	p.Batches.Claims = claims
	c, err := p.NewCheck(powerBatch(p))
	require.NoError(t, err)
	base := liveHeap()
	var highest uint64
	refused, warned := 0, 0
	for checked, err := range c.Rows(context.Background(), synthetic(claims)) {
		require.NoError(t, err)
		if checked.Refused {
			refused++
		} else if len(checked.Findings) > 0 {
			warned++
		}
		if checked.Line%100_000 == 1 { // the last of each hundred thousand
			highest = max(highest, liveHeap()-min(base, liveHeap()))
		}
	}
	t.Logf("live heap at most %.1f MB above the start", float64(highest)/1e6)
	require.Less(t, highest, uint64(64<<20))
	require.Equal(t, claims/10, refused, "every tenth claim repeats a reference")
	require.Equal(t, claims/10, warned, "every tenth claim repeats a cause and an amount")
	require.Equal(t, claims, c.Result().Claims)
	runtime.KeepAlive(c)
}

// synthetic gives claims of which every tenth repeats the reference of the one before, and every tenth its substance.
func synthetic(n int) iter.Seq2[filing.Row, error] {
	return func(yield func(filing.Row, error) bool) {
		reference := func(i int) string { return "INV-" + strconv.Itoa(i) }
		defendants := func(i int) []filing.Party {
			return []filing.Party{{Name: "Defendant " + strconv.Itoa(i), Address: "1 Pier Road"}}
		}
		claim := goodClaim(0)
		for i := range n {
			claim.Reference, claim.Defendants = reference(i), defendants(i)
			switch i % 10 {
			case 5:
				claim.Reference = reference(i - 1)
			case 9:
				claim.Defendants = defendants(i - 1)
			}
			if !yield(filing.Row{Line: i + 2, Claim: claim}, nil) {
				return
			}
		}
	}
}

func liveHeap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
