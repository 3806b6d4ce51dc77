package payment_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

func TestLimit(t *testing.T) {
	for _, tt := range []struct {
		limit payment.Limit
		text  string
		known bool
	}{{payment.Limit{}, "unknown", false}, {payment.NoLimit(), "none", true}, {payment.LimitOf(cents(1)), "HKD 0.01", true}} {
		require.Equal(t, tt.text, tt.limit.String())
		require.Equal(t, tt.known, tt.limit.Known())
		_, stated := tt.limit.Amount()
		require.Equal(t, strings.HasPrefix(tt.text, "HKD"), stated)
		b, err := tt.limit.MarshalText()
		require.NoError(t, err)
		var back payment.Limit
		require.NoError(t, back.UnmarshalText(b))
		require.Equal(t, tt.limit, back)
	}
	for _, bad := range []string{"", "None", "0", "HKD 0.00", "HKD -1.00", "HKD 1.001", "5.00", "HKD"} {
		kept := payment.NoLimit()
		require.ErrorIs(t, kept.UnmarshalText([]byte(bad)), payment.ErrInvalid, bad)
		require.Equal(t, payment.NoLimit(), kept)
	}
	_, err := payment.LimitOf(cents(0)).MarshalText()
	require.ErrorIs(t, err, payment.ErrInvalid)
}

func TestPer(t *testing.T) {
	for p, name := range map[payment.Per]string{payment.PerUnknown: "unknown", payment.PerTransaction: "transaction", payment.PerDay: "day"} {
		b, err := p.MarshalText()
		require.NoError(t, err)
		require.Equal(t, name, string(b))
		back := payment.Per(9)
		require.NoError(t, back.UnmarshalText(b))
		require.Equal(t, p, back)
	}
	_, err := payment.Per(9).MarshalText()
	require.ErrorIs(t, err, payment.ErrInvalid)
	require.Equal(t, "per(9)", payment.Per(9).String())
	require.ErrorIs(t, new(payment.Per).UnmarshalText([]byte("week")), payment.ErrInvalid)
}

func TestBadMeansRules(t *testing.T) {
	limit := func(minor int64, c money.Currency) payment.Limit { return payment.LimitOf(money.New(minor, c)) }
	for _, tt := range []struct {
		change func(*payment.MeansRule)
		want   string
	}{
		{func(r *payment.MeansRule) { r.Means = "" }, `rule 2 ("" at every court): the means is empty`},
		{func(r *payment.MeansRule) { r.Court = "a|b" }, `rule 2 ("visa" at court "a|b"): the court "a|b" may have only`},
		{func(r *payment.MeansRule) { r.Name = law.T("a\nb", "") }, `the label in "en" "a\nb" has a control character`},
		{func(r *payment.MeansRule) { r.From, r.Until = summer, summer }, "it ends at 2026-06-01, which is not after its beginning at 2026-06-01"},
		{func(r *payment.MeansRule) { r.From = time.Date(10_000, 1, 1, 0, 0, 0, 0, zone) }, "an instant can't be written"},
		{func(r *payment.MeansRule) { r.Provision.Until = time.Date(10_000, 1, 1, 0, 0, 0, 0, zone) }, "an instant can't be written"},
		{func(r *payment.MeansRule) { r.Min = limit(0, hkd) }, `"HKD 0.00" is no limit`},
		{func(r *payment.MeansRule) { r.Max = limit(-1, hkd) }, `"HKD -0.01" is no limit`},
		{func(r *payment.MeansRule) { r.Max = limit(1, money.Currency{}) }, "is no limit"},
		{func(r *payment.MeansRule) { r.Min, r.Max = limit(2, hkd), limit(1, hkd) }, "the least, HKD 0.02, is more than the most, HKD 0.01"},
		{func(r *payment.MeansRule) { r.Min, r.Max = limit(1, hkd), limit(1, usd) }, "do not mix"},
		{func(r *payment.MeansRule) { r.Per = 7 }, "limits are not counted over per(7)"},
		{func(r *payment.MeansRule) { r.Anyone = true }, "anyone may pay everything"},
		{func(r *payment.MeansRule) { r.Unregistered = []payment.PayerPurpose{{Purpose: " "}} }, "a purpose"},
		{func(r *payment.MeansRule) { r.Unregistered = append(fines[:2:2], fines[0]) }, `the purpose "fine" is listed twice`},
		{func(r *payment.MeansRule) {
			r.Unregistered = []payment.PayerPurpose{{Purpose: "p", Name: law.T("", "\x00")}}
		}, "the name of a purpose"},
		{func(r *payment.MeansRule) { r.Provision = law.Provision{Status: law.Confirmed} }, "it cites nothing"},
		{func(r *payment.MeansRule) { r.Provision.Status = law.Unstated }, "it cites nothing"},
		{func(r *payment.MeansRule) { r.Checked = "March" }, `it was checked on "March"`},
	} {
		_, err := payment.NewMeansPolicy(meansRule(payment.JCB, nil), meansRule(payment.Visa, tt.change))
		require.ErrorIs(t, err, payment.ErrInvalid, tt.want)
		require.ErrorContains(t, err, tt.want)
		require.ErrorContains(t, err, "rule 2 (")
	}
}

