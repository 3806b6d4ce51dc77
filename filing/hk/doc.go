// Package hk holds the rules for claims in Hong Kong's Small Claims Tribunal as data for package filing: the limits of
// jurisdiction, the register of claimants approved to file in bulk, the implementation notice, the natures of claims that the
// tribunal doesn't handle, limitation, and bounds of our own where the published rules are silent or were not read.
//
// The tables are the file sct.json, one row a fact with the place where it was read and how certain it is, so that they can be checked
// without reading Go. Amounts are in Hong Kong dollars, dates are of Hong Kong time (UTC+8).
//
// What nobody could confirm is left out: the limit before the year 2000 is unknown, and a day in that time gives a finding
// that says so. What is "assumed" is a policy of this library and no law; a host that knows better replaces the row in the Policy
// that SmallClaims gives it.
package hk
