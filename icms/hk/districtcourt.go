package hk

import (
	_ "embed"

	"courts.example/eservices/icms/tables"
)

//go:embed districtcourt.json
var districtCourt []byte

// District gives the District Court as the document of package icms/tables: hours, holidays of 2022 to 2027 as published and to 2037 by rule, the
// four types of case in the system, payment, search and its fee, time limits. What was not read stays unknown: the tariff, so that no claim can be priced
// and none is taken until an operator who knows it writes it in; the limits of jurisdiction; the kinds of later paper, of which none is taken;
// hearings; the form of case numbers, which is assumed. Keep the tables: they are read and proven anew at each call.
func District() (*tables.Tables, error) { return tables.Load(districtCourt) }
