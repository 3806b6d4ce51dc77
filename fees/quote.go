package fees

import (
	"fmt"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// Request asks what some uses cost together, as of one instant.
type Request struct {
	// At is the instant whose law applies. Its zone makes no difference.
	At time.Time
	// Asks are the uses, priced in their order.
	Asks []Ask
}

// Ask is one use of an item. Set Units for an item that is priced by the unit, Amount for one whose fee depends on an amount, and
// neither for a flat one.
type Ask struct {
	Item   string
	Mode   Mode
	Amount money.Amount
	Units  int64
}

// Quote is the answer to a Request: a line for each ask, in the same order, and the total.
type Quote struct {
	// Schedule and Version name the data that was used.
	Schedule string `json:"schedule"`
	Version  string `json:"version"`
	// At is the pricing instant in the schedule's zone.
	At    time.Time `json:"at"`
	Lines []Line    `json:"lines"`
	Total Total     `json:"total"`
}

// Quote prices a request. The first ask that can't be priced ends it with the error of [Schedule.Pricer], [Pricer.Line] or
// [Pricer.Units], which names the ask by its number from 1. Beyond the lines it returns it allocates nothing for an ask.
func (s *Schedule) Quote(r Request) (Quote, error) {
	q := Quote{Schedule: s.name, Version: s.version, At: r.At.In(s.zone), Lines: make([]Line, len(r.Asks))}
	pricers := map[itemMode]*counted{}
	var last *counted
	sum := sum{currency: s.currency}
	for i := range r.Asks {
		ask, line := &r.Asks[i], &q.Lines[i]
		err := error(nil)
		if last == nil || last.mode != ask.Mode || last.item != ask.Item {
			last, err = s.cached(pricers, ask, r.At)
		}
		if err == nil && ask.Units == 0 {
			if band := last.ready(line, ask.Amount); band >= 0 {
				last.lines[band]++
				continue
			}
		}
		if err == nil {
			err = last.ask(line, ask)
		}
		if err == nil {
			err = sum.add(line)
		}
		if err != nil {
			return Quote{}, fmt.Errorf("ask %d: %w", i+1, err)
		}
	}
	for _, c := range pricers {
		for band, n := range c.lines {
			if err := sum.addTimes(&c.bases[band].line, n); err != nil {
				return Quote{}, err
			}
		}
	}
	q.Total = sum.total()
	return q, nil
}

// counted is a pricer with the number of lines of each band that cost the same, which are summed up at the end.
type counted struct {
	*Pricer
	lines []int64
}

func (s *Schedule) cached(pricers map[itemMode]*counted, ask *Ask, at time.Time) (*counted, error) {
	if c := pricers[itemMode{ask.Item, ask.Mode}]; c != nil {
		return c, nil
	}
	p, err := s.Pricer(ask.Item, ask.Mode, at)
	if err != nil {
		return nil, err
	}
	c := &counted{Pricer: p, lines: make([]int64, len(p.bases))}
	pricers[itemMode{ask.Item, ask.Mode}] = c
	return c, nil
}

func (p *Pricer) ask(l *Line, a *Ask) (err error) {
	switch {
	case a.Units == 0:
		return p.price(l, a.Amount)
	case a.Amount != money.Amount{}:
		return fmt.Errorf("%w: item %q is asked for by an amount and by units", ErrKind, p.item)
	}
	*l, err = p.Units(a.Units)
	return err
}

// Reason joins the reasons of all lines; meant for a quote of a few.
func (q Quote) Reason() law.Reason {
	var r law.Reason
	for _, l := range q.Lines {
		r = r.Append(l.Reason())
	}
	return r
}
