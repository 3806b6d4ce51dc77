package explore_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/payment/internal/model/explore"
)

// edge is a move between numbers.
type edge struct {
	from, to int
	fair     bool
}

// system makes a system of numbers, which starts in 0.
func system(edges ...edge) explore.System[int, string] {
	return explore.System[int, string]{
		Start: []int{0},
		Moves: func(s int, emit func(string, bool, int)) {
			for _, e := range edges {
				if e.from == s {
					emit(fmt.Sprintf("%d to %d", e.from, e.to), e.fair, e.to)
				}
			}
		},
	}
}

func run(t *testing.T, sys explore.System[int, string]) *explore.Result[int, string] {
	t.Helper()
	r, err := explore.Run(sys)
	require.NoError(t, err)
	return r
}

func TestEveryStateIsVisitedOnce(t *testing.T) {
	sys := system(edge{0, 1, true}, edge{0, 2, true}, edge{1, 3, true}, edge{2, 3, false}, edge{3, 4, true}, edge{9, 0, true})
	visits := map[int]int{}
	sys.Always = func(s int, _ func(explore.Fault)) { visits[s]++ }
	sys.Most = func(s int) int { return 10 * s }
	sys.Seen = func(from, to int) uint64 { return 1 << (to - from) }
	r := run(t, sys)
	require.Equal(t, map[int]int{0: 1, 1: 1, 2: 1, 3: 1, 4: 1}, visits)
	require.Equal(t, 5, r.States)
	require.Equal(t, 5, r.Moves)
	require.Equal(t, 2, r.Rests, "2 has no fair move, 4 none at all")
	require.Equal(t, 3, r.Depth)
	require.Equal(t, 40, r.Most)
	require.Equal(t, uint64(0b110), r.Seen)
	require.Empty(t, r.Faults())
}

func TestFaultsAreFoundWithAShortestWay(t *testing.T) {
	sys := system(edge{0, 1, true}, edge{1, 2, true}, edge{2, 5, true}, edge{0, 3, false}, edge{3, 5, false}, edge{5, 6, false})
	sys.Always = func(s int, broken func(explore.Fault)) {
		if s == 5 {
			broken("at five")
		}
	}
	sys.Step = func(from, to int, broken func(explore.Fault)) {
		if to == from+1 && from == 5 {
			broken("five to six")
		}
	}
	sys.End = func(s int, broken func(explore.Fault)) {
		if s == 3 {
			broken("rests at three")
		}
	}
	r := run(t, sys)
	require.Equal(t, []explore.Fault{"rests at three", "at five", "five to six"}, r.Faults())
	require.True(t, r.Broken("at five"))
	require.False(t, r.Broken("at four"))
	require.Equal(t, []explore.Line[int, string]{{"", 0}, {"0 to 3", 3}, {"3 to 5", 5}}, r.Trace("at five"))
	require.Equal(t, []explore.Line[int, string]{{"", 0}, {"0 to 3", 3}, {"3 to 5", 5}, {"5 to 6", 6}}, r.Trace("five to six"))
	require.Nil(t, r.Trace("at four"))
	require.Empty(t, r.Story("at four"))
}

func TestOnlyWhatIsLeftAloneRests(t *testing.T) {
	sys := system(edge{0, 1, true}, edge{1, 2, false})
	ends := []int{}
	sys.End = func(s int, _ func(explore.Fault)) { ends = append(ends, s) }
	run(t, sys)
	require.Equal(t, []int{1, 2}, ends)
}

func TestCircles(t *testing.T) {
	for name, c := range map[string]struct {
		edges []edge
		want  bool
	}{
		"none":                {[]edge{{0, 1, true}, {1, 2, true}}, false},
		"by itself":           {[]edge{{0, 1, true}, {1, 1, true}}, true},
		"of two":              {[]edge{{0, 1, true}, {1, 2, true}, {2, 1, true}}, true},
		"with a way out":      {[]edge{{0, 1, true}, {1, 0, true}, {1, 2, true}}, true},
		"only with a fault":   {[]edge{{0, 1, true}, {1, 0, false}}, false},
		"two ways to one end": {[]edge{{0, 1, true}, {0, 2, true}, {1, 3, true}, {2, 3, true}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := run(t, system(c.edges...))
			require.Equal(t, c.want, r.Broken(explore.Endless))
			if c.want {
				last := r.Trace(explore.Endless)
				at := last[len(last)-1].State
				require.True(t, reaches(c.edges, at, at), "%d is not on a circle", at)
			}
		})
	}
}

// reaches reports whether fair moves lead from one state to another, by one move at least.
func reaches(edges []edge, from, to int) bool {
	seen := map[int]bool{}
	todo := []int{from}
	for ; len(todo) > 0; todo = todo[1:] {
		for _, e := range edges {
			if e.fair && e.from == todo[0] && !seen[e.to] {
				seen[e.to] = true
				todo = append(todo, e.to)
			}
		}
	}
	return seen[to]
}

// TestAgainstAPlainSearch explores random systems and compares with searches that are too plain to be wrong.
func TestAgainstAPlainSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edges := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) edge {
			return edge{rapid.IntRange(0, 9).Draw(t, "from"), rapid.IntRange(0, 9).Draw(t, "to"), rapid.Bool().Draw(t, "fair")}
		}), 0, 25).Draw(t, "edges")
		distance := map[int]int{0: 0}
		for range edges {
			for _, e := range edges {
				if d, ok := distance[e.from]; ok {
					if have, ok := distance[e.to]; !ok || d+1 < have {
						distance[e.to] = d + 1
					}
				}
			}
		}
		sys := system(edges...)
		sys.Always = func(s int, broken func(explore.Fault)) { broken(explore.Fault(fmt.Sprint("at ", s))) }
		r, err := explore.Run(sys)
		require.NoError(t, err)
		require.Equal(t, len(distance), r.States)
		circle := false
		for s, d := range distance {
			require.Len(t, r.Trace(explore.Fault(fmt.Sprint("at ", s))), d+1)
			circle = circle || reaches(edges, s, s)
		}
		require.Equal(t, circle, r.Broken(explore.Endless))
	})
}

func TestLimit(t *testing.T) {
	endless := explore.System[int, string]{
		Start: []int{0},
		Moves: func(s int, emit func(string, bool, int)) { emit("on", true, s+1) },
		Limit: 5000,
	}
	_, err := explore.Run(endless)
	require.ErrorContains(t, err, "more than 5000 states")
	endless.Enough = true
	endless.Always = func(s int, broken func(explore.Fault)) {
		if s == 3000 {
			broken("far enough")
		}
	}
	r, err := explore.Run(endless)
	require.NoError(t, err)
	require.Len(t, r.Trace("far enough"), 3001)
}
