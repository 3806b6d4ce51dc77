package payment_test

import (
	"errors"
	"fmt"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment"
)

// A court takes cards up to a limit, and whatever is more at its counter; of the least that it takes, nobody has told.
func ExampleMeansPolicy() {
	notice := law.Provision{Instrument: "Notice 1", Section: "para. 2", Status: law.Confirmed}
	policy, err := payment.NewMeansPolicy(
		payment.MeansRule{
			Means: payment.Visa, Max: payment.LimitOf(cents(5_000_00)), Per: payment.PerTransaction, Provision: notice, Checked: "2026-03",
			Unregistered: []payment.PayerPurpose{{Purpose: "fine", Name: law.T("fines", "罰款")}},
		},
		payment.MeansRule{Means: payment.Counter, Min: payment.NoLimit(), Max: payment.NoLimit(), Anyone: true, Provision: notice, Checked: "2026-03"},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	err = policy.Check(payment.MeansUse{
		Court: "court", Place: law.T("the Court", "法院"), Means: payment.Visa, Amount: cents(6_000_00), Purpose: "filing", Registered: true, At: at,
	})
	var refused *payment.MeansError
	if errors.As(err, &refused) {
		fmt.Println(refused.Refusal)
		fmt.Println(refused.Text().In(law.English))
		fmt.Println(refused.Text().In(law.TraditionalChinese))
	}
	for _, o := range policy.Offered("court", "fine", false, at) {
		fmt.Println(o.Name.In(), "at least:", o.Min, "at most:", o.Max)
	}
	fmt.Println(policy.Unknown(at))
	// Output:
	// above-max
	// Visa: a payment to the Court is at most HKD 5000.00; this one is HKD 6000.00. Please choose another way to pay: Counter.
	// 以Visa向法院付款，每次不得超過 HKD 5000.00；這次是 HKD 6000.00。請選用其他付款方式：櫃檯。
	// Visa at least: unknown at most: HKD 5000.00
	// Counter at least: none at most: none
	// [visa at every court: min is unknown (Notice 1 para. 2, checked 2026-03)]
}
