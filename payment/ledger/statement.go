package ledger

import (
	"context"
	"fmt"
	"time"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/store"
	"courts.example/eservices/payment/internal/key"
)

// StatementQuery asks for the entries of an account in [From, Until) by their value instants. A caller who thinks in dates gives the
// instants at which they begin in its zone.
type StatementQuery struct {
	Account AccountID
	// Currency is needed for accounts that are not deposit accounts; the zero Currency takes that of the deposit account.
	Currency money.Currency
	// From and Until bound the value instants, half-open; zero is open on that side.
	From, Until time.Time
	// After is Next of the page before, of the same query; empty for the first page.
	After string
	// Limit is the largest number of lines of a page, at most 1,000; 0 means 100.
	Limit int
}

// Statement is a page of a statement of account, in the order of value instants, then of commit. All pages of one statement show
// the ledger as it was when the first was read: entries committed later are left out, also those with an earlier value instant.
type Statement struct {
	Account  AccountID
	Currency money.Currency
	// Opening is the balance before the first line of this page, Closing the balance after its last: on the last page, the closing
	// balance of the statement. Amounts held are not in it, they are not posted.
	Opening, Closing money.Amount
	Lines            []Line
	// Next reads the next page; empty on the last. A page may have fewer lines than the limit, even none, and still have a next.
	Next string
}

// Line is one entry as it stands in a statement.
type Line struct {
	Entry     string
	Kind      EntryKind
	Ref, Note string
	// At is the instant of booking, Value the instant by which the statement counts it.
	At, Value time.Time
	// Amount is what the entry posted to the account, Balance the balance after it.
	Amount, Balance money.Amount
}

// Statement reads a page of an account's entries. The first page reads the entries before From too, to sum up its opening
// balance. Errors: ErrInvalid, ErrNoAccount, money.ErrCurrency.
func (l *Ledger) Statement(ctx context.Context, q StatementQuery) (Statement, error) {
	c, err := l.statementCurrency(ctx, q)
	if err != nil {
		return Statement{}, err
	}
	m, err := l.statementStart(ctx, q, c)
	if err != nil {
		return Statement{}, err
	}
	s := Statement{Account: q.Account, Currency: c, Opening: money.New(m.Balance, c), Closing: money.New(m.Balance, c)}
	query := statementKeys(q.Account, c, q.From, q.Until)
	query.After, query.Limit = m.After, q.Limit
	page, err := l.store.List(ctx, query)
	if err != nil {
		return Statement{}, fmt.Errorf("ledger: statement of %s: %w", q.Account, err)
	}
	for _, r := range page.Records {
		if r.Seq > m.Last {
			continue
		}
		e, err := decodeEntry(r)
		if err != nil {
			return Statement{}, err
		}
		if err := s.add(e); err != nil {
			return Statement{}, err
		}
	}
	if page.Next != "" {
		m.After, m.Balance = page.Next, s.Closing.Minor()
		s.Next = m.encode()
	}
	return s, nil
}

// add appends an entry's line and carries the balance on.
func (s *Statement) add(e Entry) error {
	amount := e.Of(s.Account)
	balance, err := s.Closing.Add(amount)
	if err != nil {
		return fmt.Errorf("ledger: statement of %s at entry %q: %w", s.Account, e.ID, err)
	}
	s.Closing = balance
	s.Lines = append(s.Lines, Line{
		Entry: e.ID, Kind: e.Kind, Ref: e.Ref, Note: e.Note, At: e.At, Value: e.ValueAt(), Amount: amount, Balance: balance,
	})
	return nil
}

// statementCurrency checks the account and gives the currency of its statement.
func (l *Ledger) statementCurrency(ctx context.Context, q StatementQuery) (money.Currency, error) {
	if err := q.Account.Check(); err != nil {
		return money.Currency{}, err
	}
	if !q.Account.guarded() {
		if q.Currency.IsZero() {
			return money.Currency{}, fmt.Errorf("%w: the statement of %s needs a currency", ErrInvalid, q.Account)
		}
		return q.Currency, nil
	}
	a, err := l.Account(ctx, q.Account)
	if err != nil {
		return money.Currency{}, err
	}
	if !q.Currency.IsZero() && q.Currency != a.Currency {
		return money.Currency{}, fmt.Errorf("%w: %s is kept in %s, not in %s", money.ErrCurrency, a.ID, a.Currency, q.Currency)
	}
	return a.Currency, nil
}

// statementStart gives the mark of the page before or, for the first page, fixes what counts and sums up what came before.
func (l *Ledger) statementStart(ctx context.Context, q StatementQuery, c money.Currency) (mark, error) {
	name := digest([]string{string(q.Account), c.Code(), timeKey(q.From), timeKey(q.Until)})[:16]
	if q.After != "" {
		m, err := decodeMark(q.After)
		if err != nil || m.Query != name {
			return mark{}, fmt.Errorf("%w: After is not the Next of a page of this statement", ErrInvalid)
		}
		return m, nil
	}
	m := mark{Query: name}
	last, err := l.store.List(ctx, store.Query{Index: indexJournal, From: c.Code(), Until: key.After(c.Code()), Descending: true, Limit: 1})
	if err != nil {
		return mark{}, fmt.Errorf("ledger: statement of %s: %w", q.Account, err)
	}
	if len(last.Records) == 0 {
		return m, nil
	}
	m.Last = last.Records[0].Seq
	if q.From.IsZero() {
		return m, nil
	}
	m.Balance, err = l.before(ctx, q, c, m.Last)
	return m, err
}

// before sums up the entries with value instants before From that count.
func (l *Ledger) before(ctx context.Context, q StatementQuery, c money.Currency, last int64) (int64, error) {
	earlier := statementKeys(q.Account, c, time.Time{}, q.From)
	earlier.Limit = pageSize
	sum := Statement{Account: q.Account, Closing: money.New(0, c)}
	for {
		page, err := l.store.List(ctx, earlier)
		if err != nil {
			return 0, fmt.Errorf("ledger: statement of %s: %w", q.Account, err)
		}
		sum.Lines = sum.Lines[:0]
		for _, r := range page.Records {
			if r.Seq > last {
				continue
			}
			e, err := decodeEntry(r)
			if err != nil {
				return 0, err
			}
			if err := sum.add(e); err != nil {
				return 0, err
			}
		}
		if earlier.After = page.Next; page.Next == "" {
			return sum.Closing.Minor(), nil
		}
	}
}

// pageSize is how many records are read at a time where all of them are needed.
const pageSize = 1000

// statementKeys bounds the statement index to an account and a range of value instants.
func statementKeys(a AccountID, c money.Currency, from, until time.Time) store.Query {
	prefix := key.Join(c.Code(), string(a))
	q := store.Query{Index: indexStatement, From: key.Join(prefix, timeKey(from)), Until: key.After(prefix)}
	if !until.IsZero() {
		q.Until = key.Join(prefix, timeKey(until))
	}
	return q
}

func timeKey(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return key.Time(t)
}
