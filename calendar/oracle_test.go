package calendar_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/calendar"
)

// oracle asks the definition: is the clock on the wall within a session of a date that is no holiday, and no closure on? Everything in
// these tests lies on whole minutes, so that it may go from minute to minute.
type oracle struct {
	zone      *time.Location
	sessions  func(calendar.Date) []calendar.Session
	closures  []calendar.Closure
	closingIn bool
}

// open adds the closing instant, of a session in which the office is open right before it, where the reading has it in.
func (o oracle) open(at time.Time) bool {
	if o.within(at) {
		return true
	}
	before := at.Add(-time.Nanosecond)
	if !o.closingIn || o.closed(at) || !o.within(before) {
		return false
	}
	h, m, s := before.In(o.zone).Clock()
	return slices.ContainsFunc(o.sessions(calendar.DateOf(before, o.zone)), func(session calendar.Session) bool {
		return session.Closes == calendar.Clock(h*3600+m*60+s+1)
	})
}

func (o oracle) closed(at time.Time) bool {
	for _, c := range o.closures {
		if !at.Before(c.From) && (c.Reopens.IsZero() || at.Before(c.Reopens)) {
			return true
		}
	}
	return false
}

func (o oracle) within(at time.Time) bool {
	if o.closed(at) {
		return false
	}
	h, m, s := at.In(o.zone).Clock()
	clock := calendar.Clock(h*3600 + m*60 + s)
	return slices.ContainsFunc(o.sessions(calendar.DateOf(at, o.zone)), func(s calendar.Session) bool {
		return s.Opens <= clock && clock < s.Closes
	})
}

// next gives the first minute from at on at which the office is open, and the zero Time when there is none in the given days.
func (o oracle) next(at time.Time, days int) time.Time {
	if o.open(at) {
		return at
	}
	minute := at.Truncate(time.Minute)
	for range days * 24 * 60 {
		minute = minute.Add(time.Minute)
		if o.open(minute) {
			return minute
		}
	}
	return time.Time{}
}

func drawSessions(t *rapid.T, label string) []calendar.Session {
	cuts := rapid.SliceOfNDistinct(rapid.IntRange(0, 96), 0, 6, rapid.ID[int]).Draw(t, label)
	slices.Sort(cuts)
	var out []calendar.Session
	for i := 0; i+1 < len(cuts); i += 2 {
		out = append(out, calendar.Session{Opens: calendar.Clock(cuts[i] * 900), Closes: calendar.Clock(cuts[i+1] * 900)})
	}
	return out
}

var officeZones = []string{"Europe/Dublin", "America/New_York", "America/Havana", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Hong_Kong"}

func drawOffice(t *rapid.T) (*calendar.Office, oracle) {
	zone, err := time.LoadLocation(rapid.SampledFrom(officeZones).Draw(t, "zone"))
	require.NoError(t, err)
	var week calendar.Week
	for d := range week {
		week[d] = drawSessions(t, "sessions")
	}
	first := calendar.MustDate("2018-01-01")
	holidays := make(map[calendar.Date]bool)
	options := calendar.HolidaysOptions{From: 2018, Until: 2018}
	for _, n := range rapid.SliceOfNDistinct(rapid.IntRange(0, 364), 0, 40, rapid.ID[int]).Draw(t, "holidays") {
		holidays[first.AddDays(n)] = true
		options.Rows = append(options.Rows, holiday(first.AddDays(n).String(), "a holiday"))
	}
	table, err := calendar.NewHolidays(options)
	require.NoError(t, err)
	special := map[calendar.Date][]calendar.Session{}
	closingIn := rapid.Bool().Draw(t, "closing in")
	o := calendar.OfficeOptions{
		Name: text("office"), Zone: zone, Holidays: table,
		Readings: []calendar.Reading{{Name: "r", ClosingIn: closingIn, Hours: []calendar.Hours{{Week: week}}}},
	}
	for _, n := range rapid.SliceOfNDistinct(rapid.IntRange(0, 364), 0, 5, rapid.ID[int]).Draw(t, "special") {
		special[first.AddDays(n)] = drawSessions(t, "special sessions")
		o.Special = append(o.Special, calendar.SpecialDay{Date: first.AddDays(n), Sessions: special[first.AddDays(n)], Title: text("special")})
	}
	for i := range rapid.IntRange(0, 8).Draw(t, "closures") {
		from := time.Date(2018, 1, 1, 0, rapid.IntRange(0, 365*24*60).Draw(t, "from"), 0, 0, time.UTC)
		length := rapid.SampledFrom([]int{1, 10, 60, 600, 3000, 30000}).Draw(t, "scale")
		c := calendar.Closure{ID: strconv.Itoa(i), From: from, Reopens: from.Add(time.Duration(rapid.IntRange(1, length).Draw(t, "minutes")) * time.Minute)}
		if rapid.IntRange(0, 15).Draw(t, "unended") == 0 {
			c.Reopens = time.Time{}
		}
		o.Closures = append(o.Closures, c)
	}
	office, err := calendar.NewOffice(o)
	require.NoError(t, err)
	return office, oracle{zone: zone, closures: o.Closures, closingIn: closingIn, sessions: func(d calendar.Date) []calendar.Session {
		if holidays[d] || d.Year() != 2018 {
			return nil
		}
		if s, ok := special[d]; ok {
			return s
		}
		return week[d.Weekday()]
	}}
}

func TestReceiveAgreesWithTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		office, o := drawOffice(t)
		for range 20 {
			at := time.Date(2018, 1, 2, 0, 0, rapid.IntRange(0, 340*24*3600).Draw(t, "second"), rapid.IntRange(0, 1).Draw(t, "ns"), time.UTC)
			if rapid.Bool().Draw(t, "on a quarter") { // where the sessions begin and end
				at = at.Truncate(15 * time.Minute)
			}
			r, err := office.Receive(at)
			want := o.next(at, 20)
			switch {
			case err != nil:
				require.ErrorIs(t, err, calendar.ErrBeyondHorizon)
				require.Zero(t, want, at)
			case r.Pending:
				require.Zero(t, want, at)
				checkRegular(t, o, r)
			case want.IsZero():
				require.True(t, r.Deemed.After(at.AddDate(0, 0, 19)), at)
				require.True(t, o.open(r.Deemed))
			default:
				require.True(t, want.Equal(r.Deemed), "%s: %s, not %s", at, r.Deemed, want)
			}
		}
	})
}

