package hk_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	icmshk "courts.example/eservices/icms/hk"
	"courts.example/eservices/icms/rollout"
)

// The days of the tables in testdata.
var firstDay, lastDay = calendar.MustDate("2022-05-01"), calendar.MustDate("2026-12-31")

// stretch is a row of such a table: key is what is asked, want the answer on the days from from on and before until.
type stretch struct {
	key, want   string
	from, until calendar.Date
	used        bool
}

func (s *stretch) contains(d calendar.Date) bool {
	return !d.Before(s.from) && (s.until.IsZero() || d.Before(s.until))
}

// stretches reads a table whose columns are key cells, from, until, and answer cells. Expand gives the keys that a row stands for.
func stretches(t *testing.T, file string, keys int, expand func(cells []string) []string) map[string][]*stretch {
	t.Helper()
	f, err := os.Open("testdata/" + file)
	require.NoError(t, err)
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	rows, err := r.ReadAll()
	require.NoError(t, err)
	out := map[string][]*stretch{}
	for _, row := range rows[1:] {
		for _, key := range expand(row[:keys]) {
			s := &stretch{key: key, want: strings.Join(row[keys+2:], " ")}
			require.NoError(t, s.from.UnmarshalText([]byte(row[keys])))
			require.NoError(t, s.until.UnmarshalText([]byte(row[keys+1])))
			out[key] = append(out[key], s)
		}
	}
	return out
}

// eachDay asks on every day for every key, and finds that one row has the answer and that each row is met.
func eachDay(t *testing.T, table map[string][]*stretch, ask func(key string, on calendar.Date) string) {
	t.Helper()
	for key, rows := range table {
		for on := firstDay; !on.After(lastDay); on = on.AddDays(1) {
			var met []*stretch
			for _, s := range rows {
				if s.contains(on) {
					s.used = true
					met = append(met, s)
				}
			}
			if len(met) != 1 { // require would cost more than the question
				t.Fatalf("%s on %s: %d rows", key, on, len(met))
			}
			if got := ask(key, on); got != met[0].want {
				t.Fatalf("%s on %s: %q, the table has %q", key, on, got, met[0].want)
			}
		}
		for _, s := range rows {
			require.True(t, s.used, "%s from %s", s.key, s.from)
		}
	}
}

// The list queried day by day, for every service of every type that it has, equals the table written by hand.
func TestRolloutDayByDay(t *testing.T) {
	list, err := icmshk.Rollout()
	require.NoError(t, err)
	want := stretches(t, "rollout-days.csv", 3, func(cells []string) (keys []string) {
		services := strings.Fields(cells[2])
		if cells[2] == "*" {
			services = []string{"filing", "payment", "inspection", "cause_book"}
		}
		for _, s := range services {
			keys = append(keys, cells[0]+" "+cells[1]+" "+s)
		}
		return keys
	})
	listed := 0
	for _, c := range list.Courts() {
		for _, k := range c.Types {
			for _, o := range k.Offers {
				require.Contains(t, want, c.Code+" "+k.Code+" "+o.Service.String())
				listed++
			}
		}
	}
	require.Len(t, want, listed, "the table has what the list has, and nothing else")
	eachDay(t, want, func(key string, on calendar.Date) string {
		parts := strings.Fields(key)
		var s rollout.Service
		if err := s.UnmarshalText([]byte(parts[2])); err != nil {
			return err.Error()
		}
		a, err := list.Covers(parts[0], parts[1], s, on)
		if err != nil {
			return err.Error()
		}
		return a.Verdict.String() + " " + a.Since.String()
	})
}

func TestMandateDayByDay(t *testing.T) {
	list, err := icmshk.Rollout()
	require.NoError(t, err)
	who := map[string]rollout.Question{
		"in person":      {Represented: rollout.No},
		"later document": {Represented: rollout.Yes, Commencing: rollout.No},
		"first case":     {Represented: rollout.Yes, Commencing: rollout.Yes, Firm: rollout.FirmNew},
		"further case":   {Represented: rollout.Yes, Commencing: rollout.Yes, Firm: rollout.FirmUsed},
		"permitted":      {Represented: rollout.Yes, Commencing: rollout.Yes, Firm: rollout.FirmNew, Permitted: true},
	}
	want := stretches(t, "mandate-days.csv", 3, func(cells []string) []string { return []string{strings.Join(cells, "/")} })
	eachDay(t, want, func(key string, on calendar.Date) string {
		parts := strings.Split(key, "/")
		q, ok := who[parts[2]]
		if !ok {
			return "nobody is called " + parts[2]
		}
		q.Court, q.Type, q.Date = parts[0], parts[1], on
		d, err := list.Mandate(q)
		if err != nil {
			return err.Error()
		}
		return d.Verdict.String()
	})
}
