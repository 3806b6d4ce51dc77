package payment_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment/internal/model"
)

// Why some rows make no difference.
const (
	notAsked   = "nothing asks for it"
	onRecord   = "a payment on record is a success, whatever is reported"
	meanwhile  = "what people see meanwhile; it ends alike"
	oneEnd     = "no attempt that ended one way is reported to have ended another"
	notShown   = "nobody pays on a page that was not shown"
	setAside   = "money is set aside for orders that are open or being paid, whatever the table says"
	isReleased = "the order is released first, and closed then"
)

// harmless are the changes of one row by which nothing goes wrong, and why.
func harmless() map[string]string {
	return map[string]string{
		"order reserved: no cancel": isReleased,
		"order reserved: end":       notAsked,
		"order paying: release":     notAsked,
		"order paid: release":       notAsked,
		"order paid: end":           notAsked,
		"order expired: release":    notAsked,
		"order expired: end":        notAsked,
		"order cancelled: release":  notAsked,
		"order cancelled: end":      notAsked,
		"order expired: pay":        setAside,
		"order cancelled: pay":      setAside,

		"attempt unknown: not processing": meanwhile,
		"attempt unknown: not authorised": notShown,
		"attempt pending: not processing": meanwhile,
		"attempt processing: not pending": meanwhile,
		"attempt authorised: pending":     meanwhile,
		"attempt authorised: processing":  meanwhile,
		"attempt succeeded: pending":      onRecord,
		"attempt succeeded: processing":   onRecord,
		"attempt succeeded: authorised":   onRecord,
		"attempt succeeded: failed":       onRecord,
		"attempt succeeded: cancelled":    onRecord,
		"attempt succeeded: expired":      onRecord,
		"attempt failed: cancelled":       oneEnd,
		"attempt failed: expired":         oneEnd,
		"attempt cancelled: failed":       oneEnd,
		"attempt cancelled: expired":      oneEnd,
		"attempt expired: failed":         oneEnd,
		"attempt expired: cancelled":      oneEnd,

		"operation unknown: not pending": meanwhile,
		"operation unknown: not review":  meanwhile,
		"operation pending: not review":  meanwhile,
		"operation review: pending":      meanwhile,
	}
}

// TestEveryRowMatters leaves every row of the tables out, puts in every row that is not there, and makes every state of attempts active or
// inactive, one at a time. The exploration must find a fault, or that something good never happens any more.
func TestEveryRowMatters(t *testing.T) {
	if testing.Short() {
		t.Skip("long: it runs where -short is not asked for")
	}
	columns := slices.DeleteFunc(model.Columns(), func(c model.Column) bool { return c.FirstLate }) // large, and finds nothing more
	full := make([]*model.Result, len(columns))
	for i, c := range columns {
		var err error
		full[i], err = model.Run(c.Scenario, model.Full())
		require.NoError(t, err)
	}
	known := harmless()
	caught := make(chan bool, len(model.Mutations()))
	t.Run("rows", func(t *testing.T) {
		for _, m := range model.Mutations() {
			why, spared := known[m.Name]
			delete(known, m.Name)
			t.Run(m.Name, func(t *testing.T) {
				t.Parallel()
				found := damage(t, columns, full, m)
				if spared {
					require.Empty(t, found, "it does matter, though %s", why)
					return
				}
				require.NotEmpty(t, found, "the row makes no difference")
				t.Log(found)
				caught <- true
			})
		}
	})
	require.Empty(t, known, "no such rows")
	t.Logf("%d of %d changes of a row are caught; the others can do no harm", len(caught), len(model.Mutations()))
}

// damage is what a change of the tables does.
func damage(t *testing.T, columns []model.Column, full []*model.Result, m model.Mutation) string {
	t.Helper()
	d := model.Full()
	d.Tables = m.Tables
	for i, c := range columns {
		if !m.Matters(full[i].Places) {
			continue
		}
		r, err := model.Breaks(c.Scenario, d)
		require.NoError(t, err)
		if f, _ := r.Worst(); f != "" {
			return c.Name + ": " + string(f)
		}
		if missing := full[i].Outcomes &^ r.Outcomes; missing != 0 {
			return c.Name + ": never " + missing.String()
		}
	}
	return ""
}
