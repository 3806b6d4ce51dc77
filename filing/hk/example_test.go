package hk_test

import (
	"fmt"
	"log"
	"time"

	"courts.example/eservices/filing/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// May the Hospital Authority file a claim for unpaid rent in bulk?
func ExampleSmallClaims() {
	policy, err := hk.SmallClaims()
	if err != nil {
		log.Fatal(err)
	}
	amount := money.New(60_000_00, policy.Currency)
	answer := policy.Assess("醫院管理局", hk.Other, amount, time.Date(2025, 3, 3, 10, 0, 0, 0, policy.Zone))
	fmt.Println(answer.Eligible())
	for _, f := range answer.Findings {
		fmt.Println(f.Code)
		fmt.Println(f.Text().In(law.English))
		fmt.Println(f.Text().In(law.TraditionalChinese))
	}
	// Output:
	// false
	// claim.category.not-approved
	// Hospital Authority is approved to file in bulk for outstanding medical charges only, not for other claims.
	// 「醫院管理局」只獲批准就尚欠的醫療費用批量提出申索，不包括其他申索。
}
