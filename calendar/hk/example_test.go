package hk_test

import (
	"fmt"
	"time"

	"github.com/rickar/cal/v2"

	"courts.example/eservices/calendar"
	"courts.example/eservices/calendar/hk"
)

// A claim sent on the Thursday evening before Easter counts as received on the Wednesday after it.
func ExampleRegistry() {
	registry, err := hk.Registry(hk.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	sent := time.Date(2026, time.April, 2, 18, 0, 0, 0, hk.Zone())
	receipt, err := registry.Receive(sent)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("received", receipt.Deemed.Format("Mon 2 Jan 2006 15:04"))
	for _, step := range receipt.Reason().Steps {
		if step.Code == "holiday" {
			fmt.Println(step.Text().In("zh-Hant"))
		}
	}
	fmt.Println("certainty:", receipt.Reason().Status())
	// Output:
	// received Wed 8 Apr 2026 08:45
	// 2026-04-03為假日：耶穌受難節
	// 2026-04-04為假日：耶穌受難節翌日
	// 2026-04-06為假日：清明節翌日
	// 2026-04-07為假日：復活節星期一翌日
	// certainty: inferred
}

// The registry closes for a typhoon; nobody can say when what comes in counts, until the reopening is announced.
func ExampleRegistry_closure() {
	closed := calendar.Closure{ID: "typhoon", Cause: hk.GaleWarning, From: time.Date(2026, time.August, 3, 7, 40, 0, 0, hk.Zone())}
	registry, err := hk.Registry(hk.Options{Closures: []calendar.Closure{closed}})
	if err != nil {
		fmt.Println(err)
		return
	}
	sent := time.Date(2026, time.August, 3, 9, 0, 0, 0, hk.Zone())
	receipt, _ := registry.Receive(sent)
	fmt.Println("pending:", receipt.Pending, "- priced as of", receipt.Regular.Format("2 Jan 15:04"))

	reopened := closed
	reopened.Known = time.Date(2026, time.August, 3, 13, 0, 0, 0, hk.Zone())
	reopened.Reopens = time.Date(2026, time.August, 3, 15, 10, 0, 0, hk.Zone())
	registry, err = registry.With(reopened)
	if err != nil {
		fmt.Println(err)
		return
	}
	receipt, _ = registry.Receive(sent)
	fmt.Println("pending:", receipt.Pending, "- received", receipt.Deemed.Format("2 Jan 15:04"))
	// Output:
	// pending: true - priced as of 4 Aug 08:45
	// pending: false - received 3 Aug 15:10
}

// Seven days to ask for a review at the registry are seven days on which it opens.
func ExampleCourtOffice() {
	limits, err := hk.CourtOffice(hk.LimitOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	expiry, err := limits.Expires(calendar.MustDate("2026-02-13"), 7)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("last day:", expiry.Date)
	// Output: last day: 2026-02-27
}

// By the ordinary rule a Saturday counts.
func ExampleOrdinary() {
	limits, err := hk.Ordinary(hk.LimitOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	expiry, err := limits.Expires(calendar.MustDate("2026-03-02"), 6)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("last day:", expiry.Date)
	// Output: last day: 2026-03-09
}

func ExampleHolidays() {
	holidays, err := hk.Holidays()
	if err != nil {
		fmt.Println(err)
		return
	}
	for h := range holidays.Between(calendar.MustDate("2033-10-01"), calendar.MustDate("2033-10-31")) {
		fmt.Println(h.Date, h.Name.In(), "- projected:", h.Projected)
	}
	// Output:
	// 2033-10-01 National Day and Chung Yeung Festival - projected: true
	// 2033-10-03 Additional general holiday, not named yet - projected: true
}

// Hong Kong's holidays for a calendar of github.com/rickar/cal/v2.
func ExampleCal() {
	holidays, err := hk.Cal()
	if err != nil {
		fmt.Println(err)
		return
	}
	c := cal.NewBusinessCalendar()
	c.Cacheable = true
	c.AddHoliday(holidays...)
	fmt.Println(c.IsWorkday(time.Date(2026, time.April, 7, 12, 0, 0, 0, hk.Zone())))
	// Output: false
}
