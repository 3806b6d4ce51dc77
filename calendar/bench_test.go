package calendar_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ie"

	"courts.example/eservices/calendar"
)

// plainCalendar is what a user would write instead: the deeming rule on a cached calendar of github.com/rickar/cal/v2. It knows neither
// closures nor a lunch hour nor a reason.
func plainCalendar() func(time.Time) time.Time {
	c := cal.NewBusinessCalendar()
	c.Cacheable = true
	c.SetWorkHours(10*time.Hour, 16*time.Hour)
	c.AddHoliday(ie.Holidays...)
	return func(t time.Time) time.Time {
		if c.IsWorkTime(t) {
			return t
		}
		if start := c.WorkdayStart(t); t.Before(start) {
			return start
		}
		return c.NextWorkdayStart(t)
	}
}

// plainOffice has the same hours; with closures it has forty of them.
func plainOffice(b *testing.B, closures bool) *calendar.Office {
	o := courtOptions(b)
	day := sessions("10:00", "16:00")
	o.Special = nil
	o.Readings = []calendar.Reading{{Name: "plain", ClosingIn: true, Hours: []calendar.Hours{{Week: week(day, day)}}}}
	for i := range 40 {
		from := time.Date(2024, 1, 3+27*i, 11, 0, 0, 0, o.Zone)
		o.Closures = append(o.Closures, calendar.Closure{ID: strconv.Itoa(i), From: from, Reopens: from.Add(90 * time.Minute)})
	}
	if !closures {
		o.Closures = nil
	}
	office, err := calendar.NewOffice(o)
	if err != nil {
		b.Fatal(err)
	}
	return office
}

// BenchmarkReceiveAgainstCal measures Receive against the plain calendar, in pairs that take turns, and reports the median of the ratios.
// It fails when Receive is not as much faster as is promised, or allocates.
func BenchmarkReceiveAgainstCal(b *testing.B) {
	size := cal.CacheMaxSize
	cal.CacheMaxSize = 10_000 // three years overflow that module's own cache by a few days, which would be no fair comparison
	b.Cleanup(func() { cal.CacheMaxSize = size })
	zone := dublin(b)
	spread, inside := make([]time.Time, 4096), make([]time.Time, 4096)
	for i := range spread {
		spread[i] = time.Date(2024, 1, 1, 0, 0, 0, 0, zone).Add(time.Duration(i) * (3 * 365 * 24 * time.Hour / 4096))
		day := time.Date(2024, 1, 2, 0, 0, 0, 0, zone).AddDate(0, 0, 7*(i%150))
		inside[i] = time.Date(day.Year(), day.Month(), day.Day(), 10, i%360, 0, 0, zone)
	}
	for _, bench := range []struct {
		name     string
		instants []time.Time
		closures bool
		promise  float64
	}{
		{"spread over three years", spread, false, 5},
		{"inside hours", inside, false, 2.5},
		{"spread, with closures", spread, true, 5},
		{"inside hours, with closures", inside, true, 2.5},
	} {
		b.Run(bench.name, func(b *testing.B) { comparePairs(b, plainOffice(b, bench.closures), bench.instants, bench.promise) })
	}
}

func comparePairs(b *testing.B, office *calendar.Office, instants []time.Time, promise float64) {
	plain := plainCalendar()
	var sum int64
	ours := func() {
		for _, t := range instants {
			r, _ := office.Receive(t)
			sum += int64(r.Deemed.Nanosecond())
		}
	}
	theirs := func() {
		for _, t := range instants {
			sum += int64(plain(t).Nanosecond())
		}
	}
	if n := testing.AllocsPerRun(1, ours); n != 0 {
		b.Errorf("Receive allocates: %v allocations for %d instants", n, len(instants))
	}
	theirs() // warms the cache
	const passes, pairs = 16, 15
	timed := func(f func()) float64 {
		start := time.Now()
		for range passes {
			f()
		}
		return float64(time.Since(start).Nanoseconds()) / float64(passes*len(instants))
	}
	var ratios, nanoseconds []float64
	for b.Loop() {
		ratios, nanoseconds = ratios[:0], nanoseconds[:0]
		for range pairs {
			a, p := timed(ours), timed(theirs)
			ratios, nanoseconds = append(ratios, p/a), append(nanoseconds, a)
		}
	}
	slices.Sort(ratios)
	slices.Sort(nanoseconds)
	median := ratios[len(ratios)/2]
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(nanoseconds[len(nanoseconds)/2], "ns/receipt")
	b.ReportMetric(median, "x-faster")
	if median < promise {
		b.Errorf("Receive is %.1f times as fast as the plain calendar; %.1f are promised", median, promise)
	}
	if sum == 1 {
		b.Log(sum)
	}
}

func BenchmarkNewOffice(b *testing.B) {
	o := courtOptions(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := calendar.NewOffice(o); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReason(b *testing.B) {
	office := court(b)
	r, err := office.Receive(when(b, "2026-04-02 18:00:00"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if len(r.Reason().Steps) == 0 {
			b.Fatal("no reason")
		}
	}
}
