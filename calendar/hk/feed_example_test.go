package hk_test

import (
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/calendar/feed"
	"courts.example/eservices/calendar/hk"
)

// The Observatory issues signal No. 8; what to do is decided by somebody.
func ExampleWatch_Next() {
	read := time.Date(2026, time.August, 3, 7, 45, 0, 0, hk.Zone())
	summary, err := hk.ReadWarnings(strings.NewReader(`{"WTCSGNL":{"name":"Tropical Cyclone Warning Signal","code":"TC8NE","actionCode":"ISSUE",`+
		`"issueTime":"2026-08-03T07:40:00+08:00","updateTime":"2026-08-03T07:40:00+08:00"}}`), read)
	if err != nil {
		fmt.Println(err)
		return
	}
	var watch hk.Watch // kept from reading to reading
	watch, proposals, err := watch.Next(summary)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range proposals {
		closure, err := p.Confirm(hk.Decision{Authority: "Registrar", Known: read.Add(10 * time.Minute)})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(closure.ID, "closed from", closure.From.Format("15:04"))
	}
	fmt.Println("watching:", watch.InForce[0].Code)
	// Output:
	// gale_warning-20260803T074000 closed from 07:40
	// watching: TC8NE
}

// A week of the registry for calendar programs.
func ExampleCauseNames() {
	registry, err := hk.Registry(hk.Options{HalfDays: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	days, err := feed.Export(registry, calendar.MustDate("2026-12-23"), calendar.MustDate("2026-12-26"), feed.ExportOptions{
		Product: "-//Example//Registry//EN", Domain: "registry.example", Causes: hk.CauseNames(),
		Stamp: time.Date(2026, time.January, 2, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range days.Events {
		if e.AllDay() {
			fmt.Println(e.Day, e.Summary)
			continue
		}
		fmt.Println(e.From.In(hk.Zone()).Format("2006-01-02 15:04")+e.To.In(hk.Zone()).Format("-15:04"), e.Description, e.Categories)
	}
	// Output:
	// 2026-12-23 08:45-17:30  [OPEN]
	// 2026-12-24 08:45-13:00 hours of that day only: Christmas Eve [OPEN SPECIAL-HOURS]
	// 2026-12-25 Small Claims Tribunal Registry: closed (Christmas Day)
	// 2026-12-26 Small Claims Tribunal Registry: closed (The first weekday after Christmas Day)
}
