// Package calendar answers two questions about time that courts ask, and keeps them apart.
//
// When does what arrives count as received? An [Office] is opening intervals: weekly [Hours] in one or more [Reading]s, special days,
// minus [Holidays], minus [Closure]s. [Office.Receive] gives the [Receipt] of an instant: that instant while the office is open, else
// the next opening, and [Receipt.Pending] while a reopening is not announced.
//
// When does a period of days end? [Limits] is a rule as data: how short is short, which days a short period leaves out, on which days
// no period ends. [Limits.Expires] gives the [Expiry]. A day on which a [Warning] was in force for an hour may be left out of a
// period though the office was open for most of it, so that the two never share an idea of a working day.
//
// Times are instants and the answer is the same whatever the zone they are given in; a [Date] is a civil date in the zone of the
// office. Zones with daylight saving are as good as others: what counts is the clock on the wall.
//
// Every answer explains itself by a law.Reason, made only when it is asked for. A table says up to which date it knows; later dates are
// answered by rule and marked as projected, or refused in the strict mode with [ErrBeyondHorizon].
//
// Closures, warnings and maintenance are notices that say when they became known. A later notice of the same ID replaces an earlier
// one, AsKnown gives the state of knowledge of any instant, and [Changes] and [ExpiryChanges] tell which earlier answers a new notice
// changes. All types are immutable snapshots: a new notice gives a new value, and the old one goes on answering as before.
//
// The package knows no law of any place; tables of one stand in a package beside it. [FromCal] takes the holidays of every country of
// github.com/rickar/cal/v2.
package calendar
