package feed

import (
	"io"
	"strings"
	"time"
)

// ReadOptions change how an iCalendar object is read. The zero value knows no zone but UTC.
type ReadOptions struct {
	// Zones are the zones that a TZID may name. Definitions of zones in the feed itself are not used: they could say anything.
	Zones map[string]*time.Location
}

// Read reads one iCalendar object (RFC 5545) of at most MaxBytes and MaxEvents. What would change the meaning of an event and is not
// understood is refused: recurrence, a zone that is not known, a time without any zone. Properties and components that say
// nothing about events (alarms, to-dos, extensions) are passed over. Every refusal is an *Error.
func Read(r io.Reader, o ReadOptions) (Calendar, error) {
	data, err := ReadAll(r)
	if err != nil {
		return Calendar{}, err
	}
	p := parser{options: o, uids: make(map[string]bool)}
	if err := p.parse(string(data)); err != nil {
		return Calendar{}, err
	}
	return p.out, nil
}

// parser follows the components of an object.
type parser struct {
	options ReadOptions
	open    []string // the components that are open, from the outside
	seen    map[string]line
	draft   draft
	uids    map[string]bool
	out     Calendar
	done    bool
}

const (
	vcalendar = "VCALENDAR"
	vevent    = "VEVENT"
)

// parse takes the lines in order. A last line that makes no sense and does not end is where the feed was cut short.
func (p *parser) parse(data string) error {
	var wrong error
	for number, text := range unfold(data) {
		if wrong != nil {
			return wrong
		}
		if p.done && text == "" {
			continue
		}
		var l line
		if l, wrong = parseLine(number, text); wrong == nil {
			wrong = p.line(l)
		}
	}
	if len(p.open) > 0 && (wrong == nil || !strings.HasSuffix(data, "\n")) {
		return Refuse(ErrCutShort, "it ends before END:VCALENDAR")
	}
	return wrong
}

func (p *parser) line(l line) error {
	switch {
	case p.done:
		return refuseAt(ErrShape, l.number, "something follows END:VCALENDAR; give one calendar at a time")
	case l.name == "BEGIN":
		return p.begin(l)
	case len(p.open) == 0:
		return refuseAt(ErrShape, l.number, "it begins with %.40q and not with BEGIN:VCALENDAR", l.name+":"+l.value)
	case l.name == "END":
		return p.end(l)
	case len(p.open) == 1:
		return p.property(l)
	case p.inEvent():
		return p.draft.add(l)
	}
	return nil
}

func (p *parser) inEvent() bool { return len(p.open) == 2 && p.open[1] == vevent }

func (p *parser) begin(l line) error {
	name := strings.ToUpper(l.value)
	switch {
	case len(p.open) == 0 && name != vcalendar, len(p.open) > 0 && name == vcalendar:
		return refuseAt(ErrShape, l.number, "BEGIN:%.40s where a calendar begins or goes on", name)
	case len(p.open) == maxDepth:
		return refuseAt(ErrShape, l.number, "more than %d components lie inside one another", maxDepth)
	case len(p.open) == 0:
		p.seen = make(map[string]line)
	case len(p.open) == 1 && name == vevent:
		p.draft = draft{began: l.number, seen: make(map[string]line)}
	}
	p.open = append(p.open, name)
	return nil
}

func (p *parser) end(l line) error {
	last := len(p.open) - 1
	if name := strings.ToUpper(l.value); name != p.open[last] {
		return refuseAt(ErrShape, l.number, "END:%.40s where %.40s is open", name, p.open[last])
	}
	event := p.inEvent()
	p.open = p.open[:last]
	switch {
	case event:
		return p.keep()
	case last == 0:
		p.done = true
		return p.calendar(l)
	}
	return nil
}

// keep adds the event that has ended.
func (p *parser) keep() error {
	e, err := p.draft.event(p.options)
	switch {
	case err != nil:
		return err
	case p.uids[e.UID]:
		return refuseAt(ErrContradiction, p.draft.began, "there are two events with the UID %.60q", e.UID)
	case len(p.out.Events) == MaxEvents:
		return refuseAt(ErrTooLarge, p.draft.began, "it has more than %d events", MaxEvents)
	}
	p.uids[e.UID] = true
	p.out.Events = append(p.out.Events, e)
	return nil
}

// property takes a property of the calendar itself.
func (p *parser) property(l line) error {
	switch l.name {
	case "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME":
		return once(p.seen, l)
	}
	return nil
}

// calendar proves the properties of the calendar once it has ended.
func (p *parser) calendar(l line) error {
	at := func(name string) string { return strings.ToUpper(p.seen[name].value) }
	switch {
	case at("VERSION") != "2.0":
		return refuseAt(ErrShape, l.number, "its VERSION is %.20q and not 2.0", at("VERSION"))
	case at("CALSCALE") != "" && at("CALSCALE") != "GREGORIAN":
		return refuseAt(ErrShape, l.number, "its CALSCALE is %.20q and not GREGORIAN", at("CALSCALE"))
	case at("METHOD") != "" && at("METHOD") != "PUBLISH":
		return refuseAt(ErrShape, l.number, "its METHOD is %.20q, so that it publishes no events", at("METHOD"))
	}
	var err error
	if p.out.Product, err = textOf(p.seen, "PRODID"); err != nil {
		return err
	}
	if p.out.Product == "" {
		return refuseAt(ErrShape, l.number, "it has no PRODID")
	}
	p.out.Name, err = textOf(p.seen, "X-WR-CALNAME")
	return err
}

// once keeps a property that may be there once only.
func once(seen map[string]line, l line) error {
	if before, twice := seen[l.name]; twice {
		return refuseAt(ErrShape, l.number, "%s is there twice, first on line %d", l.name, before.number)
	}
	seen[l.name] = l
	return nil
}

// textOf gives the text of a property, "" when it is not there.
func textOf(seen map[string]line, name string) (string, error) {
	l := seen[name]
	text, ok := readText(l.value)
	if !ok {
		return "", refuseAt(ErrShape, l.number, "%s has an escape that means nothing", name)
	}
	return text, nil
}
