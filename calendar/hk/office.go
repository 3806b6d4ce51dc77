package hk

import (
	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// The names of the readings of [Registry] and [Accounts].
const (
	// Announced is the default: as the Judiciary has stated it, what comes in after 17:30 counts at the next opening. The lunch hour is
	// open, and so is the closing instant for what comes in at that instant.
	Announced = "announced"
	// Statutory takes the definition of closure time word for word: the lunch hour is closed, and so is the closing instant.
	Statutory = "statutory"
)

// The causes of closures and the kinds of warnings. An office is closed for any of the causes; of the kinds only GaleWarning and
// BlackRainstorm count for periods.
const (
	GaleWarning       = "gale_warning"       // local tropical cyclone warning signal No. 8 or above
	BlackRainstorm    = "black_rainstorm"    // the Observatory's black rainstorm signal
	ExtremeConditions = "extreme_conditions" // announced by the Government after a typhoon or rainstorm
	Direction         = "direction"          // closed by direction of the Chief Justice or the Registrar
)

// officeVersion names the edition of the hours.
const officeVersion = "hk-offices.1"

// Options change an office. The zero value is the office as the Judiciary has announced it, without closures.
type Options struct {
	// Closures are the notices known so far. Their causes are those above.
	Closures []calendar.Closure
	// HalfDays lets the office close at 13:00 on Christmas Eve and on Lunar New Year's Eve. Rules of other courts say so; whether the
	// Tribunal follows them is not known.
	HalfDays bool
	// Special are further days with hours of their own.
	Special []calendar.SpecialDay
	// Strict refuses dates of years whose holidays are not published yet, instead of projecting them.
	Strict bool
	// Holidays replaces [Holidays], such as by a table with a newly appointed day.
	Holidays *calendar.Holidays
}

// Registry gives the registry of the Small Claims Tribunal, by which documents are received, in the reading [Announced].
func Registry(o Options) (*calendar.Office, error) {
	return office(law.T("Small Claims Tribunal Registry", "小額錢債審裁處登記處"), o)
}

// Accounts gives the accounts office of the Small Claims Tribunal, by which payments are received, in the reading [Announced]. It has
// the hours of the registry and closures of its own.
func Accounts(o Options) (*calendar.Office, error) {
	return office(law.T("Small Claims Tribunal Accounts Office", "小額錢債審裁處會計部"), o)
}

func office(name law.Text, o Options) (*calendar.Office, error) {
	special := o.Special
	if o.HalfDays {
		days, err := halfDays()
		if err != nil {
			return nil, err
		}
		special = append(days, special...)
	}
	holidays := o.Holidays
	if holidays == nil {
		var err error
		if holidays, err = Holidays(); err != nil {
			return nil, err
		}
	}
	return calendar.NewOffice(calendar.OfficeOptions{
		Name:     name,
		Version:  officeVersion,
		Zone:     Zone(),
		Holidays: holidays,
		Readings: []calendar.Reading{announced(), statutory()},
		Special:  special,
		Closures: o.Closures,
		Strict:   o.Strict,
		Grounds:  grounds(),
	})
}

func grounds() calendar.Grounds {
	return calendar.Grounds{
		Rule:        receiptRule(),
		OutsideRule: policy("earlier receipts", "the rule on receipt applied to what came in before 31 Oct 2024"),
		Closed:      closureTime("", "times that count as closed", law.Confirmed),
		AfterHours:  statedAfterHours(),
		Reopening:   statedReopening(),
		Pending:     pendingReceipt(),
		Causes: map[calendar.Cause]calendar.CauseEntry{
			GaleWarning: {
				Name:      law.T("gale warning", "烈風警告"),
				Provision: closureTime(" (c)(i)", "closed to the public for a gale warning", law.Confirmed),
			},
			BlackRainstorm: {
				Name:      law.T("black rainstorm warning", "黑色暴雨警告"),
				Provision: closureTime(" (c)(ii)", "closed to the public for a black rainstorm warning", law.Confirmed),
			},
			ExtremeConditions: {
				Name:      law.T("extreme conditions", "極端情況"),
				Provision: closureTime(" (d)", "extreme conditions are not named; they come in by direction", law.Inferred),
			},
			Direction: {
				Name:      law.T("closed by direction", "按指示關閉"),
				Provision: closureTime(" (d)", "directed to be closed by the Chief Justice or the Registrar", law.Confirmed),
			},
		},
	}
}
