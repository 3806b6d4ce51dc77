// Package hk holds what package calendar needs to know of Hong Kong: its general holidays, the hours of the Small Claims Tribunal's
// registry and accounts office, and how Cap. 1 s. 71 counts periods of days.
//
// [Registry] and [Accounts] give the two offices. Each has two readings. [Announced], the default, follows the Judiciary's statements:
// open from 08:45 to 17:30, the lunch hour and the closing instant included. [Statutory] takes the definition of closure time in
// Cap. 638H r. 2 word for word: closed in the lunch hour and from the closing instant on.
//
// [Ordinary] counts by Cap. 1 s. 71(1), [CourtOffice] by s. 71(1A), for acts at a court office.
//
// The holidays of 1998 to 2027 are rows of a table, each with its status; those of 2028 to 2100 follow from the Holidays Ordinance and a
// table of festivals and are marked as projected. Closures and warnings are not part of the package: hand them over as they are
// announced.
//
// What was not read is marked: the rule of Cap. 638H that says when a document is received (only its definitions were read), the
// definition of a closure day in Cap. 1 s. 71(2), the hours before 2016. The answers that rest on it carry the status Inferred or
// Assumed.
package hk
