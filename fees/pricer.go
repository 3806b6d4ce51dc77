package fees

import (
	"fmt"
	"math"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// Pricer is one item in one mode at one instant, resolved: what is left to do for a line is to find the band. It is immutable
// and safe for any number of goroutines; make one for a batch, not one for a claim.
type Pricer struct {
	schedule   *Schedule
	item       string
	title      law.Text
	mode       Mode
	at         time.Time
	valid      period
	edition    *edition
	use        *electronicItem // electronic mode only
	listed     bool
	concession *concession // nil: none in force
	bases      []basis     // one for each band, in order
	upTo       []int64     // the bands' upper ends
}

// basis is what the lines of one band rest on.
type basis struct {
	pricer    *Pricer // nil when the line was read from JSON
	band      *band
	label     string
	provision law.Provision
	status    law.Status
	ready     bool // whether every line is the same but for its amount
	line      Line // that line; of one unit for perUnit
}

// Pricer resolves an item, a mode and the instant whose law applies; the zone of at makes no difference. Errors wrap ErrItem,
// ErrMode, ErrNoFee or, as a *NotElectronicError, ErrNotElectronic. An item whose fee nobody knows gives a Pricer whose
// lines are Unknown.
func (s *Schedule) Pricer(item string, mode Mode, at time.Time) (*Pricer, error) {
	p := &Pricer{schedule: s, item: item, mode: mode, at: at.In(s.zone)}
	paper, err := p.resolveMode()
	if err != nil {
		return nil, err
	}
	if err := p.resolveEdition(paper); err != nil {
		return nil, err
	}
	p.resolveConcession()
	p.bases, p.upTo = make([]basis, len(p.edition.bands)), make([]int64, len(p.edition.bands))
	for i, b := range p.edition.bands {
		p.upTo[i] = b.upTo
		if err := p.prepare(&p.bases[i], b); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// resolveMode finds the paper item that decides the fee.
func (p *Pricer) resolveMode() (*item, error) {
	paper := p.schedule.item(p.item)
	use, listed := p.schedule.use(p.item)
	switch {
	case p.mode != Paper && p.mode != Electronic:
		return nil, fmt.Errorf("%w: pricing needs paper or electronic, not %v", ErrMode, p.mode)
	case paper == nil && !listed:
		return nil, fmt.Errorf("%w: %.80q; the schedule %s lists %s", ErrItem, p.item, p.schedule.name, p.schedule.names())
	case p.mode == Paper && paper == nil:
		return nil, fmt.Errorf("%w: %q exists electronically only", ErrItem, p.item)
	case p.mode == Paper:
		p.title = paper.title
		return paper, nil
	case use == nil:
		return nil, &NotElectronicError{Item: p.item, At: p.at}
	case !use.contains(p.at):
		return nil, &NotElectronicError{Item: p.item, At: p.at, From: use.from, Until: use.until}
	}
	p.use, p.listed, p.title, p.valid = use, listed, use.words(), use.period
	return use.paper, nil
}

func (p *Pricer) resolveEdition(it *item) error {
	for _, e := range it.editions {
		if e.contains(p.at) {
			p.edition, p.valid = e, p.valid.narrow(e.period)
			return nil
		}
	}
	first, last := it.editions[0], it.editions[len(it.editions)-1]
	if p.at.Before(first.from) {
		return fmt.Errorf("%w: item %q begins on %s, asked for %s", ErrNoFee, p.item, showInstant(first.from), showInstant(p.at))
	}
	return fmt.Errorf("%w: item %q ended before %s, asked for %s", ErrNoFee, p.item, showInstant(last.until), showInstant(p.at))
}

// resolveConcession finds the concession in force and narrows the period in which the answers stay the same.
func (p *Pricer) resolveConcession() {
	for _, c := range p.schedule.concessions {
		switch {
		case !c.covers(p.mode, p.item):
		case c.contains(p.at):
			p.concession, p.valid = c, p.valid.narrow(c.period)
		case p.at.Before(c.from):
			p.valid = p.valid.narrow(period{until: c.from})
		default:
			p.valid = p.valid.narrow(period{from: c.until})
		}
	}
}

// Item is the name that was asked for, Title its words for people.
func (p *Pricer) Item() string { return p.item }

// Title is the item's name for people.
func (p *Pricer) Title() law.Text { return p.title }

// Valid is the longest period around the pricing instant in which every line would be the same, half-open; a zero end is open.
// A cache of pricers needs no other rule.
func (p *Pricer) Valid() (from, until time.Time) { return p.valid.from, p.valid.until }

// Line prices one use for an amount, such as a claim for that sum. A flat item costs the same for every amount. Nothing is
// allocated. Errors wrap ErrAmount (negative, missing, or outside the bands), money.ErrCurrency, money.ErrOverflow, or ErrKind for
// an item that is priced by units.
func (p *Pricer) Line(amount money.Amount) (Line, error) {
	var l Line
	err := p.price(&l, amount)
	return l, err
}

// price writes the line where it is wanted: a batch has it written once.
func (p *Pricer) price(l *Line, amount money.Amount) (err error) {
	if p.ready(l, amount) >= 0 {
		return nil
	}
	minor := amount.Minor()
	if amount.Currency() != p.schedule.currency || minor < 0 {
		*l, err = p.otherwise(amount)
		return err
	}
	i := p.find(minor)
	if i < 0 {
		return p.outside(amount)
	}
	*l, err = p.bases[i].reckon(amount)
	return err
}

// ready writes the line of an amount whose fee is the same for its whole band, and gives the place of that band; -1 for any other.
func (p *Pricer) ready(l *Line, amount money.Amount) int {
	minor := amount.Minor()
	if amount.Currency() != p.schedule.currency || minor < 0 {
		return -1
	}
	i := p.find(minor)
	if i < 0 || !p.bases[i].ready {
		return -1
	}
	*l = p.bases[i].line
	l.Amount = amount
	return i
}

// Flat prices one use of an item that costs the same whatever the amount. Errors wrap ErrAmount or ErrKind when the item needs
// an amount or a number of units.
func (p *Pricer) Flat() (Line, error) {
	k := p.bases[0].band.charge.kind
	switch {
	case p.edition.banded || k == percentage:
		return Line{}, fmt.Errorf("%w: item %q needs an amount", ErrAmount, p.item)
	case k == perUnit:
		return Line{}, p.unitsNeeded()
	}
	return p.bases[0].line, nil
}

// Units prices n units of an item that is priced by the unit. The concession is taken on the fee of one unit. Errors
// wrap ErrKind (the item is priced otherwise, or n is less than 1) or money.ErrOverflow.
func (p *Pricer) Units(n int64) (Line, error) {
	b := &p.bases[0]
	k := b.band.charge.kind
	switch {
	case p.edition.banded || (k != perUnit && k != unknown):
		return Line{}, fmt.Errorf("%w: item %q is not priced by units", ErrKind, p.item)
	case n < 1:
		return Line{}, fmt.Errorf("%w: item %q for %d units; the least is 1", ErrKind, p.item, n)
	case k == unknown:
		l := b.line
		l.Units = n
		return l, nil
	}
	return b.units(n)
}

func (p *Pricer) unitsNeeded() error {
	return fmt.Errorf("%w: item %q needs a number of units", ErrKind, p.item)
}

// find gives the index of the band that has the amount, -1 when none has. It counts the bands that end below the amount: in the
// short tables of fees that is faster than a search whose branches nobody can predict.
func (p *Pricer) find(minor int64) int {
	i := 0
	for _, end := range p.upTo {
		if minor > end {
			i++
		}
	}
	if i == len(p.upTo) || minor <= p.bases[0].band.over {
		return -1
	}
	return i
}

// otherwise is Line for what can't be priced by its number: an amount that is negative or in another currency, or no amount
// at all, which is what a flat item takes.
func (p *Pricer) otherwise(a money.Amount) (Line, error) {
	switch {
	case a == (money.Amount{}):
		return p.Flat()
	case a.Currency() != p.schedule.currency:
		return Line{}, fmt.Errorf("fees: item %q is priced for amounts in %s, not %s: %w", p.item, p.schedule.currency, a, money.ErrCurrency)
	}
	return Line{}, fmt.Errorf("%w: %s for item %q is negative", ErrAmount, a, p.item)
}

func (p *Pricer) outside(a money.Amount) error {
	first, last := p.edition.bands[0], p.edition.bands[len(p.edition.bands)-1]
	low := money.New(first.over+1, p.schedule.currency)
	if last.upTo == math.MaxInt64 {
		return fmt.Errorf("%w: %s for item %q; the bands begin at %s", ErrAmount, a, p.item, low)
	}
	return fmt.Errorf("%w: %s for item %q; the bands go from %s to %s", ErrAmount, a, p.item, low, money.New(last.upTo, p.schedule.currency))
}
