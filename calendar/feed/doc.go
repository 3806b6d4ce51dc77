// Package feed reads public calendars, lays what they say beside what is known, and writes an office's days as one.
//
// [Read] reads iCalendar objects (RFC 5545) and [Calendar.Write] writes them. [NewList] makes a list of holidays of a published calendar
// in one or more languages, and [Compare] lays it beside a calendar.Holidays: years that the table does not list are offered,
// dates that contradict it are reported, and nothing is ever adopted by itself. [Export] gives an office's days, open and closed with
// the reasons, for calendar programs.
//
// A feed is untrusted: what is read is bounded by [MaxBytes] and [MaxEvents], and a feed that is late, cut short, contradictory or of a
// shape whose meaning is not known is kept out whole, by an [*Error] that says which of these it is. An iCalendar event that recurs,
// or a time without a zone that is known, is such a shape.
//
// All types are values; nothing here is changed after it was made, and nothing is fetched: hand in what was.
package feed
