package filing

import (
	"fmt"
	"slices"
	"strings"

	"courts.example/eservices/icms/money"
)

// ClaimWriter writes claims to a bulk file that the [Format] of the same kind reads back as the same claims: text comes back
// without spaces around it. Close writes what is still held; it doesn't close what lies underneath.
type ClaimWriter interface {
	Write(Claim) error
	Close() error
}

// WriteOptions say how to write a bulk file. The zero value is useful.
type WriteOptions struct {
	// Control are the control totals for the header.
	Control Control
	// Defendants is for how many defendants a file with columns has columns; 0 means 1.
	Defendants int
	// Languages are the languages of the headings; none means the columns' names. More than one gives headings in all of them.
	Languages []string
}

// Headings gives the row of headings of a file with columns for so many defendants, as WriteOptions.Languages says.
func Headings(defendants int, languages ...string) []string {
	var out []string
	for _, at := range layout(defendants) {
		column := at.of.column(at.number)
		heading := column.Name
		if len(languages) > 0 {
			var titles []string
			for _, language := range languages {
				if title := column.Title.In(language); !slices.Contains(titles, title) {
					titles = append(titles, title)
				}
			}
			heading = strings.Join(titles, " ")
		}
		out = append(out, heading)
	}
	return out
}

// placed is a column at its place in a file: for which defendant it is.
type placed struct {
	of     columnOf
	number int
}

// layout lists the columns of a file: those of the further defendants stand behind those of the first.
func layout(defendants int) []placed {
	defendants = min(max(defendants, 1), maxDefendants)
	var out []placed
	table := columnTable()
	for i := 0; i < len(table); i++ {
		if table[i].field < fieldPartyName {
			out = append(out, placed{table[i], 1})
			continue
		}
		from := i
		for i+1 < len(table) && table[i+1].field >= fieldPartyName {
			i++
		}
		for number := 1; number <= defendants; number++ {
			for _, c := range table[from : i+1] {
				out = append(out, placed{c, number})
			}
		}
	}
	return out
}

// Cells gives the claim as the texts of a row under Headings of as many defendants. What a row can't say is an error: more
// defendants than that, or a document's name with a separator in it.
func Cells(c Claim, defendants int) ([]string, error) {
	if room := min(max(defendants, 1), maxDefendants); len(c.Defendants) > room {
		return nil, fmt.Errorf("filing: claim %q has %d defendants, the file has columns for %d", c.Reference, len(c.Defendants), room)
	}
	for _, name := range c.Documents {
		if got := splitDocuments(name); len(got) != 1 || got[0] != name {
			return nil, fmt.Errorf("filing: claim %q: a cell can't hold the document name %q: names in it are separated by semicolons", c.Reference, name)
		}
	}
	columns := layout(defendants)
	out := make([]string, len(columns))
	for i, at := range columns {
		var party Party
		if at.number <= len(c.Defendants) {
			party = c.Defendants[at.number-1]
		}
		out[i] = cellText(&c, &party, at.of.field)
	}
	return out, nil
}

func cellText(c *Claim, party *Party, f field) string {
	switch f {
	case fieldReference:
		return c.Reference
	case fieldCategory:
		return string(c.Category)
	case fieldAmount:
		return amountText(c.Amount)
	case fieldAbandoned:
		return amountText(c.Abandoned)
	case fieldPartyName:
		return party.Name
	case fieldPartyChinese:
		return party.Chinese
	case fieldPartyAddress:
		return party.Address
	case fieldPartyKind:
		return string(party.Kind)
	case fieldNature:
		return c.Nature
	case fieldParticulars:
		return c.Particulars
	case fieldCalculation:
		return c.Calculation
	case fieldAroseOn:
		return c.AroseOn.String()
	case fieldRepresentative:
		return c.Representative
	case fieldLanguage:
		return c.Language
	case fieldDocuments:
		return strings.Join(c.Documents, ";")
	}
	return ""
}

func amountText(a money.Amount) string {
	if a.Currency().IsZero() {
		return ""
	}
	return a.String()
}
