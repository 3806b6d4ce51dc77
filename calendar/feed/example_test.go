package feed_test

import (
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/calendar/feed"
	"courts.example/eservices/icms/law"
)

// A published calendar is read, made a list of holidays, and laid beside the table that is known.
func Example() {
	published := "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Harbour//Holidays//EN\n" +
		"BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20260302\nSUMMARY:Harbour Day\nEND:VEVENT\n" +
		"BEGIN:VEVENT\nUID:2\nDTSTART;VALUE=DATE:20270301\nSUMMARY:Harbour Day\nEND:VEVENT\n" +
		"END:VCALENDAR\n"
	table, err := calendar.NewHolidays(calendar.HolidaysOptions{Version: "harbour.1", From: 2025, Until: 2026, Rows: []calendar.Holiday{
		{Date: calendar.MustDate("2026-03-03"), Name: law.T("Harbour Day", ""), Status: law.Confirmed},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := feed.Read(strings.NewReader(published), feed.ReadOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	list, err := feed.NewList(feed.ListOptions{Today: calendar.MustDate("2026-06-01"), Least: 1, Status: law.Confirmed},
		feed.Edition{Language: law.English, Calendar: c})
	if err != nil {
		fmt.Println(err)
		return
	}
	compared, err := feed.Compare(table, list)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range compared.Contradictions {
		fmt.Println(d.Text().In())
	}
	for _, y := range compared.Offered {
		fmt.Println("offered:", y.Year, "with", len(y.Rows), "holiday")
	}
	// Output:
	// 2026-03-02: the list has a holiday that is not known: Harbour Day
	// 2026-03-03: the list lacks a holiday that is known: Harbour Day
	// offered: 2027 with 1 holiday
}

// A feed that ends too early is kept out, and the error says so.
func ExampleRead() {
	_, err := feed.Read(strings.NewReader("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEV"), feed.ReadOptions{})
	fmt.Println(err)
	// Output: calendar/feed: cut short: it ends before END:VCALENDAR
}

func ExampleCalendar_Write() {
	day := calendar.MustDate("2026-03-02")
	c := feed.Calendar{Product: "-//Harbour//Holidays//EN", Events: []feed.Event{{
		UID: "1@harbour.example", Summary: "Harbour Day, at last", Day: day, Until: day.AddDays(1),
		Stamp: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
	}}}
	var b strings.Builder
	if err := c.Write(&b); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(strings.ReplaceAll(b.String(), "\r\n", "\n"))
	// Output:
	// BEGIN:VCALENDAR
	// VERSION:2.0
	// PRODID:-//Harbour//Holidays//EN
	// CALSCALE:GREGORIAN
	// METHOD:PUBLISH
	// BEGIN:VEVENT
	// UID:1@harbour.example
	// DTSTAMP:20260101T000000Z
	// DTSTART;VALUE=DATE:20260302
	// DTEND;VALUE=DATE:20260303
	// SUMMARY:Harbour Day\, at last
	// END:VEVENT
	// END:VCALENDAR
}
