package tables

import (
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// Holidays is a table of dated holidays, and what is known of later years.
type Holidays struct {
	// Version names the edition of the table; absent, it is that of the document.
	Version string `json:"version,omitempty"`
	// From is the first year whose rows are complete.
	From int `json:"from"`
	// Until is the last year whose rows are complete.
	Until int `json:"until"`
	// Rows are the holidays of these years, one a date. A weekly day of rest is not listed: it is a weekday without hours.
	Rows []Holiday `json:"rows,omitempty"`
	// Provision is what the rows rest on.
	Provision law.Provision `json:"provision"`
	// Later projects the years after Until; without it nothing is known of them, and nothing can be filed in them.
	Later *LaterHolidays `json:"later,omitempty"`
}

// Holiday is one dated holiday.
type Holiday struct {
	// Date is the civil date.
	Date calendar.Date `json:"date"`
	// Name is the holiday's name.
	Name law.Text `json:"name"`
	// Status is how certain it is that the date is a holiday: confirmed, secondary, inferred or assumed.
	Status law.Status `json:"status"`
	// InPlaceOf says which holiday the day stands in for, or what brought about a holiday of one year only.
	InPlaceOf law.Text `json:"inPlaceOf,omitempty"`
	// Unnamed says that the official name is not known yet, and Name a plain description.
	Unnamed bool `json:"unnamed,omitempty"`
}

// LaterHolidays are the holidays of years that are not published yet. Answers that rest on them are marked as projected.
type LaterHolidays struct {
	// Until is the last year projected.
	Until int `json:"until"`
	// Rows are dates of these years.
	Rows []Holiday `json:"rows,omitempty"`
	// Rules give dates in each of these years, besides the rows.
	Rules []HolidayRule `json:"rules,omitempty"`
	// Provision is what rows and rules rest on.
	Provision law.Provision `json:"provision"`
}

// HolidayRule gives a date in each year, in one of three ways: a month and a day; a weekday of a month; days after Easter Sunday.
type HolidayRule struct {
	// Name is the holiday's name.
	Name law.Text `json:"name"`
	// Status is how certain it is that the dates are holidays.
	Status law.Status `json:"status"`
	// Month is the month, 1 to 12.
	Month int `json:"month,omitempty"`
	// Day is the day of the month.
	Day int `json:"day,omitempty"`
	// Weekday is the weekday counted in the month, in the place of a day.
	Weekday *Weekday `json:"weekday,omitempty"`
	// Nth says which of them: 1 to 4, or -1 for the last one.
	Nth int `json:"nth,omitempty"`
	// Easter is the number of days after Easter Sunday of the Gregorian calendar: 1 is Easter Monday, -2 Good Friday.
	Easter *int `json:"easter,omitempty"`
	// MovesFrom are weekdays on which the holiday is not kept: it moves to the next day that is none of them and no holiday.
	MovesFrom []Weekday `json:"movesFrom,omitempty"`
}

// Offices are the offices of a court.
type Offices struct {
	// Registry receives documents.
	Registry Office `json:"registry"`
	// Accounts receives money; absent, the registry does.
	Accounts *Office `json:"accounts,omitempty"`
	// Hearings has the hours at which hearings begin, on the days on which the registry is open; absent, those are the registry's.
	Hearings *Office `json:"hearings,omitempty"`
}

// Office is an office with its hours.
type Office struct {
	// Like is "registry" in another office that is as the registry in all that it does not say itself; closures are always its own.
	Like string `json:"like,omitempty"`
	// Name is the office's name for people.
	Name law.Text `json:"name"`
	// Version names the edition of its hours; absent, it is that of the document.
	Version string `json:"version,omitempty"`
	// Readings are the ways to read its hours.
	Readings []Reading `json:"readings,omitempty"`
	// Reading names the one that decides; absent, the first does.
	Reading string `json:"reading,omitempty"`
	// Special are the days with hours of their own, one a date. A holiday prevails over them.
	Special []SpecialDay `json:"special,omitempty"`
	// Closures are the closures known so far; later ones are announced to the service.
	Closures []calendar.Closure `json:"closures,omitempty"`
	// Strict refuses dates whose holidays are projected.
	Strict bool `json:"strict,omitempty"`
	// Grounds are what the steps of a receipt's reason rest on.
	Grounds *OfficeGrounds `json:"grounds,omitempty"`
}

// Reading is one way to read the law on opening hours.
type Reading struct {
	// Name is how the reading is asked for: "announced".
	Name string `json:"name"`
	// Title says it in words.
	Title law.Text `json:"title,omitempty"`
	// Editions are the hours in the order of their dates, without a gap or an overlap.
	Editions []Hours `json:"editions"`
	// ClosingIn says that what arrives at the closing instant itself is in time.
	ClosingIn bool `json:"closingIn,omitempty"`
	// Closing is what that rests on.
	Closing law.Provision `json:"closing,omitzero"`
}

// Hours is one edition of weekly hours.
type Hours struct {
	// From is the first date; absent, it holds since ever.
	From calendar.Date `json:"from,omitzero"`
	// Until is the first date after it; absent, it holds for ever.
	Until calendar.Date `json:"until,omitzero"`
	// Week are the hours of the weekdays; a weekday that is not listed is closed.
	Week []Days `json:"week"`
	// Provision says where the hours were published.
	Provision law.Provision `json:"provision"`
}

// Days are weekdays with the same hours.
type Days struct {
	// On are the weekdays.
	On []Weekday `json:"on"`
	// Open are the sessions in their order.
	Open []Session `json:"open"`
}

// SpecialDay is a date with hours of its own.
type SpecialDay struct {
	// Date is the date.
	Date calendar.Date `json:"date"`
	// Open are the sessions; none closes the day.
	Open []Session `json:"open"`
	// Title is the day in words.
	Title law.Text `json:"title"`
	// Provision says where its hours stand.
	Provision law.Provision `json:"provision"`
}

// OfficeGrounds are what the steps of a receipt's reason rest on.
type OfficeGrounds struct {
	// Rule says that what arrives while the office is open counts at once, and else when it next opens.
	Rule law.Provision `json:"rule"`
	// OutsideRule says that the rule is applied outside its dates.
	OutsideRule law.Provision `json:"outsideRule,omitzero"`
	// Closed says which times count as closed.
	Closed law.Provision `json:"closed,omitzero"`
	// AfterHours is what is announced of what arrives after the day's hours.
	AfterHours law.Provision `json:"afterHours,omitzero"`
	// Reopening is what is announced of what arrives in a closure.
	Reopening law.Provision `json:"reopening,omitzero"`
	// Pending holds as long as a reopening is not announced.
	Pending law.Provision `json:"pending,omitzero"`
	// Causes are the causes of closures, by the names that closures use.
	Causes map[string]Cause `json:"causes,omitempty"`
}

// Cause is a cause of closures.
type Cause struct {
	// Name is the cause in words.
	Name law.Text `json:"name"`
	// Provision is what such closures rest on.
	Provision law.Provision `json:"provision"`
}

// Session is a span of a day in which an office is open: "08:45-17:30", or {"hours": "13:00-14:00", "provision": ...} where it rests on something of
// its own.
type Session struct {
	// Hours are the opening and the closing time: "08:45-17:30".
	Hours string `json:"hours"`
	// Provision is what this session rests on; absent, that of the edition.
	Provision law.Provision `json:"provision,omitzero"`
}

// Weekday is a day of the week: "monday".
type Weekday time.Weekday

// Span is a length of time: "24h", "90m".
type Span time.Duration
