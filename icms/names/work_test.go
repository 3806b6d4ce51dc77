package names_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
)

// crowd gives n cases: each has the words whose number divides its own, and so on for the Chinese.
func crowd(t testing.TB, n int, name func(i int) string) *shelf {
	s := new(shelf)
	puts := make([]store.Put, n)
	for i := range puts {
		puts[i] = put(t, fmt.Sprint(i), open(fmt.Sprintf("%06d", i), name(i)))
	}
	s.load(puts)
	return s
}

// cost gives the records read for one page.
func cost(t testing.TB, s *shelf, q names.Query) (names.Page, int) {
	s.reads = 0
	q.Scopes = []string{"open"}
	p, err := people.Search(ctx, s, q)
	require.NoError(t, err)
	return p, s.reads
}

const many = 5000

// A word that everybody has costs no more than its page.
func TestCommonWordsReadTheirPageOnly(t *testing.T) {
	s := crowd(t, many, func(i int) string { return fmt.Sprintf("Sample %d Limited 示例有限公司", i) })
	for _, text := range []string{"limited", "限", "有限公司", "sample limited", "limited 有限公司"} {
		p, reads := cost(t, s, names.Query{Text: text, Limit: 20})
		require.Len(t, p.Records, 20)
		require.NotEmpty(t, p.Next)
		require.LessOrEqual(t, reads, 150, text)
	}
	_, reads := cost(t, s, names.Query{Text: "limited", Limit: 20})
	require.LessOrEqual(t, reads, 23)
}

// A rare word, or one that nobody has, costs what it finds, whatever stands beside it.
func TestRareWordsCostWhatTheyFind(t *testing.T) {
	s := crowd(t, many, func(i int) string {
		if i%1250 == 77 {
			return "Seldom Sample Limited 示例有限公司"
		}
		return "Sample Limited 示例有限公司"
	})
	for _, text := range []string{"seldom", "seldom limited", "有限公司 seldom", "sample seldom limited 示例有限公司"} {
		p, reads := cost(t, s, names.Query{Text: text})
		require.Len(t, p.Records, 4, text)
		require.Empty(t, p.Next)
		require.LessOrEqual(t, reads, 100, text)
	}
	for _, text := range []string{"nobody", "nobody limited", "有限公司 nobody", "無 limited"} {
		p, reads := cost(t, s, names.Query{Text: text})
		require.Empty(t, p.Records)
		require.Empty(t, p.Next)
		require.LessOrEqual(t, reads, 3*8, text)
	}
}

// Common words that seldom meet are found by their pairs.
func TestCommonWordsThatSeldomMeet(t *testing.T) {
	s := crowd(t, many, func(i int) string {
		name := "sample"
		for _, w := range []struct {
			every int
			word  string
		}{{7, "seven"}, {11, "eleven"}, {13, "thirteen"}} {
			if i%w.every == 0 {
				name += " " + w.word
			}
		}
		return name
	})
	p, reads := cost(t, s, names.Query{Text: "thirteen seven eleven", Limit: 100})
	require.Len(t, p.Records, 5)
	require.Empty(t, p.Next)
	require.LessOrEqual(t, reads, 6*8+40, "of which some 35 have the rarest pair")
}

// The second word of a name is found as soon as two letters are typed, however common the first is.
func TestTypingTheSecondWord(t *testing.T) {
	s := crowd(t, many, func(i int) string {
		if i%1250 == 77 {
			return "Sample Seldom"
		}
		return []string{"Sample Usual", "Other Senior"}[i%2]
	})
	p, reads := cost(t, s, names.Query{Text: "sample se", Typing: true})
	require.Len(t, p.Records, 4)
	require.Empty(t, p.Next)
	require.LessOrEqual(t, reads, 2*8)
}

// Where one has an end, the other's beginning is leapt over.
func TestLeaps(t *testing.T) {
	s := crowd(t, many, func(i int) string {
		switch {
		case i < many/2:
			return "early 先"
		case i < many/2+2:
			return "early late 先後"
		}
		return "late 後"
	})
	for _, text := range []string{"early 後", "先 late"} {
		for _, descending := range []bool{false, true} {
			p, reads := cost(t, s, names.Query{Text: text, Descending: descending})
			require.Len(t, p.Records, 2)
			require.Empty(t, p.Next)
			require.LessOrEqual(t, reads, 4*8, text)
		}
	}
}

