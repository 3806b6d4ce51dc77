package money_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"courts.example/eservices/icms/money"
)

func Example() {
	hkd := money.MustCurrency("HKD")
	fee, _ := money.Parse("18", hkd)
	conceded, _ := fee.Rate(money.MustRate("0.8"), money.Rounding{Mode: money.Down, Step: 100})
	saved, _ := fee.Sub(conceded)
	fmt.Println(fee, "->", conceded, "saves", saved.Short())
	// Output: HKD 18.00 -> HKD 14.00 saves 4
}

func ExampleParse() {
	_, err := money.Parse("1,000.00", money.MustCurrency("HKD"))
	fmt.Println(errors.Is(err, money.ErrSyntax), err)
	dinars, _ := money.Parse("1.250", money.MustCurrency("KWD"))
	fmt.Println(dinars, dinars.Minor())
	// Output:
	// true money: not a plain decimal amount: "1,000.00" has other characters than digits and one point
	// KWD 1.250 1250
}

func ExampleAmount_Add() {
	sum := money.Amount{} // starts a sum in any currency
	for _, minor := range []int64{2000, 4000, 12000} {
		sum, _ = sum.Add(money.New(minor, money.MustCurrency("HKD")))
	}
	fmt.Println(sum)
	_, err := sum.Add(money.New(1, money.MustCurrency("USD")))
	fmt.Println(err)
	// Output:
	// HKD 180.00
	// money: currency: HKD and USD do not mix
}

func ExampleAmount_Rate() {
	fee := money.New(1440, money.MustCurrency("HKD"))
	for _, mode := range []money.Mode{money.Down, money.Up, money.HalfUp, money.HalfEven} {
		half, _ := fee.Rate(money.MustRate("0.5"), money.Rounding{Mode: mode, Step: 100})
		fmt.Println(mode, half)
	}
	// Output:
	// down HKD 7.00
	// up HKD 8.00
	// half-up HKD 7.00
	// half-even HKD 7.00
}

func ExampleAmount_MarshalText() {
	b, _ := json.Marshal(map[string]money.Amount{"fee": money.New(500, money.MustCurrency("JPY"))})
	fmt.Println(string(b))
	// Output: {"fee":"JPY 500"}
}

func ExampleAmount_Decimal() {
	fee := money.New(1440, money.MustCurrency("HKD"))
	fmt.Println(fee.Decimal().Add(fee.Decimal()).StringFixed(1))
	// Output: 28.8
}
