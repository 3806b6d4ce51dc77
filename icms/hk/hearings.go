package hk

import (
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
)

// The days of a first hearing at the Small Claims Tribunal after the day of filing.
const (
	earliestHearing = 10
	latestHearing   = 60
)

// hearings is the rule for the day that the registrar fixes. It was read in the ordinance as enacted; that the latest day still holds is the
// Judiciary's published target. The hours are our own policy: none were found.
func hearings(registry *calendar.Office) (icms.HearingPolicy, error) {
	hours, err := hearingHours(registry)
	return icms.HearingPolicy{Earliest: earliestHearing, Latest: latestHearing, Hours: hours, Provision: law.Provision{
		Instrument: "Cap. 338", Section: "s. 14(1)(a)", Status: law.Secondary,
		Title: "the hearing is not earlier than 10 and not later than 60 days after filing, unless the parties agree; read in the ordinance as enacted",
		URL:   "https://en.wikisource.org/wiki/Page:Small_Claims_Tribunal_Ordinance_1975_(Cap._338).pdf/6",
	}}, err
}

// hearingHours are the times at which hearings begin, on the days of the registry. A secondary source has hearings begin at 09:30 and, after
// bad weather, at 14:30; until when they may begin is assumed.
func hearingHours(registry *calendar.Office) (*calendar.Office, error) {
	sessions := []calendar.Session{
		{Opens: calendar.MustClock("09:30"), Closes: calendar.MustClock("13:00")},
		{Opens: calendar.MustClock("14:30"), Closes: calendar.MustClock("16:30")},
	}
	var week calendar.Week
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = sessions
	}
	hours := assumed("hearing hours", "hearings begin on weekdays in the morning from 09:30 and in the afternoon from 14:30")
	return calendar.NewOffice(calendar.OfficeOptions{
		Name: law.T("Small Claims Tribunal, hearings", "小額錢債審裁處聆訊"), Version: "hk-hearings.1", Zone: registry.Zone(), Holidays: registry.Holidays(),
		Readings: []calendar.Reading{{
			Name: "hearings", Title: law.T("hours at which hearings begin", "聆訊開始的時間"), Hours: []calendar.Hours{{Week: week, Provision: hours}}, Closing: hours,
		}},
	})
}
