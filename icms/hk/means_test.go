package hk_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	calendarhk "courts.example/eservices/calendar/hk"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

var (
	opening = time.Date(2024, time.October, 31, 0, 0, 0, 0, calendarhk.Zone())
	today   = time.Date(2026, time.November, 23, 9, 0, 0, 0, calendarhk.Zone())
)

func meansPolicy(t *testing.T) *payment.MeansPolicy {
	t.Helper()
	p, err := payment.NewMeansPolicy(icmshk.Means()...)
	require.NoError(t, err)
	return p
}

func offered(p *payment.MeansPolicy, purpose string, registered bool, at time.Time) (means []payment.Means) {
	for _, o := range p.Offered("SCT", purpose, registered, at) {
		means = append(means, o.Means)
	}
	return means
}

func TestMeansOfTheSmallClaimsTribunal(t *testing.T) {
	p := meansPolicy(t)
	cards := []payment.Means{payment.Visa, payment.MasterCard, payment.UnionPay, payment.JCB, icmshk.PPS, payment.Counter}
	all := append([]payment.Means{payment.DepositAccount}, cards...)
	for _, tt := range []struct {
		name, purpose string
		registered    bool
		at            time.Time
		want          []payment.Means
	}{
		{"a filing", "filing", true, today, all},
		{"a filing on the first day", "filing", true, opening, all},
		{"a filing before", "filing", true, opening.Add(-1), []payment.Means{payment.Counter}},
		{"a filing by nobody known", "filing", false, today, []payment.Means{payment.Counter}},
		{"a fine", "fine", false, today, cards},
		{"a search", "search", false, today, cards},
		{"costs", "costs", false, today, []payment.Means{payment.Counter}},
	} {
		require.Equal(t, tt.want, offered(p, tt.purpose, tt.registered, tt.at), tt.name)
	}
	require.Empty(t, p.Offered("DC", "filing", true, today), "nothing is said of other courts")
	for _, o := range p.Offered("SCT", "filing", true, today) {
		require.NotEmpty(t, o.Name.In(law.TraditionalChinese))
	}
}

// TestNoLimitOfHongKongIsKnown pins that none was invented: each is listed as unknown, and no amount is refused.
func TestNoLimitOfHongKongIsKnown(t *testing.T) {
	p := meansPolicy(t)
	require.Len(t, p.Unknown(today), 2*len(icmshk.Means()))
	hkd := money.MustCurrency("HKD")
	for _, r := range icmshk.Means() {
		require.False(t, r.Min.Known() || r.Max.Known(), r.Means)
		for _, minor := range []int64{1, 1_000_000_000_00} {
			require.NoError(t, p.Check(payment.MeansUse{
				Court: "SCT", Means: r.Means, Amount: money.New(minor, hkd), Purpose: "filing", Registered: true, At: today,
			}))
		}
	}
}

func TestEveryMeansNamesItsSource(t *testing.T) {
	court, err := icmshk.SmallClaims(icmshk.Options{})
	require.NoError(t, err)
	for _, r := range icmshk.Means() {
		require.Equal(t, court.Code, r.Court)
		require.Equal(t, "2026-11", r.Checked)
		require.NotEmpty(t, r.Provision.Title)
		if r.Means == payment.Counter {
			require.Equal(t, law.Assumed, r.Provision.Status)
			require.True(t, r.From.IsZero())
			continue
		}
		require.Equal(t, law.Inferred, r.Provision.Status)
		require.Contains(t, r.Provision.URL, "https://www.judiciary.hk/")
		require.Equal(t, opening, r.From)
	}
}

func ExampleMeans() {
	policy, err := payment.NewMeansPolicy(icmshk.Means()...)
	if err != nil {
		fmt.Println(err)
		return
	}
	err = policy.Check(payment.MeansUse{
		Court: "SCT", Place: law.T("the Small Claims Tribunal", "小額錢債審裁處"), Means: icmshk.PPS, Purpose: "filing",
		Amount: money.New(14_00, money.MustCurrency("HKD")), At: time.Date(2026, time.November, 23, 9, 0, 0, 0, calendarhk.Zone()),
	})
	var refused *payment.MeansError
	if errors.As(err, &refused) {
		fmt.Println(refused.Text().In(law.English))
		fmt.Println(refused.Text().In(law.TraditionalChinese))
	}
	// Output:
	// Without registration, PPS can be used for payments to the Small Claims Tribunal of these kinds only: fines, search fees. Please sign in or register first, or choose another way to pay: Counter.
	// 未經登記者以繳費靈向小額錢債審裁處付款，只限：罰款、查冊費。請先登入或登記，或選用其他付款方式：櫃檯。
}
