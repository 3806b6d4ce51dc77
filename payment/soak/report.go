package main

import (
	"time"
)

// report prints what a soak has come to, and gives the exit status.
func (p *progress) report(s *soak, f findings, took time.Duration) int {
	p.say("")
	p.say("%d payers, seed %d, %g %% of each kind of fault; the court's program was asked %d times and killed %d times", s.o.attempts, s.o.seed,
		100*s.o.faults, s.desk.asked, s.desk.deaths())
	p.say("the payers took %v, %.1f a second; the end and the audit %v", s.played.Round(time.Second),
		float64(s.o.attempts)/s.played.Seconds(), (took - s.played).Round(time.Second))
	p.say("%-20s %20s %20s", "", "the company", "the court")
	for _, m := range f.sums {
		p.say("%-20s %20s %20s", m.of, m.theirs, m.ours)
	}
	for _, c := range f.counts {
		p.say("%-20s %s", c.of, c.n)
	}
	for _, w := range f.wrong {
		p.say("UNEXPLAINED: %s", w)
	}
	if f.more > 0 {
		p.say("UNEXPLAINED: and %d more", f.more)
	}
	if len(f.wrong) > 0 {
		return unexplained
	}
	p.say("nothing is unexplained")
	return explained
}
