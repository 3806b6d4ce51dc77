// Package hk assembles the courts of Hong Kong from the tables beside each engine: offices from calendar/hk, fees from fees/hk, rules
// from filing/hk, and the named policies by which the counter decides where the law is silent or could not be read.
//
// [SmallClaims] is the Small Claims Tribunal as the integrated Court Case Management System (iCMS) serves it since 31 October 2024:
// bulk claims from claimants approved by the Principal Adjudicator. The operative receipt rule of Cap. 638H, its fee rules and its
// practice direction could not be read; what rests on them says so by its status.
package hk
