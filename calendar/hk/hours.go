package hk

import (
	"slices"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// announced is open through the lunch hour, which is a session of its own because it rests on a policy.
func announced() calendar.Reading {
	return calendar.Reading{
		Name:  Announced,
		Title: law.T("as announced by the Judiciary", "按司法機構公布"),
		Hours: editions(morning(), calendar.Session{
			Opens: morning().Closes, Closes: afternoon().Opens, Provision: lunchOpen(),
		}, afternoon()),
		ClosingIn: true,
		Closing:   closingIn(),
	}
}

func statutory() calendar.Reading {
	return calendar.Reading{
		Name:    Statutory,
		Title:   law.T("as the definition of closure time reads word for word", "按“關閉時間”定義的字面"),
		Hours:   editions(morning(), afternoon()),
		Closing: closingOut(),
	}
}

func morning() calendar.Session {
	return calendar.Session{Opens: calendar.MustClock("08:45"), Closes: calendar.MustClock("13:00")}
}

func afternoon() calendar.Session {
	return calendar.Session{Opens: calendar.MustClock("14:00"), Closes: calendar.MustClock("17:30")}
}

// editions gives the same hours from Monday to Friday for all dates, on different grounds: stated since 14 May 2020, inferred since the
// five-day week was brought to the courts, and assumed before it.
func editions(sessions ...calendar.Session) []calendar.Hours {
	var week calendar.Week
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = sessions
	}
	fiveDayWeek, stated := calendar.MustDate("2016-02-26"), calendar.MustDate("2020-05-14")
	return []calendar.Hours{
		{Until: fiveDayWeek, Week: week, Provision: hoursBeforeFiveDayWeek()},
		{From: fiveDayWeek, Until: stated, Week: week, Provision: hoursSinceFiveDayWeek()},
		{From: stated, Week: week, Provision: hoursStated()},
	}
}

// halfDays gives the eves of Lunar New Year and Christmas that are not on a weekend, closing after the morning.
func halfDays() ([]calendar.SpecialDay, error) {
	years, err := loadFestivals()
	if err != nil {
		return nil, err
	}
	var days []calendar.SpecialDay
	add := func(d calendar.Date, title law.Text) {
		if w := d.Weekday(); w != time.Saturday && w != time.Sunday {
			days = append(days, calendar.SpecialDay{
				Date: d, Sessions: []calendar.Session{morning()}, Title: title, Provision: halfDay(),
			})
		}
	}
	for year, f := range years {
		christmas, err := calendar.MakeDate(year, time.December, 24)
		if err != nil {
			return nil, err
		}
		add(f.lunarNewYear.AddDays(-1), law.T("Lunar New Year's Eve", "農曆年除夕"))
		add(christmas, law.T("Christmas Eve", "聖誕節前夕"))
	}
	slices.SortFunc(days, func(a, b calendar.SpecialDay) int { return a.Date.Compare(b.Date) })
	return days, nil
}
