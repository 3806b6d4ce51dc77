package fees_test

import (
	"fmt"
	"os"
	"time"

	"courts.example/eservices/fees"
	"courts.example/eservices/icms/money"
)

// read loads the invented court's file, which the package documentation shows.
func read() *fees.Schedule {
	data, err := os.ReadFile("testdata/harbour.json")
	if err != nil {
		panic(err)
	}
	schedule, err := fees.Load(data)
	if err != nil {
		panic(err)
	}
	return schedule
}

// A batch resolves its item once and prices its claims one by one; the tally gives the rows of its order of payment.
func Example() {
	schedule := read()
	at := time.Date(2026, time.February, 2, 9, 0, 0, 0, schedule.Zone())
	pricer, err := schedule.Pricer("claim", fees.Electronic, at)
	if err != nil {
		fmt.Println(err)
		return
	}
	var tally fees.Tally
	for _, text := range []string{"120", "999.99", "5000"} {
		claim, _ := money.Parse(text, schedule.Currency())
		line, err := pricer.Line(claim)
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := tally.Add(line); err != nil {
			fmt.Println(err)
			return
		}
	}
	for _, g := range tally.Groups() {
		fmt.Println(g.Count, "x", g.Title.In("de"), g.Band, g.EachPayable, "=", g.Payable)
	}
	fmt.Println("to pay:", tally.Total())
	// Output:
	// 1 x Einreichung einer Klage 0.00-300.00 EUR 5.50 = EUR 5.50
	// 2 x Einreichung einer Klage 300.01-10000.00 EUR 36.00 = EUR 72.00
	// to pay: EUR 77.50
}

// The file is written without Go; testdata/harbour.json is a whole one.
func ExampleLoad() {
	data, err := os.ReadFile("testdata/harbour.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	schedule, err := fees.Load(data)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(schedule.Title().In("en"), schedule.Version(), schedule.Currency(), schedule.Zone())
	for _, item := range schedule.Items() {
		fmt.Println(item.Name, item.Paper, item.Electronic)
	}
	// Output:
	// Harbour Court: fees 2026-01 EUR Europe/Berlin
	// claim true true
	// copy true true
	// seal true true
	// oath true false
	// download false true
}

// Whatever is wrong in a file is named with its place, all at once.
func ExampleLoad_problems() {
	_, err := fees.Load([]byte(`{
  "format": "fees/1", "name": "quay", "version": "1", "title": {"en": "Quay Court"}, "currency": "JPY", "zone": "+09:00",
  "provisions": {"act": {"instrument": "Quay Fees Act", "status": "confirmed"}},
  "items": [{"name": "claim", "title": {"en": "Claim"}, "editions": [{"provision": "act", "bands": [
    {"upTo": "300", "flat": "500"},
    {"over": "301", "upTo": "9000", "flat": "700.50"}
  ]}]}]
}`))
	fmt.Println(err)
	// Output:
	// fees: the schedule does not load: line 6, items[0].editions[0].bands[1].flat: money: not a plain decimal amount: "700.50" has more than 0 decimals
	// 	line 6, items[0].editions[0].bands[1]: gap: no band has the amounts from JPY 301 to JPY 301, between items[0].editions[0].bands[0] (line 5) and items[0].editions[0].bands[1] (line 6)
}

// A fee that nobody knows is not a fee of nothing.
func ExampleSchedule_Quote() {
	schedule := read()
	euros := func(text string) money.Amount {
		a, _ := money.Parse(text, schedule.Currency())
		return a
	}
	quote, err := schedule.Quote(fees.Request{
		At: time.Date(2026, time.February, 2, 9, 0, 0, 0, schedule.Zone()),
		Asks: []fees.Ask{
			{Item: "claim", Mode: fees.Electronic, Amount: euros("250")},
			{Item: "copy", Mode: fees.Paper, Units: 4},
			{Item: "seal", Mode: fees.Paper},
			{Item: "claim", Mode: fees.Electronic, Amount: euros("50000")},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range quote.Lines {
		fmt.Println(line.Item, line.Base, line.Payable, line.Unknown, line.Status())
	}
	fmt.Println(quote.Total, quote.Total.Complete())
	// Output:
	// claim EUR 12.50 EUR 11.50 false assumed
	// copy EUR 3.00 EUR 3.00 false confirmed
	// seal EUR 12.50 EUR 12.50 false confirmed
	// claim 0 0 true secondary
	// EUR 27.00 and 1 unknown fee false
}

func ExampleLine_Reason() {
	schedule := read()
	pricer, err := schedule.Pricer("claim", fees.Electronic, time.Date(2026, time.February, 2, 9, 0, 0, 0, schedule.Zone()))
	if err != nil {
		fmt.Println(err)
		return
	}
	line, err := pricer.Line(money.New(29999, schedule.Currency()))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range line.Reason().Steps {
		fmt.Println(step.Code+":", step.Text().In("en"))
	}
	// Output:
	// edition: Filing a claim: the edition in force since 2026-01-01
	// band: EUR 299.99 does not exceed EUR 300.00
	// electronic: used electronically it costs the paper fee less any concession
	// fee: 5 % of EUR 299.99 is EUR 14.9995
	// rounding: rounded down to a multiple of EUR 0.01 it is EUR 14.99
	// concession-period: a concession is in force from 2025-07-01 until before 2026-07-01
	// concession: 90 % of EUR 14.99 is EUR 13.491
	// rounding: rounded to the nearest, a half up, to a multiple of EUR 0.50 it is EUR 13.50
}

func ExampleSchedule_Pricer() {
	schedule := read()
	early := time.Date(2025, time.March, 1, 0, 0, 0, 0, schedule.Zone())
	_, err := schedule.Pricer("claim", fees.Electronic, early)
	fmt.Println(err)
	pricer, err := schedule.Pricer("claim", fees.Paper, early)
	if err != nil {
		fmt.Println(err)
		return
	}
	from, until := pricer.Valid()
	fmt.Println("the same from", from.Format(time.DateOnly), "until before", until.Format(time.DateOnly))
	// Output:
	// fees: not available electronically: item "claim" begins on 2025-07-01, asked for 2025-03-01
	// the same from 2025-01-01 until before 2026-01-01
}

func ExamplePricer_Units() {
	schedule := read()
	pricer, err := schedule.Pricer("copy", fees.Electronic, time.Date(2026, time.February, 2, 9, 0, 0, 0, schedule.Zone()))
	if err != nil {
		fmt.Println(err)
		return
	}
	line, err := pricer.Units(3)
	fmt.Println(line.Base, "less", line.Concession, "is", line.Payable, err)
	// Output: EUR 2.25 less EUR 0.75 is EUR 1.50 <nil>
}
