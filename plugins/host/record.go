package host

import (
	"math/rand/v2"
	"time"
)

// record is the history of a plugin's deaths: what it says about the next start.
type record struct {
	// deaths are those within the window, in order; row counts the ones without a good run between them.
	deaths []time.Time
	row    int
	// next is when the plugin may start again.
	next time.Time
}

// died enters a death after a run of the given length (0: it never came up), and says whether the plugin goes into quarantine: at the last of its
// budget.
func (r *record) died(now time.Time, ran time.Duration, budget int, l Limits) bool {
	if ran > l.BackoffMax {
		r.row = 0
	}
	r.row++
	r.next = now.Add(pause(r.row, l))
	fresh := r.deaths[:0]
	for _, d := range r.deaths {
		if now.Sub(d) < l.Window {
			fresh = append(fresh, d)
		}
	}
	r.deaths = append(fresh, now)
	return len(r.deaths) >= budget
}

// pause is how long to wait after so many deaths in a row: nothing after the first, then doubling, less up to a fifth of it, so that plugins
// which died together don't start together.
func pause(row int, l Limits) time.Duration {
	if row < 2 {
		return 0
	}
	d := l.BackoffMin
	for i := 2; i < row && d < l.BackoffMax; i++ {
		d *= 2
	}
	d = min(d, l.BackoffMax)
	return d - rand.N(d/5+1)
}
