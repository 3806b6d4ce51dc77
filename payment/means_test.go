package payment_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// An invented court's notice, and the days around its rules.
var (
	zone   = time.FixedZone("", 8*3600)
	spring = time.Date(2026, 3, 1, 0, 0, 0, 0, zone)
	summer = time.Date(2026, 6, 1, 0, 0, 0, 0, zone)
	autumn = time.Date(2026, 9, 1, 12, 30, 0, 0, zone)
	notice = law.Provision{Instrument: "Notice 1", Section: "para. 2", Status: law.Confirmed}
	fines  = []payment.PayerPurpose{{Purpose: "fine", Name: law.T("fines", "罰款")}, {Purpose: "search", Name: law.T("search fees", "查冊費")}}
)

// meansRule is a rule that is proven, for every court and all time, with limits that nobody knows.
func meansRule(m payment.Means, change func(*payment.MeansRule)) payment.MeansRule {
	r := payment.MeansRule{Means: m, Unregistered: fines, Provision: notice, Checked: "2026-03"}
	if change != nil {
		change(&r)
	}
	return r
}

func meansPolicy(t testing.TB, rules ...payment.MeansRule) *payment.MeansPolicy {
	t.Helper()
	p, err := payment.NewMeansPolicy(rules...)
	require.NoError(t, err)
	return p
}

// use is a registered payer's HKD 100.00 for a filing in summer.
func use(m payment.Means, change func(*payment.MeansUse)) payment.MeansUse {
	u := payment.MeansUse{Court: "court", Means: m, Amount: cents(100_00), Purpose: "filing", Registered: true, At: summer}
	if change != nil {
		change(&u)
	}
	return u
}

func refused(t testing.TB, p *payment.MeansPolicy, u payment.MeansUse) *payment.MeansError {
	t.Helper()
	var e *payment.MeansError
	require.ErrorAs(t, p.Check(u), &e)
	require.Equal(t, u, e.Use)
	return e
}

