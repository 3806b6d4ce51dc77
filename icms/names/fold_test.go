package names_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/names"
	"courts.example/eservices/icms/store"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "",
		"  Sample\tLIMITED\n":            " sample limited ",
		"Sample甲乙Limited":                " sample 甲乙 limited ",
		"甲・乙、丙":                          " 甲 乙 丙 ",
		"（示例）有限公司":                       " 示例 有限公司 ",
		"ＡＢＣ１２３":                         " abc123 ",
		"A.B.C. & Co., Ltd.":             " abc and co ltd ",
		"A.S.Sample":                     " as sample ",
		"O'Neill's":                      " oneills ",
		"Straße Ærø Łódź":                " straße ærø łodz ",
		"İstanbul ISTANBUL ıstanbul":     " istanbul istanbul istanbul ",
		"ﬁne":                            " fine ",
		"ガ":                              " ガ ",
		"甲\U000e0100乙":                   " 甲乙 ",
		"豈":                              " 豈 ",
		"1/2 ½":                          " 1 2 1 2 ",
		"e\u0301\u200d\u0302\u0303x":     " ex ",
		"กิน":                            " กิน ",
		"\u0301a\xffb":                   " a b ",
		strings.Repeat("ab", 100) + " c": " " + strings.Repeat("ab", 28) + "a c ",
	} {
		require.Equal(t, want, names.Fold(text), "%q", text)
	}
}

// requireFold checks what is true of every fold.
func requireFold(t require.TestingT, text string) {
	folded := names.Fold(text)
	require.Equal(t, folded, names.Fold(folded), "folding the fold of %q", text)
	require.LessOrEqual(t, len(folded), 1001)
	require.True(t, utf8.ValidString(folded))
	require.NotContains(t, folded, "  ")
	if folded != "" {
		require.Equal(t, folded, " "+strings.TrimSpace(folded)+" ")
	}
	for _, r := range folded {
		require.True(t, r == ' ' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r), "%U in the fold of %q", r, text)
	}
}

// Every character but the Chinese beyond the first plane, which are all alike, and what nobody has assigned.
func TestEveryCharacterFolds(t *testing.T) {
	for _, part := range [][2]rune{{0, 0x20100}, {0x2f800, 0x2fa20}, {0xe0000, 0xe0200}} {
		for r := part[0]; r < part[1]; r++ {
			text := "x" + string(r) + "x"
			if folded := names.Fold(text); folded != " x x " && folded != names.Fold(folded) {
				requireFold(t, text)
			}
		}
	}
}

func TestFolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		requireFold(t, rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("aA.&' \u0301\u0345ßΙς甲カ\u3099ー\u1100\u1161\u11a8\u200dİ")))).Draw(t, "text"))
	})
}

// FuzzSearch takes any bytes as a name and as a text: keys are valid, a text finds itself, and what is asked ends.
func FuzzSearch(f *testing.F) {
	f.Add("Sample One 甲乙丙", "one 乙丙", false)
	f.Add("J.P. & O'Neill", "jp and", true)
	f.Add("\xff\u0301\u1100\u1161", "\x1f\x00", false)
	f.Fuzz(func(t *testing.T, name, text string, typing bool) {
		requireFold(t, name)
		p := put(t, "1", open("1", name))
		for _, k := range p.Index {
			require.True(t, store.ValidKey(k.Key), "%q", k.Key)
		}
		s := new(shelf)
		s.put(p)
		q := names.Query{Scopes: []string{"open"}, Text: text, Typing: typing, Limit: 1}
		if _, err := people.Search(ctx, s, q); err != nil {
			require.ErrorIs(t, err, names.ErrText)
		}
		if q.Text = name; len(name) <= names.MaxText && len(p.Index) > 0 && !typing {
			found, err := people.Search(ctx, s, q)
			require.NoError(t, err)
			require.Equal(t, []string{"1"}, ids(found), "a name finds itself")
		}
	})
}

// FuzzCursor takes any bytes as a cursor: it narrows the list or is refused.
func FuzzCursor(f *testing.F) {
	f.Add("Mg", false)
	f.Add("!", true)
	s := new(shelf)
	for _, sort := range []string{"1", "2", "3"} {
		s.put(put(f, sort, open(sort, "Sample")))
	}
	f.Fuzz(func(t *testing.T, cursor string, descending bool) {
		q := names.Query{Scopes: []string{"open"}, Text: "sample", After: cursor, From: "2", Descending: descending}
		p, err := people.Search(ctx, s, q)
		if err != nil {
			require.ErrorIs(t, err, store.ErrInvalid)
			return
		}
		require.Subset(t, []string{"2", "3"}, ids(p))
	})
}
