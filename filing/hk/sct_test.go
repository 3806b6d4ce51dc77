package hk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/filing/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

func sct(t testing.TB) filing.Policy {
	t.Helper()
	p, err := hk.SmallClaims()
	require.NoError(t, err)
	return p
}

func hkd(t testing.TB, text string) money.Amount {
	t.Helper()
	a, err := money.Parse(text, money.MustCurrency("HKD"))
	require.NoError(t, err)
	return a
}

func at(t testing.TB, text string) time.Time {
	t.Helper()
	instant, err := time.ParseInLocation("2006-01-02 15:04:05", text, time.FixedZone("HKT", 8*3600))
	require.NoError(t, err)
	return instant
}

func codes(a filing.Assessment) []filing.Code {
	out := []filing.Code{}
	for _, f := range a.Findings {
		out = append(out, f.Code)
	}
	return out
}

// The limit, to the cent and to the second. Its rows say how certain each is.
func TestLimits(t *testing.T) {
	p := sct(t)
	for _, c := range []struct {
		at, limit string
		status    law.Status
	}{
		{"1976-10-01 00:00:00", "", 0},
		{"1999-12-31 23:59:59", "", 0},
		{"2000-01-01 00:00:00", "50000", law.Inferred},
		{"2018-07-05 23:59:59", "50000", law.Inferred},
		{"2018-07-06 00:00:00", "50000", law.Confirmed},
		{"2018-12-02 23:59:59", "50000", law.Confirmed},
		{"2018-12-03 00:00:00", "75000", law.Confirmed},
		{"2026-11-22 10:00:00", "75000", law.Confirmed},
	} {
		l, ok := p.LimitAt(at(t, c.at))
		require.Equal(t, c.limit != "", ok, c.at)
		a := p.Assess("sun-mobile", hk.Other, hkd(t, "1"), at(t, c.at))
		if !ok {
			require.Contains(t, codes(a), filing.Code("claim.limit.unknown"))
			continue
		}
		require.Equal(t, hkd(t, c.limit), l.Amount, c.at)
		require.Equal(t, c.status, l.Provision.Status, c.at)
		require.NotContains(t, codes(p.Assess("sun-mobile", hk.Other, l.Amount, at(t, c.at))), filing.Code("claim.amount.over-limit"))
		over := money.New(l.Amount.Minor()+1, l.Amount.Currency())
		require.Contains(t, codes(p.Assess("sun-mobile", hk.Other, over, at(t, c.at))), filing.Code("claim.amount.over-limit"))
	}
}

// The register: each claimant under its published names, and for what it is approved.
func TestClaimants(t *testing.T) {
	p := sct(t)
	now := at(t, "2025-03-03 10:00:00")
	any := []filing.Category{hk.MedicalCharges, hk.Surcharge, hk.Other}
	for _, c := range []struct {
		english, chinese string
		allowed          []filing.Category
	}{
		{"China Mobile Hong Kong Company Limited", "中國移動香港有限公司", any},
		{"DSG Energy Limited", "特爾高能源有限公司", any},
		{"Hospital Authority", "醫院管理局", []filing.Category{hk.MedicalCharges}},
		{"MTR Corporation Limited", "香港鐵路有限公司", []filing.Category{hk.Surcharge}},
		{"Rating and Valuation Department", "差餉物業估價署", any},
		{"Sun Mobile Limited", "新移動通訊有限公司", any},
	} {
		for _, name := range []string{c.english, c.chinese} {
			for _, category := range any {
				a := p.Assess(name, category, hkd(t, "75000"), now)
				require.Equal(t, contains(c.allowed, category), a.Eligible(), "%s %s", name, category)
				if !a.Eligible() {
					require.Equal(t, []filing.Code{"claim.category.not-approved"}, codes(a))
				}
			}
		}
	}
	require.Len(t, p.Approvals, 6)
	for _, a := range p.Approvals {
		require.Equal(t, law.Assumed, a.Provision.Status, "nobody published when each approval began")
	}
	require.Equal(t, []filing.Code{"batch.claimant.unknown"}, codes(p.Assess("Hospital", hk.MedicalCharges, hkd(t, "1"), now)))
}

func contains(list []filing.Category, c filing.Category) bool {
	for _, o := range list {
		if o == c {
			return true
		}
	}
	return false
}

// Bulk claims are electronic since 31 October 2024; ordinary claims stay on paper.
func TestElectronicProceedings(t *testing.T) {
	p := sct(t)
	require.Equal(t, []filing.Code{"batch.not-electronic", "batch.claimant.not-approved"},
		codes(p.Assess("Hospital Authority", hk.MedicalCharges, hkd(t, "1"), at(t, "2024-10-30 23:59:59"))))
	require.True(t, p.Assess("Hospital Authority", hk.MedicalCharges, hkd(t, "1"), at(t, "2024-10-31 00:00:00")).Eligible())
	n, ok := p.NoticeAt(hk.BulkClaim, "", at(t, "2024-10-31 00:00:00"))
	require.True(t, ok)
	require.Equal(t, law.Confirmed, n.Provision.Status)
	_, ok = p.NoticeAt(hk.OrdinaryClaim, "", at(t, "2026-01-01 00:00:00"))
	require.False(t, ok)
}

// Natures that the tribunal does not handle; words that only look like them pass.
func TestNatures(t *testing.T) {
	for nature, status := range map[string]law.Status{
		"Labour dispute": law.Confirmed, "欠薪": law.Confirmed, "possession of land": law.Confirmed, "alimony": law.Confirmed,
		"Maintenance": law.Confirmed, "libel": law.Confirmed, "誹謗": law.Confirmed, "maintenance agreement": law.Secondary,
		"loss of services": law.Secondary, "Money-lender": law.Secondary, "放債": law.Secondary,
		"building maintenance": 0, "services": 0, "loan of equipment": 0, "醫療費用": 0,
	} {
		claim := bulkClaim(t)
		claim.Nature = nature
		findings := check(t, claim)
		if status == 0 {
			require.Empty(t, findings, nature)
			continue
		}
		require.Len(t, findings, 1, nature)
		require.Equal(t, filing.Code("claim.nature.excluded"), findings[0].Code)
		require.Equal(t, status, findings[0].Provision.Status, nature)
	}
}

// Every row that is our own policy says so, and no row is without a status or a source.
func TestProvenance(t *testing.T) {
	p := sct(t)
	for _, own := range []law.Provision{p.Texts.Provision, p.Documents.Provision, p.Batches.Provision} {
		require.Equal(t, law.Assumed, own.Status)
		require.Equal(t, "Policy of this library", own.Instrument)
	}
	require.Equal(t, 10000, p.Batches.Claims)
	require.Equal(t, law.Secondary, p.Grounds.Particulars.Status)
	for _, g := range []law.Provision{p.Grounds.Abandonment, p.Grounds.Splitting, p.Grounds.Representation, p.Grounds.Restriction} {
		require.Equal(t, law.Confirmed, g.Status)
		require.NotEmpty(t, g.URL)
	}
	require.Equal(t, hk.Court, p.Court)
}
