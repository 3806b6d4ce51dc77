package law_test

import (
	"encoding/json"
	"fmt"

	"courts.example/eservices/icms/law"
)

// An answer carries the steps that led to it, each with what it rests on, and is as certain as the weakest of them.
func Example() {
	fees := law.Provision{Instrument: "Court Fees Rules", Section: "Schedule, item 1", Status: law.Confirmed}
	policy := law.Provision{Instrument: "Policy of this library:", Section: "rounding", Status: law.Assumed}
	reason := law.Reason{
		Data: "fees-2026.1",
		Steps: []law.Step{
			{Code: "base", Provision: fees, Says: law.T("the fee is {fee}", "費用為{fee}"), Values: []law.Value{law.V("fee", "18.00")}},
			{Code: "rounded", Provision: policy, Says: law.T("{exact} rounded down is {fee}", "{exact}下調至{fee}"),
				Values: []law.Value{law.V("exact", "14.40"), law.V("fee", "14.00")}},
		},
	}
	fmt.Println(reason)
	fmt.Println(reason.Line(law.TraditionalChinese))
	fmt.Println(reason.Status())
	// Output:
	// the fee is 18.00 (Court Fees Rules Schedule, item 1, confirmed); 14.40 rounded down is 14.00 (Policy of this library: rounding, assumed)
	// 費用為18.00 (Court Fees Rules Schedule, item 1, confirmed); 14.40下調至14.00 (Policy of this library: rounding, assumed)
	// assumed
}

// As JSON the sentences are filled in, so that no program that reads a reason needs this one.
func ExampleReason_MarshalJSON() {
	b, err := json.Marshal(law.Reason{Steps: []law.Step{
		{Code: "holiday", Says: law.T("{date} is a holiday", ""), Values: []law.Value{law.V("date", "2026-10-01")}},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(b))
	// Output: {"steps":[{"code":"holiday","text":{"en":"2026-10-01 is a holiday"},"values":{"date":"2026-10-01"}}]}
}

func ExampleText_In() {
	name := law.T("Small claims", "小額錢債")
	fmt.Println(name.In(law.TraditionalChinese), name.In("ga"))
	// Output: 小額錢債 Small claims
}
