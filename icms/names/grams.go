package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// The kinds of gram, the first byte of each. A gram stands in the keys of every entry with a name that has what it says.
const (
	ofWord  = "w" // a word
	ofStart = "s" // its first letters, as many as a number of starts
	ofPair  = "p" // a word and the first letters of another, of a name with at most maxPaired
	ofLong  = "l" // a word, of a name with more
	ofHan   = "h" // a Chinese character, or two neighbours
)

const (
	// maxPaired bounds the words of a name whose pairs are grams: their number grows with its square.
	maxPaired = 5
	// pairStart is how many letters of the other word a pair has, or all it has: enough to part most, and few enough for the second word
	// of a name that is being typed.
	pairStart = 2
)

// starts gives the lengths of the beginnings that are grams. A word still being typed is looked up by the longest that it has.
func starts() [3]int { return [3]int{2, 4, 6} }

// tokens gives the words and the runs of Chinese of a fold, each word once.
func tokens(fold string) (words, runs []string) {
	for token := range strings.FieldsSeq(fold) {
		switch r, _ := utf8.DecodeRuneInString(token); {
		case classOf(r) == han:
			runs = append(runs, token)
		case !slices.Contains(words, token):
			words = append(words, token)
		}
	}
	return words, runs
}

// gramsOf gives the grams of names, each once, sorted.
func gramsOf(names []string) []string {
	var all []string
	for _, name := range names {
		words, runs := tokens(fold(name))
		for i, w := range words {
			all = append(all, ofWord+w)
			for _, n := range starts() {
				if s := start(w, n); s != "" {
					all = append(all, ofStart+s)
				}
			}
			if len(words) > maxPaired {
				all = append(all, ofLong+w)
				continue
			}
			for j, other := range words {
				if i != j {
					all = append(all, pair(w, other))
				}
			}
		}
		for _, run := range runs {
			all = appendHan(all, run, 1)
			all = appendHan(all, run, 2)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// start gives the first n letters of a word; "" when it has fewer.
func start(word string, n int) string {
	for i := range word {
		if n == 0 {
			return word[:i]
		}
		n--
	}
	if n > 0 {
		return ""
	}
	return word
}

// pair gives the gram of a word beside another.
func pair(word, other string) string {
	return ofPair + word + " " + cmp.Or(start(other, pairStart), other)
}

// appendHan appends the grams of n neighbours in a run.
func appendHan(grams []string, run string, n int) []string {
	for i := range run {
		if s := start(run[i:], n); s != "" {
			grams = append(grams, ofHan+s)
		}
	}
	return grams
}
