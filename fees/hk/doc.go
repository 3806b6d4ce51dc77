// Package hk holds the fees of the courts of Hong Kong as data for package fees: today those of the Small Claims Tribunal.
//
// The table is the file sct.json, with the source and the certainty of every number. In short: the filing bands since
// 3 Dec 2018 are Secondary (law firms' notes), the amounts of the bands before that and the paper fee of a search are
// Inferred, the rate of the concession is Confirmed, its last day (30 Oct 2027) is Inferred, and that a conceded fee is rounded
// down to the whole dollar is Assumed. An item that nobody could confirm is absent, a time that no source covers is Unknown.
//
// To add an edition of a fee, give the last edition in sct.json its until and append one that begins there, name the source
// in provisions with an honest status, and raise the version. The tests read the file and refuse a gap or an overlap.
//
// A schedule prices as of the instant it is given. Which instant that is (the submission, or the deemed receipt on the next day
// the registry is open) is for the caller to decide: around the last day of the concession it makes a difference.
package hk