// TestMeansRefusals has every refusal with its words, and what keeps within the same rule.
func TestMeansRefusals(t *testing.T) {
	p := meansPolicy(t,
		meansRule(payment.Visa, func(r *payment.MeansRule) {
			r.Min, r.Max, r.Per = payment.LimitOf(cents(50_00)), payment.LimitOf(cents(500_00)), payment.PerTransaction
		}),
		meansRule(payment.JCB, func(r *payment.MeansRule) { r.From = autumn }),
		meansRule(payment.UnionPay, func(r *payment.MeansRule) { r.Until = spring }),
		meansRule("wallet", func(r *payment.MeansRule) {
			r.Name, r.Unregistered = law.T("Purse", "錢包"), nil
			r.Max, r.Per = payment.LimitOf(cents(300_00)), payment.PerDay
		}),
		meansRule(payment.Counter, func(r *payment.MeansRule) { r.Anyone, r.Unregistered = true, nil }),
	)
	for _, tt := range []struct {
		refusal payment.MeansRefusal
		use     payment.MeansUse
		en, zh  string
	}{
		{payment.NotOffered, use(payment.MasterCard, nil),
			"MasterCard can't be used for payments to court. Please choose another way to pay: Visa, Purse, Counter.",
			"court不接受以萬事達卡付款。請選用其他付款方式：Visa、錢包、櫃檯。"},
		{payment.NotYet, use(payment.JCB, nil),
			"JCB can be used for payments to court from 2026-09-01 12:30:00 +08:00. Please choose another way to pay: Visa, Purse, Counter.",
			"court由 2026-09-01 12:30:00 +08:00 起接受以JCB付款。請選用其他付款方式：Visa、錢包、櫃檯。"},
		{payment.NoMore, use(payment.UnionPay, nil),
			"UnionPay can no longer be used for payments to court; it could until 2026-03-01. Please choose another way to pay: Visa, Purse, Counter.",
			"court已不再接受以銀聯付款，有關安排於 2026-03-01 終止。請選用其他付款方式：Visa、錢包、櫃檯。"},
		{payment.BelowMin, use(payment.Visa, func(u *payment.MeansUse) { u.Amount = cents(49_99) }),
			"Visa: a payment to court is at least HKD 50.00; this one is HKD 49.99. Please choose another way to pay: Purse, Counter.",
			"以Visa向court付款，每次不得少於 HKD 50.00；這次是 HKD 49.99。請選用其他付款方式：錢包、櫃檯。"},
		{payment.AboveMax, use(payment.Visa, func(u *payment.MeansUse) { u.Amount, u.Place = cents(500_01), law.T("the Court", "法院") }),
			"Visa: a payment to the Court is at most HKD 500.00; this one is HKD 500.01. Please choose another way to pay: Counter.",
			"以Visa向法院付款，每次不得超過 HKD 500.00；這次是 HKD 500.01。請選用其他付款方式：櫃檯。"},
		{payment.AboveMax, use("wallet", func(u *payment.MeansUse) { u.Earlier = cents(200_01) }),
			"Purse: payments to court on one day are at most HKD 300.00; HKD 200.01 was paid earlier, and this one is HKD 100.00." +
				" Please choose another way to pay: Visa, Counter.",
			"以錢包向court付款，每日不得超過 HKD 300.00；當日較早前已付 HKD 200.01，這次是 HKD 100.00。請選用其他付款方式：Visa、櫃檯。"},
		{payment.AboveMax, use("wallet", func(u *payment.MeansUse) { u.Amount = cents(300_01) }),
			"Purse: payments to court on one day are at most HKD 300.00; this one is HKD 300.01. Please choose another way to pay: Visa, Counter.",
			"以錢包向court付款，每日不得超過 HKD 300.00；這次是 HKD 300.01。請選用其他付款方式：Visa、櫃檯。"},
		{payment.RegisteredOnly, use(payment.Visa, func(u *payment.MeansUse) { u.Registered = false }),
			"Without registration, Visa can be used for payments to court of these kinds only: fines, search fees." +
				" Please sign in or register first, or choose another way to pay: Counter.",
			"未經登記者以Visa向court付款，只限：罰款、查冊費。請先登入或登記，或選用其他付款方式：櫃檯。"},
		{payment.RegisteredOnly, use("wallet", func(u *payment.MeansUse) { u.Registered, u.Purpose = false, "fine" }),
			"Purse is for payments of registered users to court only. Please sign in or register first, or choose another way to pay: Visa, Counter.",
			"只有登記用戶可以錢包向court付款。請先登入或登記，或選用其他付款方式：Visa、櫃檯。"},
	} {
		e := refused(t, p, tt.use)
		require.Equal(t, tt.refusal, e.Refusal)
		require.Equal(t, law.T(tt.en, tt.zh), e.Text())
		require.ErrorContains(t, e, tt.en)
		require.NotContains(t, e.Error(), "{")
		require.Equal(t, "means."+string(tt.refusal), e.Reason().Steps[0].Code)
		require.Equal(t, tt.refusal != payment.NotOffered, e.Reason().Status() == law.Confirmed, "a refusal rests on its rule")
	}
	for _, fine := range []payment.MeansUse{
		use(payment.Visa, func(u *payment.MeansUse) { u.Amount = cents(50_00) }),
		use(payment.Visa, func(u *payment.MeansUse) { u.Amount, u.Earlier = cents(500_00), cents(400_00) }),
		use(payment.Visa, func(u *payment.MeansUse) { u.Registered, u.Purpose = false, "search" }),
		use("wallet", func(u *payment.MeansUse) { u.Earlier = cents(200_00) }),
		use(payment.JCB, func(u *payment.MeansUse) { u.At = autumn }),
		use(payment.UnionPay, func(u *payment.MeansUse) { u.At = spring.Add(-1) }),
		use(payment.Counter, func(u *payment.MeansUse) { u.Registered = false }),
	} {
		require.NoError(t, p.Check(fine), "%+v", fine)
	}
}

