package names

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxGrams bounds the grams that are probed for one tier; those left out are the shortest.
const maxGrams = 24

// text is what a query looks for.
type text struct {
	// needles are parts that the fold of a name must have.
	needles []string
	// tiers are the ways of looking: between them they find every name that has the needles.
	tiers []tier
}

// tier finds the names of a number of words by any one of its grams.
type tier struct {
	grams       []string
	least, most int // words
}

// parse reads the text of a query.
func parse(s string, typing bool) (text, error) {
	if len(s) > MaxText {
		return text{}, fmt.Errorf("%w: it is %d bytes long, at most %d are allowed", ErrText, len(s), MaxText)
	}
	rest := fold(s)
	var t text
	var common []string // grams that every match has, however many its words
	if last := lastToken(rest); typing && goesOn(s, last) {
		rest = strings.TrimSuffix(rest, last+" ")
		t.needles = append(t.needles, " "+last)
		common = appendStart(common, last)
	}
	words, runs := tokens(rest)
	for _, w := range words {
		t.needles = append(t.needles, " "+w+" ")
	}
	for _, run := range runs {
		t.needles = append(t.needles, run)
		common = appendHan(common, run, min(2, utf8.RuneCountInString(run)))
	}
	t.tiers = plan(words, common)
	if len(t.tiers) == 0 {
		return text{}, fmt.Errorf("%w: it has too little to go by", ErrText)
	}
	return t, nil
}

// goesOn reports whether the last token of a text is a word with nothing behind it.
func goesOn(s, token string) bool {
	first, _ := utf8.DecodeRuneInString(token)
	last, _ := utf8.DecodeLastRuneInString(s)
	return token != "" && classOf(first) != han && (classOf(last) != gap || ignored(last))
}

func lastToken(folded string) string {
	folded = strings.TrimSuffix(folded, " ")
	return folded[strings.LastIndexByte(folded, ' ')+1:]
}

// appendStart appends the gram of the longest known beginning of a word.
func appendStart(grams []string, word string) []string {
	lengths := starts()
	for _, n := range slices.Backward(lengths[:]) {
		if s := start(word, n); s != "" {
			return append(grams, ofStart+s)
		}
	}
	return grams
}

// plan gives the tiers for whole words and grams of whatever else is looked for; none when there is nothing to go by.
func plan(words, common []string) []tier {
	switch len(words) {
	case 0:
	case 1:
		common = append(common, ofWord+words[0])
	default:
		var pairs, long []string
		for i, w := range words {
			long = append(long, ofLong+w)
			for _, other := range words[:i] {
				pairs = append(pairs, pair(w, other))
			}
		}
		tiers := []tier{{longest(append(long, common...)), maxPaired + 1, maxFold}}
		if len(words) <= maxPaired {
			tiers = append(tiers, tier{longest(append(pairs, common...)), len(words), maxPaired})
		}
		return tiers
	}
	if len(common) == 0 {
		return nil
	}
	return []tier{{longest(common), 0, maxFold}}
}

// longest gives the longest grams, which are likely to be the rarest, each once.
func longest(grams []string) []string {
	slices.SortFunc(grams, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	grams = slices.Compact(grams)
	return grams[:min(len(grams), maxGrams)]
}

// in reports whether one of the names has what is looked for, and is of the tier.
func (t *text) in(names []string, of tier) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		folded := fold(name)
		for _, n := range t.needles {
			if !strings.Contains(folded, n) {
				return false
			}
		}
		if of.least == 0 {
			return true
		}
		words, _ := tokens(folded)
		return of.least <= len(words) && len(words) <= of.most
	})
}
