package wire_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/plugins/internal/wire"
)

func TestCleanCutsBetweenCharacters(t *testing.T) {
	full := strings.Repeat("a", wire.MaxText-4)
	for text, want := range map[string]string{
		"":                         "",
		full + "bcde":              full + "bcde",
		full + "bcdef":             full + "b...",
		full + "\u6cd5b":           full + "\u6cd5b",
		full + "\u6cd5bc":          full + "...",
		full + "b\u6cd5":           full + "b\u6cd5",
		full + "b\u6cd5c":          full + "b...",
		"a\xffb":                   "a\uFFFDb",
		full + "\U0001F600" + full: full + "...",
	} {
		require.Equal(t, want, wire.Clean(text))
	}
}

// FuzzClean: whatever it was, it fits, and what was fit stays.
func FuzzClean(f *testing.F) {
	f.Add("words", 1)
	f.Add("\xff\u6cd5", 3000)
	f.Fuzz(func(t *testing.T, s string, times int) {
		s = strings.Repeat(s, min(max(times, 0), 1<<16/(len(s)+1)))
		got := wire.Clean(s)
		require.True(t, utf8.ValidString(got))
		require.LessOrEqual(t, len(got), wire.MaxText)
		if utf8.ValidString(s) && len(s) <= wire.MaxText {
			require.Equal(t, s, got)
		}
	})
}

func TestNonsenseSaysWhatToDo(t *testing.T) {
	err := wire.Nonsense("%d sums", 2)
	require.ErrorIs(t, err, wire.ErrNonsense)
	require.EqualError(t, err, "the plugin's answer breaks the contract: certify it, or use another version: 2 sums")
}