func TestMeansRefusalsWithoutAWayOut(t *testing.T) {
	p := meansPolicy(t, meansRule(payment.DepositAccount, func(r *payment.MeansRule) { r.Unregistered = nil }))
	require.Equal(t, law.T("Deposit account is for payments of registered users to court only. Please sign in or register first.",
		"只有登記用戶可以存款帳戶向court付款。請先登入或登記。"),
		refused(t, p, use(payment.DepositAccount, func(u *payment.MeansUse) { u.Registered = false })).Text())
	unnamed := meansPolicy(t, meansRule("x-wallet", func(r *payment.MeansRule) { r.Unregistered = []payment.PayerPurpose{{Purpose: "fine"}} }))
	require.Contains(t, refused(t, unnamed, use("x-wallet", func(u *payment.MeansUse) { u.Registered = false })).Error(), "of these kinds only: fine.")
	e := refused(t, &payment.MeansPolicy{}, use("x-wallet", nil))
	require.Equal(t, law.T("x-wallet can't be used for payments to court. Please ask the court how this can be paid.",
		"court不接受以x-wallet付款。請向法院查詢付款方法。"), e.Text())
	require.EqualError(t, e, "payment: x-wallet can't be used for payments to court. Please ask the court how this can be paid.")
}

// TestOwnRulesReplaceGeneralOnes: a court's own rules for a means hold alone, also where they say that it is not taken.
func TestOwnRulesReplaceGeneralOnes(t *testing.T) {
	p := meansPolicy(t,
		meansRule(payment.Visa, nil),
		meansRule(payment.Visa, func(r *payment.MeansRule) { r.Court, r.From, r.Until = "court", spring, summer }),
		meansRule(payment.Visa, func(r *payment.MeansRule) { r.Court, r.From = "court", autumn }),
	)
	at := func(court string, t time.Time) payment.MeansUse {
		return use(payment.Visa, func(u *payment.MeansUse) { u.Court, u.At = court, t })
	}
	for _, day := range []time.Time{spring.Add(-1), spring, summer, autumn} {
		require.NoError(t, p.Check(at("other", day)))
		require.Len(t, p.Offered("other", "filing", true, day), 1)
	}
	require.NoError(t, p.Check(at("court", spring)))
	require.NoError(t, p.Check(at("court", autumn)))
	before, between := refused(t, p, at("court", spring.Add(-1))), refused(t, p, at("court", summer))
	require.Equal(t, payment.NotYet, before.Refusal)
	require.Equal(t, spring, before.Rule.From, "the next to begin")
	require.Equal(t, payment.NotYet, between.Refusal)
	require.Equal(t, autumn, between.Rule.From)
	require.Empty(t, p.Offered("court", "filing", true, summer))

	ended := meansPolicy(t,
		meansRule(payment.Visa, func(r *payment.MeansRule) { r.From, r.Until = spring, summer }),
		meansRule(payment.Visa, func(r *payment.MeansRule) { r.Until = spring }))
	require.Equal(t, summer, refused(t, ended, at("court", autumn)).Rule.Until, "the last to have ended")
}

func TestOffered(t *testing.T) {
	p := meansPolicy(t,
		meansRule(payment.JCB, func(r *payment.MeansRule) { r.Max = payment.NoLimit() }),
		meansRule(payment.DepositAccount, func(r *payment.MeansRule) { r.Unregistered = nil }),
		meansRule(payment.Visa, func(r *payment.MeansRule) { r.Until = spring }))
	require.Equal(t, []payment.Offer{{Means: payment.JCB, Name: payment.JCB.Name(), Max: payment.NoLimit(), Provision: notice}},
		p.Offered("court", "search", false, summer))
	all := p.Offered("court", "filing", true, spring.Add(-1))
	require.Len(t, all, 3)
	require.Equal(t, payment.Visa, all[2].Means)
	b, err := json.Marshal(all[0])
	require.NoError(t, err)
	require.Equal(t, `{"means":"jcb","name":{"en":"JCB","zh-Hant":"JCB"},"min":"unknown","max":"none","per":"unknown",`+
		`"provision":{"instrument":"Notice 1","section":"para. 2","status":"confirmed"}}`, string(b))
	require.Empty(t, p.Offered("court", "filing", false, summer))
}

