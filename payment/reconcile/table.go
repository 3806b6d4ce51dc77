package reconcile

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"courts.example/eservices/icms/money"
)

// Table is a part of a report, or a list of breaks, for people.
type Table struct {
	Name    string
	Columns []string
	Rows    [][]string
}

// WriteCSV writes the table with a heading as comma-separated values. A cell that a spreadsheet would take for a formula begins with an
// apostrophe; numbers stay numbers.
func (t Table) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	for _, row := range append([][]string{t.Columns}, t.Rows...) {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = harmless(cell)
		}
		if err := out.Write(safe); err != nil {
			return fmt.Errorf("reconcile: table %s: %w", t.Name, err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("reconcile: table %s: %w", t.Name, err)
	}
	return nil
}

// WriteText writes the table with its name and a heading in columns, for a screen or a printer.
func (t Table) WriteText(w io.Writer) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, t.Name)
	for _, row := range append([][]string{t.Columns}, t.Rows...) {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = plainText(cell)
		}
		fmt.Fprintln(out, strings.Join(cells, "\t"))
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("reconcile: table %s: %w", t.Name, err)
	}
	return nil
}

// harmless is a cell that no spreadsheet takes for a formula.
func harmless(cell string) string {
	trimmed := strings.TrimLeftFunc(cell, unicode.IsSpace)
	if trimmed == "" || !strings.ContainsAny(trimmed[:1], "=+-@|%") && !strings.ContainsAny(cell[:1], "\t\r\n") && !wide(trimmed) {
		return cell
	}
	if _, err := strconv.ParseFloat(cell, 64); err == nil && strings.Trim(cell, "-0123456789.") == "" {
		return cell
	}
	return "'" + cell
}

// wide reports whether a text begins with the full-width form of a character that begins formulas.
func wide(s string) bool {
	return strings.HasPrefix(s, "＝") || strings.HasPrefix(s, "＋") || strings.HasPrefix(s, "－") || strings.HasPrefix(s, "＠")
}

// plainText is a cell without what would break the columns, or move the cursor of a terminal.
func plainText(cell string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, cell)
}

// Tables gives the parts of the report as tables: takings, deposits, unallocated, unknown, breaks. Amounts stand without their currency, which has a
// column of its own; instants are in UTC.
func (r Report) Tables() []Table {
	takings := Table{Name: "takings", Columns: []string{"court", "item", "currency", "receipts", "count", "amount", "booked", "returned", "net"}}
	for _, t := range r.Takings {
		takings.add(t.Court, t.Item, t.Currency, t.Receipts, t.Count, t.Amount, t.Booked, t.Returned, t.Net)
	}
	deposits := Table{Name: "deposits", Columns: []string{"account", "currency", "opening", "in", "out", "closing", "entries"}}
	for _, d := range r.Deposits {
		deposits.add(d.Account, d.Opening.Currency(), d.Opening, d.In, d.Out, d.Closing, d.Entries)
	}
	unallocated := Table{Name: "unallocated", Columns: []string{"gateway", "payment", "currency", "amount", "left", "attempt", "order", "paid", "recorded"}}
	for _, u := range r.Unallocated {
		unallocated.add(u.Gateway, u.Payment, u.Amount.Currency(), u.Amount, u.Left, u.Attempt, u.Order, u.PaidAt, u.RecordedAt)
	}
	unknown := Table{Name: "unknown", Columns: []string{"attempt", "order", "court", "gateway", "currency", "amount", "since"}}
	for _, u := range r.Unknown {
		unknown.add(u.Attempt, u.Order, u.Court, u.Gateway, u.Amount.Currency(), u.Amount, u.Since)
	}
	breaks := Table{Name: "breaks", Columns: []string{"gateway", "class", "count", "oldest"}}
	for _, b := range r.Breaks {
		breaks.add(b.Gateway, b.Class, b.Count, b.Oldest)
	}
	return []Table{takings, deposits, unallocated, unknown, breaks}
}

// BreakTable gives a list of breaks as a table; ages are in whole days at an instant.
func BreakTable(breaks []Break, now time.Time) Table {
	t := Table{Name: "breaks", Columns: []string{
		"break", "gateway", "class", "state", "owner", "days", "kind", "item", "line", "order", "ours", "theirs", "open", "detail",
	}}
	for _, b := range breaks {
		var open []string
		for _, a := range b.Open {
			open = append(open, a.String())
		}
		t.add(b.ID, b.Gateway, b.Class, b.State, b.Owner, int(b.Age(now)/(24*time.Hour)), b.Kind, b.Item, b.Line, b.Order,
			b.Ours.String(), b.Theirs.String(), strings.Join(open, ", "), b.Detail)
	}
	return t
}

// add adds a row.
func (t *Table) add(cells ...any) {
	row := make([]string, len(cells))
	for i, c := range cells {
		switch c := c.(type) {
		case money.Amount:
			row[i] = c.Plain()
		case time.Time:
			row[i] = c.UTC().Format(time.RFC3339)
		default:
			row[i] = fmt.Sprint(c)
		}
	}
	t.Rows = append(t.Rows, row)
}
