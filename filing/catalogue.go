package filing

import (
	"slices"
	"strings"
	"sync"

	"courts.example/eservices/icms/law"
)

//go:generate go test -run ^TestCodesFile$ -update .

// Entry is one code of the catalogue: what its findings say, and what to do about them.
type Entry struct {
	Code Code `json:"code"`
	// Severity is what a finding of the code does.
	Severity Severity `json:"severity"`
	// Text is the sentence, with {name} placeholders for the values of the finding.
	Text law.Text `json:"text"`
	// Rule says in one English line what is checked.
	Rule string `json:"rule"`
	// Remedy says what the user can do.
	Remedy law.Text `json:"remedy"`
}

// Catalogue lists every code that this package and its readers can give, sorted by code. CODES.md shows the same list. The rules
// that a court adds have their codes in the court's [Policy].
func Catalogue() []Entry { return slices.Clone(catalogue()) }

// Describe finds the entry of a code in the catalogue.
func Describe(code Code) (Entry, bool) {
	all := catalogue()
	i, ok := slices.BinarySearchFunc(all, code, func(e Entry, c Code) int { return strings.Compare(string(e.Code), string(c)) })
	if !ok {
		return Entry{}, false
	}
	return all[i], true
}

// catalogue is built once, on first use, and never changed.
var catalogue = sync.OnceValue(func() []Entry {
	all := slices.Concat(batchEntries(), claimEntries(), partyEntries(), textEntries(), documentEntries(), cellEntries(), submissionEntries(), courtEntries(),
		accessEntries(), memberEntries(), inspectionEntries(), requestEntries())
	slices.SortFunc(all, func(a, b Entry) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return all
})
