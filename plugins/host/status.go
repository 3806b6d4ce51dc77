package host

import (
	"slices"
	"strings"
	"time"
)

// Status is how one plugin does, for operators.
type Status struct {
	Name, Version string
	Kind          Kind
	State         State
	// Process counts the processes started so far. PID is that of the one that runs, and Since when it became ready.
	Process uint64
	PID     string
	Since   time.Time
	// Calls run now, Waiting wait for a place.
	Calls, Waiting int
	// Health is what it said of itself last; nil before it was asked.
	Health *Health
	// Deaths are those within Limits.Window. Last is why it died or did not start the last time.
	Deaths int
	Last   error
}

// Status gives the status of every plugin, by name.
func (h *Host) Status() []Status {
	list := make([]Status, 0, len(h.plugins))
	for _, s := range h.plugins {
		list = append(list, s.status())
	}
	slices.SortFunc(list, func(a, b Status) int { return strings.Compare(a.Name, b.Name) })
	return list
}

func (s *supervisor) status() Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := Status{Name: s.plugin.Name, Version: s.plugin.Version, Kind: s.plugin.Kind, State: s.state, Process: s.started,
		Waiting: int(s.waiting.Load()), Deaths: len(s.record.deaths), Last: s.last}
	if s.state != Draining && s.state != Closed {
		v.Calls = len(s.slots)
	}
	if p := s.live.Load(); p != nil && !p.dead() {
		v.PID, v.Since, v.Health = p.run.ID(), p.since, p.health.Load()
	}
	return v
}
