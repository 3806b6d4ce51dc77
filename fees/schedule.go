package fees

import (
	"math"
	"strings"
	"time"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

// Schedule is a court's tariff, read from a file by [Load] and proven there: it never has two answers to one question. It is
// immutable and safe for any number of goroutines.
type Schedule struct {
	name, version string
	title         law.Text
	currency      money.Currency
	zone          *time.Location
	items         []*item
	index         map[string]*item
	electronic    electronicUse
	concessions   []*concession
}

// item is one thing a fee is charged for, with its dated editions in order of time.
type item struct {
	name     string
	title    law.Text
	editions []*edition
}

// edition is what an item costs in a period: one charge, or one charge for each band of amounts.
type edition struct {
	period
	provision law.Provision
	banded    bool
	bands     []*band // in order of amounts; exactly one when not banded
	node      *node
}

// band is a range of amounts in minor units: above over, up to and including upTo.
type band struct {
	over, upTo int64
	charge     charge
	node       *node
}

// The open ends of a band: without over it takes zero too, without upTo any amount.
const (
	noOver = -1
	noUpTo = math.MaxInt64
)

type chargeKind uint8

const (
	flat chargeKind = iota + 1
	percentage
	perUnit
	unknown
)

// charge is how a fee is found.
type charge struct {
	kind      chargeKind
	fee       money.Amount // flat and perUnit
	rate      money.Rate   // percentage
	rounding  rounding
	minimum   money.Amount // percentage; the zero Amount: none
	maximum   money.Amount
	unit      law.Text      // perUnit
	why       law.Text      // unknown
	provision law.Provision // of the fee itself; zero: the edition's
}

// rounding is how a product is rounded and who says so.
type rounding struct {
	money.Rounding
	provision law.Provision
}

// electronicUse says which items have an electronic fee, and what happens to the others.
type electronicUse struct {
	offered     bool
	items       []*electronicItem
	index       map[string]*electronicItem
	unavailable map[string]bool
	others      electronicItem // period and provision for items that are not listed
}

// electronicItem is an item as used electronically: it costs what its paper item costs, less a concession.
type electronicItem struct {
	period
	name      string
	title     law.Text // zero: the paper item's
	paper     *item
	provision law.Provision
}

// concession is a dated modifier: items cost a rate of their fee.
type concession struct {
	period
	name      string
	mode      Mode
	items     []string
	rate      money.Rate
	rounding  rounding
	provision law.Provision // of the rate
	dates     law.Provision // of the period; may be zero
	node      *node
}

// itemMode is an item in a mode.
type itemMode struct {
	item string
	mode Mode
}

// Item describes an item of a schedule.
type Item struct {
	// Name is what programs ask for, Title what people read.
	Name  string   `json:"name"`
	Title law.Text `json:"title"`
	// Paper and Electronic say in which modes the schedule prices it, at some instant.
	Paper      bool `json:"paper"`
	Electronic bool `json:"electronic"`
}

// Name is the schedule's name, such as the court it belongs to.
func (s *Schedule) Name() string { return s.name }

// Version is the version its file states; reasons and quotes carry it.
func (s *Schedule) Version() string { return s.version }

// Title is the schedule's name for people.
func (s *Schedule) Title() law.Text { return s.title }

// Currency is the one currency of all its fees.
func (s *Schedule) Currency() money.Currency { return s.currency }

// Zone is the zone in which the civil dates of the file begin.
func (s *Schedule) Zone() *time.Location { return s.zone }

// Items lists what the schedule prices: the paper items in the order of the file, then the names that exist electronically only.
func (s *Schedule) Items() []Item {
	var out []Item
	for _, it := range s.items {
		use, _ := s.use(it.name)
		out = append(out, Item{Name: it.name, Title: it.title, Paper: true, Electronic: use != nil})
	}
	for _, e := range s.electronic.items {
		if s.item(e.name) == nil {
			out = append(out, Item{Name: e.name, Title: e.words(), Electronic: true})
		}
	}
	return out
}

// names lists the items for messages.
func (s *Schedule) names() string {
	var names []string
	for _, it := range s.Items() {
		names = append(names, it.Name)
	}
	if len(names) > 10 {
		names = append(names[:10], "...")
	}
	return strings.Join(names, ", ")
}

func (s *Schedule) item(name string) *item { return s.index[name] }

// use finds the electronic use of an item, nil when there is none. Listed is false for an item without an electronic fee of its
// own, which costs the paper fee.
func (s *Schedule) use(name string) (use *electronicItem, listed bool) {
	if e := s.electronic.index[name]; e != nil {
		return e, true
	}
	if !s.electronic.offered || s.electronic.unavailable[name] || s.item(name) == nil {
		return nil, false
	}
	other := s.electronic.others
	other.name, other.paper = name, s.item(name)
	return &other, false
}

func (e *electronicItem) words() law.Text {
	if e.title != nil {
		return e.title
	}
	return e.paper.title
}

func (c *concession) covers(mode Mode, item string) bool {
	if c.mode != mode {
		return false
	}
	for _, name := range c.items {
		if name == item {
			return true
		}
	}
	return false
}