func TestUnknownLimitsAreListedAndRefuseNothing(t *testing.T) {
	p := meansPolicy(t,
		meansRule(payment.Visa, nil),
		meansRule(payment.JCB, func(r *payment.MeansRule) {
			r.Court, r.Min, r.Max = "court", payment.NoLimit(), payment.LimitOf(cents(100_00))
		}),
		meansRule(payment.Counter, func(r *payment.MeansRule) { r.Min, r.Max = payment.NoLimit(), payment.NoLimit() }),
		meansRule(payment.UnionPay, func(r *payment.MeansRule) { r.From = autumn }))
	var lines []string
	for _, u := range p.Unknown(summer) {
		lines = append(lines, u.String())
	}
	require.Equal(t, []string{
		"visa at every court: min is unknown (Notice 1 para. 2, checked 2026-03)",
		"visa at every court: max is unknown (Notice 1 para. 2, checked 2026-03)",
		"jcb at court court: per is unknown (Notice 1 para. 2, checked 2026-03)",
	}, lines)
	require.Len(t, p.Unknown(autumn), 5)

	rapid.Check(t, func(r *rapid.T) {
		amount := cents(rapid.Int64Min(1).Draw(r, "minor"))
		for _, m := range []payment.Means{payment.Visa, payment.Counter} {
			require.NoError(t, p.Check(use(m, func(u *payment.MeansUse) { u.Amount, u.Earlier = amount, amount })))
		}
		err := p.Check(use(payment.JCB, func(u *payment.MeansUse) { u.Amount, u.Earlier = amount, amount }))
		require.Equal(t, amount.Minor() > 100_00, err != nil, "a single payment keeps to a limit whatever it is counted over")
	})
}

func TestUsesThatMakeNoSense(t *testing.T) {
	p := meansPolicy(t, meansRule(payment.Visa, func(r *payment.MeansRule) {
		r.Min, r.Max, r.Per = payment.LimitOf(cents(1)), payment.LimitOf(cents(1<<62)), payment.PerDay
	}))
	for name, change := range map[string]func(*payment.MeansUse){
		"court":    func(u *payment.MeansUse) { u.Court = "" },
		"means":    func(u *payment.MeansUse) { u.Means = "a|b" },
		"purpose":  func(u *payment.MeansUse) { u.Purpose = "" },
		"instant":  func(u *payment.MeansUse) { u.At = time.Time{} },
		"nothing":  func(u *payment.MeansUse) { u.Amount = cents(0) },
		"currency": func(u *payment.MeansUse) { u.Amount = money.New(1, money.Currency{}) },
		"earlier":  func(u *payment.MeansUse) { u.Earlier = cents(-1) },
	} {
		require.ErrorIs(t, p.Check(use(payment.Visa, change)), payment.ErrInvalid, name)
	}
	require.ErrorIs(t, p.Check(use(payment.Visa, func(u *payment.MeansUse) { u.Amount = money.New(5, usd) })), money.ErrCurrency)
	require.ErrorIs(t, p.Check(use(payment.Visa, func(u *payment.MeansUse) { u.Earlier = money.New(5, usd) })), money.ErrCurrency)
	require.ErrorIs(t, p.Check(use(payment.Visa, func(u *payment.MeansUse) { u.Amount, u.Earlier = cents(1<<62), cents(1<<62) })), money.ErrOverflow)
}
