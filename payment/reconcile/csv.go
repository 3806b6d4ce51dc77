package reconcile

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// Columns are the columns of a settlement file: its first row names each of them once, in any order, and nothing else.
//
//	id          the line's own id, unique at the gateway
//	kind        payment, refund, dispute, fee, payout
//	payment     the gateway's payment
//	reference   our attempt or refund
//	currency    ISO 4217
//	gross       a plain decimal; refunds and lost disputes are negative
//	fee         what the gateway keeps
//	net         gross less fee
//	value_date  2006-01-02
//	batch       the payout that the line is in; empty while it is in none
func Columns() []string {
	return []string{"id", "kind", "payment", "reference", "currency", "gross", "fee", "net", "value_date", "batch"}
}

// ReadCSV reads a settlement file row by row: comma-separated values in UTF-8 as RFC 4180 has them, with or without a byte order mark.
// Nothing but empty lines is skipped, nothing guessed or trimmed: the first error ends the reading, and names the line. It wraps ErrInvalid, ErrTooLarge for
// a row or a number of rows beyond the limits, or is the reader's own. Its memory does not grow with the file.
func ReadCSV(r io.Reader) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		c := newCSV(r)
		if err := c.heading(); err != nil {
			yield(Row{}, err)
			return
		}
		for n := 1; ; n++ {
			row, err := c.row()
			switch {
			case errors.Is(err, io.EOF):
				return
			case err == nil && n > MaxLines:
				err = fmt.Errorf("%w: line %d: more than %d lines", ErrTooLarge, row.Number, MaxLines)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// csvReader reads rows by the names of their columns.
type csvReader struct {
	in     *csv.Reader
	budget *budget
	place  map[string]int
}

func newCSV(r io.Reader) *csvReader {
	b := &budget{r: r, left: maxRow}
	in := csv.NewReader(b)
	in.ReuseRecord, in.FieldsPerRecord = true, -1
	return &csvReader{in: in, budget: b}
}

// heading reads the first row.
func (c *csvReader) heading() error {
	record, err := c.record()
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: the file has no heading", ErrEmpty)
	}
	if err != nil {
		return err
	}
	record[0] = strings.TrimPrefix(record[0], "\ufeff")
	c.place = make(map[string]int, len(record))
	for i, name := range record {
		if _, twice := c.place[name]; twice || !slices.Contains(Columns(), name) {
			return fmt.Errorf("%w: line 1: column %d is not one of %q, or comes twice", ErrInvalid, i+1, Columns())
		}
		c.place[strings.Clone(name)] = i
	}
	for _, name := range Columns() {
		if _, ok := c.place[name]; !ok {
			return fmt.Errorf("%w: line 1: there is no column %q", ErrInvalid, name)
		}
	}
	return nil
}

// record reads one record, at most maxRow bytes of it, in UTF-8. What it says of a fault does not repeat what the file says.
func (c *csvReader) record() ([]string, error) {
	c.budget.left = maxRow
	record, err := c.in.Read()
	if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
		return nil, fmt.Errorf("%w: line %d: %w", ErrInvalid, parse.Line, parse.Err)
	}
	if err != nil {
		return nil, err
	}
	for i, cell := range record {
		if !utf8.ValidString(cell) {
			line, _ := c.in.FieldPos(i)
			return nil, fmt.Errorf("%w: line %d: column %d is not UTF-8", ErrInvalid, line, i+1)
		}
	}
	return record, nil
}

// row reads and checks one line.
func (c *csvReader) row() (Row, error) {
	record, err := c.record()
	if err != nil {
		return Row{}, err
	}
	line, _ := c.in.FieldPos(0)
	if len(record) != len(c.place) {
		return Row{}, fmt.Errorf("%w: line %d: it has %d columns, the heading has %d", ErrInvalid, line, len(record), len(c.place))
	}
	cell := func(name string) string { return strings.Clone(record[c.place[name]]) }
	row := Row{Number: line, SettlementLine: payment.SettlementLine{
		ID: cell("id"), Kind: payment.SettlementKind(cell("kind")), PaymentID: cell("payment"), Reference: cell("reference"),
		ValueDate: cell("value_date"), Batch: cell("batch"),
	}}
	currency, err := money.ParseCurrency(cell("currency"))
	if err != nil {
		return Row{}, fmt.Errorf("%w: line %d: the currency is none", ErrInvalid, line)
	}
	for _, a := range []struct {
		name string
		into *money.Amount
	}{{"gross", &row.Gross}, {"fee", &row.Fee}, {"net", &row.Net}} {
		if *a.into, err = money.Parse(cell(a.name), currency); err != nil {
			return Row{}, fmt.Errorf("%w: line %d: %s is no amount of %s", ErrInvalid, line, a.name, currency)
		}
	}
	return row.checked()
}

// budget refuses a row that goes on for too long: csv.Reader would read all of an open quotation into memory.
type budget struct {
	r    io.Reader
	left int
}

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fmt.Errorf("%w: a row has more than %d bytes", ErrTooLarge, maxRow)
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
