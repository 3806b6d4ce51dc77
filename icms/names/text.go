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
	// tiers are lists of grams: every name that has the needles has all the grams of at least one of them.
	tiers [][]string
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

// plan gives the tiers for whole words and grams of whatever else is looked for; none when there is nothing to go by. Of two words or
// more, names with few words have the pairs, and names with many have each as a word of a long name.
func plan(words, common []string) [][]string {
	if len(words) == 1 {
		common = append(common, ofWord+words[0])
	}
	if len(words) < 2 {
		if len(common) == 0 {
			return nil
		}
		return [][]string{longest(common)}
	}
	var long, pairs []string
	for _, w := range words {
		long = append(long, ofLong+w)
	}
	tiers := [][]string{longest(append(long, common...))}
	if len(words) > maxPaired {
		return tiers
	}
	for i, w := range words {
		for _, other := range words[:i] {
			pairs = append(pairs, pair(w, other))
		}
	}
	return append(tiers, longest(append(pairs, common...)))
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

// in reports whether one of the names has what is looked for.
func (t *text) in(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		folded := fold(name)
		return !slices.ContainsFunc(t.needles, func(n string) bool { return !strings.Contains(folded, n) })
	})
}