func TestOverlappingMeansRules(t *testing.T) {
	visa := func(from, until time.Time) payment.MeansRule {
		return meansRule(payment.Visa, func(r *payment.MeansRule) { r.Court, r.From, r.Until = "court", from, until })
	}
	_, err := payment.NewMeansPolicy(visa(summer, time.Time{}), meansRule(payment.JCB, nil), visa(time.Time{}, autumn))
	require.ErrorIs(t, err, payment.ErrInvalid)
	require.EqualError(t, err, `payment: invalid: means of payment: rule 3 ("visa" at court "court") and rule 1 ("visa" at court "court") `+
		`are both in force at 2026-06-01: end one where the other begins`)
	_, err = payment.NewMeansPolicy(visa(time.Time{}, time.Time{}), visa(time.Time{}, time.Time{}))
	require.ErrorContains(t, err, "are both in force at any time")
	meansPolicy(t, visa(summer, autumn), visa(time.Time{}, spring), visa(autumn, time.Time{}), visa(spring, summer), meansRule(payment.Visa, nil))
}

// TestNoInstantHasTwoRules compares the proof at load with trying every boundary.
func TestNoInstantHasTwoRules(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		day := func(name string) time.Time {
			n := rapid.IntRange(0, 6).Draw(r, name)
			if n == 0 {
				return time.Time{}
			}
			return spring.AddDate(0, 0, n)
		}
		var rules []payment.MeansRule
		for i := range rapid.IntRange(1, 4).Draw(r, "rules") {
			rule := meansRule(payment.Visa, func(m *payment.MeansRule) { m.From, m.Until = day(fmt.Sprint("from", i)), day(fmt.Sprint("until", i)) })
			if !rule.From.IsZero() && !rule.Until.IsZero() && !rule.From.Before(rule.Until) {
				rule.Until = rule.From.AddDate(0, 0, 1)
			}
			rules = append(rules, rule)
		}
		twice := false
		for n := range 9 {
			at, in := spring.AddDate(0, 0, n), 0
			for _, rule := range rules {
				if (rule.From.IsZero() || !at.Before(rule.From)) && (rule.Until.IsZero() || at.Before(rule.Until)) {
					in++
				}
			}
			twice = twice || in > 1
		}
		_, err := payment.NewMeansPolicy(rules...)
		require.Equal(t, twice, err != nil, "%v", err)
	})
}

// TestMeansPolicyIsImmutable changes everything that goes in and comes out.
func TestMeansPolicyIsImmutable(t *testing.T) {
	rule := meansRule(payment.Visa, func(r *payment.MeansRule) {
		r.Name, r.Unregistered = law.T("V", ""), []payment.PayerPurpose{{Purpose: "fine", Name: law.T("fines", "")}}
	})
	p := meansPolicy(t, rule)
	before, err := json.Marshal(p)
	require.NoError(t, err)
	spoil := func(r payment.MeansRule) {
		r.Name["en"], r.Unregistered[0].Purpose, r.Unregistered[0].Name["en"] = "spoilt", "spoilt", "spoilt"
	}
	spoil(rule)
	spoil(p.Rules()[0])
	spoil(refused(t, p, use(payment.Visa, func(u *payment.MeansUse) { u.Registered = false })).Rule)
	p.Offered("court", "fine", false, summer)[0].Name["en"] = "spoilt"
	after, err := json.Marshal(p)
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
}

func TestLoadMeans(t *testing.T) {
	p, err := payment.LoadMeans([]byte(meansFile))
	require.NoError(t, err)
	require.Equal(t, meansPolicy(t, meansRule(payment.Visa, func(r *payment.MeansRule) {
		r.Court, r.Min, r.Max, r.Per, r.From = "court", payment.NoLimit(), payment.LimitOf(cents(500_00)), payment.PerDay, summer
	})).Rules()[0].Max, p.Rules()[0].Max)
	require.NoError(t, p.Check(use(payment.Visa, nil)))
	b, err := json.Marshal(p)
	require.NoError(t, err)
	require.JSONEq(t, meansFile, string(b))
	empty, err := json.Marshal(meansPolicy(t))
	require.NoError(t, err)
	require.Equal(t, `{"rules":[]}`, string(empty))
	for _, bad := range []string{
		"", "[]", meansFile + "{}", strings.Replace(meansFile, "court", "curt", 1), strings.Replace(meansFile, `"day"`, `"week"`, 1),
		strings.Replace(meansFile, "HKD 500.00", "500", 1), strings.Replace(meansFile, "confirmed", "sure", 1), strings.Replace(meansFile, "2026-03", "3/2026", 1),
	} {
		_, err := payment.LoadMeans([]byte(bad))
		require.ErrorIs(t, err, payment.ErrInvalid, bad)
	}
}

const meansFile = `{"rules":[{"court":"court","means":"visa","min":"none","max":"HKD 500.00","per":"day","from":"2026-06-01T00:00:00+08:00",
"unregistered":[{"purpose":"fine","name":{"en":"fines","zh-Hant":"罰款"}}],"provision":{"instrument":"Notice 1","status":"confirmed"},"checked":"2026-03"}]}`

// FuzzLoadMeans loads policies as a stranger could write them: an error, or a policy that is written and read back the same and answers.
func FuzzLoadMeans(f *testing.F) {
	for _, s := range []string{meansFile, `{"rules":[]}`, `null`, `{"rules":[{}]}`, strings.Replace(meansFile, "none", "unknown", 1)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := payment.LoadMeans(data)
		if err != nil {
			require.ErrorIs(t, err, payment.ErrInvalid)
			return
		}
		first, err := json.Marshal(p)
		require.NoError(t, err)
		again, err := payment.LoadMeans(first)
		require.NoError(t, err)
		second, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(first), string(second))
		for _, r := range p.Rules() {
			u := use(r.Means, func(u *payment.MeansUse) { u.Registered, u.Court = false, "c"+r.Court })
			if err := p.Check(u); err != nil {
				require.NotEmpty(t, err.Error())
			}
		}
		p.Unknown(summer)
	})
}
