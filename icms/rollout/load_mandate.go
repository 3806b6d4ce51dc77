package rollout

import "slices"

func (r *reader) mandate(n *node, t *Table) *Mandate {
	o := r.object(n)
	m := &Mandate{Name: r.identifier(o.must("name")), Title: r.words(o.must("title"))}
	for _, e := range r.list(o.must("courts")) {
		code := r.identifier(e)
		switch {
		case t.court(code) == nil:
			r.fail(e, "no court of the list is called %.80q", code)
		case slices.Contains(m.Courts, code):
			r.fail(e, "court %q stands twice", code)
		}
		m.Courts = append(m.Courts, code)
	}
	for _, e := range r.list(o.must("when")) {
		var c Condition
		if r.name(e, &c) && slices.Contains(m.When, c) {
			r.fail(e, "condition %s stands twice", c)
		}
		m.When = append(m.When, c)
	}
	for _, e := range r.list(o.must("stages")) {
		s := r.stage(e)
		if s.State == None {
			continue // told
		}
		if i := len(m.Stages); i > 0 {
			r.follows(e, m.Stages[i-1], s)
		}
		m.Stages = append(m.Stages, s)
	}
	o.end()
	return m
}

// follows proves that a stage may come after another one.
func (r *reader) follows(n *node, last, next Stage) {
	switch {
	case !next.Since.After(last.Since):
		r.fail(n, "a stage since %s can't follow one since %s: stages stand by their days", next.Since, last.Since)
	case last.State == InForce:
		r.fail(n, "nothing follows the state in_force")
	case next.State < last.State:
		r.fail(n, "the state %s can't follow %s", next.State, last.State)
	case last.State == Announced && next.State == InForce && next.Since != last.From:
		r.fail(n, "it was announced from %s and is in force since %s: say in between that it was announced anew", last.From, next.Since)
	}
}

// stage reads a stage; its state is None when it has no valid one, which leaves open which members it may have.
func (r *reader) stage(n *node) Stage {
	o := r.object(n)
	state := o.must("state")
	s := Stage{Since: r.date(o.must("since")), Provision: r.cite(o.must("provision"))}
	if r.name(state, &s.State) && s.State == None {
		r.fail(state, "must be one of planned, announced, in_force")
	}
	if s.State == None {
		return s
	}
	switch s.State {
	case Planned:
		s.From = r.date(o.must("earliest"))
		latest := o.may("latest")
		if s.Latest = r.date(latest); latest != nil && s.Latest.Before(s.From) {
			r.fail(latest, "must not be before earliest, %s", s.From)
		}
	case Announced:
		from := o.must("from")
		if s.From = r.date(from); from != nil && !s.From.After(s.Since) {
			r.fail(from, "must be after since, %s: from then on it is in force", s.Since)
		}
	case InForce:
		s.From = s.Since
	}
	o.end()
	return s
}
