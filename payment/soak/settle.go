package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"time"

	"courts.example/eservices/payment/reconcile"
)

const dateForm = "2006-01-02"

// settlements are the company's settlements day by day, as they are read by the court.
type settlements struct {
	// start is the date of the beginning, first the first whose lines are not all paid out, next the first that is not over yet.
	start, first, next time.Time
	// files counts what was read, matched is what the comparisons have come to.
	files   int
	matched reconcile.Matched
}

func newSettlements(now time.Time) *settlements {
	today := now.UTC().Truncate(24 * time.Hour)
	return &settlements{start: today, first: today, next: today, matched: reconcile.Matched{Breaks: map[reconcile.Class]int{}}}
}

// read has the court read the settlements of the days that are over.
func (t *settlements) read(ctx context.Context, s *soak) error {
	for now := s.hands.now(); !now.Before(t.next.Add(24*time.Hour + time.Minute)); t.next = t.next.Add(24 * time.Hour) {
		file, paid, err := t.file(ctx, s.company)
		if err != nil {
			return err
		}
		if file != "" {
			told, err := s.desk.ask(ctx, ask{Do: doSettle, Date: t.next.Format(dateForm), File: file})
			if err != nil {
				return fmt.Errorf("settlement of %s: %w", t.next.Format(dateForm), err)
			}
			t.count(told.Matched)
		}
		if paid {
			t.first = t.next.Add(24 * time.Hour)
		}
	}
	return nil
}

// file is the settlement file of the day that is over, with the lines of the days before that are in no payout, or are in one of this day. Paid says
// that nothing in it waits for a payout. It is empty when there is no line.
func (t *settlements) file(ctx context.Context, c *company) (file string, paid bool, err error) {
	var rows [][]string
	paid = true
	for date := t.first; !date.After(t.next); date = date.Add(24 * time.Hour) {
		day, err := dayOf(ctx, c, date)
		if err != nil {
			return "", false, err
		}
		if len(rows) > 0 && len(day) > 0 {
			day = day[1:]
		}
		rows = append(rows, day...)
	}
	if len(rows) == 0 {
		return "", true, nil
	}
	for _, r := range rows[1:] {
		paid = paid && r[len(r)-1] != ""
	}
	var text strings.Builder
	err = csv.NewWriter(&text).WriteAll(rows)
	return text.String(), paid, err
}

// dayOf is the company's settlement of a date, row by row; nothing when it has no lines.
func dayOf(ctx context.Context, c *company, date time.Time) ([][]string, error) {
	var text bytes.Buffer
	if err := c.WriteSettlement(ctx, &text, date.Format(dateForm)); err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(&text).ReadAll()
	if err == nil && len(rows) == 0 {
		err = errors.New("a settlement without a heading")
	}
	if err != nil || len(rows) == 1 {
		return nil, err
	}
	return rows, nil
}

func (t *settlements) count(m reconcile.Matched) {
	t.files++
	t.matched.Lines += m.Lines
	t.matched.Agreed += m.Agreed
	t.matched.Resolved += m.Resolved
	for class, n := range m.Breaks {
		t.matched.Breaks[class] += n
	}
}

// references are our references to everything in the company's settlement.
func (t *settlements) references(ctx context.Context, s *soak) (map[string]bool, error) {
	all := make(map[string]bool)
	for date := t.start; !date.After(s.hands.now()); date = date.Add(24 * time.Hour) {
		rows, err := dayOf(ctx, s.company, date)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			all[r[columnReference]] = true
		}
	}
	return all, nil
}

// The columns of the company's settlement that are looked at.
const (
	columnKind      = 1
	columnPayment   = 2
	columnReference = 3
	columnGross     = 5
)
