package calendar_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/rickar/cal/v2/ie"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// exampleOffice is the office of an invented court in Dublin: 10:00 to 16:00 from Monday to Friday, Ireland's holidays.
func exampleOffice() (*calendar.Office, error) {
	zone, err := time.LoadLocation("Europe/Dublin")
	if err != nil {
		return nil, err
	}
	holidays, err := calendar.FromCal(ie.Holidays, calendar.CalOptions{Version: "ie", From: 2020, Until: 2026, ProjectedUntil: 2030})
	if err != nil {
		return nil, err
	}
	var week calendar.Week
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = []calendar.Session{{Opens: calendar.MustClock("10:00"), Closes: calendar.MustClock("16:00")}}
	}
	return calendar.NewOffice(calendar.OfficeOptions{
		Name:     law.Text{law.English: "Ballymore Court Office"},
		Zone:     zone,
		Holidays: holidays,
		Readings: []calendar.Reading{{
			Name:  "usual",
			Hours: []calendar.Hours{{Week: week, Provision: law.Provision{Instrument: "Notice of 2020", Status: law.Confirmed}}},
		}},
		Grounds: calendar.Grounds{Rule: law.Provision{Instrument: "Court Rules", Section: "r. 9", Status: law.Confirmed}},
	})
}

// An office made of tables alone says when what arrives counts, and why.
func Example() {
	office, err := exampleOffice()
	if err != nil {
		fmt.Println(err)
		return
	}
	receipt, err := office.Receive(time.Date(2026, time.March, 16, 18, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("counts at", receipt.Deemed)
	for _, step := range receipt.Reason().Steps {
		fmt.Println("-", step.Text().In())
	}
	// Output:
	// counts at 2026-03-18 10:00:00 +0000 GMT
	// - Ballymore Court Office (usual): it came in at 2026-03-16 18:00:00
	// - 2026-03-16 18:00:00 lies outside the hours of 2026-03-16, 10:00-16:00
	// - 2026-03-17 is a holiday: Saint Patrick's Day
	// - the office next opens at 2026-03-18 10:00:00: on 2026-03-18 its hours are 10:00-16:00
	// - so it counts as received at 2026-03-18 10:00:00
}

// A closure becomes known afterwards: which receipts does it change?
func ExampleChanges() {
	before, err := exampleOffice()
	if err != nil {
		fmt.Println(err)
		return
	}
	after, err := before.With(calendar.Closure{
		ID:      "flood",
		Cause:   "flood",
		From:    time.Date(2026, time.March, 2, 11, 0, 0, 0, before.Zone()),
		Reopens: time.Date(2026, time.March, 2, 14, 30, 0, 0, before.Zone()),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	received := []time.Time{
		time.Date(2026, time.March, 2, 10, 30, 0, 0, before.Zone()),
		time.Date(2026, time.March, 2, 11, 30, 0, 0, before.Zone()),
	}
	for change := range calendar.Changes(before, after, slices.Values(received)) {
		fmt.Println(change.Before.Deemed.Format("15:04"), "becomes", change.After.Deemed.Format("15:04"))
	}
	// Output: 11:30 becomes 14:30
}

func ExampleOffice_Days() {
	office, err := exampleOffice()
	if err != nil {
		fmt.Println(err)
		return
	}
	days, err := office.Days(calendar.MustDate("2026-03-16"), calendar.MustDate("2026-03-18"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for day := range days {
		if day.Holiday != nil {
			fmt.Println(day.Date, day.Holiday.Name.In())
			continue
		}
		fmt.Println(day.Date, day.Open[0].From.Format("15:04"), "to", day.Open[0].Until.Format("15:04"))
	}
	// Output:
	// 2026-03-16 10:00 to 16:00
	// 2026-03-17 Saint Patrick's Day
	// 2026-03-18 10:00 to 16:00
}

// Five days of which weekends and holidays do not count.
func ExampleLimits_Expires() {
	office, err := exampleOffice()
	if err != nil {
		fmt.Println(err)
		return
	}
	days := calendar.DaySet{Weekdays: []time.Weekday{time.Saturday, time.Sunday}, Holidays: true}
	limits, err := calendar.NewLimits(calendar.LimitsOptions{
		Name: law.Text{law.English: "Rule 7"}, Zone: office.Zone(), Holidays: office.Holidays(), Short: 5, LeftOut: days, NotLast: days,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	expiry, err := limits.Expires(calendar.MustDate("2026-03-12"), 5)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(expiry.Date)
	// Output: 2026-03-20
}

// Maintenance is no closure: show whether the office is open, and whether the system is in service.
func ExampleAvailability() {
	office, err := exampleOffice()
	if err != nil {
		fmt.Println(err)
		return
	}
	system, err := calendar.NewAvailability(calendar.Maintenance{
		ID:    "upgrade",
		From:  time.Date(2026, time.March, 7, 22, 0, 0, 0, office.Zone()),
		Until: time.Date(2026, time.March, 8, 6, 0, 0, 0, office.Zone()),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2026, time.March, 7, 23, 0, 0, 0, office.Zone())
	open, err := office.IsOpen(at)
	if err != nil {
		fmt.Println(err)
		return
	}
	work, out := system.At(at)
	fmt.Println("office open:", open)
	fmt.Println("system in service:", !out, "- back at", work.Until.Format("2 Jan 15:04"))
	// Output:
	// office open: false
	// system in service: false - back at 8 Mar 06:00
}

func ExampleParseDate() {
	d, err := calendar.ParseDate("2026-02-27")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.Weekday(), d.AddDays(3))
	_, err = calendar.ParseDate("2026-02-30")
	fmt.Println(err)
	// Output:
	// Friday 2026-03-02
	// calendar: February 2026 has no day 30
}
