package fees_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// The oracle prices from the file's own words, slowly: no minor units, no sorting, every rule tried in turn. Its types are those of
// the file, so that a generated schedule is written with encoding/json and read by Load.
type oracle struct {
	Format      string           `json:"format"`
	Name        string           `json:"name"`
	Version     string           `json:"version"`
	Title       words            `json:"title"`
	Currency    string           `json:"currency"`
	Zone        string           `json:"zone"`
	Provisions  map[string]words `json:"provisions"`
	Items       []oracleItem     `json:"items"`
	Electronic  *oracleUse       `json:"electronic,omitempty"`
	Concessions []oracleCut      `json:"concessions,omitempty"`
}

type words map[string]string

type oracleItem struct {
	Name     string          `json:"name"`
	Title    words           `json:"title"`
	Editions []oracleEdition `json:"editions"`
}

type oraclePeriod struct {
	From  string `json:"from,omitempty"`
	Until string `json:"until,omitempty"`
}

type oracleEdition struct {
	oraclePeriod
	Provision string         `json:"provision"`
	Bands     []oracleBand   `json:"bands,omitempty"`
	PerUnit   map[string]any `json:"perUnit,omitempty"`
	oracleCharge
}

type oracleBand struct {
	Over string `json:"over,omitempty"`
	UpTo string `json:"upTo,omitempty"`
	oracleCharge
}

type oracleCharge struct {
	Flat       string         `json:"flat,omitempty"`
	Percentage *oraclePercent `json:"percentage,omitempty"`
	Unknown    words          `json:"unknown,omitempty"`
}

type oraclePercent struct {
	Rate     string         `json:"rate"`
	Rounding oracleRounding `json:"rounding"`
	Minimum  string         `json:"minimum,omitempty"`
	Maximum  string         `json:"maximum,omitempty"`
}

type oracleRounding struct {
	Mode      string `json:"mode"`
	Step      string `json:"step"`
	Provision string `json:"provision"`
}

type oracleUse struct {
	From  string        `json:"from,omitempty"`
	Items []oracleEItem `json:"items,omitempty"`
}

type oracleEItem struct {
	Name      string `json:"name"`
	Paper     string `json:"paper"`
	Provision string `json:"provision"`
}

type oracleCut struct {
	oraclePeriod
	Name      string         `json:"name"`
	Mode      string         `json:"mode"`
	Items     []string       `json:"items"`
	Rate      string         `json:"rate"`
	Rounding  oracleRounding `json:"rounding"`
	Provision string         `json:"provision"`
}

func (o oracle) file() []byte {
	b, err := json.Marshal(o)
	if err != nil {
		panic(err)
	}
	return b
}

// has reports whether a civil time in the oracle's zone lies in the period; dates are compared as text.
func (p oraclePeriod) has(t time.Time) bool {
	s := t.Format("2006-01-02T15:04:05.000000000")
	return (p.From == "" || s >= p.From) && (p.Until == "" || s < p.Until)
}

// price is the fee and what is paid, as decimals; no fee, or an unknown one, is a word.
func (o oracle) price(mode string, t time.Time, amount decimal.Decimal, units int64) (base, payable decimal.Decimal, word string) {
	if mode == "electronic" && (o.Electronic == nil || !(oraclePeriod{From: o.Electronic.From}).has(t)) {
		return base, payable, "not electronic"
	}
	base, word = o.base(t, amount)
	if word != "" {
		return base, payable, word
	}
	payable = base
	for _, c := range o.Concessions {
		if c.Mode == mode && c.has(t) {
			payable = decimal.Min(base, c.Rounding.round(base.Mul(dec(c.Rate))))
		}
	}
	if units > 0 {
		base, payable = base.Mul(decimal.NewFromInt(units)), payable.Mul(decimal.NewFromInt(units))
	}
	return base, payable, ""
}

// base is the paper fee, of one unit where the item has units.
func (o oracle) base(t time.Time, amount decimal.Decimal) (decimal.Decimal, string) {
	for _, e := range o.Items[0].Editions {
		if !e.has(t) {
			continue
		}
		if e.PerUnit != nil {
			return dec(e.PerUnit["fee"].(string)), ""
		}
		if e.Bands == nil {
			return e.oracleCharge.of(amount)
		}
		for _, b := range e.Bands {
			if (b.Over == "" || amount.GreaterThan(dec(b.Over))) && (b.UpTo == "" || amount.LessThanOrEqual(dec(b.UpTo))) {
				return b.oracleCharge.of(amount)
			}
		}
		return decimal.Zero, "no band"
	}
	return decimal.Zero, "no edition"
}

func (c oracleCharge) of(amount decimal.Decimal) (decimal.Decimal, string) {
	switch p := c.Percentage; {
	case c.Unknown != nil:
		return decimal.Zero, "unknown"
	case p != nil:
		fee := p.Rounding.round(amount.Mul(dec(p.Rate)))
		if p.Minimum != "" {
			fee = decimal.Max(fee, dec(p.Minimum))
		}
		if p.Maximum != "" {
			fee = decimal.Min(fee, dec(p.Maximum))
		}
		return fee, ""
	}
	return dec(c.Flat), ""
}

func (r oracleRounding) round(d decimal.Decimal) decimal.Decimal {
	step := dec(r.Step)
	whole, rest := d.QuoRem(step, 0)
	twice := rest.Add(rest).Cmp(step)
	switch {
	case rest.IsZero():
	case r.Mode == "up", twice > 0 && r.Mode != "down", twice == 0 && r.Mode == "half-up",
		twice == 0 && r.Mode == "half-even" && !whole.Mod(decimal.NewFromInt(2)).IsZero():
		whole = whole.Add(decimal.NewFromInt(1))
	}
	return whole.Mul(step)
}

func dec(s string) decimal.Decimal {
	d, err := decimal.NewFromString(s)
	if err != nil {
		panic(fmt.Sprintf("%q: %v", s, err))
	}
	return d
}
