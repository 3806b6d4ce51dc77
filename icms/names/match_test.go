package names_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
)

// What finds a name, and what does not.
func TestMatches(t *testing.T) {
	for _, c := range []struct {
		name   string
		text   string
		typing bool
		found  bool
	}{
		{"Defendant Number One", "defendant number one", false, true},
		{"Defendant Number One", "ONE  defendant", false, true},
		{"Defendant Number One", "one, number & defendant", false, false}, // & is the word and
		{"Smoke & Mirrors", "mirrors and smoke", false, true},
		{"Smoke and Mirrors", "smoke & mirrors", false, true},
		{"Defendant Number One", "def", false, false},
		{"Defendant Number One", "def", true, true},
		{"Defendant Number One", "de", true, true},
		{"Defendant Number One", "defendan", true, true},
		{"Defendant Number One", "number d", true, true},
		{"Defendant Number One", "numb defendant", true, false}, // only the last may go on
		{"Defendant Number One", "def ", true, false},           // it was ended
		{"Defendant Number One", "fendant", true, false},        // words are found from their start
		{"Defendant Number One", "one", true, true},
		{"Number Number", "number nu", true, true},
		{"Number One", "number nu", true, true}, // it may become the word that is there
		{"Number One", "number one t", true, false},
		{"Number O", "number o", true, true},
		{"O One", "o", false, true},
		{"O One", "one o", false, true},
		{"Lim", "limited", true, false},
		{"Limited", "lim", false, false},
		{"Defendant 0001", "0001", false, true},
		{"Defendant 0001", "001", false, false},

		{"甲乙丙", "甲乙丙", false, true},
		{"甲乙丙", "甲乙", false, true},
		{"甲乙丙", "乙丙", false, true},
		{"甲乙丙", "丙", false, true},
		{"甲乙丙", "甲丙", false, false},
		{"甲乙丙", "甲 丙", false, true},
		{"甲乙丙", "乙", true, true},
		{"甲乙 乙丙", "甲乙丙", false, false}, // each pair of neighbours is there, the run is not
		{"丁戊貿易有限公司", "有限公司", false, true},
		{"丁戊貿易有限公司", "公司", false, true},
		{"丁戊貿易有限公司", "丁戊 有限公司", false, true},
		{"國", "国", false, false},
		{"𠮷田", "𠮷", false, true},
		{"カタカナ", "タカ", false, true},
		{"がぎ", "か", false, false},
		{"각하", "각", false, true},

		{"Defendant One 甲乙丙", "defendant 甲乙丙", false, true},
		{"Defendant One 甲乙丙", "甲乙丙 one", false, true},
		{"Defendant One 甲乙丙", "one甲", false, true},
		{"Defendant One 甲乙丙", "甲乙丙def", true, true},
		{"Defendant One 甲乙丙", "defendant 丁", false, false},
		{"Defendant One 甲乙丙", "two 甲", false, false},

		{"Zoë Müller", "zoe muller", false, true},
		{"Zoe Muller", "ZOË MÜLLER", false, true},
		{"Zoe\u0308", "zoë", false, true},
		{"Ｄｅｆｅｎｄａｎｔ", "defendant", false, true},
		{"O'Neill", "oneill", false, true},
		{"ONeill", "O’Neill", false, true},
		{"J.P. Sample", "jp sample", false, true},
		{"JP Sample", "J.P. Sample", false, true},
		{"Sample Co.Ltd", "co ltd", false, true},
		{"Nos.1-3 Sample Road", "nos 1 3", false, true},
		{"Number\u200bOne", "numberone", false, true},
		{"ΣΟΦΟΣ", "σοφος", false, true},
		{"ΙΩΤΑ", "ιωτα", false, true},
		{"ⅠⅡ㈱", "iii 株", false, true},
	} {
		s := new(shelf)
		s.put(put(t, "1", open("1", c.name)))
		p, err := people.Search(ctx, s, names.Query{Scopes: []string{"open"}, Text: c.text, Typing: c.typing})
		require.NoError(t, err, "%q", c.text)
		require.Equal(t, c.found, len(p.Records) == 1, "%q in %q", c.text, c.name)
	}
}

