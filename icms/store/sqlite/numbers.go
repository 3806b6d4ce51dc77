package sqlite

import (
	"context"
	"fmt"
	"math"

	"courts.example/eservices/icms/store"
)

const (
	sumRead       = `SELECT value FROM icms_sum WHERE name = ?`
	sumWrite      = `INSERT INTO icms_sum (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	sequenceRead  = `SELECT last FROM icms_sequence WHERE name = ?`
	sequenceWrite = `INSERT INTO icms_sequence (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last`
)

// numbers adds to the sums and draws from the sequences, and gives the first number of each draw. Each name is read and written
// once, however often the change names it.
func (w *writing) numbers(ctx context.Context, c store.Change) ([]int64, error) {
	sums := tally{q: w.q, read: sumRead, write: sumWrite}
	for _, s := range c.Sums {
		have, err := sums.get(ctx, s.Name)
		if err != nil {
			return nil, err
		}
		if overflows(have, s.Delta) {
			return nil, fmt.Errorf("%w: the sum %s has %d, a change of %d would pass the range of 64 bits", store.ErrInvalid, s.Name, have, s.Delta)
		}
		if s.HasFloor && have+s.Delta < s.Floor {
			return nil, &store.ShortError{Name: s.Name, Have: have, Delta: s.Delta, Floor: s.Floor}
		}
		sums.set(s.Name, have+s.Delta)
	}
	if err := sums.save(ctx); err != nil {
		return nil, err
	}
	sequences := tally{q: w.q, read: sequenceRead, write: sequenceWrite}
	var first []int64
	for _, d := range c.Draw {
		last, err := sequences.get(ctx, d.Sequence)
		if err != nil {
			return nil, err
		}
		if overflows(last, d.Count) {
			return nil, fmt.Errorf("%w: the sequence %s has no %d numbers left", store.ErrInvalid, d.Sequence, d.Count)
		}
		first = append(first, last+1)
		sequences.set(d.Sequence, last+d.Count)
	}
	return first, sequences.save(ctx)
}

func overflows(a, b int64) bool {
	return b > 0 && a > math.MaxInt64-b || b < 0 && a < math.MinInt64-b
}

// tally holds the named numbers that a change touches, from the first reading to the writing at its end.
type tally struct {
	q           *session
	read, write string
	values      map[string]int64
	order       []string
}

func (t *tally) get(ctx context.Context, name string) (int64, error) {
	if v, there := t.values[name]; there {
		return v, nil
	}
	var v int64
	_, err := t.q.row(ctx, t.read, []any{name}, &v)
	return v, err
}

func (t *tally) set(name string, v int64) {
	if t.values == nil {
		t.values = map[string]int64{}
	}
	if _, there := t.values[name]; !there {
		t.order = append(t.order, name)
	}
	t.values[name] = v
}

func (t *tally) save(ctx context.Context) error {
	for _, name := range t.order {
		if _, err := t.q.exec(ctx, t.write, name, t.values[name]); err != nil {
			return err
		}
	}
	return nil
}
