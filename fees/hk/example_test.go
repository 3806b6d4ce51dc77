package hk_test

import (
	"fmt"
	"time"

	"courts.example/eservices/fees"
	"courts.example/eservices/fees/hk"
	"courts.example/eservices/icms/money"
)

func ExampleSmallClaims() {
	schedule, err := hk.SmallClaims()
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2025, time.January, 2, 10, 0, 0, 0, schedule.Zone())
	pricer, err := schedule.Pricer(hk.Filing, fees.Electronic, at)
	if err != nil {
		fmt.Println(err)
		return
	}
	claim, _ := money.Parse("30000", schedule.Currency())
	line, err := pricer.Line(claim)
	fmt.Println(line.Base, "less", line.Concession, "is", line.Payable, line.Status(), err)
	_, err = schedule.Pricer(hk.Filing, fees.Electronic, at.AddDate(-1, 0, 0))
	fmt.Println(err)
	// Output:
	// HKD 70.00 less HKD 14.00 is HKD 56.00 inferred <nil>
	// fees: not available electronically: item "filing" begins on 2024-10-31, asked for 2024-01-02T10:00:00+08:00
}
