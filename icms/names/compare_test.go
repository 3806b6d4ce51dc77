package names_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/names"
)

// Over one cause book on SQLite, every kind of question has the answer that LIKE gives and that FTS5 gives, at a bounded cost.
func TestSameAnswersAsLikeAndFTS5(t *testing.T) {
	const n = 2000
	s := database(t, new(ears))
	record, asked := bookOf(7, n, 8)
	fill(t, s, n, record)
	record, _ = bookOf(7, n, 0)
	other := newRival(t, n, record)
	people := newPopulace(7)
	found := map[string]int{}
	for _, who := range asked {
		for _, q := range people.questions(who) {
			got := ask(t, s, q)
			require.Equal(t, other.like(t, q), got, "%s: %v", q.kind, q)
			require.Equal(t, other.fts5(t, q), got, "%s: %v", q.kind, q)
			found[q.kind] += len(got)
		}
	}
	require.Zero(t, found["nobody"])
	for _, may := range []string{"nobody", "strangers", "strange mix", "limited, surname"} {
		delete(found, may)
	}
	for kind, n := range found {
		require.GreaterOrEqual(t, n, len(asked), "each %s finds its party", kind)
	}
}

// A name of three words and three characters, and what it costs in keys.
func TestEntries(t *testing.T) {
	keys, err := people.Entries(open("2031-05-06/1", "Sample One Two 甲乙丙"))
	require.NoError(t, err)
	var got []string
	for _, k := range keys {
		require.Equal(t, "people", k.Index)
		got = append(got, k.Key)
	}
	at := "\x1f2031-05-06/1"
	var want []string
	for _, gram := range []string{
		"h丙", "h乙", "h乙丙", "h甲", "h甲乙", "pone sa", "pone tw", "psample on", "psample tw", "ptwo on", "ptwo sa", "son", "ssa", "ssamp", "ssample", "stw",
		"wone", "wsample", "wtwo",
	} {
		want = append(want, "open\x1f"+gram+at)
	}
	require.ElementsMatch(t, want, got)

	none, err := people.Entries(open("1"), names.Entry{Scope: "sealed", Sort: "1", Names: []string{""}})
	require.NoError(t, err)
	require.Empty(t, none)
}
