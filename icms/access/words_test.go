package access_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/access"
	"courts.example/eservices/icms/law"
)

// TestEverythingHasAName of its own, in both languages, that is not its code.
func TestEverythingHasAName(t *testing.T) {
	seen := map[string]bool{}
	named := func(kind, code string, words law.Text) {
		for _, tag := range []string{law.English, law.TraditionalChinese} {
			require.NotEmpty(t, words[tag], "%s %s", kind, code)
			require.False(t, seen[kind+tag+words[tag]], "%s %s is called %q, as another is", kind, code, words[tag])
			seen[kind+tag+words[tag]] = true
		}
		require.NotContains(t, words[law.English], "-", "%s %s", kind, code)
		require.NotEqual(t, code, words[law.TraditionalChinese])
	}
	for _, a := range access.Actions() {
		named("action", string(a), a.Words())
	}
	for _, k := range access.Kinds() {
		named("kind", string(k), k.Words())
	}
	for _, r := range access.Roles() {
		named("role", string(r), r.Words())
	}
	require.Equal(t, law.T("dance", "dance"), access.Action("dance").Words())
}
