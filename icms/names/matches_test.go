package names_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/names"
)

func ExampleMatches() {
	ok, _ := names.Matches("sample 範例", false, "Another Company", "Sample Utilities Limited 範例公用事業有限公司")
	fmt.Println(ok)
	// Output: true
}

// What a search finds among stored names is what Matches says of each.
func TestMatchesAsSearchFinds(t *testing.T) {
	all := []string{"Sample Utilities Limited 範例公用事業有限公司", "Sample Bank", "Defendant 0001 甲乙丙", "J.P. O'Example"}
	for asked, want := range map[string][]int{
		"sample": {0, 1}, "limited sample": {0}, "公用": {0}, "乙丙 0001": {2}, "jp": {3}, "oexample": {3}, "lim": nil, "bank limited": nil,
	} {
		var got []int
		for i, name := range all {
			ok, err := names.Matches(asked, false, name)
			require.NoError(t, err)
			if ok {
				got = append(got, i)
			}
		}
		require.Equal(t, want, got, asked)
	}
	ok, err := names.Matches("lim", true, all...)
	require.NoError(t, err)
	require.True(t, ok, "while it is typed")
	_, err = names.Matches("...", false, all...)
	require.ErrorIs(t, err, names.ErrText)
}
