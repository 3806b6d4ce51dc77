package filing_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// changed makes the case of a claim with one thing wrong.
func changed(change func(*filing.Claim)) codeCase {
	return func(t *testing.T) []filing.Finding { return one(t, change) }
}

// claimCases produces the codes about a claim, each from a claim with one thing wrong.
func claimCases() map[filing.Code]codeCase {
	cases := map[filing.Code]codeCase{
		"claim.reference.missing":           changed(func(c *filing.Claim) { c.Reference = " \u3000" }),
		"claim.category.missing":            changed(func(c *filing.Claim) { c.Category = "" }),
		"claim.category.unknown":            changed(func(c *filing.Claim) { c.Category = "gas" }),
		"claim.category.not-approved":       notApproved,
		"claim.amount.missing":              changed(func(c *filing.Claim) { c.Amount = money.Amount{} }),
		"claim.amount.not-positive":         changed(func(c *filing.Claim) { c.Amount = cad("0") }),
		"claim.amount.currency":             changed(func(c *filing.Claim) { c.Amount = money.New(100, money.MustCurrency("USD")) }),
		"claim.amount.over-limit":           changed(func(c *filing.Claim) { c.Amount = cad("2000.01") }),
		"claim.limit.unknown":               limitUnknown,
		"claim.abandoned.currency":          changed(func(c *filing.Claim) { c.Abandoned = money.New(100, money.MustCurrency("USD")) }),
		"claim.abandoned.negative":          changed(func(c *filing.Claim) { c.Abandoned = cad("-1") }),
		"claim.abandoned.needless":          changed(func(c *filing.Claim) { c.Abandoned = cad("10") }),
		"claim.nature.excluded":             changed(func(c *filing.Claim) { c.Nature = " SALVAGE " }),
		"claim.particulars.missing":         changed(func(c *filing.Claim) { c.Particulars = "" }),
		"claim.calculation.missing":         changed(func(c *filing.Claim) { c.Calculation = "\n" }),
		"claim.defendant.missing":           changed(func(c *filing.Claim) { c.Defendants = nil }),
		"claim.defendant.too-many":          changed(func(c *filing.Claim) { c.Defendants = make([]filing.Party, 4) }),
		"claim.defendant.name.missing":      changed(func(c *filing.Claim) { c.Defendants[0].Name = "" }),
		"claim.defendant.address.missing":   changed(func(c *filing.Claim) { c.Defendants[0].Address = "" }),
		"claim.defendant.kind.unknown":      changed(func(c *filing.Claim) { c.Defendants[0].Kind = "ship" }),
		"claim.defendant.repeated":          changed(func(c *filing.Claim) { c.Defendants = append(c.Defendants, c.Defendants[0]) }),
		"claim.representative.not-admitted": changed(func(c *filing.Claim) { c.Representative = "Solicitor 0001" }),
		"claim.language.unknown":            changed(func(c *filing.Claim) { c.Language = "la" }),
		"claim.arose-on.future":             aroseOn("2025-10-02"),
		"claim.limitation.expired":          aroseOn("2022-09-30"),
		"claim.limitation.unknown":          limitationUnknown,
	}
	for code, c := range repeatCases() {
		cases[code] = c
	}
	return cases
}

func aroseOn(day string) codeCase {
	return func(t *testing.T) []filing.Finding {
		return one(t, func(c *filing.Claim) { c.AroseOn = calendar.MustDate(day) })
	}
}

func notApproved(t *testing.T) []filing.Finding {
	p := harbour(t)
	b := powerBatch(p)
	b.Claimant = "Town Water"
	return findingsOf(checkAll(t, p, b, goodClaim(1)))
}

func limitUnknown(t *testing.T) []filing.Finding {
	p := harbour(t)
	b := powerBatch(p)
	b.At = noon(p, "2027-01-01")
	return findingsOf(checkAll(t, p, b, goodClaim(1)))
}

func limitationUnknown(t *testing.T) []filing.Finding {
	return one(t, func(c *filing.Claim) { c.Category, c.AroseOn = "water", calendar.MustDate("2023-05-01") })
}

// repeatCases produces the codes about claims that come again.
func repeatCases() map[filing.Code]codeCase {
	return map[filing.Code]codeCase{
		"claim.duplicate.reference": twoClaims(func(c *filing.Claim) { c.Reference = "inv-0000001 " }),
		"claim.duplicate.substance": twoClaims(func(c *filing.Claim) { *c = goodClaim(1); c.Reference = "INV-2" }),
		"claim.splitting.suspected": twoClaims(func(c *filing.Claim) {
			*c = goodClaim(1)
			c.Reference, c.Amount = "INV-2", cad("1900")
		}),
		"claim.filed.reference": filedBefore(func(k filing.Keys) string { return k.Reference }),
		"claim.filed.substance": filedBefore(func(k filing.Keys) string { return k.Substance }),
		"claim.fee.unknown": func(t *testing.T) []filing.Finding {
			p := harbour(t)
			b := powerBatch(p)
			b.Unpriced = func(c *filing.Claim) law.Text {
				if c.Reference == goodClaim(2).Reference {
					return law.T("assessed by the registrar", "由司法常務官評定")
				}
				return nil
			}
			return findingsOf(checkAll(t, p, b, goodClaim(1), goodClaim(2)))
		},
		"claim.restricted": func(t *testing.T) []filing.Finding {
			p := harbour(t)
			b := powerBatch(p)
			b.Restrictions = restricted{1}
			return findingsOf(checkAll(t, p, b, goodClaim(1), goodClaim(2)))
		},
	}
}

// twoClaims checks a good claim and a second one made from another good claim.
func twoClaims(change func(*filing.Claim)) codeCase {
	return func(t *testing.T) []filing.Finding {
		second := goodClaim(2)
		change(&second)
		p := harbour(t)
		out, result := checkAll(t, p, powerBatch(p), goodClaim(1), second)
		require.Empty(t, out[0].Findings, "the first of two is never at fault")
		return findingsOf(out, result)
	}
}

func filedBefore(key func(filing.Keys) string) codeCase {
	return func(t *testing.T) []filing.Finding {
		p := harbour(t)
		b := powerBatch(p)
		claim := goodClaim(1)
		b.Filed = filed{key(claim.Keys("harbour-power")): "HCC 17/2025"}
		return findingsOf(checkAll(t, p, b, claim))
	}
}

// filed is what was filed before.
type filed map[string]string

func (f filed) Filed(_ context.Context, keys []string) (map[string]string, error) {
	found := make(map[string]string)
	for _, k := range keys {
		if where, ok := f[k]; ok {
			found[k] = where
		}
	}
	return found, nil
}

// restricted names the claims that an order catches.
type restricted []int

func (r restricted) Restricted(context.Context, filing.Claimant, []*filing.Claim) ([]int, error) {
	return r, nil
}

// textCases produces the codes about the characters of texts.
func textCases() map[filing.Code]codeCase {
	particulars := func(text string) codeCase {
		return changed(func(c *filing.Claim) { c.Particulars = text })
	}
	return map[filing.Code]codeCase{
		"claim.text.not-utf8":          particulars("caf\xe9"),
		"claim.text.control-character": particulars("a\x00b"),
		"claim.text.direction":         particulars("pay \u202eDAC 1"),
		"claim.text.lost-character":    particulars("caf\ufffd"),
		"claim.text.private-character": particulars("\ue123 Street"),
		"claim.text.formula":           particulars("=HYPERLINK(\"x\")"),
		"claim.text.too-long":          particulars(strings.Repeat("é", 401)),
	}
}
