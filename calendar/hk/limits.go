package hk

import (
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// limitsVersion names the edition of the rules for periods.
const limitsVersion = "hk-limits.1"

// LimitOptions change a rule for periods. The zero value is the rule without warnings and closures.
type LimitOptions struct {
	// Warnings are the notices known so far. Of their kinds only GaleWarning and BlackRainstorm count.
	Warnings []calendar.Warning
	// Office is the court office whose closed days count in [CourtOffice]; nil means the registry without closures. [Ordinary] has no use
	// for it.
	Office *calendar.Office
	// Strict refuses dates of years whose holidays are not published yet, instead of projecting them.
	Strict bool
	// Holidays replaces [Holidays].
	Holidays *calendar.Holidays
}

// Ordinary counts periods by Cap. 1 s. 71(1). The day of the event is not counted. In a period of at most six days, general holidays,
// Sundays among them, and days with a gale or black rainstorm warning are not counted; no period ends on one of them. A Saturday is a day
// as any other.
func Ordinary(o LimitOptions) (*calendar.Limits, error) {
	days := calendar.DaySet{Weekdays: []time.Weekday{time.Sunday}, Holidays: true, Warnings: true}
	return limits(o, calendar.LimitsOptions{
		Name:  law.T("Cap. 1 s. 71(1)", "第1章第71(1)條"),
		Short: 6, LeftOut: days, NotLast: days,
		Grounds: calendar.LimitGrounds{
			Event:    section71("(1)(a)", "the day of the event is excluded", law.Confirmed),
			Short:    section71("(1)(d)", "not counted in a time not exceeding six days", law.Confirmed),
			NotLast:  section71("(1)(b)", "the last day moves to the next day that is none of these", law.Confirmed),
			Weekdays: map[time.Weekday]law.Provision{time.Sunday: everySunday()},
			Pending:  pendingPeriod(),
		},
	})
}

// CourtOffice counts periods for acts at a court office by Cap. 1 s. 71(1A). The day of the event is not counted. In a period of at most
// seven days the closure days of the office are not counted; no period ends on one. Closure days are Saturdays, general holidays, days
// with a gale or black rainstorm warning, and days on which the office was closed through all its hours; a day on which it was closed for a
// part of them only is none.
func CourtOffice(o LimitOptions) (*calendar.Limits, error) {
	if o.Office == nil {
		registry, err := Registry(Options{Holidays: o.Holidays})
		if err != nil {
			return nil, err
		}
		o.Office = registry
	}
	days := calendar.DaySet{Weekdays: []time.Weekday{time.Saturday, time.Sunday}, Holidays: true, Warnings: true, Closed: true}
	return limits(o, calendar.LimitsOptions{
		Name:  law.T("Cap. 1 s. 71(1A)", "第1章第71(1A)條"),
		Short: 7, LeftOut: days, NotLast: days,
		Office: o.Office,
		Grounds: calendar.LimitGrounds{
			Event:    section71("(1)(a)", "the day of the event is excluded", law.Confirmed),
			Short:    section71("(1A)(c)", "closure days are not counted in a period not exceeding seven days", law.Secondary),
			NotLast:  section71("(1A)(a)", "a last day that is a closure day moves to the next day that is not", law.Confirmed),
			Weekdays: map[time.Weekday]law.Provision{time.Sunday: everySunday(), time.Saturday: saturdayClosed()},
			Closed:   directedClosed(),
			Pending:  pendingPeriod(),
		},
	})
}

// limits adds what both rules have in common.
func limits(o LimitOptions, rule calendar.LimitsOptions) (*calendar.Limits, error) {
	rule.Version, rule.Zone, rule.Warnings, rule.Strict, rule.Holidays = limitsVersion, Zone(), o.Warnings, o.Strict, o.Holidays
	if rule.Holidays == nil {
		var err error
		if rule.Holidays, err = Holidays(); err != nil {
			return nil, err
		}
	}
	rule.Kinds = map[string]calendar.Kind{
		GaleWarning: {
			Name:      law.T("gale warning", "烈風警告"),
			Provision: section71(`(2) "gale warning day"`, "a day throughout or for part of which it is in force", law.Secondary),
		},
		BlackRainstorm: {
			Name:      law.T("black rainstorm warning", "黑色暴雨警告"),
			Provision: section71(`(2) "black rainstorm warning day"`, "a day throughout or for part of which it is in force", law.Secondary),
		},
	}
	return calendar.NewLimits(rule)
}