// checkRegular holds the regular opening of a pending receipt against the definition: without the closures that have no end the office
// is open then, and was not open a moment before, unless something closed right before it.
func checkRegular(t *rapid.T, o oracle, r calendar.Receipt) {
	announced := o
	announced.closures = slices.DeleteFunc(slices.Clone(o.closures), func(c calendar.Closure) bool { return c.Reopens.IsZero() })
	require.True(t, announced.open(r.Regular))
	require.False(t, announced.open(r.Regular.Add(-time.Nanosecond)))
	require.False(t, r.Regular.Before(r.Received))
	for minute := r.Received.Truncate(time.Minute); minute.Before(r.Regular); minute = minute.Add(time.Minute) {
		if minute.Before(r.Received) {
			continue
		}
		starts := announced.open(minute) && !announced.open(minute.Add(-time.Nanosecond))
		require.False(t, starts, "an opening at %s comes before %s", minute, r.Regular)
	}
}

// Whatever the hours, the closures and the reading: later receipts never count earlier, a deemed instant counts at itself and is an
// instant at which the office is open, and the zone in which an instant is given does not matter.
func TestReceiveProperties(t *testing.T) {
	zones := []*time.Location{time.UTC, time.FixedZone("", -11*3600), time.FixedZone("", 14*3600)}
	rapid.Check(t, func(t *rapid.T) {
		office, _ := drawOffice(t)
		times := rapid.SliceOfN(rapid.Int64Range(0, 364*24*3600*1e9), 30, 30).Draw(t, "times")
		slices.Sort(times)
		var last time.Time
		pending := false
		for _, ns := range times {
			at := time.Date(2018, 1, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(ns))
			r, err := office.Receive(at)
			for _, z := range zones {
				other, otherErr := office.Receive(at.In(z))
				require.Equal(t, err, otherErr)
				require.Equal(t, r, other)
			}
			if err != nil {
				require.ErrorIs(t, err, calendar.ErrBeyondHorizon)
				continue
			}
			require.True(t, r.Received.Equal(at))
			if r.Pending {
				pending = true
				continue
			}
			require.False(t, pending, "a receipt after a pending one counts already")
			require.False(t, r.Deemed.Before(last), "a later receipt counts earlier")
			require.False(t, r.Deemed.Before(at))
			last = r.Deemed
			again, err := office.Receive(r.Deemed)
			require.NoError(t, err)
			require.False(t, again.Moved())
			require.Equal(t, r.Deemed, again.Deemed)
			open, err := office.IsOpen(r.Deemed)
			require.NoError(t, err)
			require.True(t, open)
		}
	})
}

// The reason of any receipt goes to its end and names an opening or a closure without an end.
func TestReasonOfAnyReceipt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		office, _ := drawOffice(t)
		at := time.Date(2018, 1, 1, 12, 0, rapid.IntRange(0, 364*24*3600).Draw(t, "second"), 0, time.UTC)
		r, err := office.Receive(at)
		if err != nil {
			return
		}
		steps := r.Reason().Steps
		want := "as-received"
		if r.Pending {
			want = "pending"
		} else if r.Moved() {
			want = "deemed"
		}
		require.Equal(t, "received", steps[0].Code)
		require.Equal(t, want, steps[len(steps)-1].Code)
		for _, s := range steps {
			require.NotEmpty(t, s.Text().In())
			require.NotContains(t, s.Text().In(), "{")
		}
	})
}
