package icms_test

import (
	"context"
	"fmt"
	"iter"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
)

// probe is a way to knock at a door: a call of a method about one object.

type probe struct {
	method string
	// name is the object's name, "" where a call names none; call makes the call about an object of that name.
	name string
	call func(ctx context.Context, x *icms.Session, name string) error
	// state is what the object is to a person, relation the roles that the person has to it; nil for none.
	state    func(person) access.State
	relation func(person) []access.Role
	// global says that the object belongs to no court, where posts at single courts count for nothing.
	global bool
	// open says that it is no secret that the object exists.
	open bool
	// absent calls for a thing that is not there, whose name in the answer replaces named; nil calls for one of the name madeUp.
	absent func(ctx context.Context, x *icms.Session) error
	named  [2]string
}

func is(s access.State) func(person) access.State { return func(person) access.State { return s } }

// of says whose an object of a registered user is.

func of(member string) func(person) access.State {
	return func(p person) access.State {
		if p.member == member {
			return access.Own
		}
		return access.Foreign
	}
}

// self says whose an object is that belongs to one person.

func self(name string) func(person) access.State {
	return func(p person) access.State {
		if p.name == name {
			return access.Own
		}
		return access.Foreign
	}
}

// drain reads a stream to its end.

func drain[T any](all iter.Seq2[T, error]) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// inCases makes a probe for each of three cases: the open one, the restricted one and the sealed one, from the first on.

func inCases(method string, first int, call func(ctx context.Context, x *icms.Session, number string) error) []probe {
	var out []probe
	for i, state := range []access.State{access.Open, access.Restricted, access.Sealed} {
		n := first + i
		out = append(out, probe{
			method: method, name: number(n), call: call, state: is(state), relation: func(p person) []access.Role { return p.relation(n) },
		})
	}
	return out
}

// inPapers makes a probe for each kind of paper of each case.

func inPapers(method string, first int, call func(ctx context.Context, x *icms.Session, number string, serial int) error) []probe {
	var out []probe
	for i, state := range []access.State{access.Open, access.Restricted, access.Sealed} {
		n := first + i
		for _, serial := range []int{noticeSerial, defenceSerial, refusedSerial} {
			of := is(state)
			if serial == refusedSerial && state != access.Sealed {
				of = func(p person) access.State {
					if p.member == "dora" {
						return access.Own
					}
					return access.Withheld
				}
			}
			p := probe{
				method: method, name: number(n), state: of, relation: func(p person) []access.Role { return p.relation(n) },
				call: func(ctx context.Context, x *icms.Session, name string) error { return call(ctx, x, name, serial) },
			}
			if state != access.Sealed { // that there is such a case is no secret
				p.named = [2]string{fmt.Sprintf("/%06d", serial), "/000009"}
				p.absent = func(ctx context.Context, x *icms.Session) error { return call(ctx, x, number(n), 9) }
			}
			out = append(out, p)
		}
	}
	return out
}

var why = law.T("Because.", "理由。")

func (w *town) probes() []probe {
	var all []probe
	for _, part := range [][]probe{
		w.serviceProbes(), w.memberProbes(), w.houseProbes(), w.staffProbes(), w.batchProbes(), w.caseProbes(), w.courtProbes(), w.moneyProbes(),
		w.searchProbes(),
	} {
		all = append(all, part...)
	}
	return all
}

// civilDate reads a civil date; of a text that is none it is the zero Date.

func civilDate(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		return calendar.Date{}
	}
	return d
}

// own gives a search of a person's own for a case, paid for.
