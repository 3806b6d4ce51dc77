package hk

import (
	"time"

	"courts.example/eservices/icms/law"
)

// What the tables rest on. Where a text was not read its status says so; a policy of this library is Assumed.

const (
	tribunalRules  = "https://lawhero.io/ordinances/2858/cap-638h-court-proceedings-electronic-technology-small-claims-tribunal-rules"
	interpretation = "https://www.scribd.com/document/695440940/s-71-IGCO"
)

// inForce is the day on which Cap. 638H came into force.
func inForce() time.Time { return time.Date(2024, time.October, 31, 0, 0, 0, 0, Zone()) }

func policy(section, title string) law.Provision {
	return law.Provision{Instrument: "Policy of this library:", Section: section, Title: title, Status: law.Assumed}
}

// Holidays.

func holidaysOrdinance() law.Provision {
	return law.Provision{Instrument: "Cap. 149", Section: "Schedule", Title: "general holidays, as published for each year", Status: law.Confirmed}
}

func holidaysByRule() law.Provision {
	return law.Provision{
		Instrument: "Cap. 149", Section: "Schedule and s. 6", Title: "general holidays of a year not published yet, by rule", Status: law.Inferred,
	}
}

func everySunday() law.Provision {
	return law.Provision{
		Instrument: "Cap. 149", Section: "Schedule (a)", Title: "every Sunday is a general holiday",
		URL: "https://hkintexts.histsyn.com/page/1873761", Status: law.Secondary,
	}
}

// Hours.

func hoursStated() law.Provision {
	return law.Provision{
		Instrument: "Judiciary statement of 14 May 2020", Title: "hours of registries and accounts offices",
		URL: "http://government-world.com/announcement-by-judiciary-23", Status: law.Confirmed,
	}
}

func hoursSinceFiveDayWeek() law.Provision {
	return law.Provision{
		Instrument: "Press release of 26 Feb 2016", Title: "today's hours date from the last phase of the five-day week; its first day was not read",
		URL: "http://www.info.gov.hk/gia/general/201602/26/P201602260336.htm", Status: law.Inferred,
	}
}

func hoursBeforeFiveDayWeek() law.Provision {
	return policy("old hours", "today's hours before the five-day week")
}

func lunchOpen() law.Provision { return policy("lunch hour", "the lunch hour counts as open") }

func closingIn() law.Provision {
	return policy("closing instant", "17:30:00 is in time: the Judiciary's statement speaks of after 5.30 pm")
}

func closingOut() law.Provision {
	return policy("closing instant", "17:30:00 is closed: hours are half-open")
}

func halfDay() law.Provision {
	return policy("half days", "closing at 13:00 as in RDC O. 64 r. 1 and the CFA Rules r. 63; not verified for the Tribunal")
}

// Receipt.

func receiptRule() law.Provision {
	return law.Provision{
		Instrument: "Cap. 638H", Section: "rule on receipt", Title: "when a document sent by the e-system is received; the text of the rule was not read",
		Status: law.Inferred, From: inForce(),
	}
}

func closureTime(limb, title string, status law.Status) law.Provision {
	return law.Provision{
		Instrument: "Cap. 638H", Section: `r. 2 "closure time"` + limb, Title: title, URL: tribunalRules, Status: status, From: inForce(),
	}
}

func statedAfterHours() law.Provision {
	return law.Provision{
		Instrument: "Judiciary statement of 14 Apr 2022", Title: "what comes in after 5.30 pm counts when the next working day's hours begin",
		URL: "http://hkcd.com.hk/hkcdweb/content/2022/04/14/content_1337512.html", Status: law.Confirmed,
	}
}

func statedReopening() law.Provision {
	return law.Provision{
		Instrument: "Judiciary statement of 8 Sep 2023", Title: "what comes in while a registry is closed counts when it reopens",
		URL:    "https://www.webnewswire.com/2023/09/08/hong-kong-announcement-by-judiciary-on-arrangements-under-extreme-conditions-2/",
		Status: law.Confirmed,
	}
}

func pendingReceipt() law.Provision {
	return policy("reopening not announced", "accepted, and priced as of the next regular opening")
}

// Periods.

func section71(section, title string, status law.Status) law.Provision {
	return law.Provision{Instrument: "Cap. 1", Section: "s. 71" + section, Title: title, URL: interpretation, Status: status}
}

func saturdayClosed() law.Provision {
	return law.Provision{
		Instrument: "Cap. 1", Section: "s. 71(2)", Title: "a Saturday is a closure day of a court office; the definition was not read",
		URL: "http://www.info.gov.hk/gia/general/201602/26/P201602260336.htm", Status: law.Inferred,
	}
}

func directedClosed() law.Provision {
	return law.Provision{
		Instrument: "Cap. 1", Section: "s. 71(2)", Status: law.Inferred,
		Title: "a day on which a court office is closed by direction is a closure day; the definition was not read",
	}
}

func pendingPeriod() law.Provision {
	return policy("warning or closure without an end", "the last day is not known before the end is announced")
}
