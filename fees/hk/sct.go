package hk

import (
	_ "embed"

	"courts.example/eservices/fees"
)

// The items of the Small Claims Tribunal.
const (
	// Filing is the filing of a claim, by the amount claimed.
	Filing = "filing"
	// Search is one register search.
	Search = "search"
)

//go:embed sct.json
var smallClaims []byte

// SmallClaims gives the fees of the Small Claims Tribunal: the items Filing and Search, in HKD, on paper and, since 31 Oct 2024,
// electronically. Keep the schedule: it is read and proven anew at each call.
func SmallClaims() (*fees.Schedule, error) {
	return fees.Load(smallClaims)
}
