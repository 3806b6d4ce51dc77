package names_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
)

// party is an invented party of an invented cause book, whose names are spread as those of a city are: few surnames that many have,
// syllables that come again in every name, and companies with the same words at their end.
type party struct {
	words []string
	run   string
}

func (p party) String() string { return strings.Join(p.words, " ") + " " + p.run }

// populace invents parties.
type populace struct {
	r                                   *rand.Rand
	surnames, syllables, forenames, own []string
	surname, syllable, forename, brand  *rand.Zipf
	trades                              [][2]string
}

func newPopulace(seed uint64) *populace {
	r := rand.New(rand.NewPCG(seed, 1))
	p := &populace{r: r}
	p.surnames, p.syllables = invent(r, 400, 1), invent(r, 300, 1)
	p.forenames, p.own = invent(r, 2000, 2), invent(r, 20_000, 3)
	p.surname, p.syllable = rand.NewZipf(r, 1.4, 4, 399), rand.NewZipf(r, 1.2, 20, 299)
	p.forename, p.brand = rand.NewZipf(r, 1.2, 10, 1999), rand.NewZipf(r, 1.1, 50, 19_999)
	for i, trade := range []string{"trading", "engineering", "holdings", "international", "property", "catering", "finance", "transport"} {
		p.trades = append(p.trades, [2]string{trade, string([]rune("貿易工程控股國際物業飲食財務運輸")[2*i : 2*i+2])})
	}
	return p
}

// invent gives n different words of so many syllables.
func invent(r *rand.Rand, n, syllables int) []string {
	heads := strings.Fields("b br ch d dr f g gl h j k kr l m n p pl r s sh st t tr v w y z")
	tails := strings.Fields("a am an ang ar e em en eng er i im in ing ir o om on ong or u um un ung ur ai ei oi au ou")
	seen := map[string]bool{}
	var all []string
	for len(all) < n {
		var w string
		for range syllables {
			w += heads[r.IntN(len(heads))] + tails[r.IntN(len(tails))]
		}
		if !seen[w] {
			seen[w] = true
			all = append(all, w)
		}
	}
	return all
}

// character gives the invented Chinese of the n-th word of a list.
func character(list int, n uint64) string { return string(rune(0x4e00 + 5000*list + 7*int(n))) }

// next invents a party: seven persons for three companies.
func (p *populace) next() party {
	if p.r.IntN(10) >= 7 {
		a, b, trade := p.brand.Uint64(), p.brand.Uint64(), p.trades[p.r.IntN(len(p.trades))]
		return party{
			[]string{p.own[a], p.own[b], trade[0], "limited"}, character(0, a%2500) + character(0, b%2500) + trade[1] + "有限公司",
		}
	}
	s, a, b := p.surname.Uint64(), p.syllable.Uint64(), p.syllable.Uint64()
	one := party{[]string{p.surnames[s], p.syllables[a], p.syllables[b]}, character(1, s) + character(2, a) + character(2, b)}
	if p.r.IntN(3) == 0 {
		one.words = append(one.words, p.forenames[p.forename.Uint64()])
	}
	return one
}

// bookCase is the body of a case of the cause book, as long as those of a bulk claim are.
type bookCase struct {
	Number string   `json:"number"`
	Scope  string   `json:"scope"`
	Sort   string   `json:"sort"`
	Names  []string `json:"names"`
	Rest   string   `json:"rest"`
}

var book = names.Index{Name: "cause-book.names", Read: func(r store.Record) ([]names.Entry, error) {
	var c bookCase
	if err := json.Unmarshal(r.Body, &c); err != nil {
		return nil, err
	}
	return []names.Entry{{Scope: c.Scope, Sort: c.Sort, Names: c.Names}}, nil
}}

// bookPut makes the record of the i-th case.
func bookPut(i int, p party) (store.Put, error) {
	c := bookCase{
		Number: fmt.Sprintf("CB/%07d", i), Scope: "CB/open", Sort: fmt.Sprintf("2031-%02d-%02d/%07d", 1+i/84_000, 1+i/3000%28, i),
		Names: []string{p.String()}, Rest: strings.Repeat("goods sold and delivered ", 12),
	}
	keys, err := book.Entries(names.Entry{Scope: c.Scope, Sort: c.Sort, Names: c.Names})
	if err != nil {
		return store.Put{}, err
	}
	body, err := json.Marshal(c)
	return store.Put{Kind: "case", ID: c.Number, Body: body, Index: keys}, err
}

// bookOf gives the records of an invented cause book of n cases, in order, and some of the parties in it.
func bookOf(seed uint64, n, some int) (record func(i int) (store.Put, error), asked []party) {
	people := newPopulace(seed)
	for i := range n {
		if who := people.next(); len(asked) < some && i%(n/some) == 0 {
			asked = append(asked, who)
		}
	}
	people = newPopulace(seed)
	return func(i int) (store.Put, error) { return bookPut(i, people.next()) }, asked
}

// question is something that a user looks for.
type question struct {
	kind   string
	words  []string // in any order
	runs   []string
	typing bool // the last word may go on
}

func (q question) String() string {
	return strings.Join(append(slices.Clone(q.runs), q.words...), " ")
}

// questions asks for a party in every way, and for what comes in a great many names.
func (p *populace) questions(who party) []question {
	run := []rune(who.run)
	shuffled := slices.Clone(who.words)
	p.r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	first, last := who.words[0], who.words[len(who.words)-1]
	begun := who.words[1]
	return []question{
		{kind: "whole name", words: shuffled},
		{kind: "two words", words: []string{who.words[1], first}},
		{kind: "three words", words: []string{who.words[2], first, who.words[1]}},
		{kind: "first word", words: []string{first}},
		{kind: "last word", words: []string{last}},
		{kind: "two letters", words: []string{first[:2]}, typing: true},
		{kind: "word, begun word", words: []string{first, begun[:min(2, len(begun))]}, typing: true},
		{kind: "whole Chinese", runs: []string{who.run}},
		{kind: "two characters", runs: []string{string(run[1:3])}},
		{kind: "one character", runs: []string{string(run[0])}},
		{kind: "word, characters", words: []string{first}, runs: []string{string(run[1:3])}},
		{kind: "word, character", words: []string{who.words[1]}, runs: []string{string(run[0])}},
		{kind: "limited", words: []string{"limited"}},
		{kind: "limited 有限公司", words: []string{"limited"}, runs: []string{"有限公司"}},
		{kind: "limited, surname", words: []string{p.surnames[p.surname.Uint64()], "limited"}},
		{kind: "strangers", words: []string{p.surnames[p.surname.Uint64()], p.syllables[p.syllable.Uint64()], p.syllables[p.syllable.Uint64()]}},
		{kind: "strange mix", words: []string{p.surnames[p.surname.Uint64()]}, runs: []string{character(2, p.syllable.Uint64())}},
		{kind: "nobody", words: []string{"xyzzy", "limited"}},
	}
}
