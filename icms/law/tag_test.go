package law_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/law"
)

func TestTagsOfBCP47(t *testing.T) {
	for _, good := range []string{"en", "zh-Hant", "zh-Hant-HK", "ga-IE", "yue", "sl-rozaj-1994", "de-a-extended", "en-x-plain", "EN"} {
		require.NoError(t, law.Text{good: "words"}.CheckTags(), good)
	}
	for _, bad := range []string{"", "e", "claim", "en_GB", "en-", "-en", "en--GB", "12", "e1", "en-ninechars", "中文", `en":{"`, "en zh", strings.Repeat("en-", 12) + "en"} {
		err := law.Text{"en": "words", bad: "words"}.CheckTags()
		var told *law.TagError
		require.ErrorAs(t, err, &told, "%q", bad)
		require.Equal(t, bad, told.Tag)
		require.Contains(t, err.Error(), "zh-Hant")
	}
	require.NoError(t, law.Text(nil).CheckTags())
}
