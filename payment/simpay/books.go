package simpay

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// books are all that the Sim knows, in tables with their indexes. Rows are changed in place by who holds the Sim's lock, and put again
// after every change.
type books struct {
	sessions    map[string]*session
	byReference map[string]*session
	byToken     map[string]*session
	charges     map[string]*charge
	refunds     map[string]*refund
	refundByRef map[string]*refund
	disputes    map[string]*dispute
	keys        map[string]*usedKey
	notices     map[int]*notice
	flights     map[int]*flight
	ledger      settlement
	settings    *settings

	// last is the last number given in each table.
	last map[string]int
	due  dueQueue
	// dirty are the rows put since the journal was last written, in that order.
	dirty []row
	known map[row]bool
}

func newBooks() books {
	return books{
		sessions: map[string]*session{}, byReference: map[string]*session{}, byToken: map[string]*session{},
		charges: map[string]*charge{}, refunds: map[string]*refund{}, refundByRef: map[string]*refund{},
		disputes: map[string]*dispute{}, keys: map[string]*usedKey{}, ledger: newSettlement(),
		notices: map[int]*notice{}, flights: map[int]*flight{}, settings: &settings{},
		last: map[string]int{}, due: dueQueue{queued: map[due]bool{}}, known: map[row]bool{},
	}
}

// number gives the next number of a table, and the id made of it.
func (b *books) number(kind string) (int, string) {
	b.last[kind]++
	return b.last[kind], idOf(kind, b.last[kind])
}

func idOf(kind string, n int) string { return fmt.Sprintf("%s-%06d", kind, n) }

// put enters a row, or its new contents, and remembers it for the journal.
func (b *books) put(r row) {
	b.enter(r)
	if !b.known[r] {
		b.known[r] = true
		b.dirty = append(b.dirty, r)
	}
}

// taken gives the rows that were put, and forgets that they were.
func (b *books) taken() []row {
	rows := b.dirty
	b.dirty = nil
	clear(b.known)
	return rows
}

// enter puts a row into its table and indexes, and queues what comes due of it.
func (b *books) enter(r row) {
	switch r := r.(type) {
	case *session:
		b.sessions[r.ID], b.byReference[r.Reference], b.byToken[r.Token] = r, r, r
		b.count("session", r.N)
		b.due.session(r)
	case *charge:
		b.charges[r.ID] = r
		b.count("charge", r.N)
	case *refund:
		b.refunds[r.ID], b.refundByRef[r.Reference] = r, r
		b.count("refund", r.N)
		b.due.add(r.Due, dueRefund, r.ID)
	case *dispute:
		b.disputes[r.ID] = r
		b.count("dispute", r.N)
	case *usedKey:
		b.keys[r.Key] = r
		b.due.add(r.Until, dueKey, r.Key)
	case *notice:
		b.count("notice", r.N)
		if b.notices[r.N] = r; r.Done {
			delete(b.notices, r.N)
		}
	case *flight:
		b.count("flight", r.N)
		b.flights[r.N] = r
		b.due.add(r.Due, dueFlight, strconv.Itoa(r.N))
		if r.Done {
			delete(b.flights, r.N)
		}
	case *line:
		b.count("line", r.N)
		b.ledger.enter(r)
		b.due.add(r.ClosesAt, dueDay, r.PayDate)
	case *settings:
		b.settings = r
	}
}

func (b *books) count(kind string, n int) { b.last[kind] = max(b.last[kind], n) }

// entry is a row as the journal keeps it.
type entry struct {
	Kind string          `json:"kind"`
	Row  json.RawMessage `json:"row"`
}

func encodeRows(rows []row) ([]byte, error) {
	entries := make([]entry, len(rows))
	for i, r := range rows {
		body, err := json.Marshal(r)
		if err != nil {
			return nil, err
		}
		entries[i] = entry{r.kind(), body}
	}
	return json.Marshal(entries)
}

// blank gives an empty row of a table.
func blank(kind string) row {
	for _, r := range []row{
		&session{}, &charge{}, &refund{}, &dispute{}, &usedKey{}, &notice{}, &flight{}, &line{}, &settings{},
	} {
		if r.kind() == kind {
			return r
		}
	}
	return nil
}

// replay enters all that a journal holds.
func (b *books) replay(j Journal) error {
	n := 0
	for text, err := range j.Entries() {
		if err != nil {
			return fmt.Errorf("%w: %w", ErrJournal, err)
		}
		n++
		var entries []entry
		if err := json.Unmarshal(text, &entries); err != nil {
			return fmt.Errorf("%w: entry %d: %w", ErrJournal, n, err)
		}
		for _, e := range entries {
			r := blank(e.Kind)
			if r == nil {
				return fmt.Errorf("%w: entry %d has a row of the kind %.40q: it was written by another version", ErrJournal, n, e.Kind)
			}
			if err := json.Unmarshal(e.Row, r); err != nil {
				return fmt.Errorf("%w: entry %d, %s: %w", ErrJournal, n, e.Kind, err)
			}
			b.enter(r)
		}
	}
	return nil
}