// What can't be answered quickly ends the page, with a cursor to go on, and the pages come to an end.
func TestPagesEndWhenEnoughWasRead(t *testing.T) {
	s := crowd(t, many, func(i int) string {
		if i%2 == 0 {
			return "even 雙"
		}
		if i == many-1 {
			return "even 單"
		}
		return "odd 單"
	})
	p, reads := cost(t, s, names.Query{Text: "even 單"})
	require.Empty(t, p.Records)
	require.NotEmpty(t, p.Next)
	require.LessOrEqual(t, reads, 2500)

	s.reads = 0
	q := names.Query{Scopes: []string{"open"}, Text: "even 單", Reads: 500}
	require.Equal(t, []string{fmt.Sprint(many - 1)}, walk(t, s, q))
	require.LessOrEqual(t, s.reads, many, "no more than half of all, and the probes")
	require.Greater(t, s.reads, 500)
}

// A scope in which the question is hard is read no further than the page goes that another fills.
func TestAnEasyScopeFillsThePage(t *testing.T) {
	s := new(shelf)
	var puts []store.Put
	for i := range many {
		sort, name := fmt.Sprintf("%06d", i), []string{"even 雙", "odd 單"}[i%2]
		puts = append(puts, put(t, sort, names.Entry{Scope: "hard", Sort: sort, Names: []string{name}}))
		puts = append(puts, put(t, "easy"+sort, names.Entry{Scope: "easy", Sort: sort + "/1", Names: []string{"even 單"}}))
	}
	s.load(puts)
	p, err := people.Search(ctx, s, names.Query{Scopes: []string{"hard", "easy"}, Text: "even 單", Limit: 20})
	require.NoError(t, err)
	require.Len(t, p.Records, 20)
	require.LessOrEqual(t, s.reads, 200)
}

// A page that ends the list says so.
func TestFullLastPage(t *testing.T) {
	s := crowd(t, 20, func(int) string { return "Sample 示例" })
	for _, text := range []string{"sample", "sample 示例"} {
		p, _ := cost(t, s, names.Query{Text: text, Limit: 20})
		require.Len(t, p.Records, 20)
		require.Empty(t, p.Next)
	}
}

// Wherever a page happens to end because enough was read, the next one goes on with the very next case.
func TestNoMatchIsLostBetweenPages(t *testing.T) {
	for at := range 300 {
		s := crowd(t, 300, func(i int) string {
			if i == at {
				return "even 單"
			}
			return []string{"even 雙", "odd 單"}[i%2]
		})
		for _, descending := range []bool{false, true} {
			q := names.Query{Scopes: []string{"open"}, Text: "even 單", Limit: 5, Reads: 1, Descending: descending}
			require.Equal(t, []string{fmt.Sprint(at)}, walk(t, s, q))
		}
	}
}

// Each scope that is searched may be read a little beyond the limit.
func TestReadsOfManyScopes(t *testing.T) {
	s := new(shelf)
	var q names.Query
	var puts []store.Put
	for i := range 16 {
		scope := fmt.Sprintf("scope-%02d", i)
		q.Scopes = append(q.Scopes, scope)
		for j := range 300 {
			name := []string{"sample one 甲", "other two 甲", "sample two 乙"}[j%3]
			puts = append(puts, put(t, scope+fmt.Sprint(j), names.Entry{Scope: scope, Sort: fmt.Sprintf("%03d/%02d", j, i), Names: []string{name}}))
		}
	}
	s.load(puts)
	q.Text, q.Reads = "甲 two sample", 100
	require.Empty(t, walk(t, s, q))
	s.reads = 0
	_, err := people.Search(ctx, s, q)
	require.NoError(t, err)
	require.LessOrEqual(t, s.reads, 100+16*2*(24*8+64))
	q.Text, q.Limit = "甲 two", 50
	require.Len(t, walk(t, s, q), 16*100)
}
