package model

// Variant is the design without some of its rules.
type Variant struct {
	Name string
	Off  Rules
}

// Variants are the design, the combinations that show what its rules protect from, and the design without each single rule.
func Variants() []Variant {
	v := []Variant{
		{Name: "the full design"},
		{Name: "no keys, and a state in place of payments", Off: Of(KeepKeys, ListPayments)},
		{Name: "not found is failed, late money ignored", Off: Of(NotFoundWaits, LateCounts)},
		{Name: "closes over an active attempt, late money ignored", Off: Of(CloseFree, LateCounts)},
	}
	for r := range rules {
		if r != Reconcile { // every variant is run with and without
			v = append(v, Variant{Name: "without: " + r.String(), Off: Of(r)})
		}
	}
	return v
}