// What is asked for stands in one name, not in several.
func TestMatchesOneName(t *testing.T) {
	s := new(shelf)
	s.put(put(t, "1", open("1", "Sample One", "Other Two")))
	require.Equal(t, []string{"1"}, find(t, s, "one sample"))
	require.Equal(t, []string{"1"}, find(t, s, "other"))
	require.Empty(t, find(t, s, "sample two"))
	require.Empty(t, find(t, s, "one other"))
}

// Names of many words have no pairs of words in the index, and are found beside those of few.
func TestLongNames(t *testing.T) {
	s := new(shelf)
	s.put(put(t, "1", open("1", "The Owners of Numbers 1 3 5 and 7 of the Sample Road 示例業主")))
	s.put(put(t, "2", open("2", "Sample Owners 示例")))
	s.put(put(t, "3", open("3", "a b c d e sample", "a b c d e f owners", "one two three four five six seven owners sample")))
	require.Equal(t, []string{"1", "2", "3"}, find(t, s, "owners sample"))
	require.Equal(t, []string{"1"}, find(t, s, "7 road owners the of numbers 1 3"))
	require.Equal(t, []string{"1", "2"}, find(t, s, "sample owners 示例"))
	require.Equal(t, []string{"3"}, find(t, s, "a b c d e f"))
	require.Equal(t, []string{"3"}, find(t, s, "a b c d e f owners"))
}

// Of a name beyond all measure the start is found; of a word the first 60 bytes count.
func TestVeryLongText(t *testing.T) {
	s := new(shelf)
	long := strings.Repeat("x", 10_000)
	s.put(put(t, "word", open("1", "Sample "+long)))
	s.put(put(t, "words", open("2", "first "+strings.Repeat("filler ", 1500)+"last")))
	s.put(put(t, "run", open("3", strings.Repeat("甲", 5000)+"乙")))
	s.put(put(t, "many", open("4", strings.Repeat("a b c d e f g h ", 700))))
	require.Equal(t, []string{"word"}, find(t, s, long[:400]+" sample"))
	require.Equal(t, []string{"words"}, find(t, s, "filler first"))
	require.Empty(t, find(t, s, "last"))
	require.Equal(t, []string{"run"}, find(t, s, strings.Repeat("甲", 100)))
	require.Equal(t, []string{"many"}, find(t, s, "h a"))
}

// Any bytes are taken as a name; most have nothing to be found by.
func TestHostileNames(t *testing.T) {
	for name, most := range map[string]int{
		"":                                  0,
		" \t\n.,-/'’":                       0,
		"\xff\xfe\x80":                      0,
		"\x00\x01":                          0,
		"🙂🙂":                                0,
		strings.Repeat("\u0301", 10_000):    0,
		strings.Repeat("\u200d", 10_000):    0,
		"a" + strings.Repeat("\u0301", 500): 1,
		"\xffSample\xff":                    5,
		strings.Repeat("\ufdfa", 3000):      2000,
		strings.Repeat("甲乙丙丁戊", 3000):       2000,
		strings.Repeat("ab cd ef gh ", 800): 2000,
	} {
		keys, err := people.Entries(open("1", name))
		require.NoError(t, err)
		require.LessOrEqual(t, len(keys), most, "%.20q", name)
		for _, k := range keys {
			require.True(t, store.ValidKey(k.Key), "%q", k.Key)
		}
	}
}

func TestTextsThatAreNone(t *testing.T) {
	for text, typing := range map[string]bool{
		"": false, " ": false, "...": false, "\xff": false, "🙂": true, "\u0301": false, "a": true, "A": true, strings.Repeat("a", 501): false,
	} {
		_, err := people.Search(ctx, new(shelf), names.Query{Scopes: []string{"open"}, Text: text, Typing: typing})
		require.ErrorIs(t, err, names.ErrText, "%.20q", text)
	}
	_, err := people.Search(ctx, new(shelf), names.Query{Scopes: []string{"open"}, Text: "a"})
	require.NoError(t, err, "a word of one letter")
}
