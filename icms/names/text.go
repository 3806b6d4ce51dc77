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
	folded, typed := fold(s), ""
	if last := lastToken(folded); typing && goesOn(s, last) {
		folded, typed = strings.TrimSuffix(folded, last+" "), last
	}
	words, runs := tokens(folded)
	if slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, typed) }) {
		typed = "" // it may yet become a word that is asked for already
	}
	t := text{needles: slices.Clone(runs), tiers: plan(words, typed, runs)}
	for _, w := range words {
		t.needles = append(t.needles, " "+w+" ")
	}
	if typed != "" {
		t.needles = append(t.needles, " "+typed)
	}
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

// plan gives the tiers for whole words, one that is typed and runs of Chinese; none when there is nothing to go by. Where two words
// are given, names with few words have pairs, and names with many have each whole word as one of a long name.
func plan(words []string, typed string, runs []string) [][]string {
	var common []string // what every match has
	for _, run := range runs {
		common = appendHan(common, run, min(2, utf8.RuneCountInString(run)))
	}
	common = appendStart(common, typed)
	if pairs := pairsOf(words, typed); len(pairs) > 0 {
		var long []string
		for _, w := range words {
			long = append(long, ofLong+w)
		}
		return [][]string{longest(append(long, common...)), longest(append(pairs, common...))}
	}
	kind := ofWord
	if len(words) > maxPaired {
		kind = ofLong
	}
	for _, w := range words {
		common = append(common, kind+w)
	}
	if len(common) == 0 {
		return nil
	}
	return [][]string{longest(common)}
}

// pairsOf gives the grams of the words in pairs, either of them whole, and of each with the one that is typed. There are none for more
// words than a name with pairs has.
func pairsOf(words []string, typed string) (pairs []string) {
	if len(words) > maxPaired {
		return nil
	}
	for i, w := range words {
		for _, other := range words[:i] {
			pairs = append(pairs, pair(w, other), pair(other, w))
		}
		if start(typed, pairStart) != "" {
			pairs = append(pairs, pair(w, typed))
		}
	}
	return pairs
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
